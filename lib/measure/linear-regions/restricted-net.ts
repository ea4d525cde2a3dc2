import { type PiecewiseLinearNet, piecewiseLinearNet } from "../../nets/piecewise-linear";
import type { Plane } from "./plane";

/**
 * The net as a function of a plane's (s, t): its first affine map after `(s, t) ↦ origin + s u + t v`, the rest as it was.
 * Its neurons are the net's own. A net that does not begin with an affine map gets one.
 */
export function restrictedNet(net: PiecewiseLinearNet, { origin, u, v }: Plane): PiecewiseLinearNet {
  const [first, ...rest] = net.steps;
  if (first?.kind !== "affine") {
    const weights = Float64Array.from({ length: 2 * net.inputWidth }, (_, at) => (at % 2 === 0 ? u : v)[at >> 1]);
    const embedding = { kind: "affine", fanIn: 2, fanOut: net.inputWidth, weights, biases: origin } as const;
    return piecewiseLinearNet(2, [embedding, ...net.steps]);
  }
  const { fanIn, fanOut } = first;
  const weights = new Float64Array(2 * fanOut);
  const biases = first.biases.slice();
  for (let out = 0; out < fanOut; out++) {
    const row = first.weights.subarray(out * fanIn, (out + 1) * fanIn);
    row.forEach((weight, axis) => {
      weights[2 * out] += weight * u[axis];
      weights[2 * out + 1] += weight * v[axis];
      biases[out] += weight * origin[axis];
    });
  }
  return piecewiseLinearNet(2, [{ kind: "affine", fanIn: 2, fanOut, weights, biases }, ...rest]);
}
