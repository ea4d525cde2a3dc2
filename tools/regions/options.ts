import { parsedOptions } from "../command-line/parsed-options";
import { largestMagnitude } from "./largest-magnitude";
import { UsageError } from "../command-line/usage-error";
import { wholeNumber } from "../command-line/whole-number";

/** Where regions are counted, as the command line says it. */
export type SliceOption =
  | { kind: "segment"; file: string }
  | { kind: "plane"; file: string }
  /** x0, x1, y0, y1. */
  | { kind: "square"; sides: readonly [number, number, number, number] };

export interface RegionsOptions {
  readonly file: string;
  readonly slice: SliceOption;
  readonly json: boolean;
  /** The SVG to write, or null. */
  readonly picture: string | null;
  readonly negativeSlope: number;
  readonly activations: "gaps" | "all";
  readonly logits: boolean;
  /** Null: the reader's own limit. */
  readonly maximumBytes: number | null;
  /** Null: the counters' own limit. */
  readonly maximumRegions: number | null;
}

/**
 * Reads the command line.
 * @throws UsageError for an unknown option, an empty value, a number that is none, no file, and no slice or several
 */
export function readOptions(arguments_: readonly string[]): RegionsOptions {
  const { values, positionals } = parsedOptions(withJoinedNumbers(arguments_), options);
  const empty = (["segment", "plane", "square", "picture"] as const).find((name) => values[name] === "");
  if (empty !== undefined) throw new UsageError(`--${empty} is empty.`);
  if (positionals.length !== 1 || positionals[0] === "") {
    throw new UsageError(`One FILE is needed; given ${positionals.join(", ") || "none"}.`);
  }
  const activations = values.activations ?? "gaps";
  if (activations !== "gaps" && activations !== "all") {
    throw new UsageError(`--activations is "${activations}"; it must be gaps or all.`);
  }
  const negativeSlope =
    values["negative-slope"] === undefined ? 0 : number("--negative-slope", values["negative-slope"]);
  if (negativeSlope === 1) throw new UsageError("--negative-slope is 1; that would be no activation at all.");
  const megabytes = values["max-megabytes"];
  const limit = megabytes === undefined ? null : number("--max-megabytes", megabytes);
  if (limit !== null && !(limit > 0)) throw new UsageError(`--max-megabytes is "${megabytes}"; it must be above 0.`);
  return {
    file: positionals[0],
    slice: sliceOf(values),
    json: values.json === true,
    picture: values.picture ?? null,
    negativeSlope,
    activations,
    logits: values.logits === true,
    maximumBytes: limit === null ? null : limit * 2 ** 20,
    maximumRegions: wholeNumber("--max-regions", values["max-regions"], 1) ?? null,
  };
}

const options = {
  segment: { type: "string" },
  plane: { type: "string" },
  square: { type: "string" },
  json: { type: "boolean" },
  picture: { type: "string" },
  "negative-slope": { type: "string" },
  activations: { type: "string" },
  logits: { type: "boolean" },
  "max-megabytes": { type: "string" },
  "max-regions": { type: "string" },
} as const;

type Values = ReturnType<typeof parsedOptions<typeof options>>["values"];

/** `--square -1,1,-1,1` as `--square=-1,1,-1,1`: the parser takes what begins with a dash for another option. */
function withJoinedNumbers(arguments_: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of arguments_) {
    const last = joined[joined.length - 1];
    const isValue = /^-[\d.]/.test(argument) && (last === "--square" || last === "--negative-slope");
    if (isValue) joined[joined.length - 1] = `${last}=${argument}`;
    else joined.push(argument);
  }
  return joined;
}

function sliceOf({ segment, plane, square }: Values): SliceOption {
  const given = [segment, plane, square].filter((value) => value !== undefined).length;
  if (given !== 1) {
    throw new UsageError(`One of --segment, --square and --plane is needed; given ${given === 0 ? "none" : given}.`);
  }
  if (segment !== undefined) return { kind: "segment", file: segment };
  if (plane !== undefined) return { kind: "plane", file: plane };
  const sides = square!.split(",").map((text) => number("--square", text));
  if (sides.length !== 4) throw new UsageError(`--square is "${square}"; it must be four numbers x0,x1,y0,y1.`);
  const [x0, x1, y0, y1] = sides;
  if (sides.some((value) => Math.abs(value) > largestMagnitude)) {
    throw new UsageError(`--square is "${square}"; its numbers must lie within ±1e100.`);
  }
  if (!(x0 < x1 && y0 < y1)) throw new UsageError(`--square is "${square}"; x0 < x1 and y0 < y1 must hold.`);
  return { kind: "square", sides: [x0, x1, y0, y1] };
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value))
    throw new UsageError(`${name} has "${text}"; it must be a number.`);
  return value;
}
