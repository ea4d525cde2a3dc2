import assert from "node:assert/strict";
import { inputPlane, type PlanePoint, regionsInPolygon, regionsOnLine, regionsOnSegment } from "fathom/measure";
import { foldingNet, outputOf, piecewiseLinearNet, type PiecewiseLinearNet, randomReluNet } from "fathom/nets";
import { key, normalArray } from "fathom/random";
import { multiplyRows, storedMap } from "../../../lib/measure/linear-regions/matrix-product";
import { residualNet } from "./example-nets";
import { plainAreas, plainBreakpoints } from "./plain-regions";

const draws = (seed: number, length: number): Float64Array => Float64Array.from(normalArray(key(seed), length));

const random = (seed: number, inputWidth: number, hiddenWidths: number[], negativeSlope = 0): PiecewiseLinearNet =>
  randomReluNet(key(seed), { inputWidth, hiddenWidths, outputWidth: 3, sigmaB: 0.2, negativeSlope });

/** A net with a number added to every second bias of a step. */
function shifted(net: PiecewiseLinearNet, at: number, by: number): PiecewiseLinearNet {
  const steps = net.steps.map((step, index) => {
    if (index !== at || step.kind !== "affine") return step;
    return { ...step, biases: step.biases.map((bias, out) => bias + (Math.abs(by) < 10 && out % 2 === 0 ? 0 : by)) };
  });
  return piecewiseLinearNet(net.inputWidth, steps);
}

describe("products of rows and weights", () => {
  // Widths and counts that are no multiples of four, one, and more than a batch.
  for (const [count, fanIn, fanOut] of [
    [1, 1, 1],
    [2, 3, 5],
    [5, 2, 3],
    [24, 64, 64],
    [25, 33, 31],
    [100, 7, 130],
  ] as const) {
    it(`are the sums in the order of the inputs, bit for bit: ${count} rows, ${fanIn} to ${fanOut}`, () => {
      const x = draws(1, count * fanIn).map((value) => (value > 0 ? value : 0));
      const [weights, biases] = [draws(2, fanIn * fanOut), draws(3, fanOut)];
      const product = new Float64Array(count * fanOut);
      const norms = new Float64Array(count);
      multiplyRows(storedMap(fanIn, fanOut, weights, biases), x, product, count, (row) => row !== 1, norms);
      for (let row = 0; row < count; row++) {
        const own = x.subarray(row * fanIn, (row + 1) * fanIn);
        assert.ok(Math.abs(norms[row] - Math.hypot(...own)) <= 1e-14 * norms[row]);
        for (let out = 0; out < fanOut; out++) {
          const sum = own.reduce((total, value, k) => total + value * weights[out * fanIn + k], 0);
          assert.equal(product[row * fanOut + out], row === 1 ? sum : sum + biases[out]);
        }
      }
    });
  }
});

describe("regions on a segment, bounded and followed from neighbours", () => {
  const nets: [string, PiecewiseLinearNet][] = [
    ["wide and deep", random(1, 30, [96, 96, 96, 96, 96])],
    ["of odd widths", random(2, 7, [61, 33, 47, 29])],
    ["with a layer that adds many breakpoints to few", random(3, 5, [20, 300, 50])],
    ["leaky, which no bound helps", random(4, 20, [60, 60, 60], 0.2)],
    ["residual", residualNet(5, 20, 48, 64)],
    ["with neurons that are active all along, before the readout", shifted(random(9, 6, [70, 50, 60]), 4, 1)],
    ["with neurons that are active all along, before a hidden layer", shifted(random(9, 6, [70, 50, 60]), 2, 1)],
    ["all of whose last neurons are active all along", shifted(random(9, 6, [70, 50, 60]), 4, 100)],
    ["all of whose last neurons are dead", shifted(random(9, 6, [70, 50, 60]), 4, -100)],
    ["whose last layer has fewer neurons than four outputs each", random(10, 6, [90, 60, 8])],
  ];
  for (const [name, net] of nets) {
    it(`break where plain loops find it: ${name}`, () => {
      const ends = draws(6, 2 * net.inputWidth);
      const [from, to] = [ends.slice(0, net.inputWidth), ends.slice(net.inputWidth)];
      const { breakpoints, positions, outputs } = regionsOnSegment(net, from, to);
      const expected = plainBreakpoints(net, from, to);
      assert.equal(breakpoints.length, expected.length);
      assert.ok(expected.length > 60, `${expected.length}`);
      breakpoints.forEach((t, index) => assert.ok(Math.abs(t - expected[index]) < 1e-11));
      positions.forEach((t, place) => {
        const x = from.map((value, axis) => value + t * (to[axis] - value));
        outputOf(net, x).forEach((value, out) => {
          assert.ok(Math.abs(value - outputs[place * net.outputWidth + out]) < 1e-11 * (1 + Math.abs(value)));
        });
      });
    });
  }

  it("are all found where they are carried on in parts: 2^17 folds", () => {
    const net = foldingNet({ inputWidth: 1, folds: 2, layers: 18, lastWidth: 1 });
    const { regions, breakpoints } = regionsOnSegment(net, Float64Array.of(0), Float64Array.of(1));
    assert.equal(regions, 2 ** 18);
    // A cut by the last layer's neuron, a fold, a cut, …
    for (let fold = 1; fold < 2 ** 17; fold++) assert.ok(Math.abs(breakpoints[2 * fold - 1] - fold / 2 ** 17) < 1e-15);
    assert.ok(breakpoints.every((t, index) => index === 0 || t > breakpoints[index - 1]));
  });

  it("are those of the first neurons alone where others are their copies, multiples and opposites", () => {
    const ends = draws(6, 10).map((value) => 4 * value);
    const [from, to] = [ends.slice(0, 5), ends.slice(5)];
    const [first, relu, second, ...rest] = random(12, 5, [120, 60, 50]).steps;
    assert.ok(first.kind === "affine" && second.kind === "affine");
    // Every second neuron is a multiple of the one before it, and what follows has no use for it.
    const factors = [1, 3, -0.5];
    const doubled = (values: Float64Array, fanIn: number): Float64Array =>
      values.map((value, k) => {
        const out = Math.floor(k / fanIn);
        return out % 2 === 0 ? value : factors[out % 3] * values[k - fanIn];
      });
    const weights = doubled(first.weights, 5);
    const biases = doubled(first.biases, 1);
    const later = second.weights.map((weight, k) => ((k % 120) % 2 === 0 ? weight : 0));
    const net = piecewiseLinearNet(5, [{ ...first, weights, biases }, relu, { ...second, weights: later }, ...rest]);
    const even = <T>(values: T[], fanIn: number): T[] => values.filter((_, k) => Math.floor(k / fanIn) % 2 === 0);
    const alone = piecewiseLinearNet(5, [
      {
        kind: "affine",
        fanIn: 5,
        fanOut: 60,
        weights: Float64Array.from(even([...weights], 5)),
        biases: Float64Array.from(even([...biases], 1)),
      },
      { kind: "rectifier", width: 60, negativeSlope: 0 },
      { ...second, fanIn: 60, weights: Float64Array.from(even([...later], 1)) },
      ...rest,
    ]);
    const { breakpoints, outputs } = regionsOnSegment(net, from, to);
    const expected = plainBreakpoints(alone, from, to);
    assert.equal(breakpoints.length, expected.length);
    assert.ok(expected.length > 30, `${expected.length}`);
    breakpoints.forEach((t, index) => assert.ok(Math.abs(t - expected[index]) < 1e-11));
    const single = regionsOnSegment(alone, from, to);
    outputs.forEach((value, index) => assert.ok(Math.abs(value - single.outputs[index]) < 1e-11));
  });

  it("are those without copies where all of the last neurons but the active ones have one, and outputs are the same", () => {
    const alone = shifted(random(15, 5, [40, 40, 250]), 4, 1);
    const [hidden, relu, readout] = alone.steps.slice(-3);
    assert.ok(hidden.kind === "affine" && relu.kind === "rectifier" && readout.kind === "affine");
    const twice = (values: Float64Array): Float64Array => Float64Array.from([...values, ...values]);
    const halves = Array.from({ length: readout.fanOut }, (_, out) =>
      twice(readout.weights.slice(250 * out, 250 * (out + 1)).map((weight) => weight / 2)),
    );
    const doubled = piecewiseLinearNet(5, [
      ...alone.steps.slice(0, -3),
      { ...hidden, fanOut: 500, weights: twice(hidden.weights), biases: twice(hidden.biases) },
      { ...relu, width: 500 },
      { ...readout, fanIn: 500, weights: Float64Array.from(halves.flatMap((row) => [...row])) },
    ]);
    const ends = draws(6, 10).map((value) => 6 * value);
    const [one, other] = [alone, doubled].map((net) => regionsOnSegment(net, ends.slice(0, 5), ends.slice(5)));
    assert.ok(one.regions > 50, `${one.regions}`);
    assert.equal(other.regions, one.regions);
    other.breakpoints.forEach((t, index) => assert.ok(Math.abs(t - one.breakpoints[index]) < 1e-11));
    other.outputs.forEach((value, index) => assert.ok(Math.abs(value - one.outputs[index]) < 1e-11));
  });

  it("have outputs that are carried on in parts, of neurons that are active all along too: 2^15 folds", () => {
    const folds = foldingNet({ inputWidth: 1, folds: 2, layers: 16, lastWidth: 1 });
    const before = folds.steps.slice(0, -3);
    const last = folds.steps[folds.steps.length - 3];
    assert.ok(last.kind === "affine");
    const affine = (
      fanIn: number,
      fanOut: number,
      weights: number[],
      biases: number[],
    ): PiecewiseLinearNet["steps"][0] => ({
      kind: "affine",
      fanIn,
      fanOut,
      weights: Float64Array.from(weights),
      biases: Float64Array.from(biases),
    });
    // Cuts at a third of each fold, and five neurons that are active everywhere.
    const rows = Array.from({ length: 6 }, () => [...last.weights.subarray(0, last.fanIn)]);
    const biases = rows.map((_, row) => (row === 0 ? last.biases[0] : last.biases[0] + 2 + row));
    const net = piecewiseLinearNet(1, [
      ...before,
      affine(last.fanIn, 6, rows.flat(), biases),
      { kind: "rectifier", width: 6, negativeSlope: 0 },
      affine(6, 1, [1, 0.5, -2, 3, 0.25, 1], [0.125]),
    ]);
    const { regions, positions, outputs } = regionsOnSegment(net, Float64Array.of(0), Float64Array.of(1));
    assert.ok(regions > 2 ** 16 - 2, `${regions}`);
    for (let place = 0; place < positions.length; place += 97) {
      assert.ok(Math.abs(outputOf(net, Float64Array.of(positions[place]))[0] - outputs[place]) < 1e-9, `${place}`);
    }
  });

  it("are those of a whole line within a long segment of it", () => {
    const net = random(7, 30, [96, 96, 96]);
    const ends = draws(8, 60);
    const [origin, direction] = [ends.slice(0, 30), ends.slice(30)];
    const { breakpoints } = regionsOnLine(net, origin, direction);
    const [from, to] = [-1e4, 1e4].map((t) => origin.map((value, axis) => value + t * direction[axis]));
    const expected = plainBreakpoints(net, from, to);
    assert.equal(breakpoints.length, expected.length);
    breakpoints.forEach((t, index) => assert.ok(Math.abs(t - (2e4 * expected[index] - 1e4)) < 1e-7));
  });
});

describe("regions in a polygon, of edges that wait for neurons", () => {
  const nets: [string, PiecewiseLinearNet][] = [
    ["deep", random(11, 2, [24, 24, 24])],
    ["with more neurons than a word has bits", random(12, 2, [45])],
    ["leaky", random(13, 2, [20, 20], 0.1)],
    ["residual", residualNet(14, 2, 16, 40)],
  ];
  const square: PlanePoint[] = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  for (const [name, net] of nets) {
    it(`have the areas that halving every polygon by itself finds: ${name}`, () => {
      const slice = regionsInPolygon(net, inputPlane, square);
      const expected = Float64Array.from(plainAreas(net, inputPlane, square)).sort();
      assert.equal(slice.count, expected.length);
      assert.ok(slice.count > 200, `${slice.count}`);
      slice.areas
        .slice()
        .sort()
        .forEach((area, index) => assert.ok(Math.abs(area - expected[index]) < 1e-11));
    });
  }

  it("are all found on many pages of points: 4^7 folds, cut by three neurons", () => {
    const net = foldingNet({ inputWidth: 2, folds: 2, layers: 8, lastWidth: 3 });
    const unit = square.map(([s, t]): PlanePoint => [(s + 1) / 2, (t + 1) / 2]);
    const slice = regionsInPolygon(net, inputPlane, unit);
    assert.equal(slice.count, 7 * 4 ** 7);
    assert.equal(slice.vertices - slice.edges + slice.faces, 1);
    assert.ok(Math.abs(slice.totalArea - 1) < 1e-10 && slice.areas.every((area) => area > 0));
  });
});
