import assert from "node:assert/strict";
import {
  distanceToBoundary,
  inputPlane,
  regionsInWholePlane,
  regionsInWindow,
  regionsOnLine,
  regionsOnSegment,
} from "fathom/measure";
import { denseSteps, type PiecewiseLinearNet, piecewiseLinearNet } from "fathom/nets";

/** Two neurons and their difference, with weights of a size. */
const net = (size: number): PiecewiseLinearNet =>
  piecewiseLinearNet(
    2,
    denseSteps([
      { weights: Float64Array.of(size, 0, size, size), biases: Float64Array.of(0, size / 2) },
      { weights: Float64Array.of(size, -size, size, size), biases: Float64Array.of(size, 0) },
      { weights: Float64Array.of(1, 1), biases: Float64Array.of(0) },
    ]),
  );

const counters: [string, (size: number) => unknown][] = [
  ["regionsOnSegment", (size) => regionsOnSegment(net(size), Float64Array.of(-1, -1), Float64Array.of(1, 1)).regions],
  ["regionsOnLine", (size) => regionsOnLine(net(size), Float64Array.of(0, 0), Float64Array.of(1, 0.5)).regions],
  ["regionsInWindow", (size) => regionsInWindow(net(size), inputPlane, [-1, 1, -1, 1]).count],
  ["regionsInWholePlane", (size) => regionsInWholePlane(net(size), inputPlane).count],
  ["distanceToBoundary", (size) => distanceToBoundary(net(size), Float64Array.of(0.3, 0.2)).distance > 0],
];

describe("values on the way through a net", () => {
  for (const [name, count] of counters) {
    it(`are refused by ${name} where their products overflow, and counted with below`, () => {
      assert.ok(count(1e40));
      for (const size of [1e60, 1e160, 1e300]) {
        assert.throws(() => count(size), /RangeError: The values .* beyond ±1e100 counts would be wrong/);
      }
    });
  }
});
