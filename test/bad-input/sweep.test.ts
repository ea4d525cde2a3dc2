import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine } from "fathom/engine";
import * as sweep from "fathom/sweep";
import { describeBadInput, row } from "./table";

const experiment = sweep.defineExperiment({
  name: "bad-input",
  source: __filename,
  run: ({ width }: { width: number }) => Promise.resolve([{ width }]),
});
/** An experiment whose rows are what it is given. */
const echo = (row_: object): Promise<unknown> =>
  sweep.runExperiment(
    sweep.defineExperiment({ name: "bad-rows", source: __filename, run: () => Promise.resolve([row_]) }),
    { of: JSON.stringify(row_, (_, value: unknown) => (typeof value === "number" ? String(value) : value)) },
  );

let folder: string;
let before_: string | undefined;
before(async () => {
  await openEngine();
  before_ = process.env["FATHOM_STORE"];
  process.env["FATHOM_STORE"] = folder = mkdtempSync(join(tmpdir(), "fathom-bad-input-"));
});
after(() => {
  if (before_ === undefined) delete process.env["FATHOM_STORE"];
  else process.env["FATHOM_STORE"] = before_;
  rmSync(folder, { recursive: true, force: true });
});

describeBadInput(
  "sweep",
  sweep,
  {
    runExperiment: row(
      (parameters: { width: number; sizes: number[] }) => sweep.runExperiment(experiment, parameters),
      () => [{ width: 3, sizes: [1, 2] }],
      { real: "**", short: "**", empty: "**" },
    ),
    "runExperiment that stores rows": row(echo, () => [{ mean: 0.5, layers: [1, 2] }], {
      real: "**",
      short: "**",
      empty: "**",
    }),
    sweep: row(
      (cells: { width: number }[]) => sweep.sweep(experiment, cells),
      () => [[{ width: 3 }, { width: 4 }]],
      { real: "**", short: "0", empty: "0" },
    ),
  },
  {
    atScale: "takes a value of any kind for each scale",
    currentScale: "takes nothing",
    defineExperiment: "takes a name, a file and a function; test/sweep/experiment.test.ts",
    PlannedCellsError: "an error",
    storeFolder: "takes nothing",
    SweepError: "an error",
  },
  {
    // An experiment may take and give words.
    other: {
      runExperiment: "0.width 0.sizes 0.sizes.*",
      "runExperiment that stores rows": "**",
      sweep: "0.*.width",
    },
  },
);
