import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { readNet } from "fathom/nets";
import { inputPlane, linearRegionCount, regionsInWindow, regionsOnSegment } from "fathom/measure";
import { main } from "../../../tools/regions";
import { temporaryFolder } from "../../nets/piecewise-linear/folder";
import { safetensorsOf } from "../../nets/piecewise-linear/safetensors-file";

const root = join(__dirname, "..", "..", "..");
const fixture = join(root, "test", "fixtures", "nets", "sequential.safetensors");

describe("npm run regions", function () {
  this.slow(5000);
  const folder = temporaryFolder();

  /** Runs the command in the temporary folder, in this process. */
  function regions(...arguments_: string[]): { code: number; out: string; err: string } {
    let [out, err] = ["", ""];
    const code = main(arguments_, folder.path(), {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
    });
    return { code, out, err };
  }

  /** Runs the command as npm does. */
  function spawned(
    arguments_: string[],
    variables: NodeJS.ProcessEnv = {},
  ): { code: number | null; out: string; err: string } {
    const { npm_lifecycle_event: _event, ...env } = process.env;
    const command = join(root, "tools", "regions.mjs");
    const options = { cwd: folder.path(), encoding: "utf8", env: { ...env, ...variables } } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...arguments_], options);
    return { code: status, out: stdout, err: stderr };
  }

  function json(...arguments_: string[]): Record<string, unknown> {
    const { code, out, err } = regions(...arguments_, "--json");
    assert.equal(code, 0, err);
    return JSON.parse(out) as Record<string, unknown>;
  }

  function write(name: string, content: unknown): string {
    writeFileSync(folder.path(name), JSON.stringify(content));
    return name;
  }

  it("counts in a square what the library counts", () => {
    const counted = json(fixture, "--square", "-3,3,-2,4");
    const slice = regionsInWindow(readNet(fixture), inputPlane, [-3, 3, -2, 4]);
    assert.equal(counted["regions"], slice.count);
    assert.equal(counted["linearRegions"], linearRegionCount(slice));
    assert.equal(counted["boundaryLength"], slice.boundaryLength);
    assert.deepEqual(counted["areas"], [...slice.areas]);
    const sum = counted["areas"].reduce((total, area) => total + area, 0);
    assert.ok(Math.abs(sum - 36) < 1e-9);
    assert.deepEqual((counted["net"] as Record<string, unknown>)["hiddenWidths"], [5, 4]);
    const milliseconds = counted["milliseconds"] as Record<string, number>;
    assert.ok(milliseconds["read"] > 0 && milliseconds["count"] > 0 && milliseconds["derived"] > 0);
  });

  it("counts along a segment what the library counts, in both forms of its file", () => {
    const line = regionsOnSegment(readNet(fixture), Float64Array.of(-3, -2), Float64Array.of(3, 4));
    const files = [
      write("a.json", { from: [-3, -2], to: [3, 4] }),
      write("b.json", [
        [-3, -2],
        [3, 4],
      ]),
    ];
    for (const file of files) {
      const counted = json(fixture, "--segment", file);
      assert.equal(counted["regions"], line.regions);
      assert.deepEqual(counted["breakpoints"], [...line.breakpoints]);
      assert.deepEqual(counted["breakpointLayers"], [...line.layer]);
      const lengths = counted["lengths"] as number[];
      assert.ok(Math.abs(lengths.reduce((sum, length) => sum + length, 0) - Math.hypot(6, 6)) < 1e-12);
    }
  });

  it("measures a plane in input space, whatever the length and angle of its directions", () => {
    const straight = json(fixture, "--square", "0,2,0,1");
    const plane = {
      origin: [0, 0],
      directions: [
        [0.5, 0],
        [0, -0.25],
      ],
      ranges: [
        [0, 4],
        [-4, 0],
      ],
    };
    const scaled = json(fixture, "--plane", write("p.json", plane));
    assert.equal(scaled["regions"], straight["regions"]);
    for (const name of ["totalArea", "boundaryLength", "decisionBoundaryLength"]) {
      assert.ok(Math.abs((scaled[name] as number) - (straight[name] as number)) < 1e-9, name);
    }
    const slanted = json(
      fixture,
      "--plane",
      write("q.json", {
        ...plane,
        directions: [
          [1, 0],
          [1, 1],
        ],
        ranges: [
          [0, 2],
          [0, 1],
        ],
      }),
    );
    assert.ok(Math.abs((slanted["totalArea"] as number) - 2) < 1e-12);
  });

  it("counts by hand what three lines cut: seven regions, fewer where the readout cannot tell", () => {
    // Three neurons whose lines form a triangle inside the window.
    const lines = [
      { name: "0.weight", shape: [3, 2], values: [1, 0, 0, 1, -1, -1] },
      { name: "0.bias", shape: [3], values: [0, 0, 1] },
      { name: "2.weight", shape: [1, 3], values: [1, 2, 4] },
    ];
    writeFileSync(folder.path("lines.safetensors"), safetensorsOf(lines));
    const counted = json("lines.safetensors", "--square", "-2,2,-2,2");
    assert.equal(counted["regions"], 7);
    assert.equal(counted["linearRegions"], 7);
    const merged = lines.map((tensor) => (tensor.name === "2.weight" ? { ...tensor, values: [0, 2, 4] } : tensor));
    writeFileSync(folder.path("merged.safetensors"), safetensorsOf(merged));
    // The first neuron's line is no longer seen: two lines, four regions.
    assert.equal(json("merged.safetensors", "--square", "-2,2,-2,2")["linearRegions"], 4);
    // Without activations there is one region.
    const consecutive = lines.map((tensor) => ({ ...tensor, name: tensor.name.replace("2.", "1.") }));
    writeFileSync(folder.path("consecutive.safetensors"), safetensorsOf(consecutive));
    assert.equal(json("consecutive.safetensors", "--square", "-2,2,-2,2")["regions"], 1);
    assert.equal(json("consecutive.safetensors", "--square", "-2,2,-2,2", "--activations", "all")["regions"], 7);
  });

  it("shows people a table", () => {
    const { code, out, err } = regions(fixture, "--square=-1,1,-1,1");
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.match(out, /^net +2 → 5 ReLU → 4 ReLU → 3; 9 neurons$/m);
    assert.match(out, /^regions +\d+ \(\d+ vertices, \d+ edges\)$/m);
    assert.match(out, /^area of a region +min \S+, median \S+, max \S+$/m);
    const leaky = regions(fixture, "--square=-1,1,-1,1", "--negative-slope", "0.1");
    assert.match(leaky.out, /leaky ReLU 0\.1/);
  });

  it("draws the regions of a window and a segment as well-formed SVG, and leaves nothing else behind", () => {
    mkdirSync(folder.path("pictures"));
    const pictures: [string, string[]][] = [
      ["window.svg", ["--square", "-3,3,-2,4"]],
      [
        "segment.svg",
        [
          "--segment",
          write("c.json", [
            [0, 0],
            [1, 1],
          ]),
        ],
      ],
      [
        "plane.svg",
        [
          "--plane",
          write("r.json", {
            origin: [0, 0],
            directions: [
              [1, 0],
              [1, 1],
            ],
            ranges: [
              [0, 2],
              [0, 1],
            ],
          }),
        ],
      ],
    ];
    for (const [name, slice] of pictures) {
      const { code, err } = regions(fixture, ...slice, "--picture", `pictures/${name}`);
      assert.equal(code, 0, err);
      const text = readFileSync(folder.path("pictures", name), "utf8");
      const { DOMParser } = new JSDOM("").window;
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      assert.equal(parsed.documentElement.nodeName, "svg");
      assert.match(parsed.querySelector("title")!.textContent, /region/);
      assert.doesNotMatch(text, /NaN|Infinity|undefined/);
      assert.doesNotMatch(text, /<script|href|<image|<foreignObject/);
    }
    assert.deepEqual(readdirSync(folder.path("pictures")).sort(), ["plane.svg", "segment.svg", "window.svg"]);
    const outlines = readFileSync(folder.path("pictures", "window.svg"), "utf8").match(/Z/g)!;
    const slice = regionsInWindow(readNet(fixture), inputPlane, [-3, 3, -2, 4]);
    assert.equal(outlines.length, slice.count + 1, "an outline for each region, and the window's");
  });

  it("exits with 64 for what it does not know, and says where help is", () => {
    const cases: string[][] = [
      [],
      [fixture],
      [fixture, "--square", "0,1,0"],
      [fixture, "--cube", "1"],
      [folder.path("no"), "--segment"],
    ];
    for (const given of cases) {
      const { code, out, err } = regions(...given);
      assert.equal(code, 64, given.join(" "));
      assert.equal(out, "");
      assert.match(err, /--help shows how it is used/);
    }
    const wide = regions("wide.safetensors", "--square", "0,1,0,1");
    assert.equal(wide.code, 65);
    writeFileSync(
      folder.path("wide.safetensors"),
      safetensorsOf([{ name: "0.weight", shape: [1, 3], values: [1, 1, 1] }]),
    );
    const square = regions("wide.safetensors", "--square", "0,1,0,1");
    assert.equal(square.code, 64);
    assert.match(square.err, /2 inputs; this one has 3/);
  });

  it("exits with 65 and one line for a file that is not as it should be", () => {
    const whole = readFileSync(fixture);
    const segment = write("d.json", [
      [0, 0],
      [1, 1],
    ]);
    const damaged: Record<string, Buffer> = {
      "empty.safetensors": Buffer.alloc(0),
      "short.safetensors": whole.subarray(0, 300),
      "long.safetensors": Buffer.concat([whole, Buffer.alloc(8)]),
      "huge-header.safetensors": Buffer.concat([Buffer.alloc(8, 0xff), whole.subarray(8)]),
      "net.pt": Buffer.from("PK\u0003\u0004 and so on, a zip archive"),
      "model.json": Buffer.from('{"modelTopology":{"class_name":"Sequential","config":{"layers":[]}}}'),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      writeFileSync(folder.path(name), bytes);
      const { code, out, err } = regions(name, "--segment", segment);
      assert.equal(code, 65, name);
      assert.equal(out, "", name);
      assert.equal(err.trimEnd().split("\n").length, 1, err);
    }
    const slices: [string[], RegExp][] = [
      [["--segment", "nowhere.json"], /nowhere\.json" does not exist/],
      [
        [
          "--segment",
          write("e.json", [
            [0, 0, 0],
            [1, 1, 1],
          ]),
        ],
        /e\.json": from has 3 numbers/,
      ],
      [
        [
          "--plane",
          write("f.json", {
            origin: [0, 0],
            directions: [
              [1, 0],
              [2, 0],
            ],
            ranges: [
              [0, 1],
              [0, 1],
            ],
          }),
        ],
        /f\.json"/,
      ],
      [["--square", "-9,9,-9,9", "--max-regions", "3"], /--max-regions/],
      [["--segment", segment, "--max-megabytes", "0.0001"], /--max-megabytes/],
    ];
    for (const [slice, message] of slices) {
      const { code, err } = regions(fixture, ...slice);
      assert.equal(code, 65, slice.join(" "));
      assert.match(err, message);
    }
  });

  it("does not count with numbers whose products overflow", () => {
    const large = [
      { name: "0.weight", shape: [2, 2], values: [1e200, 0, 1e200, 1e200], dtype: "F64" as const },
      { name: "2.weight", shape: [1, 2], values: [1e200, -1e200], dtype: "F64" as const },
    ];
    writeFileSync(folder.path("large.safetensors"), safetensorsOf(large));
    const segment = write("i.json", [
      [0, 0],
      [1, 1],
    ]);
    const files = [
      ["--square", "-1,1,-1,1"],
      ["--segment", segment],
    ];
    for (const slice of files) {
      const { code, err } = regions("large.safetensors", ...slice);
      assert.equal(code, 65);
      assert.match(err, /The values on the way through the net reach .* beyond ±1e100/);
    }
    assert.equal(regions(fixture, "--square", "0,1e101,0,1").code, 64);
    assert.match(
      regions(
        fixture,
        "--segment",
        write("j.json", [
          [0, 0],
          [1e101, 1],
        ]),
      ).err,
      /j\.json": to has numbers beyond/,
    );
  });

  it("exits with 73 when the picture cannot be written", () => {
    writeFileSync(folder.path("file"), "");
    const { code, err } = regions(fixture, "--square", "0,1,0,1", "--picture", "file/below.svg");
    assert.equal(code, 73);
    assert.match(err, /cannot be written/);
    assert.ok(!existsSync(folder.path("file", "below.svg")));
  });

  it("is a command that exits with these codes", () => {
    const segment = write("g.json", [
      [0, 0],
      [1, 1],
    ]);
    const counted = spawned([fixture, "--square", "-3,3,-2,4", "--json"]);
    assert.equal(counted.code, 0, counted.err);
    assert.equal(
      (JSON.parse(counted.out) as { regions: number }).regions,
      json(fixture, "--square", "-3,3,-2,4")["regions"],
    );
    const unknown = spawned([fixture, "--cube", "1"]);
    assert.equal(unknown.code, 64);
    writeFileSync(folder.path("cut.safetensors"), readFileSync(fixture).subarray(0, 300));
    const damaged = spawned(["cut.safetensors", "--segment", segment]);
    assert.equal(damaged.code, 65);
    assert.equal(damaged.out, "");
    assert.match(damaged.err, /^"[^"]*cut\.safetensors" names a header of \d+ bytes.*truncated\.\n$/);
  });

  it("shows its usage with 0, naming every exit code", () => {
    const { code, out } = spawned(["--help"]);
    assert.equal(code, 0);
    for (const word of ["--segment", "--square", "--plane", "--json", "--picture", " 64 ", " 65 ", " 73 "]) {
      assert.ok(out.includes(word), word);
    }
  });

  it("takes paths from the folder in which npm was typed", () => {
    mkdirSync(folder.path("below"));
    write("below/h.json", [
      [0, 0],
      [1, 1],
    ]);
    const variables = { npm_lifecycle_event: "regions", INIT_CWD: folder.path("below") };
    assert.equal(spawned([fixture, "--segment", "h.json"], variables).code, 0);
    assert.equal(spawned([fixture, "--segment", "h.json"]).code, 65);
  });

  it("loads neither TensorFlow nor Plotly", () => {
    const script = `
      const { require: load } = require("tsx/cjs/api");
      load(${JSON.stringify(join(root, "tools", "regions", "index.ts"))}, __filename);
      const loaded = Object.keys(require.cache).filter((path) => /node_modules.*(tensorflow|plotly|jsdom)/.test(path));
      process.stdout.write(loaded.slice(0, 3).join());`;
    const { stdout, status, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.equal(stdout, "");
  });
});
