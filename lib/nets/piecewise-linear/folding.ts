import { piecewiseLinearNet, type PiecewiseLinearNet, type PiecewiseLinearStep } from "./piecewise-linear-net";

/** Which folding net to build. */
export interface FoldingNetShape {
  /** n_0, 1 or 2. */
  readonly inputWidth: number;
  /** p: how often each folding layer lays the unit interval onto itself, along every axis; its width is p n_0. */
  readonly folds: number;
  /** L: hidden layers, the last one included, so L − 1 of them fold. */
  readonly layers: number;
  /** n_L: neurons of the last hidden layer, which cut the folded cube. */
  readonly lastWidth: number;
  /**
   * Signs of the weights into the last hidden layer. `positive`: all its neurons are off in one corner of the folded cube,
   * where a scalar readout is constant and the regions on both sides of a fold merge. `mixed`, unless given: some neuron
   * is on wherever two folded sheets meet, and none merge if n_L > n_0.
   */
  readonly signs?: "mixed" | "positive";
}

/**
 * The construction of Montúfar, Pascanu, Cho & Bengio (2014): a net whose L − 1 first layers fold the unit cube
 * p^{n_0} times onto itself, so that the hyperplanes of the last layer appear in each of the p^{n_0 (L−1)} sheets. It has
 * p^{n_0 (L−1)} Σ_{j ≤ n_0} C(n_L, j) activation regions in the unit cube; one output.
 *
 * Along each axis a folding layer computes the zigzag
 *
 *     y = p x − 2 max(0, p x − 1) + 2 max(0, p x − 2) − …,   0 ≤ x, y ≤ 1,
 *
 * the sum with alternating signs being the next layer's business. The paper's first neuron max(0, p x) has its boundary on
 * the cube's, and in later layers on folds that exist already; here it is max(0, p x + 1), less 1 afterwards: the same
 * function on the cube, with no two boundaries on one another.
 * @throws RangeError for an input width other than 1 or 2, or counts that are no whole numbers of at least 1
 */
export function foldingNet(shape: FoldingNetShape): PiecewiseLinearNet {
  const { inputWidth, folds, layers, lastWidth, signs = "mixed" } = shape;
  if (inputWidth !== 1 && inputWidth !== 2) {
    throw new RangeError(`inputWidth is 1 or 2; given ${inputWidth}.`);
  }
  for (const [name, value] of Object.entries({ folds, layers, lastWidth })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new RangeError(`${name} is a whole number ≥ 1; given ${value}.`);
  }
  const steps: PiecewiseLinearStep[] = [];
  // The map from the layer before to the folded cube: the identity at first.
  let unfolded = identity(inputWidth);
  for (let layer = 1; layer < layers; layer++) {
    steps.push(affine(after(foldingRows(inputWidth, folds), unfolded)), rectifier(inputWidth * folds));
    unfolded = zigzagRows(inputWidth, folds);
  }
  steps.push(affine(after(cuttingRows(inputWidth, lastWidth, signs), unfolded)), rectifier(lastWidth));
  // Unequal weights, so that no two sets of neurons give one slope.
  steps.push(affine([{ weights: Array.from({ length: lastWidth }, (_, k) => 1 + Math.sqrt(k + 2) / 8), bias: 0 }]));
  return piecewiseLinearNet(inputWidth, steps);
}

/** One row of an affine map. */
interface Row {
  readonly weights: readonly number[];
  readonly bias: number;
}

function identity(width: number): Row[] {
  return Array.from({ length: width }, (_, axis) => ({ weights: unit(width, axis, 1), bias: 0 }));
}

/** p neurons an axis: p x + 1, which is always on, then 2 (p x − j), j = 1 … p − 1. */
function foldingRows(inputWidth: number, folds: number): Row[] {
  return Array.from({ length: inputWidth * folds }, (_, neuron) => {
    const [axis, j] = [Math.floor(neuron / folds), neuron % folds];
    return { weights: unit(inputWidth, axis, j === 0 ? folds : 2 * folds), bias: j === 0 ? 1 : -2 * j };
  });
}

/** The zigzag of each axis from its neurons: first − 1 − second + third − … */
function zigzagRows(inputWidth: number, folds: number): Row[] {
  return Array.from({ length: inputWidth }, (_, axis) => ({
    weights: Array.from({ length: inputWidth * folds }, (_, neuron) => {
      const j = neuron - axis * folds;
      if (j < 0 || j >= folds) return 0;
      return j === 0 || j % 2 === 0 ? 1 : -1;
    }),
    bias: -1,
  }));
}

/**
 * Neurons whose boundaries cut the unit cube in general position, all their crossings inside it. On the interval: points
 * k/(n + 1). In the square: tangents, of different directions, of a small circle about the middle.
 */
function cuttingRows(inputWidth: number, width: number, signs: "mixed" | "positive"): Row[] {
  const turned = (k: number): boolean => signs === "mixed" && k % 2 === 0;
  if (inputWidth === 1) {
    return Array.from({ length: width }, (_, k) => {
      const sign = turned(k) ? -1 : 1;
      return { weights: [sign], bias: (-sign * (k + 1)) / (width + 1) };
    });
  }
  // Tangents whose directions differ by π/n at least cross within radius/sin(π/2n) of the middle.
  const span = signs === "mixed" ? Math.PI : Math.PI / 2;
  const radius = 0.4 * Math.sin(span / (2 * width));
  return Array.from({ length: width }, (_, k) => {
    // A third, not a half: no tangent runs along an axis, where a fold across it would not show in the readout.
    const angle = (span * (k + 1 / 3)) / width + (turned(k) ? Math.PI : 0);
    const normal = [Math.cos(angle), Math.sin(angle)];
    return { weights: normal, bias: -(normal[0] + normal[1]) / 2 - radius };
  });
}

function unit(width: number, axis: number, value: number): number[] {
  return Array.from({ length: width }, (_, index) => (index === axis ? value : 0));
}

/** The rows of `outer` applied to what `inner` gives. */
function after(outer: readonly Row[], inner: readonly Row[]): Row[] {
  return outer.map(({ weights, bias }) => ({
    weights: inner[0].weights.map((_, i) => weights.reduce((sum, weight, k) => sum + weight * inner[k].weights[i], 0)),
    bias: weights.reduce((sum, weight, k) => sum + weight * inner[k].bias, bias),
  }));
}

function affine(rows: readonly Row[]): PiecewiseLinearStep {
  const fanIn = rows[0].weights.length;
  return {
    kind: "affine",
    fanIn,
    fanOut: rows.length,
    weights: Float64Array.from(rows.flatMap(({ weights }) => weights)),
    biases: Float64Array.from(rows, ({ bias }) => bias),
  };
}

function rectifier(width: number): PiecewiseLinearStep {
  return { kind: "rectifier", width, negativeSlope: 0 };
}
