import type { PiecewiseLinearNet, PiecewiseLinearStep } from "../../nets/piecewise-linear";
import { allocate, type Scratch, store } from "./row-kernels";

/** An affine step whose numbers lie in the kernels' memory, at the addresses given. */
export interface AffineOperation {
  readonly kind: "affine";
  readonly fanIn: number;
  readonly fanOut: number;
  readonly weights: number;
  readonly biases: number;
  /** Each neuron's Euclidean norm of weights, and its bias without the sign. */
  readonly gains: number;
  readonly offsets: number;
  /** By what factor the step grows errors, typically. */
  readonly growth: number;
  /** Whether nothing but a ReLU sees the outputs, for which all that is negative is alike. */
  readonly onlyRectified: boolean;
  /**
   * Set before the net's last ReLU: its readout, whose sums over neurons that are active all along the line are computed
   * without those neurons. There is room for weights and biases of these sums behind the step's own.
   */
  readonly readout: AffineOperation | undefined;
}

/** A step of a net on its way along a line. `open` and `close` are the ends of a residual block. */
export type LineOperation =
  | AffineOperation
  | { readonly kind: "rectifier"; readonly width: number; readonly negativeSlope: number; readonly layer: number }
  | { readonly kind: "open"; readonly width: number }
  | { readonly kind: "close"; readonly width: number; readonly scale: number }
  | { readonly kind: "settle"; readonly width: number };

/** A net as a list of operations. */
export interface LineProgram {
  readonly operations: readonly LineOperation[];
  readonly layers: number;
  /** The width of the widest values on the way. */
  readonly widest: number;
  /** Addresses of `widest` ones and zeros, and of room for a product of `productRows` rows. */
  readonly ones: number;
  readonly zeros: number;
  readonly room: number;
}

/** How many rows are multiplied at once: weights are read once for all of them. */
export const productRows = 24;

function affineOperation(
  scratch: Scratch,
  step: PiecewiseLinearStep & { kind: "affine" },
  onlyRectified: boolean,
  sums: number,
): AffineOperation {
  const { fanIn, fanOut } = step;
  const weights = allocate(scratch, 8 * (fanOut + sums) * fanIn);
  scratch.numbers.set(step.weights, weights / 8);
  const biases = allocate(scratch, 8 * (fanOut + sums));
  scratch.numbers.set(step.biases, biases / 8);
  const offsets = store(scratch, step.biases.map(Math.abs));
  const gains = allocate(scratch, 8 * fanOut);
  scratch.kernels.rowNorms(weights, fanOut, fanIn, gains);
  let squares = 0;
  for (let out = 0; out < fanOut; out++) squares += scratch.numbers[gains / 8 + out] ** 2;
  const growth = Math.sqrt(squares / fanIn);
  return { kind: "affine", fanIn, fanOut, weights, biases, gains, offsets, growth, onlyRectified, readout: undefined };
}

/** A readout of more than a fourth as many outputs as there are neurons is not worth the trouble. */
const fewOutputs = 4;

/** The outputs of a last ReLU's readout, where they are few; else 0. */
function sumsOf(steps: readonly PiecewiseLinearStep[]): number {
  const [hidden, rectifier, readout] = steps.slice(-3);
  if (hidden?.kind !== "affine" || rectifier?.kind !== "rectifier" || readout?.kind !== "affine") return 0;
  return rectifier.negativeSlope === 0 && fewOutputs * readout.fanOut <= hidden.fanOut ? readout.fanOut : 0;
}

/** The net's steps in order, its weights copied to the kernels' memory. */
export function lineProgram(scratch: Scratch, net: PiecewiseLinearNet): LineProgram {
  const operations: LineOperation[] = [];
  let layers = 0;
  let widest = net.inputWidth;
  const sums = sumsOf(net.steps);
  const append = (steps: readonly PiecewiseLinearStep[], inputWidth: number): number => {
    let width = inputWidth;
    steps.forEach((step, index) => {
      if (step.kind === "affine") {
        const after = steps[index + 1];
        const onlyRectified = after?.kind === "rectifier" && after.negativeSlope === 0;
        const ownSums = step === net.steps[net.steps.length - 3] ? sums : 0;
        operations.push(affineOperation(scratch, step, onlyRectified, ownSums));
        width = step.fanOut;
        widest = Math.max(widest, width + ownSums);
      } else if (step.kind === "rectifier") {
        if (steps[index - 1]?.kind !== "affine") operations.push({ kind: "settle", width });
        operations.push({ kind: "rectifier", width, negativeSlope: step.negativeSlope, layer: layers++ });
      } else {
        operations.push({ kind: "settle", width }, { kind: "open", width });
        append(step.block, width);
        operations.push({ kind: "close", width, scale: step.scale }, { kind: "settle", width });
      }
    });
    return width;
  };
  append(net.steps, net.inputWidth);
  if (sums > 0) {
    const [hidden, , readout] = operations.slice(-3) as [AffineOperation, LineOperation, AffineOperation];
    operations[operations.length - 3] = { ...hidden, readout };
  }
  const ones = store(scratch, new Float64Array(widest).fill(1));
  const zeros = store(scratch, new Float64Array(widest));
  const room = allocate(scratch, 8 * widest * (productRows + 5));
  return { operations, layers, widest, ones, zeros, room };
}
