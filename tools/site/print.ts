import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UsageError } from "../command-line/usage-error";
import { writeAtomically } from "../run/write-atomically";
import { findChromium, openChromium } from "./chromium";

/** Prints the pages of notebooks to PDF beside them. @throws UsageError where no Chromium is installed */
export async function printPages(site: string, names: readonly string[]): Promise<void> {
  const executable = findChromium();
  if (executable === null) {
    throw new UsageError("--pdf needs Chromium, which is not on PATH. Debian, Ubuntu: apt install chromium");
  }
  const browser = await openChromium(executable);
  try {
    const context = await browser.newContext({ colorScheme: "light", viewport: { width: 900, height: 1200 } });
    for (const name of names) {
      const page = await context.newPage();
      await page.goto(String(pathToFileURL(join(site, `${name}.html`))));
      // As text: this project knows no browser's types.
      await page.evaluate("fathomSite.drawFigures().then(() => document.fonts.ready).then(() => undefined)");
      const margin = { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" };
      writeAtomically(
        join(site, `${name}.pdf`),
        await page.pdf({ format: "A4", margin, printBackground: true, scale: 0.8 }),
      );
      await page.close();
    }
  } finally {
    await browser.close();
  }
}
