import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { removeAbandoned, writeWhole } from "../../lib/sweep/whole-file";

describe("files that are whole or absent", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "whole-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const host = encodeURIComponent(hostname());
  const left = (name: string): string => {
    const file = join(folder, name);
    writeFileSync(file, "half");
    return file;
  };

  it("are written into folders that are made, and leave nothing beside them", async () => {
    await writeWhole(join(folder, "a", "b.json"), "text");
    assert.equal(readFileSync(join(folder, "a", "b.json"), "utf8"), "text");
    assert.deepEqual(readdirSync(join(folder, "a")), ["b.json"]);
  });

  it("stay as they were where the new text cannot be written", async () => {
    await writeWhole(join(folder, "a"), "text");
    await assert.rejects(writeWhole(join(folder, "a", "b"), "text"));
    assert.equal(readFileSync(join(folder, "a"), "utf8"), "text");
  });

  it("are cleared of what processes of this host left when they were killed, at once", () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const [gone, running] = [left(`.${host}.${pid}.1.tmp`), left(`.${host}.${process.pid}.2.tmp`)];
    utimesSync(running, new Date(0), new Date(0));
    removeAbandoned(folder);
    assert.ok(!existsSync(gone));
    assert.ok(existsSync(running));
  });

  it("are cleared of what another host left a day ago, also by a clock that runs backwards", () => {
    const [old, fresh, tomorrow] = [left(".other.1.1.tmp"), left(".other.1.2.tmp"), left(".other.1.3.tmp")];
    utimesSync(old, new Date(0), new Date(0));
    const later = new Date(Date.now() + 24 * 3600 * 1000);
    utimesSync(tomorrow, later, later);
    removeAbandoned(folder);
    assert.deepEqual([old, fresh, tomorrow].map(existsSync), [false, true, true]);
    removeAbandoned(join(folder, "never-made"));
  });
});
