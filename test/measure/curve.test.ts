import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { openEngine, type Tensor } from "fathom/engine";
import {
  chordLength,
  curveAutocorrelation,
  curveLengths,
  disposeCurve,
  equallySpacedAngles,
  euclideanLength,
  grassmannianLength,
  greatCircle,
  projectCurve,
  squaredCurvature,
  squaredNorm,
  squaredSpeed,
  throughActivation,
  throughLayer,
  type CurveJet,
} from "fathom/measure";
import {
  erfActivation,
  meanFieldLayer,
  scalarActivation,
  sineActivation,
  tanhActivation,
  type SmoothActivation,
} from "fathom/nets";
import { key } from "fathom/random";

const width = 12;

/** The same two layers in float64, one net, plain loops: h(θ) by rows of weights. */
function plainCurve(jet: CurveJet, layer: ReturnType<typeof meanFieldLayer>, phi: (h: number) => number) {
  const frame = [0, 1].map((point) => Array.from((jet.position.arraySync() as number[][][])[0][point]));
  const weights = (layer.weights.arraySync() as number[][][])[0];
  const biases = (layer.biases.arraySync() as number[][][])[0][0];
  return (theta: number): number[] => {
    const x = frame[0].map((value, unit) => phi(Math.cos(theta) * value + Math.sin(theta) * frame[1][unit]));
    return biases.map((bias, out) => x.reduce((sum, value, unit) => sum + value * weights[unit][out], bias));
  };
}

function assertClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  assert.equal(actual.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  actual.forEach((value, index) =>
    assert.ok(
      Math.abs(value - expected[index]) <= tolerance * scale,
      `${value} against ${expected[index]} at ${index}`,
    ),
  );
}

describe("a curve through a layer", () => {
  before(() => openEngine());

  for (const activation of [tanhActivation, erfActivation, sineActivation]) {
    it(`carries position, velocity and acceleration exactly for ${activation.name}, as float64 differences show`, () => {
      const phi = { tanh: Math.tanh, sin: Math.sin, erf: erfSeries }[activation.name] as (h: number) => number;
      const theta = 0.7;
      const jet = greatCircle(key(3), { nets: 1, width, squaredLength: 1.5, angles: [theta] });
      const quarter = greatCircle(key(3), { nets: 1, width, squaredLength: 1.5, angles: [0, Math.PI / 2] });
      const layer = meanFieldLayer(key(4), { nets: 1, fanIn: width, fanOut: width, sigmaW: 2, sigmaB: 0.3 });
      const out = throughLayer(throughActivation(jet, activation), layer);
      const h = plainCurve(quarter, layer, phi);
      const step = 1e-4;
      const [before, here, after] = [h(theta - step), h(theta), h(theta + step)];
      const flat = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
      assertClose(flat(out.position), here, 1e-5);
      assertClose(
        flat(out.velocity),
        here.map((_, i) => (after[i] - before[i]) / (2 * step)),
        1e-5,
      );
      assertClose(
        flat(out.acceleration),
        here.map((value, i) => (after[i] - 2 * value + before[i]) / step ** 2),
        1e-5,
      );
    });
  }

  it("carries a curve through tanh at once as by its jet", () => {
    tf.tidy(() => {
      const layer = meanFieldLayer(key(1), { nets: 2, fanIn: width, fanOut: width, sigmaW: 3, sigmaB: 1 });
      const circle = greatCircle(key(2), { nets: 2, width, squaredLength: 2, angles: equallySpacedAngles(9) });
      // No longer a circle: its acceleration is not against its position.
      const curve = throughLayer(throughActivation(circle, sineActivation), layer);
      const { carry: _, ...byJet } = tanhActivation;
      const plain = throughActivation(curve, byJet);
      const carried = throughActivation(curve, tanhActivation);
      for (const part of ["position", "velocity", "acceleration"] as const) {
        assertClose(Array.from(carried[part].dataSync()), Array.from(plain[part].dataSync()), 1e-6);
      }
    });
  });

  it("carries many points as it carries few", () => {
    tf.tidy(() => {
      const layer = meanFieldLayer(key(1), { nets: 2, fanIn: width, fanOut: 7, sigmaW: 3, sigmaB: 1 });
      const circle = greatCircle(key(2), { nets: 2, width, squaredLength: 2, angles: equallySpacedAngles(300) });
      const together = throughLayer(circle, layer);
      for (const from of [0, 100, 200]) {
        const part = (tensor: Tensor): Tensor => tf.slice(tensor, [0, from, 0], [2, 100, -1]);
        const few = throughLayer(
          {
            position: part(circle.position),
            velocity: part(circle.velocity),
            acceleration: part(circle.acceleration),
          },
          layer,
        );
        for (const name of ["position", "velocity", "acceleration"] as const) {
          assertClose(Array.from(few[name].dataSync()), Array.from(part(together[name]).dataSync()), 1e-6);
        }
      }
    });
  });

  it("adds biases to positions only", () => {
    const jet = greatCircle(key(5), { nets: 2, width, squaredLength: 1, angles: [0.1, 2] });
    const layer = meanFieldLayer(key(6), { nets: 2, fanIn: width, fanOut: 5, sigmaW: 0, sigmaB: 1 });
    const out = throughLayer(jet, layer);
    const positions = out.position.arraySync() as number[][][];
    const biases = layer.biases.arraySync() as number[][][];
    positions.forEach((points, net) => points.forEach((point) => assert.deepEqual(point, biases[net][0])));
    assert.equal(Math.max(...tf.abs(out.velocity).dataSync(), ...tf.abs(out.acceleration).dataSync()), 0);
  });

  it("keeps nets apart: changing one net's weights changes that net's curve alone", () => {
    const jet = greatCircle(key(7), { nets: 3, width, squaredLength: 1, angles: [0, 1] });
    const layer = meanFieldLayer(key(8), { nets: 3, fanIn: width, fanOut: 4, sigmaW: 1, sigmaB: 0 });
    const changed = { ...layer, weights: tf.mul(layer.weights, tf.tensor3d([[[1]], [[2]], [[1]]])) };
    const [a, b] = [layer, changed].map((one) => throughLayer(jet, one).position.arraySync() as number[][][]);
    assert.deepEqual(a[0], b[0]);
    assert.deepEqual(a[2], b[2]);
    assert.notDeepEqual(a[1], b[1]);
  });

  it("takes an activation given as plain functions of a number", () => {
    const scalar = scalarActivation({
      name: "tanh by hand",
      value: Math.tanh,
      firstDerivative: (h) => 1 / Math.cosh(h) ** 2,
      secondDerivative: (h) => (-2 * Math.tanh(h)) / Math.cosh(h) ** 2,
    });
    const through = (activation: SmoothActivation): number[] => {
      const jet = greatCircle(key(9), { nets: 1, width, squaredLength: 2, angles: [0.2, 1.2] });
      return Array.from(throughActivation(jet, activation).acceleration.dataSync());
    };
    assertClose(through(scalar), through(tanhActivation), 2e-6);
    assert.throws(() => scalarActivation({ name: "x", value: Math.tanh } as never), /firstDerivative is a function/);
  });

  it("says what does not fit", () => {
    const jet = greatCircle(key(1), { nets: 2, width, squaredLength: 1, angles: [0] });
    const layer = meanFieldLayer(key(1), { nets: 3, fanIn: width, fanOut: 2, sigmaW: 1, sigmaB: 0 });
    assert.throws(() => throughLayer(jet, layer), /a layer of 3 nets with 12 inputs cannot take 2 curves of width 12/);
    assert.throws(() => greatCircle(key(1), { nets: 1, width: 1, squaredLength: 1, angles: [0] }), RangeError);
    assert.throws(() => greatCircle(key(1), { nets: 1, width, squaredLength: NaN, angles: [0] }), RangeError);
    assert.throws(() => greatCircle(key(1), { nets: 1, width, squaredLength: 1, angles: [] }), RangeError);
    assert.throws(() => equallySpacedAngles(2.5), RangeError);
    assert.throws(() => equallySpacedAngles(4, -1), RangeError);
  });
});

describe("the geometry of a curve", () => {
  before(() => openEngine());

  const values = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
  const circle = (angles: number): CurveJet =>
    greatCircle(key(11), { nets: 4, width, squaredLength: 2.5, angles: equallySpacedAngles(angles) });

  it("of a circle: ‖h‖² = ‖∂h‖² = n q, κ² = 1/(n q), L_E = 2π√(n q), L_G = 2π", () => {
    const curve = circle(16);
    for (const [tensor, expected] of [
      [squaredNorm(curve), 30],
      [squaredSpeed(curve), 30],
      [squaredCurvature(curve), 1 / 30],
      [euclideanLength(curve), 2 * Math.PI * Math.sqrt(30)],
      [grassmannianLength(curve), 2 * Math.PI],
    ] as const) {
      for (const value of values(tensor))
        assert.ok(Math.abs(value / expected - 1) < 2e-6, `${value} is not ${expected}`);
    }
  });

  it("has both lengths at once as one by one", () => {
    tf.tidy(() => {
      const layer = meanFieldLayer(key(1), { nets: 3, fanIn: width, fanOut: width, sigmaW: 3, sigmaB: 1 });
      const circle = greatCircle(key(2), { nets: 3, width, squaredLength: 2, angles: equallySpacedAngles(40) });
      const curve = throughLayer(throughActivation(circle, tanhActivation), layer);
      const { euclidean, grassmannian } = curveLengths(curve, 5);
      assertClose(Array.from(euclidean.dataSync()), Array.from(euclideanLength(curve, 5).dataSync()), 1e-6);
      assertClose(Array.from(grassmannian.dataSync()), Array.from(grassmannianLength(curve, 5).dataSync()), 1e-6);
    });
  });

  it("has both lengths also where a point's acceleration is nearly along the velocity, or zero", () => {
    tf.tidy(() => {
      const curve = circle(8);
      // At 1000 the acceleration's own rounding is 6e-5 of its part across, and squares of cosines leave nothing of it.
      for (const [along, rounding] of [
        [0.5, 1e-6],
        [3, 1e-6],
        [1e3, 2e-4],
        [-1e3, 2e-4],
      ]) {
        const bent = { ...curve, acceleration: tf.add(curve.acceleration, tf.mul(along, curve.velocity)) };
        const found = curveLengths(bent).grassmannian.dataSync<"float32">();
        assertClose(Array.from(found), Array<number>(found.length).fill(2 * Math.PI), rounding);
      }
      const unbent = { ...curve, acceleration: tf.zerosLike(curve.acceleration) };
      assert.ok(
        curveLengths(unbent)
          .grassmannian.dataSync()
          .every((length) => length === 0),
      );
    });
  });

  it("does not depend on the parametrisation, where speeds and accelerations do", () => {
    const curve = circle(8);
    const reparametrised = {
      position: curve.position,
      velocity: tf.mul(3, curve.velocity),
      acceleration: tf.add(tf.mul(9, curve.acceleration), tf.mul(-7, curve.velocity)),
    };
    assertClose(values(squaredCurvature(reparametrised)), values(squaredCurvature(curve)), 1e-5);
    assertClose(values(squaredSpeed(reparametrised)), values(tf.mul(9, squaredSpeed(curve))), 1e-6);
  });

  it("is straight where acceleration is along velocity", () => {
    const curve = circle(8);
    const straight = { ...curve, acceleration: tf.mul(5, curve.velocity) };
    assert.ok(Math.max(...values(squaredCurvature(straight))) < 1e-10);
  });

  it("by chords is the polygon's, short of the circle's by the known factor", () => {
    const curve = circle(6);
    const expected = 6 * 2 * Math.sin(Math.PI / 6) * Math.sqrt(30);
    for (const value of values(chordLength(curve.position))) assert.ok(Math.abs(value / expected - 1) < 1e-5);
  });

  it("has the cosine for its autocorrelation", () => {
    const curve = circle(12);
    const lags = [0, 1, 3, 6];
    const rows = curveAutocorrelation(curve.position, lags).arraySync() as number[][];
    for (const row of rows)
      assertClose(
        row,
        lags.map((lag) => 2.5 * Math.cos((2 * Math.PI * lag) / 12)),
        2e-6,
      );
    assert.throws(() => curveAutocorrelation(curve.position, [12]), /whole number from 0 to 11/);
    assert.throws(() => curveAutocorrelation(curve.position, []), RangeError);
    assert.throws(() => curveAutocorrelation(tf.zeros([3, 4]), [0]), RangeError);
  });

  it("and its picture: two components carry a circle, in equal shares, with its radius", () => {
    const curve = circle(40);
    const { coordinates, varianceShares } = projectCurve(
      tf.slice(tf.squeeze(tf.slice(curve.position, 0, 1), [0]), 0),
      3,
    );
    assertClose(varianceShares.slice(0, 2), [0.5, 0.5], 1e-5);
    assert.ok(varianceShares[2] < 1e-6);
    coordinates[0].forEach((x, point) =>
      assert.ok(Math.abs(Math.hypot(x, coordinates[1][point]) / Math.sqrt(30) - 1) < 1e-4),
    );
    assert.throws(() => projectCurve(tf.zeros([4, 9]), 5), RangeError);
  });

  it("is refused where a curve has outgrown float32 or stands still, naming the net", () => {
    const circle = greatCircle(key(4), { nets: 2, width: 20, squaredLength: 1, angles: equallySpacedAngles(12) });
    const [one, huge] = [tf.ones([1, 1, 1]), tf.fill([1, 1, 1], 1e30)];
    const scaledBy = (second: tf.Tensor): CurveJet => {
      const factors = tf.concat([one, second]);
      const times = (tensor: Tensor): Tensor => tf.mul(tensor, factors);
      return {
        position: times(circle.position),
        velocity: times(circle.velocity),
        acceleration: times(circle.acceleration),
      };
    };
    const [grown, still] = [scaledBy(huge), scaledBy(tf.zerosLike(one))];
    const before = tf.memory().numTensors;
    for (const measure of [squaredNorm, squaredSpeed]) assert.throws(() => measure(grown), /Infinity for net 1\. /);
    for (const measure of [curveLengths, squaredCurvature, grassmannianLength]) {
      assert.throws(() => measure(still), /NaN for net 1\. .*stands still/s);
    }
    assert.equal(tf.memory().numTensors, before);
    assert.ok((squaredNorm(still).dataSync() as Float32Array).every(Number.isFinite));
  });

  it("leaves no tensor behind", () => {
    disposeCurve(circle(4));
    const before = tf.memory().numTensors;
    const curve = circle(5);
    const layer = meanFieldLayer(key(2), { nets: 4, fanIn: width, fanOut: width, sigmaW: 1, sigmaB: 1 });
    const out = throughLayer(throughActivation(curve, tanhActivation), layer);
    const measured = [
      squaredCurvature(out),
      euclideanLength(out),
      grassmannianLength(out),
      curveAutocorrelation(out.position, [1]),
    ];
    // Three tensors each of the curve, the activated curve and the result, two of the layer, and what was measured.
    assert.equal(tf.memory().numTensors - before, 3 + 3 + 3 + 2 + measured.length);
    disposeCurve(curve);
    disposeCurve(out);
    tf.dispose([layer.weights, layer.biases, ...measured]);
    assert.equal(tf.memory().numTensors - before, 3);
  });
});

/** erf by its Maclaurin series, enough for the small arguments here. */
function erfSeries(h: number): number {
  let term = h;
  let sum = h;
  for (let k = 1; k < 80; k++) {
    term *= (-h * h) / k;
    sum += term / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
