import { NetFileError, quoted } from "./net-file-error";

/** A parsed JSON value. Objects are maps, so that a key such as `__proto__` is a key and nothing else. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** How much of a JSON text is accepted. A model of a thousand layers has some 10 000 values, nested ten deep. */
export interface JsonLimits {
  /** Default 100 000 000, the safetensors format's own limit of a header. */
  maximumBytes?: number;
  /** Values of all kinds, which bounds the memory that a small file can ask for; default 1 000 000. */
  maximumValues?: number;
  /** Default 64. */
  maximumDepth?: number;
}

/**
 * Parses JSON from a file that nobody vouches for. Stricter than `JSON.parse`: UTF-8 without errors, no key twice in an
 * object, numbers that a float64 can hold, and limits of size, depth and number of values.
 *
 * @param name what errors call the text
 * @throws NetFileError at the first fault, with its place
 */
export function parseStrictJson(bytes: Uint8Array, name: string, limits: JsonLimits = {}): JsonValue {
  const { maximumBytes = 100_000_000, maximumValues = 1_000_000, maximumDepth = 64 } = limits;
  if (bytes.length > maximumBytes) {
    throw new NetFileError(`${name} has ${bytes.length} bytes of JSON; at most ${maximumBytes} are read.`);
  }
  const text = decode(bytes, name);
  let place = 0;
  let values = 0;

  function fault(what: string): NetFileError {
    return new NetFileError(`${name} is not valid JSON: ${what} at character ${place}.`);
  }

  function skipSpace(): void {
    for (; place < text.length; place++) {
      const character = text.charCodeAt(place);
      if (character !== 0x20 && character !== 0x0a && character !== 0x0d && character !== 0x09) return;
    }
  }

  function expect(character: string): void {
    if (text[place] !== character) throw fault(`"${character}" was expected`);
    place++;
  }

  function value(depth: number): JsonValue {
    if (++values > maximumValues) throw fault(`more than ${maximumValues} values`);
    if (depth > maximumDepth) throw fault(`nested deeper than ${maximumDepth}`);
    skipSpace();
    if (place >= text.length) throw fault("the end of the text");
    const first = text[place];
    if (first === "{") return object(depth);
    if (first === "[") return array(depth);
    if (first === '"') return string();
    for (const [word, meaning] of words) {
      if (!text.startsWith(word, place)) continue;
      place += word.length;
      return meaning;
    }
    return number();
  }

  function object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    place++;
    skipSpace();
    if (text[place] === "}") return (place++, members);
    for (;;) {
      skipSpace();
      if (text[place] !== '"') throw fault("a key was expected");
      const key = string();
      if (members.has(key)) throw fault(`the key ${quoted(key)} for the second time`);
      skipSpace();
      expect(":");
      members.set(key, value(depth + 1));
      skipSpace();
      if (text[place] === "}") return (place++, members);
      expect(",");
    }
  }

  function array(depth: number): readonly JsonValue[] {
    const items: JsonValue[] = [];
    place++;
    skipSpace();
    if (text[place] === "]") return (place++, items);
    for (;;) {
      items.push(value(depth + 1));
      skipSpace();
      if (text[place] === "]") return (place++, items);
      expect(",");
    }
  }

  function string(): string {
    const start = place++;
    for (; place < text.length; place++) {
      const character = text.charCodeAt(place);
      if (character === 0x22) break;
      if (character < 0x20) throw fault("a control character in a string");
      if (character === 0x5c) place++;
    }
    if (place >= text.length) throw fault("a string without its end");
    const token = text.slice(start, ++place);
    try {
      return JSON.parse(token) as string;
    } catch {
      throw fault("a wrong escape in the string that ends");
    }
  }

  function number(): number {
    numberToken.lastIndex = place;
    const token = numberToken.exec(text)?.[0];
    if (token === undefined) throw fault("no JSON value");
    const parsed = Number(token);
    if (!Number.isFinite(parsed)) throw fault(`the number ${token.slice(0, 20)}, too large for a float64,`);
    place += token.length;
    return parsed;
  }

  const whole = value(1);
  skipSpace();
  if (place < text.length) throw fault("something after the value");
  return whole;
}

const words: readonly (readonly [string, null | boolean])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
];

const numberToken = /-?(?:0|[1-9]\d{0,400})(?:\.\d{1,400})?(?:[eE][+-]?\d{1,10})?/y;

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NetFileError(`${name} is not valid JSON: its bytes are not UTF-8.`);
  }
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/** Whether a JSON value is an array. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
