import assert from "node:assert/strict";
import {
  inputPlane,
  regionsInPolygon,
  regionsInWholePlane,
  regionsInWindow,
  type Plane,
  type PlanePoint,
  type SliceRegions,
} from "fathom/measure";
import { activationPattern, outputOf, randomReluNet, type PiecewiseLinearNet } from "fathom/nets";
import { key, normalArray, uniformArray } from "fathom/random";
import { patternsInPolygon } from "./brute-force";
import { nestedNet, netOfRows, residualNet, smallNets } from "./example-nets";

const pentagon: readonly PlanePoint[] = [
  [-2, -1],
  [1, -2],
  [2.5, 0.5],
  [0, 2],
  [-1.5, 1.5],
];

const randomPlane = (seed: number, width: number): Plane => {
  const [origin, u, v] = [0, 1, 2].map((part) =>
    Float64Array.from(normalArray(key(3 * seed + part), width), (draw) => (part === 0 ? 0.3 : 1) * draw),
  );
  return { origin, u, v };
};

const inputAt = ({ origin, u, v }: Plane, [s, t]: PlanePoint): Float64Array =>
  origin.map((value, axis) => value + s * u[axis] + t * v[axis]);

const patternsOf = (slice: SliceRegions): string[] =>
  Array.from({ length: slice.count }, (_, face) => slice.pattern(face).join(""));

/** Twice the area of a triangle, counter-clockwise. */
const turn = ([a, b]: PlanePoint, [c, d]: PlanePoint, [e, f]: PlanePoint): number =>
  (c - a) * (f - b) - (e - a) * (d - b);

const contains = (polygon: readonly PlanePoint[], point: PlanePoint): boolean =>
  polygon.every((corner, index) => turn(corner, polygon[(index + 1) % polygon.length], point) > 0);

/** Euler's formula, tiling of `area`, convexity, distinct patterns, and agreement of all that a face says with the net. */
function assertSound(net: PiecewiseLinearNet, slice: SliceRegions, area: number): void {
  assert.equal(slice.vertices - slice.edges + slice.faces, 1);
  assert.ok(Math.abs(slice.totalArea - area) < 1e-9 * area, `${slice.totalArea} against ${area}`);
  assert.equal(new Set(patternsOf(slice)).size, slice.count);
  const outputs = net.outputWidth;
  for (let face = 0; face < slice.count; face++) {
    const polygon = slice.polygon(face);
    polygon.forEach((corner, index) => {
      const [next, afterNext] = [1, 2].map((step) => polygon[(index + step) % polygon.length]);
      assert.ok(turn(corner, next, afterNext) > -1e-10, `face ${face} is not convex at corner ${index}`);
    });
    assert.ok(slice.areas[face] > 0);
    const centre = [0, 1].map((axis) => polygon.reduce((sum, p) => sum + p[axis], 0) / polygon.length);
    const input = inputAt(slice.plane, centre as never);
    assert.deepEqual(activationPattern(net, input), slice.pattern(face), `face ${face}`);
    const { jacobian, bias } = slice.affineMap(face);
    const inPlane = slice.planeMap(face);
    slice.corners.subarray(slice.offsets[face], slice.offsets[face + 1]).forEach((point, index) => {
      const x = inputAt(slice.plane, polygon[index]);
      outputOf(net, x).forEach((expected, out) => {
        const mapped = x.reduce((sum, value, axis) => sum + jacobian[out * x.length + axis] * value, bias[out]);
        const [s, t] = polygon[index];
        const planar = inPlane.jacobian[2 * out] * s + inPlane.jacobian[2 * out + 1] * t + inPlane.bias[out];
        for (const value of [mapped, planar, slice.outputs[point * outputs + out]]) {
          assert.ok(Math.abs(value - expected) < 1e-10 * (1 + Math.abs(expected)), `${value} against ${expected}`);
        }
      });
    });
  }
}

describe("regions in a polygon", () => {
  for (const seed of [1, 2, 3, 4]) {
    for (const [name, net] of [...smallNets(2, seed), ...smallNets(5, seed + 50)]) {
      it(`are those that an enumeration of all patterns finds: net ${name}, seed ${seed}, ${net.inputWidth} inputs`, () => {
        const plane = net.inputWidth === 2 ? inputPlane : randomPlane(seed, net.inputWidth);
        const slice = regionsInPolygon(net, plane, pentagon);
        assert.deepEqual(patternsOf(slice).sort(), patternsInPolygon(net, plane, pentagon).sort());
      });
    }
    it(`are found in residual blocks within blocks, seed ${seed}`, () => {
      const net = nestedNet(20 * seed);
      const slice = regionsInPolygon(net, inputPlane, pentagon);
      assert.deepEqual(patternsOf(slice).sort(), patternsInPolygon(net, inputPlane, pentagon).sort());
      assertSound(net, slice, slice.totalArea);
    });
  }

  const nets: [string, PiecewiseLinearNet][] = [
    ["fully connected", randomReluNet(key(11), { inputWidth: 2, hiddenWidths: [20, 20, 20], sigmaB: 0.4 })],
    [
      "deep and narrow",
      randomReluNet(key(12), { inputWidth: 2, hiddenWidths: Array<number>(12).fill(6), sigmaB: 0.4 }),
    ],
    ["leaky", randomReluNet(key(13), { inputWidth: 2, hiddenWidths: [15, 15], sigmaB: 0.4, negativeSlope: 0.01 })],
    ["without biases", randomReluNet(key(14), { inputWidth: 2, hiddenWidths: [20, 20] })],
    ["residual", residualNet(15, 2, 10, 15)],
  ];
  for (const [name, net] of nets) {
    it(`obey Euler's formula, tile the window, are convex and agree with the net inside and at corners: ${name}`, () => {
      const slice = regionsInWindow(net, inputPlane, [-2, 3, -1.5, 2]);
      assert.ok(slice.count > 30, `${slice.count} regions`);
      assertSound(net, slice, 17.5);
    });
  }

  it("do so in a slice of many inputs, with areas and lengths of input space", () => {
    const net = randomReluNet(key(21), { inputWidth: 30, hiddenWidths: [25, 25], outputWidth: 3, sigmaB: 0.4 });
    const { origin, u, v } = randomPlane(4, 30);
    const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, axis) => sum + value * b[axis], 0);
    const area = 4 * Math.sqrt(dot(u, u) * dot(v, v) - dot(u, v) ** 2);
    assertSound(net, regionsInWindow(net, { origin, u, v }, [-1, 1, -1, 1]), area);
    // The same square in other coordinates: nothing measured changes.
    const halved = { origin, u: u.map((x) => x / 2), v: v.map((x, axis) => x + u[axis] / 2) };
    const sheared = regionsInPolygon(net, halved, [
      [-1, -1],
      [3, -1],
      [1, 1],
      [-3, 1],
    ]);
    const plain = regionsInWindow(net, { origin, u, v }, [-1, 1, -1, 1]);
    assert.equal(sheared.count, plain.count);
    assert.ok(Math.abs(sheared.totalArea / plain.totalArea - 1) < 1e-12);
    assert.ok(Math.abs(sheared.boundaryLength / plain.boundaryLength - 1) < 1e-10);
  });

  it("have at sampled points the pattern of the face around them", () => {
    const net = randomReluNet(key(22), { inputWidth: 2, hiddenWidths: [10, 10], sigmaB: 0.4 });
    const slice = regionsInWindow(net, inputPlane, [-1, 1, -1, 1]);
    const polygons = Array.from({ length: slice.count }, (_, face) => slice.polygon(face));
    const draws = uniformArray(key(23), 400);
    for (let sample = 0; sample < 200; sample++) {
      const point: PlanePoint = [2 * draws[2 * sample] - 1, 2 * draws[2 * sample + 1] - 1];
      const around = polygons.flatMap((polygon, face) => (contains(polygon, point) ? [face] : []));
      assert.equal(around.length, 1);
      assert.deepEqual(slice.pattern(around[0]), activationPattern(net, Float64Array.from(point)));
    }
  });

  it("differ across an edge by the neuron whose boundary it is", () => {
    const net = randomReluNet(key(24), { inputWidth: 2, hiddenWidths: [10, 10, 10], sigmaB: 0.4 });
    const slice = regionsInWindow(net, inputPlane, [-2, 2, -2, 2]);
    for (let edge = 0; edge < slice.edges; edge++) {
      const [left, right] = slice.edgeFaces.subarray(2 * edge, 2 * edge + 2);
      const inner = slice.edgeLayer[edge] >= 0;
      assert.equal(left >= 0 && right >= 0, inner);
      if (!inner) continue;
      const [one, other] = [slice.pattern(left), slice.pattern(right)];
      const changed = [...one.keys()].filter((neuron) => one[neuron] !== other[neuron]);
      assert.deepEqual(changed, [10 * slice.edgeLayer[edge] + slice.edgeNeuron[edge]]);
    }
  });

  it("do not depend on how the window is cut in two: boundary lengths and areas add up", () => {
    const net = randomReluNet(key(25), { inputWidth: 2, hiddenWidths: [20, 20], sigmaB: 0.4 });
    const [whole, left, right] = (
      [
        [-2, 2],
        [-2, 0.3],
        [0.3, 2],
      ] as const
    ).map(([s0, s1]) => regionsInWindow(net, inputPlane, [s0, s1, -2, 2]));
    whole.boundaryLengthPerLayer.forEach((length, layer) =>
      assert.ok(Math.abs(left.boundaryLengthPerLayer[layer] + right.boundaryLengthPerLayer[layer] - length) < 1e-9),
    );
    assert.ok(
      Math.abs(whole.boundaryLengthPerLayer[0] + whole.boundaryLengthPerLayer[1] - whole.boundaryLength) < 1e-9,
    );
  });

  it("stay sound in windows far larger and far smaller than the boundaries' distances", () => {
    const net = randomReluNet(key(26), { inputWidth: 2, hiddenWidths: [16, 16], sigmaB: 1 });
    for (const half of [1e3, 1e6]) {
      const slice = regionsInWindow(net, inputPlane, [-half, half, -half, half]);
      assert.equal(slice.vertices - slice.edges + slice.faces, 1);
      assert.equal(new Set(patternsOf(slice)).size, slice.count);
      assert.equal(slice.count, regionsInWholePlane(net, inputPlane).count);
      assert.ok(Math.abs(slice.totalArea / (4 * half * half) - 1) < 1e-9);
    }
    assert.equal(regionsInWindow(net, inputPlane, [0.1, 0.1 + 1e-9, 0.1, 0.1 + 1e-9]).count, 1);
  });
});

describe("regions in a whole plane", () => {
  it("are 1 + N + N (N − 1) / 2 for a shallow net", () => {
    for (const [seed, neurons] of [
      [1, 1],
      [2, 2],
      [3, 7],
      [4, 60],
    ]) {
      const net = randomReluNet(key(seed), { inputWidth: 2, hiddenWidths: [neurons], sigmaB: 1 });
      const slice = regionsInWholePlane(net, inputPlane);
      assert.equal(slice.count, 1 + neurons + (neurons * (neurons - 1)) / 2);
      assert.equal(slice.vertices - slice.edges + slice.faces, 1);
    }
  });

  it("lack in a square of ±10³ just those beyond crossings outside it", () => {
    const net = randomReluNet(key(5), { inputWidth: 2, hiddenWidths: [60], sigmaB: 1 });
    const [affine] = net.steps;
    assert.ok(affine.kind === "affine");
    const { weights: w, biases: b } = affine;
    let inside = 0;
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < i; j++) {
        const determinant = w[2 * i] * w[2 * j + 1] - w[2 * i + 1] * w[2 * j];
        const s = (b[j] * w[2 * i + 1] - b[i] * w[2 * j + 1]) / determinant;
        const t = (b[i] * w[2 * j] - b[j] * w[2 * i]) / determinant;
        if (Math.max(Math.abs(s), Math.abs(t)) < 1e3) inside++;
      }
    }
    assert.ok(inside < (60 * 59) / 2);
    assert.equal(regionsInWindow(net, inputPlane, [-1e3, 1e3, -1e3, 1e3]).count, 1 + 60 + inside);
  });

  it("are those that an enumeration of all patterns finds in a large window", () => {
    for (const seed of [1, 2, 3]) {
      for (const [name, net] of smallNets(2, seed)) {
        const slice = regionsInWholePlane(net, inputPlane);
        const square: PlanePoint[] = [
          [-1e4, -1e4],
          [1e4, -1e4],
          [1e4, 1e4],
          [-1e4, 1e4],
        ];
        assert.deepEqual(patternsOf(slice).sort(), patternsInPolygon(net, inputPlane, square).sort(), name);
        assert.equal(slice.vertices - slice.edges + slice.faces, 1);
      }
    }
  });

  it("have infinite areas where they are unbounded, and no polygon there", () => {
    const net = netOfRows([
      [
        [1, 0, 0],
        [0, 1, 0],
        [-1, -1, 1],
      ],
      [[1, 1, 1, 0]],
    ]);
    const slice = regionsInWholePlane(net, inputPlane);
    assert.equal(slice.count, 7);
    const bounded = Array.from(slice.areas.keys()).filter((face) => slice.areas[face] < Infinity);
    assert.equal(bounded.length, 1);
    assert.ok(Math.abs(slice.areas[bounded[0]] - 0.5) < 1e-12);
    assert.equal(slice.polygon(bounded[0]).length, 3);
    assert.throws(() => slice.polygon((bounded[0] + 1) % 7), /unbounded/);
    assert.equal(slice.boundaryLength, Infinity);
  });

  it("of a layer whose neurons never change, and of a net without rectifiers, is one", () => {
    const still = netOfRows([
      [
        [0, 0, 1],
        [0, 0, -1],
        [0, 0, 0],
      ],
      [[1, 1, 1, 0]],
    ]);
    for (const net of [still, netOfRows([[[1, 2, 3]]])]) {
      const slice = regionsInWholePlane(net, inputPlane);
      assert.equal(slice.count, 1);
      assert.equal(slice.vertices - slice.edges + slice.faces, 1);
    }
  });
});
