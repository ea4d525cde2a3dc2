import assert from "node:assert/strict";
import { regionsOnLine, regionsOnPolyline, regionsOnSegment } from "fathom/measure";
import {
  activationPattern,
  hiddenNeurons,
  outputOf,
  randomReluNet,
  rectifierWidths,
  type PiecewiseLinearNet,
} from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { patternsOnSegment } from "./brute-force";
import { nestedNet, netOfRows, residualNet, smallNets } from "./example-nets";

const along = (from: Float64Array, to: Float64Array, t: number): Float64Array =>
  from.map((value, axis) => value + t * (to[axis] - value));

const points = (seed: number, width: number, count: number, scale = 1): Float64Array[] => {
  const draws = normalArray(key(seed), width * count);
  return Array.from({ length: count }, (_, index) =>
    Float64Array.from(draws.subarray(index * width, (index + 1) * width), (draw) => scale * draw),
  );
};

/** The patterns in the middle of every piece, from evaluating the net there. */
function patternsBetween(
  net: PiecewiseLinearNet,
  from: Float64Array,
  to: Float64Array,
  ts: readonly number[],
): string[] {
  const edges = [0, ...ts, 1];
  return edges.slice(1).map((t, index) => activationPattern(net, along(from, to, (t + edges[index]) / 2)).join(""));
}

describe("regions along a segment", () => {
  for (const seed of [1, 2, 3, 4]) {
    for (const [name, net] of [...smallNets(3, seed), ...smallNets(2, seed + 50)]) {
      it(`are those that an enumeration of all patterns finds: net ${name}, seed ${seed}, ${net.inputWidth} inputs`, () => {
        const [from, to] = points(seed + 7, net.inputWidth, 2, 3);
        const found = regionsOnSegment(net, from, to);
        const expected = patternsOnSegment(net, from, to);
        assert.equal(found.regions, expected.length);
        assert.deepEqual(patternsBetween(net, from, to, [...found.breakpoints]).sort(), expected.sort());
      });
    }
    it(`are found in residual blocks within blocks, seed ${seed}`, () => {
      const [from, to] = points(seed, 2, 2, 3);
      const net = nestedNet(20 * seed);
      assert.equal(regionsOnSegment(net, from, to).regions, patternsOnSegment(net, from, to).length);
    });
  }

  it("name the neuron whose pre-activation changes its sign at each breakpoint, and count them by layer", () => {
    const net = randomReluNet(key(3), { inputWidth: 5, hiddenWidths: [12, 12, 12], sigmaB: 0.3 });
    const [from, to] = points(4, 5, 2, 3);
    const { breakpoints, layer, neuron, perLayer, regions } = regionsOnSegment(net, from, to);
    assert.ok(regions > 15);
    const patterns = patternsBetween(net, from, to, [...breakpoints]);
    breakpoints.forEach((t, index) => {
      assert.ok(index === 0 || t > breakpoints[index - 1]);
      const changed = [...patterns[index]].flatMap((bit, at) => (bit === patterns[index + 1][at] ? [] : [at]));
      assert.deepEqual(changed, [12 * layer[index] + neuron[index]]);
    });
    assert.deepEqual(
      perLayer,
      rectifierWidths(net).map((_, index) => layer.filter((own) => own === index).length),
    );
  });

  it("carry the net's output, which is affine between neighbours", () => {
    const net = residualNet(5, 4, 6, 8);
    const [from, to] = points(5, 4, 2, 3);
    const { positions, outputs } = regionsOnSegment(net, from, to);
    assert.equal(positions[0], 0);
    assert.equal(positions[positions.length - 1], 1);
    positions.forEach((t, place) => {
      outputOf(net, along(from, to, t)).forEach((value, out) =>
        assert.ok(Math.abs(value - outputs[2 * place + out]) < 1e-12 * (1 + Math.abs(value))),
      );
      if (place === 0) return;
      const middle = outputOf(net, along(from, to, (t + positions[place - 1]) / 2));
      middle.forEach((value, out) => {
        const mean = (outputs[2 * place + out] + outputs[2 * place - 2 + out]) / 2;
        assert.ok(Math.abs(value - mean) < 1e-12 * (1 + Math.abs(value)));
      });
    });
  });

  it("are counted alike from either end", () => {
    const net = randomReluNet(key(6), { inputWidth: 10, hiddenWidths: [50, 50, 50, 50], sigmaB: 0.2 });
    const [from, to] = points(6, 10, 2, 2);
    const there = regionsOnSegment(net, from, to);
    const back = regionsOnSegment(net, to, from);
    assert.ok(there.regions > 50);
    assert.deepEqual([...there.neuron], [...back.neuron].reverse());
  });

  it("are as many as a fine scan of the segment sees", () => {
    const net = randomReluNet(key(8), { inputWidth: 2, hiddenWidths: [15, 15, 15], sigmaB: 0.5 });
    const [from, to] = [Float64Array.of(-3, -2), Float64Array.of(3, 1)];
    const patterns = Array.from({ length: 16_001 }, (_, step) =>
      activationPattern(net, along(from, to, step / 1.6e4)).join(),
    );
    const seen = patterns.filter((pattern, step) => step > 0 && pattern !== patterns[step - 1]).length + 1;
    assert.equal(regionsOnSegment(net, from, to).regions, seen);
  });
});

describe("regions along a polyline", () => {
  it("are those of its segments, put together", () => {
    const net = randomReluNet(key(9), { inputWidth: 6, hiddenWidths: [20, 20], sigmaB: 0.4 });
    const corners = points(9, 6, 5, 2);
    const whole = regionsOnPolyline(net, corners);
    const pieces = corners.slice(1).map((to, index) => regionsOnSegment(net, corners[index], to));
    assert.equal(
      whole.regions - 1,
      pieces.reduce((sum, piece) => sum + piece.regions - 1, 0),
    );
    const expected = pieces.flatMap(({ breakpoints }, piece) => Array.from(breakpoints, (t) => piece + t));
    whole.breakpoints.forEach((t, index) => assert.ok(Math.abs(t - expected[index]) < 1e-12));
  });

  it("break at a joint only where a neuron starts or ceases to be active there", () => {
    const net = netOfRows([[[1, 0, 0]], [[1, 0]]]);
    const [left, centre, right, up] = [
      [-1, 0],
      [0, 0],
      [1, 0],
      [0, 1],
    ].map((point) => Float64Array.from(point));
    assert.deepEqual([...regionsOnPolyline(net, [left, centre, right]).breakpoints], [1]);
    assert.equal(regionsOnPolyline(net, [right, centre, right]).regions, 1);
    assert.equal(regionsOnPolyline(net, [left, centre, up]).regions, 1);
    assert.equal(regionsOnPolyline(net, [right, centre, up]).regions, 2);
  });
});

describe("regions along a whole line", () => {
  it("are one more than the neurons of a shallow net, each of which changes once", () => {
    for (const seed of [1, 2, 3]) {
      const net = randomReluNet(key(seed), { inputWidth: 4, hiddenWidths: [40], sigmaB: 1 });
      const [origin, direction] = points(seed, 4, 2);
      const { regions, neuron } = regionsOnLine(net, origin, direction);
      assert.equal(regions, hiddenNeurons(net) + 1);
      assert.equal(new Set(neuron).size, 40);
    }
  });

  it("are those of a segment that reaches beyond all breakpoints", () => {
    for (const seed of [1, 2, 3]) {
      for (const [name, net] of smallNets(3, seed)) {
        const [origin, direction] = points(seed + 20, 3, 2);
        const { regions, breakpoints } = regionsOnLine(net, origin, direction);
        const ends = [-1e5, 1e5].map((t) => origin.map((value, axis) => value + t * direction[axis]));
        const bounded = regionsOnSegment(net, ends[0], ends[1]);
        assert.equal(regions, bounded.regions, name);
        breakpoints.forEach((t, index) => {
          const expected = -1e5 + 2e5 * bounded.breakpoints[index];
          assert.ok(Math.abs(t - expected) < 1e-8, `${name}: ${t} against ${expected}`);
        });
      }
    }
  });

  it("end in the derivative along the line, outwards", () => {
    const net = randomReluNet(key(2), { inputWidth: 3, hiddenWidths: [9, 9], outputWidth: 2, sigmaB: 1 });
    const [origin, direction] = points(30, 3, 2);
    const { positions, outputs } = regionsOnLine(net, origin, direction);
    assert.deepEqual([positions[0], positions[positions.length - 1]], [-Infinity, Infinity]);
    const [near, far] = [1e6, 2e6].map((t) =>
      outputOf(
        net,
        origin.map((value, axis) => value + t * direction[axis]),
      ),
    );
    near.forEach((value, out) => {
      const slope = outputs[2 * (positions.length - 1) + out];
      assert.ok(Math.abs((far[out] - value) / 1e6 - slope) < 1e-8);
    });
  });
});

describe("degenerate lines", () => {
  const [from, to] = [Float64Array.of(-1, 0.25), Float64Array.of(1, 0.25)];
  const regions = (rows: readonly (readonly number[])[]): number =>
    regionsOnSegment(netOfRows([rows, [[...rows.map(() => 1), 0]]]), from, to).regions;

  it("a neuron that never changes, by its bias, its zero weights or everything zero, breaks nothing", () => {
    assert.equal(regions([[1, 0, 5]]), 1);
    assert.equal(regions([[0, 0, -1]]), 1);
    assert.equal(regions([[0, 0, 0]]), 1);
    assert.equal(regions([[0, 4, -1]]), 1);
  });

  it("a line inside a neuron's boundary does not cross it", () => {
    assert.equal(regions([[0, 4, -1]]), 1);
    assert.equal(
      regions([
        [0, 4, -1],
        [1, 0, 0],
      ]),
      2,
    );
  });

  it("neurons that change at the same place are one breakpoint: copies, multiples, opposites, and others", () => {
    assert.equal(
      regions([
        [1, 0, 0.1],
        [1, 0, 0.1],
        [3, 0, 0.3],
        [-7, 0, -0.7],
        [1, 2, -0.4],
      ]),
      2,
    );
  });

  it("a boundary at an end of the segment does not count", () => {
    assert.equal(regions([[1, 0, 1]]), 1);
    assert.equal(regions([[-3, 0, 3]]), 1);
  });

  it("a neuron that is 0 all along because its inputs are, has no boundary there", () => {
    const net = netOfRows([[[1, 0, 0]], [[2, 0]], [[1, 0]]]);
    assert.equal(regionsOnSegment(net, from, to).regions, 2);
    assert.equal(regionsOnLine(net, from, Float64Array.of(1, 0)).regions, 2);
  });

  it("two later neurons that change where an earlier one does are one breakpoint", () => {
    // h = max(x, 0); then h and −h, which are 0 on the left.
    const net = netOfRows([
      [[1, 0, 0]],
      [
        [1, 0],
        [-1, 0],
      ],
      [[1, 1, 0]],
    ]);
    assert.equal(regionsOnSegment(net, from, to).regions, 2);
  });

  it("without biases every boundary meets a line through the origin there", () => {
    const net = randomReluNet(key(4), { inputWidth: 5, hiddenWidths: [30, 30, 30] });
    const [direction] = points(4, 5, 1);
    assert.equal(regionsOnLine(net, new Float64Array(5), direction).regions, 2);
    assert.equal(
      regionsOnSegment(
        net,
        direction.map((value) => -0.7 * value),
        direction,
      ).regions,
      2,
    );
  });

  it("a net without rectifiers has one region", () => {
    assert.equal(regionsOnLine(netOfRows([[[1, 2, 3]]]), from, to).regions, 1);
  });
});

describe("lines that cannot be counted along", () => {
  const net = randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [20], sigmaB: 1 });
  const [zero, one] = [Float64Array.of(0, 0), Float64Array.of(1, 1)];

  it("a zero direction, or equal points", () => {
    assert.throws(() => regionsOnLine(net, one, zero), /direction is zero/);
    assert.throws(() => regionsOnSegment(net, one, one), /Points 0 and 1 are equal/);
    assert.throws(() => regionsOnPolyline(net, [zero]), /at least two points; given 1/);
  });

  it("points of another length, or that are not finite", () => {
    assert.throws(() => regionsOnSegment(net, zero, Float64Array.of(1)), /point 1: expected 2 values; given 1/);
    assert.throws(() => regionsOnSegment(net, Float64Array.of(0, NaN), one), /point 0: value 1 of 2 is NaN/);
    assert.throws(() => regionsOnLine(net, zero, Float64Array.of(Infinity, 0)), /direction: value 0 of 2 is Infinity/);
  });

  it("more regions than the limit", () => {
    assert.equal(regionsOnLine(net, zero, one, { maximumRegions: 21 }).regions, 21);
    assert.throws(() => regionsOnLine(net, zero, one, { maximumRegions: 20 }), /At least 21 regions.*maximumRegions/);
    assert.throws(() => regionsOnLine(net, zero, one, { maximumRegions: 2.5 }), /whole number ≥ 1; given 2.5/);
  });
});
