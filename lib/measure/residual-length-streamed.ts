import { foldIn, type Key } from "../random";
import { rectify, sideBySide } from "./activation-length-streamed";
import { type GaussianResidualNets, residualLayers } from "./residual-length-gaussian";
import { netsAtOnce, streamedLayer, writeMeanSquares } from "./streamed-layer";

/**
 * Activation lengths of many residual nets whose weights are drawn, applied and forgotten: what `activationLengths` gives for
 * `residual(…).parameters(key, nets)` and one input a net, but for float32 rounding, in memory that does not grow with the
 * weights. Each of `nets` values: the input, the stream after a lead-in layer where there is one, then after every block.
 *
 * Throws RangeError as `gaussianResidualLengths` does.
 */
export function streamedResidualLengths(key: Key, options: GaussianResidualNets): Float64Array[] {
  const { nets, input, inputWidth, width, scales } = options;
  const { initialisation, linearInitialisation, linearEnd, leadIn, blockWidths, lengths } = residualLayers(options);
  const group = netsAtOnce(nets, Math.max(inputWidth, ...blockWidths));
  for (let firstNet = 0; firstNet < nets; firstNet += group) {
    const count = Math.min(group, nets - firstNet);
    const through = (layerKey: Key, x: Float32Array, fanIn: number, fanOut: number, linear: boolean): Float32Array => {
      const schemes = { initialisation: linear ? linearInitialisation : initialisation, sigmaB: 0 };
      const next = streamedLayer(layerKey, x, { firstNet, nets: count, batch: 1, fanIn, fanOut, ...schemes });
      if (!linear) rectify(next, { nets: count, batch: 1, width: fanOut });
      return next;
    };
    let stream = sideBySide([input], { firstNet, nets: count, width: inputWidth });
    let written = 0;
    const write = (): void =>
      writeMeanSquares(lengths[written++], firstNet, stream, { nets: count, batch: 1, index: 0 });
    write();
    if (leadIn) {
      stream = through(foldIn(key, "leadIn"), stream, inputWidth, width, true);
      write();
    }
    scales.forEach((scale, block) => {
      let inside = stream;
      for (let layer = 0; layer < blockWidths.length - 1; layer++) {
        const linear = linearEnd && layer === blockWidths.length - 2;
        const layerKey = foldIn(foldIn(key, block), layer);
        inside = through(layerKey, inside, blockWidths[layer], blockWidths[layer + 1], linear);
      }
      for (let i = 0; i < stream.length; i++) stream[i] += scale * inside[i];
      write();
    });
  }
  return lengths;
}
