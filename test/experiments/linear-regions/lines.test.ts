import assert from "node:assert/strict";
import {
  breakpointDensities,
  breakpointRatios,
  infiniteWidthRatio,
  pooledComparison,
  predictedBreakpoints,
  type RegionComparison,
  type RegionsOnLine,
  regionsOnRandomLines,
  totalBreakpointRatio,
} from "fathom/experiments";
import { meanEstimate } from "fathom/theory";

const silent = (): void => undefined;
const design: RegionsOnLine = {
  seed: 1,
  nets: 200,
  inputWidth: 6,
  hiddenWidths: [48, 48],
  sigmaB: 0.5,
  place: { distance: 1, start: -1, end: 2 },
};
const deviation = ({ predicted, measured, standardError }: RegionComparison): number =>
  (measured - predicted) / standardError;

describe("regions of random nets on a line", () => {
  it("agree with Kac and Rice in each layer, and not where σ_b is another", async () => {
    const rows = await regionsOnRandomLines.run(design, silent);
    assert.equal(rows.length, 200);
    for (const { regions, breakpoints } of rows) assert.equal(regions, 1 + breakpoints[0] + breakpoints[1]);
    for (const layer of [1, 2]) {
      const { estimate, standardError } = meanEstimate(breakpointRatios(rows, design, layer));
      assert.ok(Math.abs(estimate - 1) < 4 * standardError, `layer ${layer}: ${estimate}`);
      assert.ok(standardError < 0.03);
    }
    const other = await regionsOnRandomLines.run({ ...design, sigmaB: 1, nets: 100 }, silent);
    for (const layer of [1, 2]) {
      const { estimate, standardError } = meanEstimate(breakpointRatios(other, design, layer));
      assert.ok((estimate - 1) / standardError < -6);
    }
  });

  it("are one more than the neurons on a whole line, two through the origin without biases", async () => {
    const place = { distance: 0, start: null, end: null };
    const line = { ...design, nets: 60, place: { ...place, distance: 1 } };
    assert.deepEqual(
      predictedBreakpoints(line, line.place).map((count) => Math.round(count * 1e9) / 1e9),
      [48, 48],
    );
    const ratio = totalBreakpointRatio(await regionsOnRandomLines.run(line, silent), line);
    assert.ok(Math.abs(deviation(ratio)) < 4);
    const flat = await regionsOnRandomLines.run({ ...line, nets: 10, sigmaB: 0, place }, silent);
    assert.ok(flat.every(({ regions }) => regions === 2));
  });

  it("fall short of the prediction by the order 1/width, and in the limit meet it", async () => {
    const widths = [12, 18, 36];
    const designs = widths.map((width) => ({
      ...design,
      seed: 40 + width,
      nets: 2000,
      hiddenWidths: [width, width, width],
    }));
    const rows = await Promise.all(designs.map((shape) => regionsOnRandomLines.run(shape, silent)));
    const groups = designs.map((shape, index) => ({
      width: widths[index],
      ratios: breakpointRatios(rows[index], shape, 3),
    }));
    const { estimate, standardError } = meanEstimate(groups[0].ratios);
    assert.ok((estimate - 1) / standardError < -6);
    const limit = infiniteWidthRatio(groups);
    assert.ok(Math.abs(deviation(limit)) < 4 && limit.standardError < 0.03, `${limit.measured}`);
    assert.throws(() => infiniteWidthRatio(groups.slice(1, 2)), /at least 2/);
  });

  it("fall short of the prediction in nets as deep as they are wide", async () => {
    const narrow = { ...design, nets: 300, hiddenWidths: Array<number>(10).fill(10) };
    assert.ok(deviation(totalBreakpointRatio(await regionsOnRandomLines.run(narrow, silent), narrow)) < -6);
  });

  it("are counted in bins that add up, with the density beside them", async () => {
    const binned = { ...design, nets: 100, bins: 6 };
    const rows = await regionsOnRandomLines.run(binned, silent);
    for (const row of rows) {
      row.binned.forEach((bins, layer) => {
        assert.equal(
          bins.reduce((sum, count) => sum + count, 0),
          row.breakpoints[layer],
        );
      });
    }
    const [first, second] = breakpointDensities(rows, binned);
    assert.deepEqual([first.layer, second.layer], [1, 2]);
    assert.deepEqual(
      first.positions.map((position) => Math.round(position * 1e9) / 1e9),
      [-0.75, -0.25, 0.25, 0.75, 1.25, 1.75],
    );
    first.positions.forEach((position, bin) => {
      const nearest = first.predicted.x.findIndex((x) => x >= position);
      const difference = first.measured[bin] - first.predicted.y[nearest];
      assert.ok(Math.abs(difference) < 4 * first.standardError[bin] + 0.005);
    });
  });

  it("come from the key alone, and report their progress", async () => {
    const fractions: number[] = [];
    const few = { ...design, nets: 4 };
    const once = await regionsOnRandomLines.run(few, (fraction) => fractions.push(fraction));
    assert.deepEqual(await regionsOnRandomLines.run(few, silent), once);
    assert.notDeepEqual(await regionsOnRandomLines.run({ ...few, seed: 2 }, silent), once);
    assert.deepEqual(fractions, [0.25, 0.5, 0.75, 1]);
  });

  it("are refused for no nets, one input, and bins of a whole line", () => {
    const endless = { distance: 1, start: null, end: null };
    assert.throws(() => regionsOnRandomLines.run({ ...design, nets: 0 }, silent), /nets is a whole number/);
    assert.throws(() => regionsOnRandomLines.run({ ...design, inputWidth: 1 }, silent), /two inputs/);
    assert.throws(() => regionsOnRandomLines.run({ ...design, place: endless, bins: 3 }, silent), /bins/);
    assert.throws(() => breakpointDensities([], design), /rows must hold at least 2; it holds 0/);
  });
});

describe("pooled comparisons", () => {
  const one = { predicted: 1, measured: 1.02, standardError: 0.03, degreesOfFreedom: 9 };

  it("are their mean, with its standard error and Welch's degrees of freedom", () => {
    const pooled = pooledComparison([one, { ...one, measured: 0.98 }]);
    assert.ok(Math.abs(pooled.measured - 1) < 1e-12);
    assert.ok(Math.abs(pooled.standardError - 0.03 / Math.SQRT2) < 1e-12);
    assert.ok(Math.abs(pooled.degreesOfFreedom - 18) < 1e-9);
  });

  it("are refused where there are none, or their predictions differ", () => {
    assert.throws(() => pooledComparison([]), /no comparisons/);
    assert.throws(() => pooledComparison([one, { ...one, predicted: 2 }]), /different predictions/);
  });
});
