/** Fuzzes every reader: `child.ts FOLDER SEED COUNT`. A line of JSON for every hundred mutants, and for every reader. */
import fs from "node:fs";
import { join, resolve, sep } from "node:path";
import { foldIn, key } from "fathom/random";
import { mutant } from "./mutant";
import { type FuzzedReader, fuzzedReaders, isRefusal } from "./readers";

const [folder, seed, count] = process.argv.slice(2);
const readers = fuzzedReaders(folder);
const home = fs.realpathSync(join(folder, "inside")) + sep;
// What the readers open; a link counts as the file that it leads to.
const opened: string[] = [];
const open = fs.openSync;
fs.openSync = (path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode | null): number => {
  const descriptor = open(path, flags, mode);
  opened.push(fs.realpathSync(resolve(String(path))));
  return descriptor;
};

for (const [name, reader] of Object.entries(readers)) fuzzOne(name, reader);

function fuzzOne(name: string, reader: FuzzedReader): void {
  const found = { accepted: 0, refused: 0, opened: 0, slowest: 0, wrong: [] as string[] };
  const reasons = new Set<string>();
  const attempt = (bytes: Uint8Array, index: number): void => {
    opened.length = 0;
    const started = performance.now();
    try {
      if (reader.accepts(bytes)) found.accepted++;
    } catch (error) {
      if (isRefusal(error)) {
        found.refused++;
        reasons.add((error as Error).message.replace(/[\d.]+|"[^"]*"/g, "…").slice(0, 60));
      } else found.wrong.push(`mutant ${index}: ${String(error).slice(0, 300)}`);
    }
    found.slowest = Math.max(found.slowest, performance.now() - started);
    found.opened += opened.length;
    const outside = opened.find((path) => !path.startsWith(home));
    if (outside !== undefined) found.wrong.push(`mutant ${index}: opened ${outside}`);
  };
  reader.originals.forEach((bytes) => attempt(bytes, -1));
  const before = peak();
  for (let index = 0; index < Number(count); index++) {
    attempt(mutant(foldIn(foldIn(key(Number(seed)), name), index), reader.originals), index);
    if (index % 100 === 0) tell({ at: `mutant ${index} of ${name}` });
  }
  tell({ name, ...found, reasons: reasons.size, grown: peak() - before, peak: peak() });
}

/** Peak memory of this process, in MiB. Linux's own `maxRSS` begins with that of the process that started this one. */
function peak(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync("/proc/self/status", "utf8"))![1]) / 1024;
}

function tell(record: object): void {
  fs.writeSync(1, `${JSON.stringify(record)}\n`);
}
