import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";

const root = join(__dirname, "../../..");

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const fixtures = join(root, "test/fixtures/run");

/** `npm start -- …` on the fixtures, as a reader's shell runs it; `onOutput` sees what was written so far. */
function start(
  site: string,
  arguments_: readonly string[],
  variables: NodeJS.ProcessEnv = {},
  onOutput: (output: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
  const command = [join(root, "tools/start.mjs"), "--notebooks", fixtures, "--site", site, ...arguments_];
  const child = spawn(process.execPath, command, { cwd: root, env: { ...process.env, ...variables } });
  let output = "";
  const listen = (text: Buffer): void => {
    output += String(text);
    onOutput(output, (signal) => void child.kill(signal));
  };
  child.stdout.on("data", listen);
  child.stderr.on("data", listen);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

describe("npm start", function () {
  this.timeout(300_000);
  let site: string;
  before(() => (site = mkdtempSync(join(tmpdir(), "fathom-test-"))));
  after(() => rmSync(site, { recursive: true }));

  const executed = (name: string): string => readFileSync(join(site, `${name}.ipynb`), "utf8");
  const halfWritten = (): string[] =>
    readdirSync(site, { recursive: true, encoding: "utf8" }).filter((file) => file.includes(".partial"));

  it("ends with 0 when every claim holds, and writes notebook, page, claims and reports", async () => {
    const { code, output } = await start(site, ["01"]);
    assert.equal(code, 0, output);
    assert.match(output, /01-holds .* ✓ its claim holds/);
    assert.match(output, /One and one make two +2 +2\.000 ± 0\.010 +✓ holds/);
    const { claims } = JSON.parse(readFileSync(join(site, "claims.json"), "utf8")) as { claims: object[] };
    assert.deepEqual(claims, [
      {
        notebook: "01-holds",
        id: "sum",
        statement: "One and one make two",
        source: "Peano (1889)",
        predicted: 2,
        measured: 2,
        standardError: 0.01,
        rule: "|z| below 4.06",
        verdict: "holds",
      },
    ]);
    assert.match(readFileSync(join(site, "junit.xml"), "utf8"), /<testsuite name="01-holds" tests="2" failures="0"/);
    const page = readFileSync(join(site, "01-holds.html"), "utf8");
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\//);
    for (const [, file] of page.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)) {
      assert.ok(existsSync(join(site, file)), file);
    }
    const figure = new JSDOM(page).window.document.querySelector(".figure script");
    const { data } = JSON.parse(figure?.textContent ?? "") as { data: object[] };
    assert.deepEqual(data, [{ x: [1, 2], y: [1, 4], type: "scatter" }]);
    assert.match(readFileSync(join(site, "index.html"), "utf8"), /href="01-holds\.html"/);
    assert.deepEqual(halfWritten(), []);
  });

  it("ends with 1 when a claim fails or is unresolved", async () => {
    const { code, output } = await start(site, ["02", "03", "--jobs", "2"]);
    assert.equal(code, 1, output);
    assert.match(output, /02-fails +sum .* ✗ fails/);
    assert.match(output, /03-unresolved +sum .* \? unresolved/);
    assert.doesNotMatch(executed("02-fails"), /never reached\\n"/);
  });

  it("ends with 2 when a notebook fails, whichever way, and keeps what it had executed", async () => {
    const kept = { CI: "true", FATHOM_STORE: join(site, "kept") };
    const stores = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("fathom-store-"));
    const storesBefore = stores();
    const { code, output } = await start(site, ["04", "06", "07", "08", "09", "--jobs", "2"], kept);
    assert.equal(code, 2, output);
    const failures: [string, RegExp][] = [
      ["04-throws", /at code cell 2: RangeError: the width is -1/],
      ["06-silent", /NoClaims/],
      ["07-dies", /at code cell 1: DeadKernelError/],
      ["08-late", /TypeError: too late/],
      ["09-broken", /at code cell 3: Error: the broken claim did not turn red/],
    ];
    for (const [name, message] of failures) {
      const said = output.split("\n").filter((line) => line.startsWith(`${name} failed`));
      assert.equal(said.length, 1, `${name}\n${output}`);
      assert.match(said[0], message, output);
      assert.ok(executed(name).length > 0);
      assert.ok(existsSync(join(site, `${name}.html`)));
    }
    assert.match(executed("04-throws"), /"ename": "RangeError"/);
    assert.match(output, /08-late +sum .* ✓ holds/);
    // CI starts with an empty store of its own, which is taken away again.
    assert.match(executed("06-silent"), /fathom-store-/);
    assert.deepEqual(stores(), storesBefore);
  });

  describe("with a port of the kernel's taken by another process", () => {
    let folder: string;
    before(() => {
      folder = join(site, "taken");
      mkdirSync(folder);
      const notebook = readFileSync(join(fixtures, "01-holds.ipynb"), "utf8");
      writeFileSync(join(folder, "01-holds.ipynb"), notebook.replace('"name": "tslab"', '"name": "taken-port"'));
    });

    const startTaken = async (times: number): Promise<Ended & { readonly starts: number }> => {
      const counted = join(site, `starts-${times}`);
      const ended = await start(site, ["01", "--notebooks", folder], {
        JUPYTER_PATH: join(fixtures, "jupyter"),
        FATHOM_TAKEN_PORTS: String(times),
        FATHOM_STARTS: counted,
      });
      return { ...ended, starts: readFileSync(counted, "utf8").length };
    };

    it("starts it once more on other ports, and says so with the cause", async () => {
      const { code, output, starts } = await startTaken(1);
      assert.equal(code, 0, output);
      assert.equal(starts, 2);
      assert.match(
        output,
        /01-holds +the kernel ended before its first answer; it is started once more\n[^]*EADDRINUSE/,
      );
      assert.match(output, /01-holds .* ✓ its claim holds/);
    });

    it("gives up at the second time, and ends with 2", async () => {
      const { code, output, starts } = await startTaken(2);
      assert.equal(code, 2, output);
      assert.equal(starts, 2);
      assert.match(output, /01-holds failed: RuntimeError: Kernel died before replying/);
      assert.match(readFileSync(join(site, "junit.xml"), "utf8"), /EADDRINUSE/);
    });
  });

  it("stops a notebook at its timeout", async () => {
    const { code, output } = await start(site, ["05", "--timeout", "8"]);
    assert.equal(code, 2, output);
    assert.match(output, /05-hangs failed at code cell 1: Timeout: not finished after 8 s/);
    assert.ok(existsSync(join(site, "05-hangs.ipynb")));
  });

  it("stops its kernels when it is interrupted and leaves nothing half-written", async () => {
    const before = readFileSync(join(site, "claims.json"), "utf8");
    let asked = false;
    const { code, output } = await start(site, ["05"], {}, (soFar, kill) => {
      if (asked || !soFar.includes("starting")) return;
      asked = true;
      // Late enough for a kernel, early enough for its start: both must end.
      setTimeout(() => kill("SIGINT"), 4000);
    });
    assert.equal(code, 130, output);
    assert.deepEqual(halfWritten(), []);
    assert.equal(readFileSync(join(site, "claims.json"), "utf8"), before);
  });

  it("ends with 64 and the known names when there is no such notebook", async () => {
    const { code, output } = await start(site, ["07-no-such"]);
    assert.equal(code, 64);
    assert.match(output, /01-holds[^]*09-broken/);
    assert.equal((await start(site, ["--scale", "huge"])).code, 64);
  });

  it("ends with 3 and the way to mend it when the set-up fails", async () => {
    const { code, output } = await start(site, ["01"], { FATHOM_ENGINE: "steam" });
    assert.equal(code, 3, output);
    assert.match(output, /"steam"; it may be gpu, cpu or wasm/);
  });

  it("explains itself before anything is set up", async () => {
    const { code, output } = await start(site, ["--help"]);
    assert.equal(code, 0);
    for (const option of ["--fresh", "--scale", "--timeout", "--jobs", "--site", "130"])
      assert.ok(output.includes(option));
  });
});
