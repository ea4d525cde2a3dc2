import assert from "node:assert/strict";
import { readOptions } from "../../../tools/workflow/options";

describe("the command line of npm run workflow", () => {
  it("runs every notebook at quick scale on this machine where nothing is said", () => {
    assert.deepEqual(readOptions([], {}), {
      names: [],
      scale: "quick",
      profile: "local",
      gpus: 0,
      config: null,
      notebooks: "notebooks",
      site: "site",
      snakemake: [],
    });
  });

  it("hands what follows -- to Snakemake", () => {
    const options = readOptions(["02", "--profile", "slurm", "--gpus", "1", "--", "--jobs", "8", "--dry-run"], {});
    assert.deepEqual(options.names, ["02"]);
    assert.equal(options.profile, "slurm");
    assert.equal(options.gpus, 1);
    assert.deepEqual(options.snakemake, ["--jobs", "8", "--dry-run"]);
  });

  it("takes the scale from FATHOM_SCALE, and from --scale before that", () => {
    assert.equal(readOptions([], { FATHOM_SCALE: "paper" }).scale, "paper");
    assert.equal(readOptions(["--scale", "quick"], { FATHOM_SCALE: "paper" }).scale, "quick");
  });

  it("refuses what does not exist", () => {
    assert.throws(() => readOptions(["--scale", "huge"], {}), /The scale is "huge"/);
    assert.throws(() => readOptions(["--gpus", "-1"], {}), /--gpus/);
    assert.throws(() => readOptions(["--nodes", "3"], {}), /--nodes/);
  });
});
