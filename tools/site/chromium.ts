import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** The browser of this machine that pages are printed and checked with; null where none is installed. */
export function findChromium(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

/** Starts a browser without a window; `args` are further flags. */
export function openChromium(executablePath: string, ...args: readonly string[]): Promise<Browser> {
  // Its sandbox does not start for root.
  const chromiumSandbox = process.getuid?.() !== 0;
  return chromium.launch({
    executablePath,
    chromiumSandbox,
    args: ["--disable-gpu", "--disable-dev-shm-usage", ...args],
  });
}
