import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { type Kind, type Mutation, mutationsOf } from "./mutations";

/** A public function, one right call of it, and what may be spoilt without making the call wrong. */
export interface Checked {
  readonly call: (...given: never[]) => unknown;
  readonly right: () => unknown[];
  /** For a kind of mutation, patterns of the paths at which it still gives a right call: `*` for one part, `**` for any. */
  readonly fine: Fine;
  /** Whether it reads rows, see `ofRows`. */
  readonly ofRows?: true;
}

/** The rows of a folder's table, by the names of the functions. */
export type Table = Readonly<Record<string, Checked>>;

type Fine = Partial<Record<Kind | "real" | "positive" | "made" | "rows", string>>;

/**
 * A row of the table. `fine` names what is right all the same; `real` stands for `negative` and `fraction`, `positive` for
 * `fraction`: a number that need not be whole. What is under `made` was checked by the function that made it and is left
 * whole. Under `rows` lie numbers that a stored experiment measured, of which a function may read some: a NaN among them is
 * refused, or does not come out again. The right call is run, so its types need no compiler.
 */
export function row(call: Checked["call"], right: () => unknown[], fine: Fine = {}): Checked {
  return { call, right, fine };
}

/**
 * A function that reads rows of stored experiments, or draws them, of which it may not look at every part. Every spoilt part
 * is refused, or provably not used: the answer is the same. Where a number is below zero, a half more, or an array one entry
 * short, the call may also be right; then its answer holds no number that is none.
 */
export function ofRows(call: Checked["call"], right: () => unknown[], fine: Fine = {}): Checked {
  return { call, right, fine, ofRows: true };
}

/** Names of functions that take nothing which could be wrong in number or shape, each with the reason. */
export type NothingToCheck = Readonly<Record<string, string>>;

/** By the names of rows, patterns of the paths of what may be left out (`missing`), or be of another kind (`other`). */
export interface FineKinds {
  readonly missing?: Readonly<Record<string, string>>;
  readonly other?: Readonly<Record<string, string>>;
}

/**
 * Tests of a folder of the library: that the table names every function it exports, that each right call is right, and that
 * each spoilt one ends in a RangeError or TypeError of the library's own that names what was given. What is missing, or of
 * another kind, may be refused in JavaScript's words.
 */
export function describeBadInput(
  folder: string,
  exported: Readonly<Record<string, unknown>>,
  table: Table,
  nothingToCheck: NothingToCheck,
  fineKinds: FineKinds = {},
): void {
  describe(`bad input to fathom/${folder}`, () => {
    it("is tried on every function that the folder exports", () => {
      const functions = Object.keys(exported).filter((name) => typeof exported[name] === "function");
      const named = [...Object.keys(table), ...Object.keys(nothingToCheck)];
      assert.deepEqual(
        functions.filter((name) => !named.some((entry) => entry.split(" ")[0] === name)),
        [],
        "exported without a row in the table of bad input",
      );
      assert.deepEqual(
        named.filter((name) => !(name.split(/[ .,]/)[0] in exported)),
        [],
        "in the table but not exported",
      );
      assert.deepEqual(
        Object.keys({ ...fineKinds.missing, ...fineKinds.other }).filter((name) => !(name in table)),
        [],
        "without a row in the table",
      );
    });
    for (const [name, checked] of Object.entries(table)) {
      it(`never gives a number: ${name}`, async () => {
        tf.engine().startScope();
        try {
          const { missing = "", other = "" } = checked.fine;
          const fine: Fine = {
            ...checked.fine,
            missing: fineKinds.missing?.[name] ?? missing,
            other: fineKinds.other?.[name] ?? other,
          };
          const problems = await problemsOf({ ...checked, fine });
          if (problems.length > 0) assert.fail(problems.join("\n"));
        } finally {
          tf.engine().endScope();
        }
      });
    }
  });
}

async function problemsOf(checked: Checked): Promise<string[]> {
  const right = await outcomeOf(checked, checked.right());
  assert.equal(right.failure, undefined, "the right call");
  const problems: string[] = [];
  for (const mutation of mutationsOf(checked.right)) {
    if (isUnder(checked.fine.made, mutation)) continue;
    if (checked.ofRows === true) {
      const found = answerProblem(await outcomeOf(checked, mutation.spoilt), right.answer, checked.fine, mutation);
      if (found !== undefined) problems.push(`${mutation.path} ${mutation.kind}: ${found}`);
      continue;
    }
    if (isUnder(checked.fine.rows, mutation)) {
      const found = await rowsProblem(checked, mutation);
      if (found !== undefined) problems.push(`${mutation.path} ${mutation.kind}: ${found}`);
      continue;
    }
    const failure = await failureOf(checked, mutation.spoilt);
    const problem = isFine(checked.fine, mutation) ? refusal(failure) : refusalProblem(failure, mutation);
    if (problem !== undefined) problems.push(`${mutation.path} ${mutation.kind}: ${problem}`);
  }
  return problems;
}

// TypeScript refuses, before it runs, a call with a value of another kind or with one missing: whatever words JavaScript has
// for those will do, but an answer will not.
function refusalProblem(failure: unknown, mutation: Mutation): string | undefined {
  if (mutation.kind !== "other" && mutation.kind !== "missing") return problemOf(failure, mutation);
  return failure === undefined ? "accepted" : undefined;
}

async function failureOf(checked: Checked, given: unknown[]): Promise<unknown> {
  return (await outcomeOf(checked, given)).failure;
}

interface Outcome {
  readonly failure?: unknown;
  readonly answer?: unknown;
}

async function outcomeOf({ call }: Checked, given: unknown[]): Promise<Outcome> {
  try {
    const answer: unknown = await call(...(given as never[]));
    return { answer: readable(answer) };
  } catch (failure) {
    return { failure };
  }
}

/** Tensors as numbers, so that answers can be compared. */
function readable(answer: unknown): unknown {
  if (answer instanceof tf.Tensor)
    return { shape: answer.shape as number[], values: Array.from<number>(answer.dataSync() as Float32Array) };
  return Array.isArray(answer) ? (answer as unknown[]).map(readable) : answer;
}

/** What is wrong with the answer to a spoilt call of a function that reads rows. */
function answerProblem(
  { failure, answer }: Outcome,
  right: unknown,
  fine: Fine,
  mutation: Mutation,
): string | undefined {
  if (isFine(fine, mutation)) {
    return refusal(failure) ?? (isDeepStrictEqual(answer, right) ? "said to be fine, but it is not used" : undefined);
  }
  if (failure !== undefined) return problemOf(failure, mutation);
  if (isDeepStrictEqual(answer, right)) return undefined;
  if (!["negative", "fraction", "short"].includes(mutation.kind)) return "accepted, with another answer";
  return holdsNone(answer) && !holdsNone(right) ? "the answer holds a number that is none" : undefined;
}

function holdsNone(value: unknown): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  if (typeof value === "string") return /\b(NaN|undefined|null|-?Infinity)\b/.test(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>).some(holdsNone);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNone);
}

/** What is wrong with the answer to rows with a NaN among them. */
async function rowsProblem(checked: Checked, mutation: Mutation): Promise<string | undefined> {
  if (mutation.kind !== "nan") return undefined;
  const { failure, answer } = await outcomeOf(checked, mutation.spoilt);
  if (failure !== undefined) return problemOf(failure, { ...mutation, given: [] });
  return holdsNaN(answer) ? "NaN came out" : undefined;
}

function holdsNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>).some(Number.isNaN);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsNaN);
}

// What JavaScript itself says of bad input, which names nothing in the reader's words.
const notOurs =
  /^(Cannot |Invalid (array|typed array|string|count)|Reduce of empty|undefined |The number .* cannot|.* is not (a function|iterable|defined|a constructor))/;

// A table that calls fine what is refused would hide the day when it is not.
function refusal(failure: unknown): string | undefined {
  return failure === undefined ? undefined : `said to be fine, but ${said(failure)}`;
}

function problemOf(failure: unknown, { given }: Mutation): string | undefined {
  if (failure === undefined) return "accepted";
  if (!(failure instanceof RangeError || failure instanceof TypeError)) return `not a RangeError: ${said(failure)}`;
  if (notOurs.test(failure.message)) return `JavaScript's own words: ${failure.message}`;
  const named = given.length === 0 || given.some((text) => failure.message.includes(text));
  return named ? undefined : `does not name ${given.join(" or ")}: ${failure.message}`;
}

/** Whether a mutation is at one of these paths or under it; `0.*` leaves out the argument itself. */
function isUnder(paths: string | undefined, { path }: Mutation): boolean {
  return (paths ?? "").split(" ").some((part) => part !== "" && (matches(part, path) || matches(`${part}.**`, path)));
}

function isFine(fine: Fine, { path, kind }: Mutation): boolean {
  const groups = [kind, ...(kind === "fraction" ? ["real", "positive"] : kind === "negative" ? ["real"] : [])];
  return groups.some((group) =>
    (fine[group as keyof Fine] ?? "").split(" ").some((pattern) => pattern !== "" && matches(pattern, path)),
  );
}

function matches(pattern: string, path: string): boolean {
  const expression = pattern
    .replaceAll(".", "\\.")
    .replaceAll("**", "§")
    .replaceAll("*", "[^.]+")
    .replaceAll("§", ".*");
  return new RegExp(`^${expression}$`).test(path);
}

function said(failure: unknown): string {
  return failure instanceof Error ? `${failure.name}: ${failure.message}` : JSON.stringify(failure);
}
