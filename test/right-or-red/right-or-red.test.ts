import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { disagreements } from "../../tools/refresh/comparison";
import { storedClaims } from "../../tools/refresh/stored-claims";
import { listNotebooks } from "../../tools/run/selection";
import { badEnds, badInput, type Planted, sound, wrongScience } from "./notebooks";
import { before as beginning, plantedNotebook } from "./planted-notebook";

const root = join(__dirname, "../..");

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A command of the collection, as a shell runs it. */
function command(tool: string, arguments_: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, "tools", tool), ...arguments_], {
    cwd: root,
    env: { ...process.env, FATHOM_TEST_ROOT: root, ...variables },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

interface Scoreboard {
  readonly notebooks: readonly { readonly notebook: string; readonly standing: string }[];
}

describe("what is wrong turns red", function () {
  this.timeout(900_000);
  let folder: string;
  let site: string;
  const start = (notebooks: string, rest: readonly string[], variables: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    command("start.mjs", ["--notebooks", notebooks, "--site", site, "--fresh", ...rest], variables);
  const planted = (name: string, notebooks: Record<string, string>): string => {
    const path = join(folder, name);
    mkdirSync(path);
    for (const [notebook, text] of Object.entries(notebooks)) writeFileSync(join(path, `${notebook}.ipynb`), text);
    return path;
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fathom-red-"));
    site = join(folder, "site");
  });
  after(() => rmSync(folder, { recursive: true }));

  const groups: Record<string, { all: readonly Planted[]; rest?: string[]; variables?: NodeJS.ProcessEnv }> = {
    "wrong science": { all: wrongScience },
    "inputs that mean nothing": { all: badInput },
    // Memory for a kernel and little else.
    "notebooks that do not come to an honest end": {
      all: badEnds,
      variables: { NODE_OPTIONS: "--max-old-space-size=700" },
    },
  };
  for (const [title, { all, rest = [], variables }] of Object.entries(groups)) {
    describe(title, () => {
      let run: Ended;
      let standings: Map<string, string>;
      before(async () => {
        const notebooks = Object.fromEntries(all.map(({ name, cells }) => [name, [...beginning, ...cells]]));
        const texts = Object.entries({ sound: [...beginning, ...sound], ...notebooks });
        const made = Object.fromEntries(texts.map(([name, cells]) => [name, plantedNotebook(cells)]));
        run = await start(planted(title.replaceAll(" ", "-"), made), rest, variables);
        const scoreboard = JSON.parse(readFileSync(join(site, "claims.json"), "utf8")) as Scoreboard;
        standings = new Map(scoreboard.notebooks.map(({ notebook, standing }) => [notebook, standing]));
      });

      it("holds where nothing is planted, and ends non-zero for the rest", () => {
        assert.equal(standings.get("sound"), "holds", run.output);
        assert.equal(run.code, all.some(({ ends }) => ends === "failed") ? 2 : 1);
      });

      for (const { name, says, ends } of all) {
        it(`${name} is ${ends === "red" ? "judged red" : "a failure"} that names its cause and place`, () => {
          const lines = run.output.split("\n").filter((line) => line.includes(name));
          assert.ok(
            lines.some((line) => says.test(line)),
            `${says}\n${lines.join("\n")}`,
          );
          assert.notEqual(standings.get(name), "holds");
        });
      }
    });
  }

  describe("a wrong environment", () => {
    let notebooks: string;
    before(() => (notebooks = planted("sound", { sound: plantedNotebook([...beginning, ...sound]) })));
    const environments: [name: string, code: number, says: RegExp, rest: string[], variables: NodeJS.ProcessEnv][] = [
      [
        "a GPU that was asked for and is missing",
        3,
        /FATHOM_ENGINE=gpu cannot be had: no NVIDIA driver/,
        [],
        { FATHOM_ENGINE: "gpu" },
      ],
      ["an engine that nobody knows", 3, /FATHOM_ENGINE is "tpu".*gpu, cpu or wasm/, [], { FATHOM_ENGINE: "tpu" }],
      ["a scale that nobody knows", 64, /huge.*quick.*paper/, ["--scale", "huge"], {}],
      ["a cell that hangs", 2, /hangs failed at code cell 3: Timeout/, ["--timeout", "15"], {}],
    ];
    for (const [name, code, says, rest, variables] of environments) {
      it(`${name} ends with ${code} and its name`, async () => {
        const where = name.endsWith("hangs")
          ? planted("hanging", {
              hangs: plantedNotebook([...beginning, "await new Promise(() => setInterval(() => 0, 1000));"]),
            })
          : notebooks;
        const ended = await start(where, rest, variables);
        assert.equal(ended.code, code, ended.output);
        assert.match(ended.output, says);
      });
    }

    it("a notebook that is not JSON ends with 2, its name and the place in it", async () => {
      const ended = await start(planted("torn", { torn: plantedNotebook(beginning).slice(0, 700) }), []);
      assert.equal(ended.code, 2, ended.output);
      assert.match(ended.output, /torn failed.*(JSON|line|char)/);
    });

    it("a notebook for a kernel that nobody has ends with 2 and the kernel's name", async () => {
      const ended = await start(planted("foreign", { foreign: plantedNotebook(beginning, "no-such-kernel") }), []);
      assert.equal(ended.code, 2, ended.output);
      assert.match(ended.output, /foreign failed.*no-such-kernel/);
    });

    it("a site that cannot be written ends non-zero and names the folder", async () => {
      writeFileSync(join(folder, "in-the-way"), "");
      const blocked = join(folder, "in-the-way", "site");
      const ended = await command("start.mjs", ["--notebooks", notebooks, "--site", blocked]);
      assert.notEqual(ended.code, 0);
      assert.match(ended.output, /in-the-way/);
      assert.doesNotMatch(ended.output, /\n\s+at .*\(/);
    });

    it("a port in use ends non-zero and names the port", async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const served = ["sound", "--notebooks", notebooks, "--site", site, "--serve", "--port", `${port}`];
        const ended = await command("site.mjs", served);
        assert.notEqual(ended.code, 0);
        assert.match(ended.output, new RegExp(`${port}[^]*in use`));
        assert.doesNotMatch(ended.output, /Traceback/);
      } finally {
        server.close();
      }
    });

    it("a net's file that is cut short ends with 65 and names what is missing", async () => {
      const file = join(folder, "cut.safetensors");
      writeFileSync(file, Buffer.from([200, 0, 0, 0, 0, 0, 0, 0, 123]));
      const ended = await command("regions.mjs", [file, "--square", "-1,1,-1,1"]);
      assert.equal(ended.code, 65, ended.output);
      assert.match(ended.output, /cut\.safetensors.*(header|short|bytes)/);
    });
  });

  it("a stored result that is stale is told by its notebook and claim", () => {
    const [notebook] = listNotebooks(join(root, "notebooks"));
    const fresh = storedClaims(notebook);
    assert.deepEqual(disagreements(fresh, fresh), []);
    const text = readFileSync(notebook.path, "utf8");
    const claim = fresh.find(({ standardError }) => standardError !== null);
    assert.ok(claim !== undefined && claim.standardError !== null);
    const stale = Number(claim.measured) + 10 * claim.standardError;
    const copy = join(folder, `${notebook.name}.ipynb`);
    writeFileSync(copy, text.replaceAll(`"measured": ${claim.measured},`, `"measured": ${stale},`));
    const [said] = disagreements(storedClaims({ name: notebook.name, path: copy }), fresh);
    assert.match(said, new RegExp(`^${notebook.name} ${claim.id}: measured`));
  });
});
