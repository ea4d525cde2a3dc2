import assert from "node:assert/strict";
import { inputPlane, regionsInWholePlane, regionsInWindow } from "fathom/measure";
import { outputOf, randomReluNet } from "fathom/nets";
import { key } from "fathom/random";
import { netOfRows } from "./example-nets";

const window = [-1, 1, -1, 1] as const;

/** Where the sign or the argmax changes along grid lines of the window, by bisection: points on the boundary. */
function crossingsOnGrid(label: (s: number, t: number) => number, lines: number): [number, number][] {
  const steps = 400;
  const found: [number, number][] = [];
  for (let line = 0; line < lines; line++) {
    const fixed = -1 + (2 * (line + 0.5)) / lines;
    for (let step = 0; step < steps; step++) {
      let [low, high] = [-1 + (2 * step) / steps, -1 + (2 * (step + 1)) / steps];
      if (label(low, fixed) === label(high, fixed)) continue;
      for (let halving = 0; halving < 50; halving++) {
        const middle = (low + high) / 2;
        if (label(middle, fixed) === label(low, fixed)) low = middle;
        else high = middle;
      }
      found.push([low, fixed]);
    }
  }
  return found;
}

const distanceTo = (segments: Float64Array, [s, t]: readonly [number, number]): number => {
  let nearest = Infinity;
  for (let at = 0; at < segments.length; at += 4) {
    const [s0, t0, s1, t1] = segments.subarray(at, at + 4);
    const along = ((s - s0) * (s1 - s0) + (t - t0) * (t1 - t0)) / ((s1 - s0) ** 2 + (t1 - t0) ** 2);
    const clamped = Math.min(1, Math.max(0, along));
    nearest = Math.min(nearest, Math.hypot(s - s0 - clamped * (s1 - s0), t - t0 - clamped * (t1 - t0)));
  }
  return nearest;
};

describe("the decision boundary", () => {
  for (const outputWidth of [1, 2, 5]) {
    it(`of ${outputWidth} outputs holds every point at which the decision changes, and nothing else`, () => {
      const net = randomReluNet(key(240 + outputWidth), {
        inputWidth: 2,
        hiddenWidths: [12, 12],
        outputWidth,
        sigmaB: 0.4,
      });
      const { segments, classes, faces } = regionsInWindow(net, inputPlane, window).decisionBoundary();
      const label = (s: number, t: number): number => {
        const outputs = outputOf(net, Float64Array.of(s, t));
        return outputWidth === 1 ? Math.sign(outputs[0]) : outputs.indexOf(Math.max(...outputs));
      };
      const crossings = crossingsOnGrid(label, 15);
      assert.ok(crossings.length > 5 && segments.length === 4 * faces.length);
      for (const crossing of crossings) assert.ok(distanceTo(segments, crossing) < 1e-10);
      for (let at = 0; at < segments.length; at += 4) {
        const middle = Float64Array.of(
          (segments[at] + segments[at + 2]) / 2,
          (segments[at + 1] + segments[at + 3]) / 2,
        );
        const outputs = outputOf(net, middle);
        const [one, other] = classes.subarray(at / 2, at / 2 + 2);
        const height = other < 0 ? outputs[0] : outputs[one] - outputs[other];
        assert.ok(Math.abs(height) < 1e-10);
        if (other >= 0) assert.ok(outputs[one] > Math.max(...outputs) - 1e-10);
      }
    });
  }

  it("of a linear output is a straight line, of the length that the window leaves it", () => {
    const net = netOfRows([
      [
        [1, 0, 5],
        [0, 1, 5],
      ],
      [[1, -1, 0]],
    ]);
    const { length, segments } = regionsInWindow(net, inputPlane, window).decisionBoundary();
    assert.ok(Math.abs(length - 2 * Math.SQRT2) < 1e-12);
    assert.equal(segments.length, 4);
    const stretched = { origin: Float64Array.of(0, 0), u: Float64Array.of(2, 0), v: Float64Array.of(0, 2) };
    const doubled = regionsInWindow(net, stretched, window).decisionBoundary();
    assert.ok(Math.abs(doubled.length - 4 * Math.SQRT2) < 1e-12);
  });

  it("that runs along the edge between two regions is taken once", () => {
    // max(x, 0) − max(−x, 0) = x is 0 where both neurons change.
    const net = netOfRows([
      [
        [1, 0, 0],
        [-1, 0, 0],
      ],
      [[1, -1, 0]],
    ]);
    const { length, faces } = regionsInWindow(net, inputPlane, window).decisionBoundary();
    assert.equal(length, 2);
    assert.equal(faces.length, 1);
  });

  it("finds a class that is largest only inside a region, at none of its corners", () => {
    // No neuron changes: one region; the constant 0.5 wins in the middle over −x, x, −y and y.
    const net = netOfRows([
      [
        [1, 0, 0],
        [-1, 0, 0],
        [0, 1, 0],
        [0, -1, 0],
        [0, 0, 0.5],
      ],
    ]);
    const slice = regionsInWindow(net, inputPlane, window);
    assert.equal(slice.count, 1);
    const { length } = slice.decisionBoundary();
    assert.ok(Math.abs(length - (4 + 4 * Math.SQRT1_2)) < 1e-12, `${length}`);
  });

  it("is empty where one class always wins, and where the output is 0 on a whole region", () => {
    const wins = netOfRows([
      [
        [1, 0, 3],
        [0, 1, -3],
      ],
    ]);
    assert.equal(regionsInWindow(wins, inputPlane, window).decisionBoundary().length, 0);
    const dead = netOfRows([[[1, 0, -2]], [[1, 0]]]);
    assert.equal(regionsInWindow(dead, inputPlane, window).decisionBoundary().segments.length, 0);
  });

  it("of a whole plane is refused: it has no end", () => {
    const net = randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [4], sigmaB: 1 });
    assert.throws(() => regionsInWholePlane(net, inputPlane).decisionBoundary(), /unbounded/);
  });
});
