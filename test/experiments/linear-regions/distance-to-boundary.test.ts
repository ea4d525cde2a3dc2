import assert from "node:assert/strict";
import { densityAt, distanceLaw, distanceRatio, distancesToBoundary } from "fathom/experiments";
import { totalBoundaryDensity } from "fathom/theory";

const silent = (): void => undefined;
const design = { seed: 5, nets: 300, inputWidth: 6, hiddenWidths: [64, 64], sigmaB: 0.5, norm: 1 };

describe("distances of random nets to their nearest boundary", () => {
  it("are exponential with mean 1/(2A), and not with another σ_b", async () => {
    const rows = await distancesToBoundary.run(design, silent);
    const { predicted, measured, standardError } = distanceRatio(rows, design);
    assert.ok(Math.abs(measured - predicted) < 4 * standardError);
    assert.ok(distanceLaw(rows, design).pValue > 1e-4);
    const other = await distancesToBoundary.run({ ...design, sigmaB: 2 }, silent);
    assert.ok(distanceLaw(other, design).pValue < 1e-8);
    assert.ok(distanceRatio(other, design).measured > 2);
  });

  it("are shorter the more neurons there are", async () => {
    const wide = { ...design, hiddenWidths: [256], nets: 100 };
    assert.ok(Math.abs(distanceRatio(await distancesToBoundary.run(wide, silent), wide).measured - 1) < 0.4);
    assert.ok(densityAt(wide, 1) > 1.5 * densityAt(design, 1));
    assert.equal(densityAt(design, 0), totalBoundaryDensity(design, 6));
  });
});
