import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FixtureWorkflow } from "../tools/workflow/run-workflow";
import { until } from "./until";

const script = join(__dirname, "slurm/two-nodes.sh");
const cells = "200";

describe("the workflow on a Slurm cluster of two nodes", function () {
  this.timeout(1_800_000);
  let folder: string;
  let cluster: string;
  before(function () {
    for (const program of ["slurmctld", "slurmd", "munged"]) {
      if (spawnSync("which", [program]).status === 0) continue;
      console.log(`    there is no ${program}: apt-get install slurm-wlm munge`);
      this.skip();
    }
    folder = mkdtempSync(join(tmpdir(), "slurm-"));
    cluster = join(folder, "cluster");
    mkdirSync(cluster);
    execFileSync(script, ["start", cluster], { stdio: "inherit" });
  });
  after(() => {
    if (folder === undefined) return;
    execFileSync(script, ["stop", cluster], { stdio: "inherit" });
    rmSync(folder, { recursive: true, maxRetries: 5, retryDelay: 500 });
  });

  it("computes 200 cells, one node killed in the middle, and leaves the store that the notebook alone leaves", async () => {
    const jobs = new FixtureWorkflow(join(folder, "jobs"));
    const config = join(folder, "config.yaml");
    const small = "{ cores: 1, memory: 1500, minutes: 20, cells: 5 }";
    writeFileSync(config, `notebook: ${small}\ndefaults: ${small}\nexperiments: {}\n`);
    // A cluster without accounting is asked by squeue.
    const slurm = ["--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "5"];
    const { ended } = jobs.start("workflow", ["--profile", "slurm", "--config", config, "--", ...slurm], {
      FATHOM_TEST_CELLS: cells,
      FATHOM_TEST_PAUSE: "500",
    });
    let over = false;
    void ended.then(() => (over = true));
    await until("the 60th cell", 600_000, () => Promise.resolve(over || jobs.computed().length >= 60 ? true : null));
    if (over) assert.fail(`it ended before a node could be killed:\n${(await ended).output}`);
    execFileSync(script, ["kill", cluster, "node1"]);
    const { code, output } = await ended;
    assert.equal(code, 0, output);
    assert.match(output, /sum-of-squares .* 2686700 +2686700 +✓ holds/);

    const log = readFileSync(join(cluster, "log/slurmctld.log"), "utf8");
    const requeued = new Set(
      [...log.matchAll(/requeue job JobId=(\d+) due to failure of node node1/g)].map(([, id]) => id),
    );
    assert.ok(requeued.size > 0, log.slice(-3000));
    // A cell is computed twice where it was under way when the node went.
    const again = jobs.computed().length - 201;
    assert.ok(again <= 2, `${again} cells were computed again`);
    console.log(`    ${requeued.size} jobs were queued again, ${again} cells computed twice`);

    const plain = new FixtureWorkflow(join(folder, "plain"));
    const alone = await plain.start("start", [], { FATHOM_TEST_CELLS: cells }).ended;
    assert.equal(alone.code, 0, alone.output);
    assert.deepEqual(jobs.stored(), plain.stored());
  });
});
