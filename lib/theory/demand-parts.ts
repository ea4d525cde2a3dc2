/** What is wrong with a value: where in it, and what; `type` where it is no value of the kind at all. */
export interface Complaint {
  /** From the value on: `[3].secondMoment`; empty for the value itself. */
  readonly path: string;
  readonly text: string;
  readonly type: boolean;
}

/** Looks at a value once and says what is wrong with it; null where nothing is. */
export type Demand = (value: unknown) => Complaint | null;

/**
 * What a function was given, or the reader is told what is wrong with it, and where.
 * @param name of the argument
 * @throws TypeError for a value of another kind, one that is missing among them; RangeError for one out of range
 */
export function demand(name: string, value: unknown, what: Demand): void {
  const complaint = what(value);
  if (complaint === null) return;
  const message = `${name}${complaint.path} ${complaint.text}`;
  throw complaint.type ? new TypeError(message) : new RangeError(message);
}

function wrong(expected: string, value: unknown): Complaint {
  const type = typeof value !== "number";
  return { path: "", text: `must be ${expected}; it is ${described(value)}`, type };
}

/** For words: another kind of value is of the wrong type, words that do not fit are not. */
function wrongWords(expected: string, value: unknown): Complaint {
  return { ...wrong(expected, value), type: typeof value !== "string" };
}

function described(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function numberThat(expected: string, fits: (value: number) => boolean): Demand {
  return (value) =>
    typeof value === "number" && Number.isFinite(value) && fits(value) ? null : wrong(expected, value);
}

export const finite: Demand = numberThat("a finite number", () => true);
export const positive: Demand = numberThat("a finite number above 0", (value) => value > 0);
export const notNegative: Demand = numberThat("a finite number of at least 0", (value) => value >= 0);
/** A part of a whole. */
export const share: Demand = numberThat("a share from 0 to 1", (value) => value >= 0 && value <= 1);
/** A share of a hundred. */
export const percent: Demand = numberThat("per cent from 0 to 100", (value) => value >= 0 && value <= 100);
/** A correlation or a cosine, of which rounding may make a little more than 1. */
export const correlation: Demand = numberThat("a correlation from −1 to 1", (value) => Math.abs(value) <= 1 + 1e-5);

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Demand {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  const fits = (value: number): boolean => Number.isSafeInteger(value) && value >= least && value <= most;
  return numberThat(`a whole number ${range}`, fits);
}

/** A seed of random numbers. */
export const seed: Demand = whole(Number.MIN_SAFE_INTEGER);

export const yesOrNo: Demand = (value) =>
  typeof value === "boolean" ? null : { ...wrong("true or false", value), type: true };

/** Anything at all: where a list counts, and its entries do not. */
export const anything: Demand = () => null;

/** Anything whose numbers, however deep, are finite. */
export const onlyFiniteNumbers: Demand = (value) => {
  if (typeof value === "number") return finite(value);
  if (typeof value !== "object" || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    const complaint = onlyFiniteNumbers(part);
    if (complaint !== null) return { ...complaint, path: `.${name}${complaint.path}` };
  }
  return null;
};

/** Words that say something. */
export const words: Demand = (value) =>
  typeof value === "string" && value.trim() !== "" ? null : wrongWords("text", value);

/** One of a few words. */
export function oneOf(...choices: readonly string[]): Demand {
  const expected = choices.map((choice) => `"${choice}"`).join(" or ");
  return (value) => (choices.includes(value as string) ? null : wrongWords(expected, value));
}

/** A text of ones and zeros, one an image, at least one. */
export const onesAndZeros: Demand = (value) =>
  typeof value === "string" && /^[01]+$/.test(value)
    ? null
    : wrongWords("a text of ones and zeros, one an image", value);

/** What may be null: a quantity that there is not in every case. */
export function orNull(part: Demand): Demand {
  return (value) => (value === null ? null : part(value));
}

/** What may be left out. */
export function orAbsent(part: Demand): Demand {
  return (value) => (value === undefined ? null : part(value));
}

/** A number, or what stands for one that has grown past all numbers. */
export function orInfinite(part: Demand): Demand {
  return (value) => (value === Infinity ? null : part(value));
}

function isListLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** An array, typed or not, of at least `least` entries, each as demanded. */
export function listOf(entry: Demand, least: number = 1): Demand {
  return (value) => {
    if (!isListLike(value)) return { ...wrong("an array", value), type: true };
    if (value.length < least) {
      return { path: "", text: `must hold at least ${least}; it holds ${value.length}`, type: false };
    }
    for (let index = 0; index < value.length; index++) {
      const complaint = entry(value[index]);
      if (complaint !== null) return { ...complaint, path: `[${index}]${complaint.path}` };
    }
    return null;
  };
}

/** Widths of layers: at least one. */
export const widths: Demand = listOf(whole(1));

/** A map whose values are as demanded. */
export function mapOf(entry: Demand): Demand {
  return (value) => {
    // A notebook's cells have a Map of their own.
    if (Object.prototype.toString.call(value) !== "[object Map]") return { ...wrong("a Map", value), type: true };
    for (const [name, own] of value as Map<unknown, unknown>) {
      const complaint = entry(own);
      if (complaint !== null) return { ...complaint, path: `.get(${String(name)})${complaint.path}` };
    }
    return null;
  };
}

/** An object, some of whose parts are demanded; what else it has is not looked at. */
export function record<Of extends object>(parts: { readonly [Name in keyof Of]?: Demand }): Demand {
  const named = Object.entries(parts) as [string, Demand][];
  const expected = `an object with ${named.map(([name]) => name).join(", ")}`;
  return (value) => {
    if (typeof value !== "object" || value === null) return { ...wrong(expected, value), type: true };
    for (const [name, part] of named) {
      const complaint = part((value as Record<string, unknown>)[name]);
      if (complaint !== null) return { ...complaint, path: `.${name}${complaint.path}` };
    }
    return null;
  };
}

/** All of several demands on one value; the first complaint counts. */
export function each(...demands: readonly Demand[]): Demand {
  return (value) => {
    for (const one of demands) {
      const complaint = one(value);
      if (complaint !== null) return complaint;
    }
    return null;
  };
}

/**
 * A demand, and how to mend what falls short of it.
 * @param how a sentence, which ends the message
 */
export function mended(part: Demand, how: string): Demand {
  return (value) => {
    const complaint = part(value);
    return complaint === null ? null : { ...complaint, text: `${complaint.text}. ${how}` };
  };
}

/** A demand on a quantity, and the words that the field has for it: "the mean of M² over nets". */
export function called(quantity: string, part: Demand): Demand {
  return (value) => {
    const complaint = part(value);
    return complaint === null ? null : { ...complaint, text: `(${quantity}) ${complaint.text}` };
  };
}

/** What is wrong by the parts' relation to each other; `found` says what, null where nothing is. */
export function consistent<Of>(found: (value: Of) => string | null): Demand {
  return (value) => {
    const text = found(value as Of);
    return text === null ? null : { path: "", text, type: false };
  };
}
