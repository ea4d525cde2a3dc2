import assert from "node:assert/strict";
import {
  boundaryLengthRatios,
  netsInGeneralPosition,
  randomSlices,
  type RegionComparison,
  type RegionsInPlane,
  regionsInRandomPlanes,
  wholePlaneRatio,
  wholePlaneRegions,
  worstUpperBoundRatio,
} from "fathom/experiments";
import { meanEstimate } from "fathom/theory";

const silent = (): void => undefined;
const plane: RegionsInPlane = {
  seed: 3,
  nets: 60,
  inputWidth: 3,
  hiddenWidths: [20, 20],
  sigmaB: 0.5,
  halfSide: null,
};
const deviation = ({ predicted, measured, standardError }: RegionComparison): number =>
  (measured - predicted) / standardError;

describe("regions of random nets in a plane", () => {
  it("are 1 + N + C(N, 2) on average in the whole plane, and far fewer without biases", async () => {
    assert.equal(wholePlaneRegions(plane), 1 + 40 + 780);
    const ratio = wholePlaneRatio(await regionsInRandomPlanes.run(plane, silent), plane);
    assert.ok(Math.abs(deviation(ratio)) < 4 && ratio.standardError < 0.04);
    const cones = await regionsInRandomPlanes.run({ ...plane, sigmaB: 0, nets: 10 }, silent);
    assert.ok(wholePlaneRatio(cones, plane).measured < 0.2);
  });

  it("have boundaries of the predicted length in a square, and not with another σ_b", async () => {
    const square = { ...plane, nets: 150, halfSide: 0.2 };
    const ratio = meanEstimate(boundaryLengthRatios(await regionsInRandomPlanes.run(square, silent), square));
    assert.ok(Math.abs(ratio.estimate - 1) < 4 * ratio.standardError && ratio.standardError < 0.05);
    const other = await regionsInRandomPlanes.run({ ...square, sigmaB: 0.8 }, silent);
    const otherRatio = meanEstimate(boundaryLengthRatios(other, square));
    assert.ok((otherRatio.estimate - 1) / otherRatio.standardError < -6);
    assert.throws(() => boundaryLengthRatios([], plane), /infinitely long/);
  });

  it("of one layer are Zaslavsky's number exactly, unless all lines pass through one point", async () => {
    for (const width of [6, 32]) {
      const shallow = { ...plane, nets: 200, inputWidth: 2, hiddenWidths: [width] };
      assert.equal(netsInGeneralPosition(await regionsInRandomPlanes.run(shallow, silent), shallow), 200);
      const central = await regionsInRandomPlanes.run({ ...shallow, nets: 5, sigmaB: 0 }, silent);
      assert.equal(netsInGeneralPosition(central, shallow), 0);
      assert.ok(central.every(({ regions }) => regions === 2 * width));
    }
  });
});

describe("slices of random nets", () => {
  const parameters = { seed: 2, shapes: [[8], [5, 5]], sigmaB: 0.5, halfSide: 1 };

  it("fill their square with convex polygons, a class each", async () => {
    const rows = await randomSlices.run(parameters, silent);
    assert.deepEqual(
      rows.map(({ hiddenWidths }) => hiddenWidths),
      parameters.shapes,
    );
    for (const { regions, x, y, offsets, classes } of rows) {
      assert.equal(offsets.length, regions + 1);
      assert.equal(classes.length, regions);
      let area = 0;
      for (let region = 0; region < regions; region++) {
        const corners = Array.from({ length: offsets[region + 1] - offsets[region] }, (_, i) => offsets[region] + i);
        const turns = corners.map((a, i) => {
          const [b, c] = [corners[(i + 1) % corners.length], corners[(i + 2) % corners.length]];
          return (x[b] - x[a]) * (y[c] - y[b]) - (y[b] - y[a]) * (x[c] - x[b]);
        });
        // Coordinates are rounded to six digits.
        assert.ok(turns.every((turn) => turn > -1e-5));
        corners.forEach((a, i) => {
          const b = corners[(i + 1) % corners.length];
          area += (x[a] * y[b] - x[b] * y[a]) / 2;
        });
      }
      assert.ok(Math.abs(area - 4) < 1e-3);
    }
  });
});

describe("the largest count over the upper bound", () => {
  it("is 1 for a net in general position, and above for a count that cannot be", () => {
    assert.equal(worstUpperBoundRatio([{ inputWidth: 2, hiddenWidths: [4], regions: 11 }]), 1);
    const nets = [
      { inputWidth: 1, hiddenWidths: [2, 2], regions: 3 },
      { inputWidth: 1, hiddenWidths: [2, 2], regions: 18 },
    ];
    assert.equal(worstUpperBoundRatio(nets), 2);
    assert.throws(() => worstUpperBoundRatio([]), /no nets/);
  });
});
