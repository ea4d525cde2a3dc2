import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { freshKeys } from "./fresh-keys";
import { philox2x32 } from "./philox";

/**
 * The name of one stream of random numbers: 64 bits, as two uint32 words.
 *
 * A key is a value: drawing from it changes nothing, so the same key gives the same numbers again. Draw from a key once
 * and make new ones with `foldIn` or `split` for what must be independent.
 *
 * Why streams do not collide:
 * - `key` is one-to-one from safe integers to keys.
 * - A child is E(label), where E is a bijection of 64-bit blocks chosen by the parent (Philox2x32-10 under one word of the
 *   parent after Philox2x32-10 under the other). Labels of numbers, names and splits differ in their two top bits, so two
 *   children of one parent are never equal (names: unless 62 bits of SHA-256 agree).
 * - Keys made along different paths are 64-bit values that meet by chance only: m keys in all meet with probability below
 *   m²/2^65, which is 3e-8 for a million of them.
 * - Different keys start at different (Philox key, counter) pairs, 2^64 blocks apart (see `words.ts`).
 */
export interface Key {
  /** Two uint32, least significant first. */
  readonly words: readonly [number, number];
}

type Words = readonly [number, number];

/**
 * The key of a seed. Any safe integer, 0 and negative ones included; different seeds give different keys. Where
 * `FATHOM_FRESH_KEYS` is set, the seed's key in another family: as many as one likes, to repeat what was drawn.
 */
export function key(seed: number): Key {
  if (!Number.isSafeInteger(seed)) {
    throw new TypeError(
      `key(seed): the seed must be an integer between -(2^53 - 1) and 2^53 - 1, not ${String(seed)}.`,
    );
  }
  const family = freshKeys();
  const own = twosComplement(seed);
  // A bijection of seeds again: they are the children's labels of one parent.
  return family === null ? { words: own } : childKey(childKey(twosComplement(family), freshLabel).words, own);
}

/**
 * The child of a key under a label: a number (any safe integer) or a name. Children under different labels are independent
 * streams, and 1 is a different label from "1".
 */
export function foldIn(parent: Key, data: number | string): Key {
  const words = checkedWords(parent, "foldIn");
  if (typeof data === "string") return childKey(words, nameLabel(data));
  if (!Number.isSafeInteger(data)) {
    throw new TypeError(`foldIn(key, data): data must be a safe integer or a string, not ${String(data)}.`);
  }
  return childKey(words, twosComplement(data));
}

/**
 * `count` independent children of a key. They are streams of their own, none of which `foldIn` ever gives for the same
 * parent; the first ones do not depend on `count`.
 */
export function split(parent: Key, count: number): Key[] {
  const words = checkedWords(parent, "split");
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`split(key, count): count must be a positive integer, not ${String(count)}.`);
  }
  return Array.from({ length: count }, (_, index) => childKey(words, splitLabel(index)));
}

/** The words of a key, checked, for the functions that draw from it. */
export function checkedWords(given: Key, caller: string): Words {
  const words: unknown = (given as Partial<Key> | null | undefined)?.words;
  if (!Array.isArray(words) || words.length !== 2 || !words.every(isWord)) {
    throw new TypeError(`${caller}: expected a key, as made by key(seed), foldIn or split, but got ${inspect(given)}.`);
  }
  return words as unknown as Words;
}

function isWord(value: unknown): boolean {
  return typeof value === "number" && value >>> 0 === value;
}

function childKey(parent: Words, label: Words): Key {
  const [low, high] = philox2x32(philox2x32(label, parent[0]), parent[1]);
  return { words: [low, high] };
}

// A safe integer takes 54 bits, so the two top bits of its label are 00 or 11; names take 01 and splits 10.
function twosComplement(value: number): Words {
  return [value >>> 0, Math.floor(value / 2 ** 32) >>> 0];
}

const freshLabel: Words = nameLabel("fresh keys");

function nameLabel(name: string): Words {
  const digest = createHash("sha256").update(name, "utf8").digest();
  return [digest.readUInt32LE(0), ((digest.readUInt32LE(4) & 0x3fffffff) | 0x40000000) >>> 0];
}

function splitLabel(index: number): Words {
  return [index >>> 0, (Math.floor(index / 2 ** 32) | 0x80000000) >>> 0];
}
