import { foldIn, type Key, randomIntegers } from "fathom/random";

/** Whole numbers from a key, one after the other. */
export function dice(key: Key): (bound: number) => number {
  const block = 64;
  let drawn = randomIntegers(foldIn(key, 0), block, 2 ** 30);
  let used = 0;
  return (bound) => {
    if (used === block) drawn = randomIntegers(foldIn(key, (used = 0) + drawn[0] + 1), block, 2 ** 30);
    return drawn[used++] % bound;
  };
}

/** Words that mean something to some reader, and numbers that are too large for all of them. */
const words = [
  "0",
  "-1",
  "1e999",
  "NaN",
  "null",
  "true",
  "[]",
  "{}",
  '""',
  "4294967295",
  "9007199254740993",
  "18446744073709551615",
  "0.5",
  '"__proto__"',
  '"../outside.bin"',
  '"/etc/passwd"',
  '"a\\u0000b"',
  '"F64"',
  '"BF16"',
  "[".repeat(3000),
  '{"a":'.repeat(3000),
  "\ud800",
  "\u0000",
];

/** Lengths as files write them: 32 and 64 bits, in both orders. */
const lengths = [0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xffffffff];

/**
 * Bytes that some right file may have become: bits flipped, an end cut off, a part of another file spliced in, a length
 * blown up, a word in place of a word. Once to four times.
 */
export function mutant(key: Key, originals: readonly Uint8Array[]): Uint8Array {
  const roll = dice(key);
  let bytes: Uint8Array = originals[roll(originals.length)].slice();
  for (let left = 1 + roll(4); left > 0; left--) bytes = changed(bytes, originals, roll);
  return bytes;
}

function changed(bytes: Uint8Array, originals: readonly Uint8Array[], roll: (bound: number) => number): Uint8Array {
  const at = roll(bytes.length + 1);
  switch (roll(7)) {
    case 0: {
      if (at < bytes.length) bytes[at] ^= 1 << roll(8);
      return bytes;
    }
    case 1:
      return bytes.slice(0, at);
    case 2: {
      const other = originals[roll(originals.length)];
      const from = roll(other.length + 1);
      return joined(bytes.subarray(0, at), other.subarray(from, from + roll(200)), bytes.subarray(at));
    }
    case 3: {
      const length = Buffer.alloc(8);
      const value = lengths[roll(lengths.length)];
      if (roll(2) === 0) length.writeUInt32LE(value, 4 * roll(2));
      else length.writeUInt32BE(value, 4 * roll(2));
      // Lengths stand at the beginning, in most formats.
      const place = roll(2) === 0 ? roll(16) : at;
      return joined(bytes.subarray(0, place), length.subarray(0, roll(2) === 0 ? 4 : 8), bytes.subarray(place + 8));
    }
    case 4:
      return joined(bytes.subarray(0, at), bytes.subarray(at + roll(40)));
    default:
      return wordChanged(bytes, roll);
  }
}

/** One number, name or bracket of a text inside the bytes becomes another. */
function wordChanged(bytes: Uint8Array, roll: (bound: number) => number): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const found = [...text.slice(0, 4000).matchAll(/"[^"]{0,40}"|-?\d+(?:\.\d+)?|[[\]{}:,]/g)];
  if (found.length === 0) return bytes;
  const { 0: word, index } = found[roll(found.length)];
  const other = roll(3) === 0 ? found[roll(found.length)][0] : words[roll(words.length)];
  return joined(bytes.subarray(0, index), Buffer.from(other), bytes.subarray(index + word.length));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
