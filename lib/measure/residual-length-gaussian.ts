import { heNormal, type Initialisation, leCunNormal, residual, type ResidualOptions } from "../nets";
import { addNormals, foldIn, type Key, type NormalRows, rectifiedSquares } from "../random";
import { checkInput, sideBySide } from "./activation-length-streamed";
import { netsAtOnce } from "./streamed-layer";

/** Residual nets with Gaussian weights, and what they are shown. */
export interface GaussianResidualNets extends Omit<ResidualOptions, "outputWidth" | "biases"> {
  /** How many independent nets. */
  nets: number;
  /** x^0: `inputWidth` numbers for all nets, or `nets · inputWidth`, net by net. */
  input: Float32Array;
}

/**
 * Activation lengths of many residual nets x_{l+1} = x_l + η_l N_l(x_l) without drawing a weight: given its input, each layer
 * inside a block has independent normal preactivations of variance `fanIn · Var W · M`, and only the stream x_l itself is
 * kept. Exactly the law of `activationLengths` with explicit weights (their biases start at zero), and its arrays, each of
 * `nets` values: the input, the stream after a lead-in layer where there is one, then after every block.
 *
 * Throws RangeError as `residual` does, on weights that are not Gaussian, on a number of nets that is not a whole number ≥ 1
 * and on an input of another length.
 */
export function gaussianResidualLengths(key: Key, options: GaussianResidualNets): Float64Array[] {
  const { nets, input, inputWidth, width, scales } = options;
  const { initialisation, linearInitialisation, linearEnd, leadIn, blockWidths, lengths } = residualLayers(options);
  const group = netsAtOnce(nets, Math.max(inputWidth, ...blockWidths));

  for (let firstNet = 0; firstNet < nets; firstNet += group) {
    const count = Math.min(group, nets - firstNet);
    const rows = (columns: number): NormalRows => ({ rows: count, columns, firstRow: firstNet });
    let stream = sideBySide([input], { firstNet, nets: count, width: inputWidth });
    let now = meanSquares(stream, count);
    let written = 0;
    const write = (): void => lengths[written++].set(now, firstNet);
    write();
    /** Adds the end of a block, a net's normals times its scale, to the stream, and measures it. */
    const addEnd = (layerKey: Key, change: { scales: Float64Array; rectified: boolean }): void => {
      now = addNormals(layerKey, stream, change, rows(width)).map((square) => square / width);
    };
    if (leadIn) {
      stream = new Float32Array(count * width);
      const variance = inputWidth * linearInitialisation.variance(inputWidth, width);
      const scales = now.map((length) => Math.sqrt(variance * length));
      addEnd(foldIn(key, "leadIn"), { scales, rectified: false });
      write();
    }
    scales.forEach((scale, block) => {
      const inside = now.slice();
      for (let index = 1; index < blockWidths.length; index++) {
        const [fanIn, of] = [blockWidths[index - 1], blockWidths[index]];
        const last = index === blockWidths.length - 1;
        const linear = last && linearEnd;
        const variance = fanIn * (linear ? linearInitialisation : initialisation).variance(fanIn, of);
        const layerKey = foldIn(foldIn(key, block), index - 1);
        if (last) {
          const scales = inside.map((length) => scale * Math.sqrt(variance * length));
          addEnd(layerKey, { scales, rectified: !linear });
        } else {
          const squares = rectifiedSquares(layerKey, rows(of));
          for (let net = 0; net < count; net++) inside[net] *= (variance * squares[net]) / of;
        }
      }
      write();
    });
  }
  return lengths;
}

/** What residual nets with Gaussian weights are made of, and room for their lengths. Throws as `gaussianResidualLengths` does. */
export function residualLayers(options: GaussianResidualNets): {
  initialisation: Initialisation;
  linearInitialisation: Initialisation;
  linearEnd: boolean;
  leadIn: boolean;
  /** The stream's, those inside a block, and the stream's again. */
  blockWidths: number[];
  lengths: Float64Array[];
} {
  const { nets, input, inputWidth, width, scales, blockEnd = "linear", blockHiddenWidths = [width] } = options;
  const { initialisation = heNormal, linearInitialisation = leCunNormal } = options;
  // Refuses what no net can be made of.
  residual(options);
  if (!Number.isSafeInteger(nets) || nets < 1) throw new RangeError(`nets is a whole number ≥ 1; given ${nets}.`);
  for (const { name, gaussian, independent } of [initialisation, linearInitialisation]) {
    if (!gaussian || !independent) {
      throw new RangeError(
        `W x given x is Gaussian only for Gaussian weights; given ${name}. Draw its weights instead.`,
      );
    }
  }
  checkInput(input, nets, inputWidth);
  const leadIn = inputWidth !== width;
  return {
    initialisation,
    linearInitialisation,
    linearEnd: blockEnd === "linear",
    leadIn,
    blockWidths: [width, ...blockHiddenWidths, width],
    lengths: Array.from({ length: 1 + (leadIn ? 1 : 0) + scales.length }, () => new Float64Array(nets)),
  };
}

/** ‖x‖²/width of each of `nets` vectors. */
function meanSquares(vectors: Float32Array, nets: number): Float64Array {
  const width = vectors.length / nets;
  return Float64Array.from({ length: nets }, (_, net) => {
    let sum = 0;
    for (let i = net * width; i < (net + 1) * width; i++) sum += vectors[i] * vectors[i];
    return sum / width;
  });
}
