import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { exact, figure, figureSvg, notebookProgress, showClaims, table } from "fathom/report";
import { inFakeKernel } from "../report/fake-kernel";
import { assertInert, assertToldWhole, everything, planted } from "./planted";

async function htmlOf(body: () => unknown): Promise<string> {
  const { shown, failed } = await inFakeKernel(body);
  assert.equal(failed, undefined);
  return shown.map(({ data }) => data["text/html"] as string).join("\n");
}

describe("what a notebook shows stays text", () => {
  let folder: string;
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.FATHOM_CLAIMS;
    process.env.FATHOM_CLAIMS = folder = mkdtempSync(join(tmpdir(), "fathom-escaping-"));
  });
  afterEach(() => {
    if (before === undefined) delete process.env.FATHOM_CLAIMS;
    else process.env.FATHOM_CLAIMS = before;
    rmSync(folder, { recursive: true });
  });

  it("in cells, headings and captions of tables", async () => {
    const html = await htmlOf(() =>
      table(
        planted.map((text) => ({ [text]: text, number: 1 })),
        { caption: everything, columns: [planted[0], "number"], headings: { number: everything } },
      ),
    );
    assertToldWhole(assertInert(html), planted);
  });

  it("in statements, sources and values of claims", async () => {
    const html = await htmlOf(() =>
      showClaims(
        "escaping",
        planted.map((text, index) =>
          exact({ id: `claim-${index}`, statement: text, source: text }, { predicted: text, measured: text }),
        ),
      ),
    );
    assertToldWhole(assertInert(html));
  });

  it("in titles and words of progress", async () => {
    const html = await htmlOf(() => {
      const progress = notebookProgress(everything);
      progress.update(0.5, everything);
      progress.done();
    });
    assertToldWhole(assertInert(html));
  });

  it("in titles, labels, names, notes and ticks of figures", async () => {
    const drawn = figure({
      id: "planted",
      title: everything,
      xAxis: { label: planted[0], ticks: planted.map((text, place) => [place, text]) },
      yAxis: { label: everything },
      series: planted.map((name) => ({ name, kind: "measurement", x: [0, 9], y: [0, 1] })),
      notes: planted.map((text, place) => ({ x: place, y: 0.5, text })),
    });
    const svg = await figureSvg(drawn);
    const { document } = new JSDOM(svg, { contentType: "image/svg+xml" }).window;
    assert.equal(document.querySelectorAll("script, foreignObject, iframe, image[href^='http']").length, 0);
    assert.ok(document.querySelectorAll("text").length > 3 * planted.length);
    assertInert(svg);
  });
});
