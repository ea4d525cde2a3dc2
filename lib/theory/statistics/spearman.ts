import { demandCount, demandNumbers } from "../demand";

/** Ranks 1 … n; equal values share the mean of their ranks. Infinity is allowed: unfinished runs rank last, together. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  if (n === 0) throw new RangeError("values is empty; there is nothing to rank");
  for (let i = 0; i < n; i++) {
    if (typeof values[i] !== "number" || Number.isNaN(values[i])) {
      throw new RangeError(`values[${i}] is ${values[i]}; only numbers (Infinity among them) can be ranked`);
    }
  }
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((i, j) =>
    values[i] === values[j] ? 0 : values[i] < values[j] ? -1 : 1,
  );
  const ranked = new Float64Array(n);
  for (let start = 0; start < n;) {
    let end = start;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranked[order[k]] = (start + 1 + end) / 2;
    start = end;
  }
  return ranked;
}

/**
 * Spearman's rank correlation, the correlation of the ranks (ties share ranks), in [−1, 1].
 * @throws RangeError if there are fewer than 3 pairs, the lengths differ, or all values on one side are equal.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const { a, b } = standardised(x, y);
  return dot(a, b);
}

export interface PermutationTest {
  readonly statistic: number;
  /** (1 + permutations at least as extreme)/(1 + permutations): never 0, and valid at any number of permutations. */
  readonly pValue: number;
  readonly permutations: number;
  readonly sampleSize: number;
}

/**
 * Permutation test of Spearman's correlation: under independence every pairing of x with y is equally likely.
 * @param options.permutation `permutation(r)` is a permutation of 0 … n − 1, drawn from a key: `(r) => random.permutation(foldIn(key, r), n)`
 * @param options.alternative "greater" (x and y rise together; the default), "less" or "two-sided"
 */
export function spearmanPermutationTest(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  options: {
    readonly permutations: number;
    readonly permutation: (index: number) => ArrayLike<number>;
    readonly alternative?: "greater" | "less" | "two-sided";
  },
): PermutationTest {
  const { permutations, permutation, alternative = "greater" } = options;
  demandCount("permutations", permutations);
  const { a, b } = standardised(x, y);
  const statistic = dot(a, b);
  const extremity = (r: number): number => (alternative === "greater" ? r : alternative === "less" ? -r : Math.abs(r));
  // Equal correlations must count as equal whatever order they were summed in.
  const threshold = extremity(statistic) - 1e-12;
  let extreme = 0;
  for (let r = 0; r < permutations; r++) {
    const order = permutation(r);
    if (order.length !== a.length)
      throw new RangeError(`permutation(${r}) has ${order.length} entries, not ${a.length}`);
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += a[i] * b[order[i]];
    if (Number.isNaN(sum)) throw new RangeError(`permutation(${r}) is no permutation of 0 … ${a.length - 1}`);
    if (extremity(sum) >= threshold) extreme++;
  }
  return { statistic, pValue: (1 + extreme) / (1 + permutations), permutations, sampleSize: a.length };
}

function standardised(x: ArrayLike<number>, y: ArrayLike<number>): { a: Float64Array; b: Float64Array } {
  if (x.length !== y.length) throw new RangeError(`x holds ${x.length} values and y ${y.length}; they must pair up`);
  if (x.length < 3) throw new RangeError(`a rank correlation needs at least 3 pairs; there are ${x.length}`);
  return { a: unit("x", ranks(x)), b: unit("y", ranks(y)) };
}

function unit(name: string, ranked: Float64Array): Float64Array {
  const mean = (ranked.length + 1) / 2;
  const centred = ranked.map((rank) => rank - mean);
  const norm = Math.sqrt(dot(centred, centred));
  if (norm === 0) throw new RangeError(`all values of ${name} are equal: there is no rank correlation`);
  return centred.map((value) => value / norm);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Pearson's correlation of two samples, in [−1, 1]. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = demandNumbers("x", x, 2).length;
  if (demandNumbers("y", y, 2).length !== n) throw new RangeError(`x holds ${n} values and y ${y.length}`);
  const centre = (values: ArrayLike<number>): Float64Array => {
    const copy = Float64Array.from(values);
    const mean = copy.reduce((sum, v) => sum + v, 0) / n;
    return copy.map((v) => v - mean);
  };
  const a = centre(x);
  const b = centre(y);
  const norm = Math.sqrt(dot(a, a) * dot(b, b));
  if (norm === 0) throw new RangeError("all values on one side are equal: there is no correlation");
  return dot(a, b) / norm;
}
