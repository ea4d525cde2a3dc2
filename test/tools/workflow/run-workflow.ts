import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The workflow on the fixture notebook, with a store and a count of computed cells of its own in `folder`. */
export class FixtureWorkflow {
  readonly store: string;

  constructor(readonly folder: string) {
    this.store = join(folder, "store");
    mkdirSync(this.store, { recursive: true });
  }

  /** `npm run workflow -- …`, or `npm start -- …`, as a reader's shell runs it. */
  start(
    command: "workflow" | "start",
    arguments_: readonly string[],
    variables: NodeJS.ProcessEnv = {},
  ): { child: ChildProcess; ended: Promise<Ended> } {
    const own = { FATHOM_STORE: this.store, FATHOM_TEST_RUNS: this.folder, CI: "" };
    const where = ["--notebooks", join(root, "test/fixtures/workflow"), "--site", join(this.folder, "site")];
    const child = spawn(process.execPath, [join(root, `tools/${command}.mjs`), ...where, ...arguments_], {
      cwd: root,
      env: { ...process.env, ...own, ...variables },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += String(text)));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output }));
    });
    return { child, ended };
  }

  /** The cells that were computed since `folder` was made, in order. */
  computed(): string[] {
    const file = join(this.folder, "cells");
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** The text of each file of the store, by its path. */
  stored(): Record<string, string> {
    const files = readdirSync(this.store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(this.store.length), readFileSync(path, "utf8")]));
  }
}
