import { prepareDeclarations } from "../../kernel/declarations";
import { clock, plural } from "../run/text";
import { UsageError } from "../command-line/usage-error";
import { type Course, openCourse, releasedSets } from "./course-folder";
import { gradeAll, ungraded } from "./grade";
import { GradingProgress } from "./grading-progress";
import type { CourseOptions } from "./options";
import type { Place } from "./place";
import { hasRoster, importRoster, type Student } from "./roster";
import { requireSandbox } from "./sandbox";
import { findSets } from "./sources";
import { findSubmissions } from "./submissions";
import { validate } from "./validate";

const interrupted = 130;

/** `grade`: everything that was handed in and is not graded yet. */
export async function gradeCommand(place: Place, options: CourseOptions, folder: string): Promise<number> {
  requireSandbox(place.variables, options.unsandboxed);
  const course = openCourse(folder);
  const works = findSubmissions(course, chosenSets(course, options.names), options.students);
  if (works.length === 0) {
    process.stdout.write(`Nothing was handed in: there is nothing in ${folder}/submitted for these sets.\n`);
    return 0;
  }
  // Without a roster everybody who handed something in belongs to the course.
  if (!hasRoster(course))
    await importRoster(place, course, [...new Set(works.map(({ student }) => student))].map(unknown));
  const waiting = options.again ? works : ungraded(course, works);
  return withProgress(waiting.length, async (progress, signal) => {
    const { graded, unchanged } = await gradeAll(place, course, works, {
      ...options,
      anyStudent: false,
      signal,
      onEvent: (event) => progress.event(event),
      onGraded({ student, set }, { error, notes, seconds }) {
        const outcome = error === null ? "graded" : `NOT graded: ${error}`;
        progress.say(`${student}  ${set}  ${outcome} (${clock(seconds)})`);
        for (const note of notes) progress.say(`    ${note}`);
      },
    });
    progress.close();
    const failed = graded.filter(({ error }) => error !== null).length;
    process.stdout.write(
      `${plural(graded.length - failed, "submission")} graded, ${failed} could not be, ${unchanged} had been before.\n` +
        "Next: npm run course -- formgrader (what is graded by hand), npm run course -- report\n",
    );
    return failed > 0 ? 1 : 0;
  });
}

function unknown(id: string): Student {
  return { id, first_name: "", last_name: "", email: "" };
}

/** `validate`: sets, before they are released. */
export async function validateCommand(place: Place, options: CourseOptions): Promise<number> {
  requireSandbox(place.variables, options.unsandboxed);
  const sets = findSets(place, options.names);
  return withProgress(0, async (progress, signal) => {
    const findings = await validate(place, sets, {
      ...options,
      signal,
      onEvent(event) {
        if (event.event === "begun") progress.add(1);
        progress.event(event);
      },
    });
    progress.close();
    for (const { set, problems, works, seconds } of findings) {
      const verdict = problems.length === 0 ? "✓" : `✗ ${plural(problems.length, "problem")}`;
      process.stdout.write(
        `${set}  ${verdict}  (${plural(works, "work")} graded, the reference in ${clock(seconds)})\n`,
      );
      for (const problem of problems) process.stdout.write(`    ${problem}\n`);
    }
    return findings.some(({ problems }) => problems.length > 0) ? 1 : 0;
  });
}

/** Released sets by name or the beginning of one; none named: all. */
export function chosenSets(course: Course, names: readonly string[]): string[] {
  const released = releasedSets(course);
  if (released.length === 0) throw new UsageError("No set was released yet: npm run course -- release");
  if (names.length === 0) return released;
  return names.map((name) => {
    const found = released.filter((set) => set === name || set.startsWith(name));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    throw new UsageError(`“${name}” is not one of the released sets: ${released.join(", ")}`);
  });
}

async function withProgress(
  total: number,
  work: (progress: GradingProgress, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  // The sandboxes see the repository read-only: what kernels keep of the library's types must be there.
  prepareDeclarations();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  const progress = new GradingProgress(process.stdout, total);
  try {
    return await work(progress, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    progress.say("Interrupted; the same command goes on where it was.");
    return interrupted;
  } finally {
    progress.close();
    for (const name of signals) process.off(name, interrupt);
  }
}
