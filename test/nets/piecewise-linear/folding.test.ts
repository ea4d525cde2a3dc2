import assert from "node:assert/strict";
import { regionsOnSegment } from "fathom/measure";
import { foldingNet, outputOf, preactivationsOf, rectifierWidths } from "fathom/nets";

const at = (...coordinates: number[]): Float64Array => Float64Array.from(coordinates);

/** The tent of p folds: distance of p x from the nearest even number. */
const zigzag = (folds: number, x: number): number => Math.abs(((folds * x + 1) % 2) - 1);

describe("the folding net", () => {
  it("has p n_0 neurons in each folding layer, then n_L", () => {
    assert.deepEqual(rectifierWidths(foldingNet({ inputWidth: 1, folds: 3, layers: 3, lastWidth: 4 })), [3, 3, 4]);
    assert.deepEqual(rectifierWidths(foldingNet({ inputWidth: 2, folds: 3, layers: 2, lastWidth: 4 })), [6, 4]);
    assert.deepEqual(rectifierWidths(foldingNet({ inputWidth: 2, folds: 3, layers: 1, lastWidth: 5 })), [5]);
  });

  it("lays the interval onto itself p times a layer", () => {
    for (const folds of [1, 2, 3, 4]) {
      const net = foldingNet({ inputWidth: 1, folds, layers: 3, lastWidth: 1, signs: "positive" });
      for (let i = 0; i <= 60; i++) {
        // The only neuron of the last layer cuts at the middle: its pre-activation is the folded place less ½.
        const [last] = preactivationsOf(net, at(i / 60)).slice(-1);
        const folded = zigzag(folds, zigzag(folds, i / 60));
        assert.ok(Math.abs(last[0] + 0.5 - folded) < 1e-12, `${folds} folds at ${i}/60: ${last[0]} for ${folded}`);
      }
    }
  });

  it("folds each axis of a square by itself", () => {
    const shape = { inputWidth: 2, folds: 3, lastWidth: 5 } as const;
    const [folding, cutting] = [foldingNet({ ...shape, layers: 2 }), foldingNet({ ...shape, layers: 1 })];
    for (const [x, y] of [
      [0.1, 0.7],
      [0.4, 0.4],
      [0.95, 0.2],
    ]) {
      const [folded] = outputOf(folding, at(x, y));
      const [there] = outputOf(cutting, at(zigzag(3, x), zigzag(3, y)));
      assert.ok(Math.abs(folded - there) < 1e-12);
    }
  });

  it("has p^(L−1) (n_L + 1) regions in the unit interval, its ends not among the breakpoints", () => {
    for (const [folds, layers, lastWidth] of [
      [3, 3, 4],
      [4, 4, 5],
      [2, 6, 3],
      [5, 1, 6],
    ]) {
      const net = foldingNet({ inputWidth: 1, folds, layers, lastWidth });
      const { regions, perLayer } = regionsOnSegment(net, at(0), at(1));
      assert.equal(regions, folds ** (layers - 1) * (lastWidth + 1));
      const folding = Array.from({ length: layers - 1 }, (_, layer) => folds ** layer * (folds - 1));
      assert.deepEqual(perLayer, [...folding, folds ** (layers - 1) * lastWidth]);
    }
  });

  it("is refused for other spaces and counts", () => {
    const shape = { inputWidth: 1, folds: 3, layers: 3, lastWidth: 4 };
    assert.throws(() => foldingNet({ ...shape, inputWidth: 3 }), /inputWidth is 1 or 2/);
    for (const bad of [0, 1.5, NaN]) {
      for (const name of ["folds", "layers", "lastWidth"]) {
        assert.throws(() => foldingNet({ ...shape, [name]: bad }), new RegExp(`${name} is a whole number`));
      }
    }
  });
});
