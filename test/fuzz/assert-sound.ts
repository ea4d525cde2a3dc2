import assert from "node:assert/strict";
import type { Fuzzed } from "./fuzz";

/** Mutants may raise a reader's peak memory by so many MiB, and the peak of the whole process, 180 at rest, to so many. */
const bound = 96;
const largest = 320;

/** What a reader owes its mutants, and what they must have been to say something. */
export function assertSound(found: readonly Fuzzed[], name: string, count: number): void {
  const of = found.find((one) => one.name === name);
  assert.ok(of !== undefined, `${name} was not fuzzed`);
  if (of.wrong.length > 0) assert.fail(of.wrong.slice(0, 10).join("\n"));
  assert.ok(of.accepted > 0, "none was accepted");
  assert.ok(of.refused > count / 10, `only ${of.refused} were refused`);
  assert.ok(of.grown < bound && of.peak < largest, `memory rose by ${of.grown} MiB to ${of.peak} MiB`);
}
