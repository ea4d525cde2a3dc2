import assert from "node:assert/strict";
import { foldIn, key, normalArray } from "fathom/random";
import {
  breakpointDensity,
  expectedBreakpoints,
  expectedRegionsOnSegment,
  lineCovariances,
  lineThrough,
  meanEstimate,
  type RandomNets,
} from "fathom/theory";

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}`);

const nets: RandomNets = { inputWidth: 3, hiddenWidths: [8, 4, 6], sigmaB: 0.3 };
const line = lineThrough([0.5, -1, 0.2], [1.5, 0.4, -0.7]);

/** z and dz/dt of every neuron of every layer of one net at t, weights of variance scale/fanIn. */
function jets(net: RandomNets, from: readonly number[], to: readonly number[], t: number, seed: number): number[][][] {
  const { inputWidth, hiddenWidths, sigmaB, weightVariance = 2 } = net;
  let x = from.map((value, i) => value + t * (to[i] - value));
  let dx = from.map((value, i) => to[i] - value);
  let fanIn = inputWidth;
  return hiddenWidths.map((width, layer) => {
    const drawn = normalArray(foldIn(key(seed), layer), width * (fanIn + 1));
    const rows = Array.from({ length: width }, (_, i) => drawn.subarray(i * (fanIn + 1), (i + 1) * (fanIn + 1)));
    const scale = Math.sqrt(weightVariance / fanIn);
    const product = (row: Float32Array, vector: readonly number[]): number =>
      vector.reduce((sum, value, i) => sum + scale * row[i] * value, 0);
    const z = rows.map((row) => product(row, x) + sigmaB * row[fanIn]);
    const dz = rows.map((row) => product(row, dx));
    [x, dx, fanIn] = [z.map((value) => Math.max(0, value)), dz.map((value, i) => (z[i] > 0 ? value : 0)), width];
    return [z, dz];
  });
}

describe("covariances along a line", () => {
  it("are the means over nets of finite width, for He's and for other weights", () => {
    for (const weightVariance of [2, 1.2]) {
      const [from, to] = [
        [0.5, -1, 0.2],
        [1.5, 0.4, -0.7],
      ];
      const predicted = lineCovariances({ ...nets, weightVariance }, line, 0.3);
      const drawn = Array.from({ length: 4000 }, (_, net) => jets({ ...nets, weightVariance }, from, to, 0.3, net));
      predicted.forEach((theory, layer) => {
        const moments: [keyof typeof theory, (z: number, dz: number) => number][] = [
          ["K", (z) => z * z],
          ["C", (z, dz) => z * dz],
          ["V", (_, dz) => dz * dz],
        ];
        for (const [name, of] of moments) {
          const { estimate, standardError } = meanEstimate(drawn.map((net) => of(net[layer][0][0], net[layer][1][0])));
          close(estimate, theory[name], 4 * standardError);
          assert.ok(standardError < 0.1 * predicted[layer].V + 0.1 * predicted[layer].K);
        }
      });
    }
  });

  it("of He's nets keep C and V and add σ_b² to K", () => {
    const [first, second, third] = lineCovariances(nets, line);
    close(third.C, first.C, 1e-15);
    close(third.V, first.V, 1e-15);
    close(third.K - second.K, 0.09, 1e-15);
  });

  it("are those of the line's point", () => {
    const moved = lineThrough([1, -0.3, -0.25], [2, 1.1, -1.15]);
    const [here, there] = [lineCovariances(nets, line, 0.5)[2], lineCovariances(nets, moved)[2]];
    for (const name of ["K", "C", "V"] as const) close(here[name], there[name], 1e-12);
  });

  it("refuse nets and lines that are none", () => {
    assert.throws(() => lineThrough([1, 2], [1, 2]), /two different points/);
    assert.throws(() => lineThrough([1, 2], [1]), /same width/);
    assert.throws(() => lineThrough([NaN], [1]), RangeError);
    assert.throws(() => lineCovariances({ ...nets, sigmaB: -1 }, line), /sigmaB/);
    assert.throws(() => lineCovariances({ ...nets, weightVariance: 0 }, line), /weightVariance/);
    assert.throws(() => lineCovariances(nets, { squaredOrigin: 1, product: 2, squaredDirection: 1 }), /no x_0 and v/);
  });
});

describe("breakpoints along a line", () => {
  it("integrate the Kac–Rice density, layer by layer", () => {
    for (const weightVariance of [2, 1.5]) {
      const panels = 400;
      const integrals = nets.hiddenWidths.map((width, layer) => {
        let sum = 0;
        for (let i = 0; i <= panels; i++) {
          const weight = i === 0 || i === panels ? 1 : i % 2 === 1 ? 4 : 2;
          const t = -0.5 + (2.2 * i) / panels;
          sum += weight * breakpointDensity(lineCovariances({ ...nets, weightVariance }, line, t)[layer]);
        }
        return (width * sum * 2.2) / panels / 3;
      });
      expectedBreakpoints({ ...nets, weightVariance }, line, [-0.5, 1.7]).forEach((expected, layer) =>
        close(expected, integrals[layer], 1e-7),
      );
    }
  });

  it("are what the first layer has on average, at any width", () => {
    const shallow: RandomNets = { ...nets, hiddenWidths: [5] };
    const counts = Array.from({ length: 4000 }, (_, net) => {
      const [start] = jets(shallow, [0.5, -1, 0.2], [1.5, 0.4, -0.7], 0, net);
      return start[0].filter((z, i) => z * (z + start[1][i]) < 0).length;
    });
    const { estimate, standardError } = meanEstimate(counts);
    close(estimate, expectedBreakpoints(shallow, line)[0], 4 * standardError);
    assert.ok(standardError < 0.03);
  });

  it("are one a neuron on the whole line, at any depth and σ_w", () => {
    for (const weightVariance of [2, 0.7, 3]) {
      const counts = expectedBreakpoints({ ...nets, weightVariance }, line, [-Infinity, Infinity]);
      counts.forEach((count, layer) => close(count, nets.hiddenWidths[layer], 1e-12));
    }
    close(expectedRegionsOnSegment(nets, line, [-Infinity, Infinity]), 19, 1e-12);
  });

  it("crowd where σ_b is small: on a segment through the origin nearly all of them", () => {
    const through = lineThrough([-1, -1, -1], [1, 1, 1]);
    const [small, large] = [1e-3, 10].map((sigmaB) => expectedRegionsOnSegment({ ...nets, sigmaB }, through));
    assert.ok(small > 18.9 && small < 19);
    assert.ok(large < 4);
  });

  it("have no density on a line through the origin without biases", () => {
    const through = lineThrough([-1, -2, 1], [1, 2, -1]);
    assert.throws(() => expectedBreakpoints({ ...nets, sigmaB: 0 }, through), /lie at the origin/);
    assert.ok(expectedRegionsOnSegment({ ...nets, sigmaB: 0 }, line) > 1);
  });

  it("refuse parts that run backwards and covariances that are none", () => {
    assert.throws(() => expectedBreakpoints(nets, line, [1, 0]), /t_0 < t_1/);
    assert.throws(() => expectedBreakpoints(nets, line, [0, NaN]), /t_0 < t_1/);
    assert.throws(() => breakpointDensity({ K: 0, C: 0, V: 1 }), RangeError);
    assert.throws(() => breakpointDensity({ K: 1, C: 2, V: 1 }), /K V < C²/);
  });
});
