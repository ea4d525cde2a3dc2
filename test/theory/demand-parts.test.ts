import assert from "node:assert/strict";
import {
  called,
  consistent,
  demand,
  each,
  finite,
  listOf,
  mapOf,
  mended,
  onlyFiniteNumbers,
  orAbsent,
  orInfinite,
  orNull,
  record,
  share,
  whole,
  words,
} from "../../lib/theory/demand-parts";

interface Row {
  readonly layer: number;
  readonly mean: number;
  readonly variance: number | null;
}

const rows = mended(
  listOf(record<Row>({ layer: whole(0), mean: called("of M over nets", finite), variance: orNull(finite) })),
  "Give one row a layer.",
);
const row = { layer: 0, mean: 1, variance: null };

describe("demands on what a function is given", () => {
  it("say where a value is wrong, how, and how to mend it", () => {
    assert.throws(() => demand("rows", [row, { ...row, mean: NaN }], rows), {
      name: "RangeError",
      message: "rows[1].mean (of M over nets) must be a finite number; it is NaN. Give one row a layer.",
    });
  });

  it("tell another kind, or nothing, from a value out of range", () => {
    assert.throws(() => demand("rows", [{ ...row, mean: "1" }], rows), { name: "TypeError", message: /it is "1"/ });
    assert.throws(() => demand("rows", [{ layer: 0 }], rows), { name: "TypeError", message: /mean .* it is missing/ });
    assert.throws(() => demand("rows", row, rows), { name: "TypeError", message: /must be an array; it is an object/ });
    assert.throws(() => demand("rows", [null], rows), { name: "TypeError", message: /with layer, mean, variance/ });
    assert.throws(() => demand("rows", [], rows), { name: "RangeError", message: /at least 1; it holds 0/ });
    assert.throws(() => demand("rows", [{ ...row, layer: 0.5 }], rows), { name: "RangeError", message: /it is 0.5/ });
  });

  it("let right values pass, as typed arrays and Maps too", () => {
    demand("rows", [row, { ...row, variance: 2, more: "anything" }], rows);
    demand("values", Float64Array.of(1, 2), listOf(finite, 2));
    demand("weights", new Map([[1, 0.5]]), mapOf(share));
    demand("best", Infinity, orInfinite(finite));
    demand("name", undefined, orAbsent(words));
  });

  it("look into typed arrays and Maps", () => {
    assert.throws(
      () => demand("values", Float64Array.of(1, Infinity), listOf(finite)),
      /values\[1\] .* it is Infinity/,
    );
    assert.throws(() => demand("weights", new Map([[3, 2]]), mapOf(share)), /weights\.get\(3\) must be a share/);
  });

  it("hold parts against each other, once each is right by itself", () => {
    const pair = each(
      record<{ low: number; high: number }>({ low: finite, high: finite }),
      consistent<{ low: number; high: number }>(({ low, high }) =>
        low <= high ? null : `runs from ${low} to ${high}`,
      ),
    );
    demand("interval", { low: 1, high: 2 }, pair);
    assert.throws(() => demand("interval", { low: 3, high: 2 }, pair), /^RangeError: interval runs from 3 to 2$/);
    assert.throws(() => demand("interval", { low: 3 }, pair), /interval\.high .* missing/);
  });

  it("find a number that is none however deep it lies", () => {
    demand("cell", { a: [{ b: 1 }], c: "NaN", d: null }, onlyFiniteNumbers);
    assert.throws(() => demand("cell", { a: [{ b: NaN }] }, onlyFiniteNumbers), /cell\.a\.0\.b .* it is NaN/);
  });
});
