import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { quantities } from "./quantities";

const root = join(__dirname, "../..");

type Found = Record<string, { readonly bytes: string; readonly float64: boolean }>;

function computedOn(engine: string, variables: NodeJS.ProcessEnv = {}): Found {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(__dirname, "child.ts")], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, FATHOM_ENGINE: engine, ...variables },
    maxBuffer: 64 << 20,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Found;
}

function numbers({ bytes, float64 }: Found[string]): Float32Array | Float64Array {
  const { buffer } = Uint8Array.from(Buffer.from(bytes, "base64"));
  return float64 ? new Float64Array(buffer) : new Float32Array(buffer);
}

/** Digits to which all numbers agree, in units of the largest; Infinity where they are the same bytes. */
function digits(one: Found[string], other: Found[string]): number {
  if (one.bytes === other.bytes) return Infinity;
  const [a, b] = [numbers(one), numbers(other)];
  assert.equal(a.length, b.length);
  let [furthest, largest] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    assert.ok(Number.isFinite(a[index]) && Number.isFinite(b[index]));
    furthest = Math.max(furthest, Math.abs(a[index] - b[index]));
    largest = Math.max(largest, Math.abs(a[index]));
  }
  return furthest === 0 ? Infinity : -Math.log10(furthest / largest);
}

interface Promises {
  readonly threads: string;
  readonly engines: string;
}

/** What environment.md promises of each quantity: digits, "all" for the same bytes. */
function promised(): Map<string, Promises> {
  const text = readFileSync(join(root, "environment.md"), "utf8");
  const table = text.slice(text.indexOf("| Quantity"));
  const rows = table.slice(0, table.indexOf("\n\n")).split("\n").slice(2);
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  return new Map(cells.map(([, name, , threads, engines]) => [name, { threads, engines }]));
}

function demandDigits(name: string, one: Found, other: Found, promise: string): void {
  const found = digits(one[name], other[name]);
  if (promise === "all") assert.equal(found, Infinity, name);
  else assert.ok(found >= Number(promise), `${name}: ${found.toFixed(1)} digits, not ${promise}`);
}

describe("what the same keys give", function () {
  this.timeout(300_000);
  let native: Found;
  before(() => (native = computedOn("cpu")));

  it("is the same to the last bit when it is computed again on the same engine", () => {
    const again = computedOn("cpu");
    for (const name of Object.keys(quantities)) assert.equal(digits(native[name], again[name]), Infinity, name);
  });

  it("is told of by environment.md, one and all", () => {
    assert.deepEqual([...promised().keys()].sort(), Object.keys(quantities).sort());
  });

  it("agrees between one thread and all of them as environment.md promises", () => {
    const alone = computedOn("cpu", { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" });
    for (const [name, { threads }] of promised()) demandDigits(name, native, alone, threads);
  });

  it("agrees between TensorFlow on the processor and WebAssembly as environment.md promises", () => {
    const wasm = computedOn("wasm");
    for (const [name, { engines }] of promised()) demandDigits(name, native, wasm, engines);
  });
});
