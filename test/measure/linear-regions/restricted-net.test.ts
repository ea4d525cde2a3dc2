import assert from "node:assert/strict";
import { outputOf, piecewiseLinearNet, type PiecewiseLinearNet, randomReluNet } from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { restrictedNet } from "../../../lib/measure/linear-regions/restricted-net";

const vector = (seed: number): Float64Array => Float64Array.from(normalArray(key(seed), 5));
const plane = { origin: vector(1), u: vector(2), v: vector(3) };

describe("a net restricted to a plane", () => {
  const random = randomReluNet(key(4), { inputWidth: 5, hiddenWidths: [7, 6], outputWidth: 2, sigmaB: 0.3 });
  const nets: [string, PiecewiseLinearNet][] = [
    ["begins with an affine map", random],
    [
      "begins with an activation",
      piecewiseLinearNet(5, [{ kind: "rectifier", width: 5, negativeSlope: 0.2 }, ...random.steps]),
    ],
  ];

  for (const [what, net] of nets) {
    it(`gives the net's outputs where it ${what}`, () => {
      const restricted = restrictedNet(net, plane);
      for (const [s, t] of [
        [0, 0],
        [1.5, -0.5],
        [-2, 3],
      ]) {
        const input = plane.origin.map((value, axis) => value + s * plane.u[axis] + t * plane.v[axis]);
        outputOf(net, input).forEach((value, output) => {
          const other = outputOf(restricted, Float64Array.of(s, t))[output];
          assert.ok(Math.abs(value - other) < 1e-12 * (1 + Math.abs(value)), `${value} and ${other}`);
        });
      }
    });
  }
});
