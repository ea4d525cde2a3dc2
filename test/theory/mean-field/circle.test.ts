import assert from "node:assert/strict";
import {
  chi1,
  chi2,
  circleRecursion,
  curvatureLimit,
  curvatureRecursion,
  erf,
  fixedPoint,
  grassmannianLength,
  grassmannianSaturation,
  linear,
  metricRecursion,
  relu,
  expectedShallowLength,
  shallowLengthBound,
  sigmoid,
  tanh,
  type MeanField,
} from "fathom/theory";

const tanhNet = (sigmaW: number): MeanField => ({ activation: tanh, sigmaW, sigmaB: 0.3 });
const close = (value: number, expected: number, tolerance = 1e-12): void =>
  assert.ok(Math.abs(value / expected - 1) < tolerance, `${value} is not ${expected}`);

describe("a circle sent through a mean-field net", () => {
  it("is stretched by χ1 a layer and bent by 3χ2/χ1² at q*", () => {
    const net = tanhNet(2.5);
    const [q, stretch, bend] = [fixedPoint(net), chi1(net), chi2(net)];
    const metric = metricRecursion(net, 6);
    const curvature = curvatureRecursion(net, 6);
    close(metric[0], q);
    close(curvature[0], 1 / q);
    for (let layer = 1; layer < 6; layer++) {
      close(metric[layer], stretch * metric[layer - 1]);
      close(curvature[layer], (3 * bend) / stretch ** 2 + curvature[layer - 1] / stretch);
    }
  });

  it("keeps χ1 and χ2 of each layer's own length away from q*", () => {
    const net = tanhNet(2.5);
    const circle = circleRecursion(net, 4, 0.5);
    close(circle.metric[2], chi1(net, circle.length[1]) * circle.metric[1]);
    close(
      circle.squaredCurvature[2],
      (3 * chi2(net, circle.length[1])) / chi1(net, circle.length[1]) ** 2 +
        circle.squaredCurvature[1] / chi1(net, circle.length[1]),
    );
    assert.notEqual(chi1(net, circle.length[1]), chi1(net));
  });

  it("has the second derivatives of the correlation function, away from q* too", () => {
    // For erf the covariance of two points of the circle is known, k(Δ) = σ_w²(2/π) asin(2 q cosΔ/(1 + 2q)) + σ_b², and
    // ḡ = −k''(0), E(∂²h)² = k''''(0): the recursion must reproduce its derivatives.
    const net = { activation: erf, sigmaW: 2, sigmaB: 0.5 };
    const q = 0.8;
    const r = (2 * q) / (1 + 2 * q);
    // With y = r cosΔ: asin(y)'' = −r/√(1 − r²) and asin(y)'''' = r(1 + 3r²/(1 − r²))/√(1 − r²) at Δ = 0.
    const root = Math.sqrt(1 - r * r);
    const metric = (4 * (2 / Math.PI) * r) / root;
    const second = (4 * (2 / Math.PI) * r * (1 + (3 * r * r) / (1 - r * r))) / root;
    const circle = circleRecursion(net, 2, q);
    close(circle.metric[1], metric);
    close(circle.squaredCurvature[1], second / metric ** 2);
  });

  it("has L_G = 2π√(κ̄²ḡ) in closed form, saturating when ordered", () => {
    for (const sigmaW of [1.3, 2.5, 4]) {
      const circle = circleRecursion(tanhNet(sigmaW), 15);
      circle.grassmannianLength.forEach((length, i) => {
        close(length, grassmannianLength(tanhNet(sigmaW), i + 1), 1e-11);
        close(length, 2 * Math.PI * Math.sqrt(circle.squaredCurvature[i] * circle.metric[i]));
        close(circle.euclideanLength[i], 2 * Math.PI * Math.sqrt(circle.metric[i]));
      });
    }
    close(grassmannianSaturation(tanhNet(1.3)) / (2 * Math.PI), 4.3007, 1e-5);
    close(grassmannianLength(tanhNet(1.3), 3000), grassmannianSaturation(tanhNet(1.3)), 1e-10);
    assert.throws(() => grassmannianSaturation(tanhNet(2.5)), /chi1 < 1/);
  });

  it("has curvature that tends to 3χ2/(χ1(χ1 − 1)) in chaos", () => {
    close(curvatureLimit(tanhNet(2.5)), 3.86771, 1e-6);
    close(curvatureLimit(tanhNet(4)), 1.72138, 1e-6);
    close(curvatureRecursion(tanhNet(2.5), 120)[119], curvatureLimit(tanhNet(2.5)), 1e-12);
    assert.throws(() => curvatureLimit(tanhNet(1.3)), /chi1 > 1/);
  });

  it("grows as √N1 after one hidden layer, and falls short of that by v/8N1", () => {
    const rate = (sigmaW: number): number =>
      (2 * Math.PI * Math.sqrt(chi1(tanhNet(sigmaW)) * (fixedPoint(tanhNet(sigmaW)) - tanhNet(sigmaW).sigmaB ** 2))) /
      sigmaW;
    close(expectedShallowLength(tanhNet(4), 1e12) / 1e6, rate(4), 1e-11);
    // Linear units: squared speeds are χ²_N, whose root has the mean √2 Γ((N + 1)/2)/Γ(N/2) = √N (1 − 1/4N + …).
    const plain = { activation: linear, sigmaW: 1.5, sigmaB: 0 };
    close(expectedShallowLength(plain, 100, 2) / (2 * Math.PI * Math.sqrt(200)), 1 - 1 / 400, 1e-12);
    // ReLU: half of the units stand still, so v = 3 · ½/¼ − 1 = 5.
    close(expectedShallowLength({ ...plain, activation: relu }, 100, 2) / (2 * Math.PI * 10), 1 - 5 / 800, 1e-12);
    assert.throws(() => expectedShallowLength({ ...tanhNet(2), sigmaB: 2 }, 10, 4), /biases/);
  });

  it("is at most 4 N1 long after one hidden layer of tanh, 2 N1 of sigmoid", () => {
    assert.equal(shallowLengthBound(100), 400);
    assert.equal(shallowLengthBound(100, sigmoid), 200);
    assert.throws(() => shallowLengthBound(10, relu), /no bounded range/);
    assert.throws(() => shallowLengthBound(0), RangeError);
  });

  it("refuses depths that are none", () => {
    for (const depth of [0, -1, 2.5, NaN]) assert.throws(() => circleRecursion(tanhNet(2), depth), RangeError);
    assert.throws(() => circleRecursion(tanhNet(2), 3, 0), RangeError);
  });
});
