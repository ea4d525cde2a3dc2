/** Moments of one layer's lengths over nets. Those of the logarithm are over nets that are alive, M > 0. */
export interface LengthStatistics {
  /** 0 is the input. */
  layer: number;
  nets: number;
  /** Nets with M = 0. */
  dead: number;
  /** Means of M, M² and M⁴ over all nets. */
  mean: number;
  secondMoment: number;
  fourthMoment: number;
  /** Means over all nets of ρ² and ρ⁴ for ρ = M_l/M_{l−1} (1 for the input; 0 where M_{l−1} = 0). */
  ratioSecondMoment: number;
  ratioFourthMoment: number;
  /** Mean, variance and fourth central moment of ln M; null where every net is dead. */
  logMean: number | null;
  logVariance: number | null;
  logFourthMoment: number | null;
}

/** Running sums, one list of numbers a layer: memory does not grow with the number of nets. */
export interface LengthSums {
  nets: number;
  layers: { dead: number; sums: Float64Array; logSums: Float64Array; ratioSums: Float64Array }[];
}

/** Empty sums for `layers` layers, the input included. Throws RangeError unless that is a whole number ≥ 1. */
export function emptyLengthSums(layers: number): LengthSums {
  if (!Number.isSafeInteger(layers) || layers < 1) {
    throw new RangeError(`The number of layers is a whole number ≥ 1; given ${layers}.`);
  }
  return {
    nets: 0,
    layers: Array.from({ length: layers }, () => ({
      dead: 0,
      sums: new Float64Array(3),
      logSums: new Float64Array(4),
      ratioSums: new Float64Array(2),
    })),
  };
}

/**
 * Adds the lengths of more nets, one array a layer, all of one size. Throws RangeError on another number of layers, on
 * arrays of different sizes, and on a length that is negative or not finite.
 */
export function addLengths(sums: LengthSums, lengths: readonly Float64Array[]): void {
  if (lengths.length !== sums.layers.length || lengths.some((layer) => layer.length !== lengths[0].length)) {
    const given = lengths.map((layer) => layer.length).join(", ");
    throw new RangeError(`Expected ${sums.layers.length} layers of one size; given sizes ${given || "none"}.`);
  }
  sums.nets += lengths[0].length;
  lengths.forEach((values, layer) => {
    const into = sums.layers[layer];
    const before = layer === 0 ? values : lengths[layer - 1];
    values.forEach((length, net) => {
      if (!(length >= 0 && length < Infinity)) {
        throw new RangeError(`A length is a finite number ≥ 0; layer ${layer} holds ${length}.`);
      }
      const square = length * length;
      into.sums[0] += length;
      into.sums[1] += square;
      into.sums[2] += square * square;
      const ratio = before[net] > 0 ? (length / before[net]) ** 2 : 0;
      into.ratioSums[0] += ratio;
      into.ratioSums[1] += ratio * ratio;
      if (length === 0) {
        into.dead++;
        return;
      }
      let power = 1;
      const log = Math.log(length);
      for (let order = 0; order < 4; order++) into.logSums[order] += power *= log;
    });
  });
}

/** The moments of every layer. Variances divide by the number of nets less one. Throws RangeError below two nets. */
export function lengthStatistics(sums: LengthSums): LengthStatistics[] {
  const { nets } = sums;
  if (!Number.isSafeInteger(nets) || nets < 2) throw new RangeError(`Moments need two nets at least; given ${nets}.`);
  return sums.layers.map((from, layer) => {
    const alive = nets - from.dead;
    const [m1, m2, m3, m4] = from.logSums.map((sum) => sum / alive);
    const variance = Math.max(0, m2 - m1 * m1);
    const known = alive >= 2;
    return {
      layer,
      nets,
      dead: from.dead,
      mean: from.sums[0] / nets,
      secondMoment: from.sums[1] / nets,
      fourthMoment: from.sums[2] / nets,
      ratioSecondMoment: from.ratioSums[0] / nets,
      ratioFourthMoment: from.ratioSums[1] / nets,
      logMean: known ? m1 : null,
      logVariance: known ? (variance * alive) / (alive - 1) : null,
      logFourthMoment: known ? Math.max(0, m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1 ** 4) : null,
    };
  });
}
