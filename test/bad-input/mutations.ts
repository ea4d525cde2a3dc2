/** One way to spoil one argument, or a part of one, of a call that is right. */
export interface Mutation {
  /** Where: the argument's number, then names and places inside it, as `1.hiddenWidths.0`. */
  readonly path: string;
  readonly kind: Kind;
  /** The arguments, spoilt. */
  readonly spoilt: unknown[];
  /** How a message may name what it was given. */
  readonly given: readonly string[];
}

/**
 * - `nan`, `infinity`, `-infinity`: a number that is none
 * - `negative`: −1 in place of a number; `fraction`: a half more than it
 * - `empty`: no entries in place of an array; `short`: all but the last; `flat`: a tensor of one axis fewer; `narrow`: a
 *   tensor without the last place of its last axis
 * - `wordless`: an empty text; `other`: a value of another kind, words in place of anything but words; `missing`: undefined
 */
export type Kind = (typeof kinds)[number];

export const kinds = [
  "nan",
  "infinity",
  "-infinity",
  "negative",
  "fraction",
  "empty",
  "short",
  "flat",
  "narrow",
  "wordless",
  "other",
  "missing",
] as const;

/** A tensor as far as mutations go. */
interface AnyTensor {
  readonly shape: number[];
  reshape(shape: number[]): unknown;
  slice(begin: number[], size: number[]): unknown;
}

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array;

/** Every mutation of a call's arguments, each made on arguments of its own. */
export function mutationsOf(makeArguments: () => unknown[]): Mutation[] {
  return makeArguments().flatMap((value, index) =>
    placesIn(value, String(index)).map(({ path, kind, steps, replace, given }): Mutation => {
      const spoilt = makeArguments();
      spoilt[index] = replaced(spoilt[index], steps, replace);
      return { path, kind, spoilt, given };
    }),
  );
}

interface Place {
  readonly path: string;
  readonly kind: Kind;
  /** From the argument to the spoilt part. */
  readonly steps: readonly (string | number)[];
  readonly replace: (value: unknown) => unknown;
  readonly given: readonly string[];
}

/** A value by itself, and what is in it. */
function placesIn(value: unknown, path: string, steps: readonly (string | number)[] = []): Place[] {
  const inside = partsOf(value, path, steps);
  if (typeof value === "function" || value === undefined) return inside;
  // An argument has no name of its own here; a part has that of the record it lies in.
  const names = steps.length === 0 ? [""] : steps.filter((step) => typeof step === "string").slice(-1);
  const other = typeof value === "string" ? 7 : "seven";
  return [
    ...inside,
    { path, kind: "other", steps, replace: () => other, given: [String(other), ...names] },
    { path, kind: "missing", steps, replace: () => undefined, given: ["missing", "undefined", ...names] },
  ];
}

function partsOf(value: unknown, path: string, steps: readonly (string | number)[]): Place[] {
  const place = (kind: Kind, replace: (value: unknown) => unknown, given: string[]): Place => {
    return { path, kind, steps, replace, given };
  };
  if (typeof value === "number") {
    const half = value + 0.5;
    return [
      place("nan", () => NaN, ["NaN"]),
      place("infinity", () => Infinity, ["Infinity", "∞"]),
      place("-infinity", () => -Infinity, ["Infinity", "∞"]),
      place("negative", () => -1, ["-1", "−1"]),
      ...(Number.isInteger(value) ? [place("fraction", () => half, [String(half)])] : []),
    ];
  }
  if (isTensor(value)) {
    const { shape } = value;
    if (shape.length === 0) return [];
    const last = shape[shape.length - 1];
    const narrow = [...shape.slice(0, -1), last - 1];
    const flat = shape.length === 1 ? [] : [...shape.slice(0, -2), shape[shape.length - 2] * last];
    return [
      ...(shape.length > 1 ? [place("flat", (given) => (given as AnyTensor).reshape(flat), [flat.join(", ")])] : []),
      ...(last > 1
        ? [
            place(
              "narrow",
              (given) =>
                (given as AnyTensor).slice(
                  shape.map(() => 0),
                  narrow,
                ),
              [],
            ),
          ]
        : []),
    ];
  }
  if (isNumbers(value)) {
    const set = (number: number) => (given: unknown) => {
      const copy = (given as Numbers).slice();
      copy[0] = number;
      return copy;
    };
    const floats = value instanceof Float32Array || value instanceof Float64Array;
    return [
      place("empty", (given) => (given as Numbers).slice(0, 0), []),
      ...(value.length > 1 ? [place("short", (given) => (given as Numbers).slice(0, -1), [])] : []),
      ...(floats && value.length > 0
        ? [place("nan", set(NaN), ["NaN"]), place("infinity", set(Infinity), ["Infinity", "∞"])]
        : []),
    ];
  }
  if (Array.isArray(value)) {
    const entries = [...new Set([0, value.length - 1])].filter((index) => index >= 0);
    return [
      ...(value.length > 0 ? [place("empty", () => [], [])] : []),
      ...(value.length > 1 ? [place("short", (given) => (given as unknown[]).slice(0, -1), [])] : []),
      ...entries.flatMap((index) => placesIn(value[index], `${path}.${index}`, [...steps, index])),
    ];
  }
  if (typeof value === "string") return value === "" ? [] : [place("wordless", () => "", [])];
  if (value instanceof Map) {
    return [...(value as Map<string | number, unknown>)].flatMap(([name, part]) =>
      placesIn(part, `${path}.${name}`, [...steps, name]),
    );
  }
  if (isPlain(value)) {
    return Object.entries(value).flatMap(([name, part]) => placesIn(part, `${path}.${name}`, [...steps, name]));
  }
  return [];
}

function replaced(value: unknown, steps: readonly (string | number)[], replace: (value: unknown) => unknown): unknown {
  if (steps.length === 0) return replace(value);
  const [step, ...rest] = steps;
  if (Array.isArray(value)) {
    return value.map((entry, index) => (index === step ? replaced(entry, rest, replace) : (entry as unknown)));
  }
  if (value instanceof Map) {
    const map = value as Map<string | number, unknown>;
    return new Map([...map].map(([name, entry]) => [name, name === step ? replaced(entry, rest, replace) : entry]));
  }
  const record = value as Record<string, unknown>;
  return { ...record, [step]: replaced(record[step], rest, replace) };
}

function isTensor(value: unknown): value is AnyTensor {
  return typeof value === "object" && value !== null && "dataSync" in value && "shape" in value;
}

function isNumbers(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

// Keys and what goes by a name and has methods (activations, initialisations, architectures) are left whole.
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || "words" in value) return false;
  if ("name" in value && Object.values(value).some((part) => typeof part === "function")) return false;
  return Object.getPrototypeOf(value) === Object.prototype;
}
