import assert from "node:assert/strict";
import { distanceToBoundary, regionsInWindow, regionsOnSegment, inputPlane } from "fathom/measure";
import { preactivationsOf, randomReluNet, type PiecewiseLinearNet } from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { nestedNet, netOfRows, residualNet, smallNets } from "./example-nets";

/** The point at twice the distance along the named neuron's gradient, which small differences give exactly: z is affine. */
function steepest(
  net: PiecewiseLinearNet,
  x: Float64Array,
  distance: number,
  layer: number,
  neuron: number,
): Float64Array {
  const step = distance / 100;
  const here = preactivationsOf(net, x)[layer][neuron];
  const gradient = x.map((_, axis) => {
    const moved = x.map((value, other) => (other === axis ? value + step : value));
    return (preactivationsOf(net, moved)[layer][neuron] - here) / step;
  });
  const norm = Math.hypot(...gradient);
  return x.map((value, axis) => value - (Math.sign(here) * 2 * distance * gradient[axis]) / norm);
}

describe("the distance to the nearest boundary", () => {
  it("is what rays in all directions of the plane find, in nets of every kind", () => {
    for (const [name, net] of [...smallNets(2, 5), ["nested", nestedNet(60)] as const]) {
      for (let draw = 0; draw < 3; draw++) {
        const x = Float64Array.from(normalArray(key(draw), 2));
        const { distance } = distanceToBoundary(net, x);
        let nearest = Infinity;
        for (let step = 0; step < 1000; step++) {
          const angle = (2 * Math.PI * step) / 1000;
          const end = Float64Array.of(x[0] + 3 * Math.cos(angle), x[1] + 3 * Math.sin(angle));
          const { breakpoints } = regionsOnSegment(net, x, end);
          if (breakpoints.length > 0) nearest = Math.min(nearest, 3 * breakpoints[0]);
        }
        // A ray within half a step of the perpendicular is longer by at most (π/1000)² / 2 = 5e-6 of it.
        if (nearest < 3)
          assert.ok(distance <= nearest + 1e-12 && nearest < distance * (1 + 5e-6), `${name}: ${distance}, ${nearest}`);
        else assert.ok(distance >= 3, name);
      }
    }
  });

  it("is reached along the gradient of the neuron it names, in many dimensions", () => {
    for (const net of [
      randomReluNet(key(3), { inputWidth: 20, hiddenWidths: [30, 30, 30], sigmaB: 0.3 }),
      residualNet(70, 20, 15, 25),
    ]) {
      for (let draw = 0; draw < 5; draw++) {
        const x = Float64Array.from(normalArray(key(10 + draw), 20));
        const { distance, layer, neuron } = distanceToBoundary(net, x);
        const rays = Array.from({ length: 400 }, (_, ray) => normalArray(key(1000 + 400 * draw + ray), 20));
        for (const ray of rays) {
          const norm = Math.hypot(...ray);
          const end = x.map((value, axis) => value + (2 * distance * ray[axis]) / norm);
          const { breakpoints } = regionsOnSegment(net, x, end);
          if (breakpoints.length > 0) assert.ok(2 * distance * breakpoints[0] >= distance * (1 - 1e-9));
        }
        const towards = steepest(net, x, distance, layer, neuron);
        const found = regionsOnSegment(net, x, towards);
        assert.ok(Math.abs(found.breakpoints[0] - 0.5) < 1e-6);
        assert.deepEqual([found.layer[0], found.neuron[0]], [layer, neuron]);
      }
    }
  });

  it("is that to the nearest edge of the face around the point", () => {
    const net = randomReluNet(key(8), { inputWidth: 2, hiddenWidths: [10, 10], sigmaB: 0.5 });
    const slice = regionsInWindow(net, inputPlane, [-5, 5, -5, 5]);
    let checked = 0;
    for (let face = 0; face < slice.count; face++) {
      const polygon = slice.polygon(face);
      if (polygon.some((corner) => corner.some((value) => Math.abs(value) === 5))) continue;
      const x = [0, 1].map((axis) => polygon.reduce((sum, corner) => sum + corner[axis], 0) / polygon.length);
      const toEdges = polygon.map(([s, t], index) => {
        const [nextS, nextT] = polygon[(index + 1) % polygon.length];
        return ((nextS - s) * (x[1] - t) - (nextT - t) * (x[0] - s)) / Math.hypot(nextS - s, nextT - t);
      });
      const { distance } = distanceToBoundary(net, Float64Array.from(x));
      const nearest = Math.min(...toEdges);
      assert.ok(Math.abs(distance - nearest) < 1e-9 * (1 + nearest));
      checked++;
    }
    assert.ok(checked > 20);
  });

  it("is 0 on a boundary, and infinite where no neuron changes", () => {
    assert.equal(distanceToBoundary(netOfRows([[[1, 1, -2]], [[1, 0]]]), Float64Array.of(1, 1)).distance, 0);
    const still = netOfRows([[[0, 0, 1]], [[1, 0]]]);
    assert.deepEqual(distanceToBoundary(still, Float64Array.of(1, 1)), { distance: Infinity, layer: -1, neuron: -1 });
  });

  it("leaves out neurons that are constant nearby: of dead inputs, or of gradients that cancel but for rounding", () => {
    const dead = netOfRows([[[1, 0, 0]], [[1, 0]], [[1, 0]]]);
    assert.deepEqual(distanceToBoundary(dead, Float64Array.of(-2, 0)), { distance: 2, layer: 0, neuron: 0 });
    const cancels = netOfRows([
      [
        [0.1, 0.3, 9],
        [0.3, 0.9, 9],
      ],
      [[3, -1, 0.5]],
      [[1, 0]],
    ]);
    assert.equal(distanceToBoundary(cancels, Float64Array.of(0.2, 0.1)).layer, 0);
  });

  it("refuses points of another length or that are not finite", () => {
    const net = netOfRows([[[1, 1, -2]], [[1, 0]]]);
    assert.throws(() => distanceToBoundary(net, Float64Array.of(1)), /expected 2 values; given 1/);
    assert.throws(() => distanceToBoundary(net, Float64Array.of(1, NaN)), /value 1 of 2 is NaN/);
  });
});
