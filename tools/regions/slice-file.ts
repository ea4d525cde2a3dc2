import type { Plane } from "../../lib/measure/linear-regions";
import { NetFileError, quoted } from "../../lib/nets/piecewise-linear/net-file-error";
import { withRegularFile } from "../../lib/nets/piecewise-linear/regular-file";
import {
  isJsonArray,
  isJsonObject,
  type JsonValue,
  parseStrictJson,
} from "../../lib/nets/piecewise-linear/strict-json";
import { largestMagnitude } from "./largest-magnitude";

/** The largest file of a segment or plane, in bytes: a million inputs. */
const largestSliceFile = 64 * 2 ** 20;

export interface SegmentEnds {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

export interface PlaneWindow {
  readonly plane: Plane;
  /** s0, s1, t0, t1 of origin + s u + t v. */
  readonly window: readonly [number, number, number, number];
}

/**
 * Two points: `{"from": […], "to": […]}` or `[[…], […]]`.
 * @param inputWidth how many numbers a point has
 * @throws NetFileError naming the file
 */
export function readSegment(path: string, inputWidth: number): SegmentEnds {
  const name = quoted(path);
  const value = readJson(path);
  const [from, to] = isJsonObject(value)
    ? members(value, ["from", "to"], name)
    : isJsonArray(value) && value.length === 2
      ? value
      : [];
  if (from === undefined || to === undefined) {
    throw new NetFileError(`${name} is no segment: {"from": [numbers], "to": [numbers]} or [[numbers], [numbers]].`);
  }
  const ends = { from: point(from, inputWidth, "from", name), to: point(to, inputWidth, "to", name) };
  if (ends.from.every((coordinate, axis) => coordinate === ends.to[axis])) {
    throw new NetFileError(`${name}: the segment's ends are the same point.`);
  }
  return ends;
}

/**
 * A window in a plane: `{"origin": […], "directions": [[…], […]], "ranges": [[s0, s1], [t0, t1]]}`.
 * @param inputWidth how many numbers the origin and each direction have
 * @throws NetFileError naming the file
 */
export function readPlane(path: string, inputWidth: number): PlaneWindow {
  const name = quoted(path);
  const value = readJson(path);
  if (!isJsonObject(value)) {
    throw new NetFileError(
      `${name} is no plane: {"origin": [numbers], "directions": [[…], […]], "ranges": [[…], […]]}.`,
    );
  }
  const [origin, directions, ranges] = members(value, ["origin", "directions", "ranges"], name);
  if (!isJsonArray(directions) || directions.length !== 2) throw new NetFileError(`${name}: directions must be two.`);
  if (!isJsonArray(ranges) || ranges.length !== 2) throw new NetFileError(`${name}: ranges must be two.`);
  const [u, v] = directions.map((direction, axis) => point(direction, inputWidth, `directions[${axis}]`, name));
  const [first, second] = ranges.map((range, axis) => rangeOf(range, `ranges[${axis}]`, name));
  return { plane: { origin: point(origin, inputWidth, "origin", name), u, v }, window: [...first, ...second] };
}

function readJson(path: string): JsonValue {
  return withRegularFile(path, largestSliceFile, (file) => parseStrictJson(file.read(0, file.size), quoted(path)));
}

/** The members in the asked order. @throws NetFileError when one is missing or there are others */
function members(value: ReadonlyMap<string, JsonValue>, names: readonly string[], file: string): JsonValue[] {
  const foreign = [...value.keys()].find((key) => !names.includes(key));
  if (foreign !== undefined) {
    throw new NetFileError(`${file} has a member ${quoted(foreign)}; it should have ${names.join(", ")}.`);
  }
  return names.map((name) => {
    const member = value.get(name);
    if (member === undefined) throw new NetFileError(`${file} lacks the member "${name}".`);
    return member;
  });
}

function point(value: JsonValue, width: number, member: string, file: string): Float64Array {
  if (!isJsonArray(value) || !value.every((coordinate) => typeof coordinate === "number")) {
    throw new NetFileError(`${file}: ${member} is not an array of numbers.`);
  }
  if (value.length !== width) {
    throw new NetFileError(`${file}: ${member} has ${value.length} numbers; it must have ${width}.`);
  }
  if (value.some((coordinate) => Math.abs(coordinate) > largestMagnitude)) {
    throw new NetFileError(`${file}: ${member} has numbers beyond ±1e100.`);
  }
  return Float64Array.from(value);
}

function rangeOf(value: JsonValue, member: string, file: string): readonly [number, number] {
  const [low, high] = point(value, 2, member, file);
  if (low < high) return [low, high];
  throw new NetFileError(`${file}: ${member} is [${low}, ${high}]; the first must be below the second.`);
}
