import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { plural } from "../run/text";
import { UsageError } from "../command-line/usage-error";
import { collect } from "./collect";
import { CourseError } from "./course-error";
import { createCourse, drawKey, openCourse, writeSettings } from "./course-folder";
import { chosenSets } from "./grading-commands";
import type { CourseOptions } from "./options";
import type { Place } from "./place";
import { release } from "./release";
import { hasRoster, importRoster, readRoster, rosterIds, rosterFile } from "./roster";
import { checkDue } from "./settings";
import { findSets } from "./sources";

/** `new`: a course folder. */
export function newCommand(_place: Place, options: CourseOptions, folder: string): number {
  createCourse(folder, options.name ?? basename(folder), drawKey());
  process.stdout.write(
    `Made ${folder}: course.json says what you may change (late policy, limits), course.key draws the sets' constants.\n` +
      "Keep course.key to yourself, and keep it: without it the same sets cannot be made again.\n" +
      "Next: npm run course -- roster FILE.csv, then npm run course -- release\n",
  );
  return 0;
}

/** `roster`: students from a table. */
export async function rosterCommand(place: Place, options: CourseOptions, folder: string): Promise<number> {
  const [file, ...more] = options.names;
  if (file === undefined || more.length > 0)
    throw new UsageError("roster takes one file: npm run course -- roster FILE.csv");
  const path = resolve(place.folder, file);
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`);
  const course = openCourse(folder);
  const students = readRoster(readFileSync(path, "utf8"));
  await importRoster(place, course, students);
  copyFileSync(path, rosterFile(course));
  process.stdout.write(`${plural(students.length, "student")} of ${file} are in the gradebook.\n`);
  return 0;
}

/** `release`: the students' notebooks. */
export async function releaseCommand(place: Place, options: CourseOptions, folder: string): Promise<number> {
  const course = openCourse(folder);
  const sets = findSets(place, options.names);
  if (options.due !== undefined) {
    const due = options.due;
    checkDue("The release", due);
    const dated = Object.fromEntries(sets.map(({ name }) => [name, { due }]));
    writeSettings(folder, { ...course.settings, sets: { ...course.settings.sets, ...dated } });
  }
  const outcomes = await release(place, openCourse(folder), sets);
  for (const { set, file, error } of outcomes) {
    const due = openCourse(folder).settings.sets[set]?.due ?? null;
    const date = due === null ? "no due date (--due, or in course.json)" : `due ${due}`;
    process.stdout.write(error === null ? `${file}  ${date}\n` : `${set} was NOT released: ${error}\n`);
  }
  process.stdout.write("Give these files to the students. They work in a clone of this repository: npm run lab\n");
  return outcomes.some(({ error }) => error !== null) ? 2 : 0;
}

/** `collect`: what students handed in. */
export async function collectCommand(place: Place, options: CourseOptions, folder: string): Promise<number> {
  const course = openCourse(folder);
  if (options.names.length === 0) throw new UsageError("collect takes files or folders of notebooks.");
  const paths = options.names.map((name) => resolve(place.folder, name));
  for (const path of paths) if (!existsSync(path)) throw new UsageError(`There is no ${path}.`);
  const set = options.set === undefined ? undefined : chosenSets(course, [options.set])[0];
  const roster = hasRoster(course) ? await rosterIds(place, course) : [];
  const collected = collect(course, paths, roster, chosenSets(course, []), set);
  if (collected.length === 0) throw new CourseError("There are no notebooks in these places; unpack a zip file first.");
  for (const { file, work, submitted, reason } of collected) {
    const whose = work === null ? "?" : `${work.student}  ${work.set}`;
    process.stdout.write(
      `${whose}  ${submitted.toISOString()}  ${reason === null ? "" : `LEFT: ${reason}, `}${file}\n`,
    );
  }
  process.stdout.write("Next: npm run course -- grade\n");
  return collected.some(({ work }) => work === null) ? 1 : 0;
}
