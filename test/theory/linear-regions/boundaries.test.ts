import assert from "node:assert/strict";
import { foldIn, key, normalArray } from "fathom/random";
import {
  boundaryDensity,
  boundaryDistanceCdf,
  breakpointDensity,
  expectedBoundaryLength,
  kolmogorovSmirnov,
  lineCovariances,
  meanBoundaryDistance,
  meanEstimate,
  type RandomNets,
  totalBoundaryDensity,
} from "fathom/theory";

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}`);

const nets: RandomNets = { inputWidth: 5, hiddenWidths: [8, 4, 6], sigmaB: 0.3 };

describe("boundaries in a slice", () => {
  it("are a line's breakpoints for m = 1, at any point of the line", () => {
    const line = { squaredOrigin: 2, product: 0.7, squaredDirection: 1 };
    const densities = boundaryDensity(nets, 1, { squaredNorm: 2, projectedSquaredNorm: 0.49 });
    const covariances = lineCovariances(nets, line);
    densities.forEach((density, layer) =>
      close(density, nets.hiddenWidths[layer] * breakpointDensity(covariances[layer]), 1e-12),
    );
  });

  it("have the closed form n √(V/K) Γ((m+1)/2)/(√π Γ(m/2)) at the origin", () => {
    // Γ((m+1)/2)/(√π Γ(m/2)) for m = 1 … 5.
    const ratios = [1 / Math.PI, 1 / 2, 2 / Math.PI, 3 / 4, 8 / (3 * Math.PI)];
    ratios.forEach((ratio, index) => {
      boundaryDensity(nets, index + 1).forEach((density, layer) => {
        const expected = nets.hiddenWidths[layer] * Math.sqrt(0.4 / (0.09 * (layer + 1))) * ratio;
        close(density, expected, 1e-12 * expected);
      });
    });
  });

  it("thin out away from the origin, and the quadrature meets both closed forms", () => {
    const at = (projectedSquaredNorm: number): number =>
      totalBoundaryDensity(nets, 3, { squaredNorm: 1, projectedSquaredNorm });
    assert.ok(at(1) < at(0.5) && at(0.5) < at(0));
    close(at(1e-12), at(0), 1e-9);
    // A gradient without radial part is one of a dimension less.
    const noBias = { ...nets, hiddenWidths: [7], sigmaB: 1e-9 };
    const radialLost = boundaryDensity(noBias, 3, { squaredNorm: 1, projectedSquaredNorm: 1 })[0];
    close(radialLost, boundaryDensity(noBias, 2, { squaredNorm: 1, projectedSquaredNorm: 0 })[0], 1e-7);
  });

  it("of lines are the mean length of random lines in a square, small or large", () => {
    // One neuron is a line z = u·x + b; its length in the square is its chord.
    const one: RandomNets = { inputWidth: 2, hiddenWidths: [1], sigmaB: 0.8 };
    for (const h of [0.6, 8]) {
      const lengths = Array.from({ length: 20_000 }, (_, net) => {
        const [u, v, b] = normalArray(foldIn(key(5), net), 3);
        const ends: [number, number][] = [];
        for (const side of [-h, h]) {
          const y = -(u * side + one.sigmaB * b) / v;
          const x = -(v * side + one.sigmaB * b) / u;
          if (Math.abs(y) < h) ends.push([side, y]);
          if (Math.abs(x) < h) ends.push([x, side]);
        }
        return ends.length < 2 ? 0 : Math.hypot(ends[0][0] - ends[1][0], ends[0][1] - ends[1][1]);
      });
      const { estimate, standardError } = meanEstimate(lengths);
      close(estimate, expectedBoundaryLength(one, h), 4 * standardError);
      assert.ok(standardError < 0.01 * h);
    }
  });

  it("integrate over a square to what a fine grid of points gives", () => {
    const steps = 30;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) {
        const squaredNorm = ((i + 0.5) ** 2 + (j + 0.5) ** 2) / steps ** 2;
        sum += totalBoundaryDensity(nets, 2, { squaredNorm, projectedSquaredNorm: squaredNorm });
      }
    }
    close(expectedBoundaryLength(nets, 1) / ((4 * sum) / steps ** 2), 1, 1e-3);
  });

  it("add up their layers", () => {
    const sum = boundaryDensity(nets, 2).reduce((total, density) => total + density, 0);
    close(totalBoundaryDensity(nets, 2), sum, 1e-12);
    // In a square so small that the density does not change.
    close(expectedBoundaryLength(nets, 1e-4) / (4e-8 * sum), 1, 1e-6);
  });

  it("refuse slices, points and nets that are none", () => {
    assert.throws(() => boundaryDensity(nets, 6), /at most as many dimensions/);
    assert.throws(() => boundaryDensity(nets, 0), RangeError);
    assert.throws(
      () => boundaryDensity(nets, 2, { squaredNorm: 1, projectedSquaredNorm: 2 }),
      /projection is no longer/,
    );
    assert.throws(() => boundaryDensity({ ...nets, sigmaB: 0 }, 2), /density is infinite/);
    assert.throws(() => expectedBoundaryLength(nets, 0), RangeError);
  });
});

describe("the distance to the nearest boundary", () => {
  it("is exponential with mean 1/(2A) where boundaries are many random lines", () => {
    const many: RandomNets = { inputWidth: 2, hiddenWidths: [200], sigmaB: 1 };
    const density = totalBoundaryDensity(many, 2);
    const distances = Array.from({ length: 2000 }, (_, net) => {
      const drawn = normalArray(foldIn(key(6), net), 600);
      let nearest = Infinity;
      for (let i = 0; i < 600; i += 3)
        nearest = Math.min(nearest, Math.abs(drawn[i]) / Math.hypot(drawn[i + 1], drawn[i + 2]));
      return nearest;
    });
    const { estimate, standardError } = meanEstimate(distances);
    close(estimate, meanBoundaryDistance(density), 4 * standardError);
    assert.ok(kolmogorovSmirnov(distances, (r) => boundaryDistanceCdf(r, density)).pValue > 1e-4);
    assert.ok(kolmogorovSmirnov(distances, (r) => boundaryDistanceCdf(r, 1.3 * density)).pValue < 1e-6);
  });

  it("refuses densities and distances that are none", () => {
    assert.throws(() => meanBoundaryDistance(0), RangeError);
    assert.throws(() => boundaryDistanceCdf(-1, 1), RangeError);
  });
});
