import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Course } from "./course-folder";
import type { Work } from "./driver";

/** The largest notebook that is graded; one with answers and pictures has a tenth of it. */
const largestNotebook = 10 * 1024 * 1024;
const largestSubmission = 50 * 1024 * 1024;

/** Every submission of these sets that lies in submitted/, by set and student. */
export function findSubmissions(course: Course, sets: readonly string[], students: readonly string[]): Work[] {
  const submitted = join(course.folder, "submitted");
  if (!existsSync(submitted)) return [];
  const all = readdirSync(submitted).filter((name) => lstatSync(join(submitted, name)).isDirectory());
  const wanted = students.length === 0 ? all : all.filter((student) => students.includes(student));
  return sets.flatMap((set) =>
    wanted
      .sort()
      .filter((student) => existsSync(join(submitted, student, set)))
      .map((student) => ({ student, set })),
  );
}

/** Why a submission cannot be graded as it lies there, or null. */
export function unfitness(course: Course, { student, set }: Work): string | null {
  const folder = join(course.folder, "submitted", student, set);
  if (!lstatSync(folder).isDirectory()) return "it is no folder";
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // nbgrader copies what it finds: a link could lead to another's work or to the solutions.
    if (!entry.isFile() && !entry.isDirectory()) return `${entry.name} is neither a file nor a folder`;
    if (entry.isFile()) bytes += lstatSync(join(entry.parentPath, entry.name)).size;
  }
  if (bytes > largestSubmission) return `it is larger than ${largestSubmission / 1024 / 1024} MiB`;
  const notebook = join(folder, `${set}.ipynb`);
  if (!existsSync(notebook)) return `there is no ${set}.ipynb in it`;
  if (lstatSync(notebook).size > largestNotebook)
    return `${set}.ipynb is larger than ${largestNotebook / 1024 / 1024} MiB`;
  try {
    const { cells } = JSON.parse(readFileSync(notebook, "utf8")) as { cells?: unknown };
    return Array.isArray(cells) && cells.every(isCell) ? null : `${set}.ipynb is not a notebook of format 4`;
  } catch {
    return `${set}.ipynb is not a notebook: it is not JSON`;
  }
}

function isCell(cell: unknown): boolean {
  if (typeof cell !== "object" || cell === null) return false;
  const { cell_type: type, source } = cell as { cell_type?: unknown; source?: unknown };
  const lines: unknown[] = Array.isArray(source) ? source : [source];
  return typeof type === "string" && lines.every((line) => typeof line === "string");
}

/** What a submission's marks depend on, as a hash: its files and the released set that it answers. */
export function digestOf(course: Course, { student, set }: Work): string {
  const hash = createHash("sha256");
  for (const folder of [join(course.folder, "submitted", student, set), join(course.folder, "source", set)]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
      const file = join(folder, name);
      if (!lstatSync(file).isFile()) continue;
      hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}
