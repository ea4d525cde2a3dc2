import type { Initialisation } from "../nets";
import { foldIn, type Key, normalArray, normalProducts } from "../random";

/** A layer of an ensemble whose weights are drawn, used and forgotten. */
export interface StreamedLayer {
  /** Which nets of the ensemble: `nets` of them from `firstNet` on. */
  readonly firstNet: number;
  readonly nets: number;
  /** Vectors that go through each net's layer. */
  readonly batch: number;
  readonly fanIn: number;
  readonly fanOut: number;
  /** Gaussian with independent entries. */
  readonly initialisation: Initialisation;
  /** σ_b of the biases, 0 or more. */
  readonly sigmaB: number;
}

/**
 * W x of each vector of each net, `[nets, batch, fanOut]`, of the weights that `initialisation.weights` draws from
 * `foldIn(key, "weights")` for the whole ensemble, but for rounding; where σ_b > 0 each net's first vector also gets the
 * biases of `foldIn(key, "biases")`: the numbers of `fullyConnected` and `residual`, not stored.
 */
export function streamedLayer(key: Key, vectors: Float32Array, layer: StreamedLayer): Float32Array {
  const { firstNet, nets, batch, fanIn, fanOut, initialisation, sigmaB } = layer;
  const sizes = { matrices: nets, batch, rows: fanIn, columns: fanOut };
  const products = normalProducts(foldIn(key, "weights"), vectors, sizes, firstNet);
  const standardDeviation = Math.sqrt(initialisation.variance(fanIn, fanOut));
  for (let i = 0; i < products.length; i++) products[i] *= standardDeviation;
  if (sigmaB > 0) {
    const biases = normalArray(foldIn(key, "biases"), nets * fanOut, firstNet * fanOut);
    for (let net = 0; net < nets; net++) {
      const start = net * batch * fanOut;
      for (let j = 0; j < fanOut; j++) products[start + j] += sigmaB * biases[net * fanOut + j];
    }
  }
  return products;
}

/** How many nets go through their layers together, so that one layer's vectors, of `numbersPerNet` numbers, take some MB. */
export function netsAtOnce(nets: number, numbersPerNet: number): number {
  return Math.max(1, Math.min(nets, Math.floor(2 ** 19 / numbersPerNet)));
}

/** ‖x‖²/width of the nets' vector number `index` of `batch`, written to `lengths` from place `at` on. */
export function writeMeanSquares(
  lengths: Float64Array,
  at: number,
  vectors: Float32Array,
  { nets, batch, index }: { nets: number; batch: number; index: number },
): void {
  const width = vectors.length / (nets * batch);
  for (let net = 0; net < nets; net++) {
    const start = (net * batch + index) * width;
    let sum = 0;
    for (let i = start; i < start + width; i++) sum += vectors[i] * vectors[i];
    lengths[at + net] = sum / width;
  }
}
