import { resolve } from "node:path";
import { UsageError } from "../command-line/usage-error";
import { collectCommand, newCommand, releaseCommand, rosterCommand } from "./course-commands";
import { formgrader } from "./formgrader";
import { gradeCommand, validateCommand } from "./grading-commands";
import { type CourseOptions, readOptions } from "./options";
import type { Place } from "./place";
import { reportCommand } from "./report-command";

type Command = (place: Place, options: CourseOptions, course: string) => Promise<number> | number;

const commands: Readonly<Record<string, Command>> = {
  new: newCommand,
  roster: rosterCommand,
  release: releaseCommand,
  collect: collectCommand,
  grade: gradeCommand,
  formgrader,
  report: reportCommand,
  validate: validateCommand,
};

/** Does what the command line of `npm run course` says; returns the exit code. */
export async function course(arguments_: readonly string[], place: Place): Promise<number> {
  const options = readOptions(arguments_);
  const command = commands[options.command];
  if (command === undefined) {
    const known = Object.keys(commands).join(", ");
    throw new UsageError(`“${options.command}” is no command; there are: ${known} (npm run course -- --help)`);
  }
  return command(place, options, resolve(place.folder, options.course));
}
