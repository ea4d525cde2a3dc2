import { availableParallelism } from "node:os";
import { parsedOptions } from "../command-line/parsed-options";
import { wholeNumber } from "../command-line/whole-number";

export interface CourseOptions {
  readonly command: string;
  /** What follows the command's name. */
  readonly names: readonly string[];
  /** The course's folder, as it was typed. */
  readonly course: string;
  readonly name: string | undefined;
  readonly due: string | undefined;
  readonly students: readonly string[];
  readonly set: string | undefined;
  readonly jobs: number;
  readonly keys: number;
  readonly port: number;
  readonly again: boolean;
  readonly unsandboxed: boolean;
}

/** Reads the command line of `npm run course`. @throws UsageError for an unknown option or a number that is none */
export function readOptions(arguments_: readonly string[]): CourseOptions {
  const { values, positionals } = parsedOptions(arguments_, {
    course: { type: "string" },
    name: { type: "string" },
    due: { type: "string" },
    student: { type: "string", multiple: true },
    set: { type: "string" },
    jobs: { type: "string" },
    keys: { type: "string" },
    port: { type: "string" },
    again: { type: "boolean" },
    unsandboxed: { type: "boolean" },
  });
  const [command = "", ...names] = positionals;
  return {
    command,
    names,
    course: values.course ?? "course",
    name: values.name,
    due: values.due,
    students: values.student ?? [],
    set: values.set,
    jobs: wholeNumber("--jobs", values.jobs, 1) ?? defaultJobs(availableParallelism()),
    keys: wholeNumber("--keys", values.keys, 0) ?? 4,
    port: wholeNumber("--port", values.port, 0, 65535) ?? 8888,
    again: values.again === true,
    unsandboxed: values.unsandboxed === true,
  };
}

/** A submission waits much of its time (for its kernel's start, for replies), so each core takes one, two at least. */
export function defaultJobs(cores: number): number {
  return Math.max(2, cores);
}
