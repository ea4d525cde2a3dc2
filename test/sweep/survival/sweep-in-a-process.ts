import { foldIn, key, uniformArray } from "fathom/random";
import { defineExperiment, sweep } from "fathom/sweep";

// A sweep of cells whose files take a while to write: `tsx sweep-in-a-process.ts CELLS ROWS [backwards]`, in FATHOM_STORE.
const [cells, rows] = process.argv.slice(2, 4).map(Number);

if (process.argv[4] === "backwards") {
  let now = Date.now();
  Date.now = () => (now -= 3_600_000);
}

const noise = defineExperiment<{ cell: number; rows: number }, { value: number }>({
  name: "noise",
  source: __filename,
  run: ({ cell, rows: length }) =>
    Promise.resolve(Array.from(uniformArray(foldIn(key(1), cell), length), (value) => ({ value }))),
});

async function main(): Promise<void> {
  const grid = Array.from({ length: cells }, (_, cell) => ({ cell, rows }));
  await sweep(noise, grid.slice(0, 1));
  process.stdout.write("began\n");
  const results = await sweep(noise, grid);
  process.stdout.write(`ended with ${results.length} cells\n`);
}

void main();
