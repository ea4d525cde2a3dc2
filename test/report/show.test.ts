import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { figure, show } from "fathom/report";
import { withEnvironment } from "../sweep/with-environment";
import { inFakeKernel } from "./fake-kernel";

const square = figure({
  id: "01-square",
  title: "Squares grow",
  description: "A parabola.",
  xAxis: { label: "x" },
  yAxis: { label: "x²" },
  series: [{ name: "theory", kind: "theory", x: [1, 2, 3], y: [1, 4, 9] }],
});

describe("show", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "figures-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is one message: interactive, a picture, and words", async () => {
    const { shown } = await withEnvironment({ FATHOM_FIGURES: folder, FATHOM_STORED: undefined }, () =>
      inFakeKernel(() => show(square)),
    );
    assert.equal(shown.length, 1);
    const { data, metadata } = shown[0];
    assert.deepEqual(Object.keys(data), ["application/vnd.plotly.v1+json", "image/png", "text/plain"]);
    assert.equal(data["text/plain"], "Squares grow. A parabola.");
    assert.deepEqual(metadata["image/png"], { width: 760, height: square.height, alt: "Squares grow. A parabola." });
    assert.deepEqual(metadata.fathom, { figure: "01-square" });
    assert.equal(Buffer.from(String(data["image/png"]), "base64").toString("latin1", 1, 4), "PNG");
    const { layout } = data["application/vnd.plotly.v1+json"] as { layout: Record<string, unknown> };
    assert.equal(layout.autosize, true);
    assert.ok(!("width" in layout));
  });

  it("is a picture only where notebooks are stored", async () => {
    const { shown } = await withEnvironment({ FATHOM_FIGURES: folder, FATHOM_STORED: "1" }, () =>
      inFakeKernel(() => show([square, square])),
    );
    assert.deepEqual(
      shown.map(({ data }) => Object.keys(data)),
      [
        ["image/png", "text/plain"],
        ["image/png", "text/plain"],
      ],
    );
    assert.deepEqual(shown[0], shown[1]);
  });

  it("writes the numbers and the picture, and nothing else", async () => {
    await withEnvironment({ FATHOM_FIGURES: folder }, () => show(square));
    assert.deepEqual(readdirSync(folder).sort(), ["01-square.csv", "01-square.png"]);
    assert.equal(readFileSync(join(folder, "01-square.csv"), "utf8"), square.csv);
  });

  it("does nothing outside a notebook when no folder is named", async () => {
    await withEnvironment({ FATHOM_FIGURES: undefined }, () => show(square));
  });
});
