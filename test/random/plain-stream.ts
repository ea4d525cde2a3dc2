import { philox4x32, type Key } from "fathom/random";

/** The words of a key's stream from number `first` on, block by block in plain JavaScript. */
export function plainWords(key: Key, length: number, first: number = 0): Uint32Array {
  const [low, high] = key.words;
  // TensorFlow's GenerateKey: the sign-extended seed under a fixed Philox key.
  const [key0, key1, upper0, upper1] = philox4x32([low, low >> 31, high, high >> 31], [0x3ec8f720, 0x02461e29]);
  const words = new Uint32Array(length);
  let block: Uint32Array = new Uint32Array(4);
  for (let i = 0; i < length; i++) {
    const number = first + i;
    if (i === 0 || number % 4 === 0) {
      const index = Math.floor(number / 4);
      block = philox4x32([index >>> 0, Math.floor(index / 2 ** 32), upper0, upper1], [key0, key1]);
    }
    words[i] = block[number % 4];
  }
  return words;
}

/** Box and Muller's transform of pairs of words in double precision, rounded to float32 where TensorFlow rounds. */
export function plainNormals(words: Uint32Array): Float32Array {
  const normals = new Float32Array(words.length);
  for (let i = 0; i < words.length; i += 2) {
    const u = Math.max(Math.fround(1e-7), (words[i] & 0x7fffff) * 2 ** -23);
    const angle = Math.fround(2 * Math.PI * ((words[i + 1] & 0x7fffff) * 2 ** -23));
    const radius = Math.fround(Math.sqrt(-2 * Math.fround(Math.log(u))));
    normals[i] = Math.sin(angle) * radius;
    normals[i + 1] = Math.cos(angle) * radius;
  }
  return normals;
}
