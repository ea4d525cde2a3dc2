import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { findChromium, LabPage, openChromium } from "./lab-page";
import { startLab, type Lab } from "./lab-server";
import { until } from "./until";

const notebook = join(__dirname, "../../notebooks/01-curvature.ipynb");
const chromium = findChromium();

describe("JupyterLab in a browser", () => {
  // A test without a body: mocha lists it as pending, the record as not run.
  if (chromium === null) it("not run: chromium is not installed (Debian, Ubuntu: apt install chromium)");
  else checkJupyterLab(chromium);
});

function checkJupyterLab(executable: string): void {
  let lab: Lab;
  let browser: Browser;
  let page: LabPage;
  const openPage = async (): Promise<LabPage> =>
    new LabPage(await browser.newPage({ viewport: { width: 1500, height: 1000 } }));

  before(async () => {
    lab = await startLab([notebook]);
    browser = await openChromium(executable);
  });
  afterEach(async function () {
    if (this.currentTest?.state !== "failed") return;
    const path = join(tmpdir(), `fathom-soak-failed-${Date.now()}.png`);
    await page.page.screenshot({ path });
    console.log(`        seen then: ${path}`);
  });
  after(async () => {
    await browser?.close();
    await lab?.stop();
  });

  describe("a new notebook", () => {
    before(async () => {
      page = await openPage();
      await page.create(lab.address("lab"), "TypeScript (Fathom)");
    });
    after(() => page.page.close());

    it("gives its first result", async () => {
      const cell = await page.append(
        'import * as theory from "fathom/theory";\n' +
          "theory.lengthMap(0, { activation: theory.tanh, sigmaW: 2.5, sigmaB: 0.5 })",
      );
      await page.run(cell);
      assert.equal((await page.says(cell, /\S/)).replace(/^\[\d+\]:\s*/, ""), "0.25");
    });

    it("shows a figure that answers the mouse", async () => {
      const cell = await page.append(`import { figure, show } from "fathom/report";
await show(figure({
  id: "soak-hover", title: "Squares grow", xAxis: { label: "side" }, yAxis: { label: "area" },
  series: [{ name: "squares", kind: "measurement", x: [1, 2, 3], y: [1, 4, 9] }],
}));`);
      await page.run(cell);
      const plot = await interactive(cell);
      const point = await plot.locator(".scatterlayer .points path").nth(1).boundingBox();
      assert.ok(point !== null);
      await page.page.mouse.move(point.x - 40, point.y - 40);
      await page.page.mouse.move(point.x + point.width / 2, point.y + point.height / 2, { steps: 5 });
      const label = await plot.locator(".hoverlayer .hovertext").first().textContent({ timeout: 20_000 });
      assert.match(label ?? "", /4/);
    });

    it("completes the library's names with Tab and explains them with Shift+Tab", async () => {
      const cell = await page.append("theory.lengthM");
      await page.page.keyboard.press("Tab");
      const offered = page.page.locator(".jp-Completer:not(.lm-mod-hidden) .jp-Completer-item");
      await offered.first().waitFor({ timeout: 20_000 });
      assert.ok((await offered.allInnerTexts()).some((text) => /^lengthMapTrajectory\b/.test(text.trim())));
      await offered.filter({ hasText: /lengthMapTrajectory/ }).click();
      await until("the completed name", 20_000, async () =>
        (await cell.locator(".cm-content").innerText()).trim() === "theory.lengthMapTrajectory" ? true : null,
      );
      await page.write(cell, "theory.lengthMap");
      await page.page.keyboard.press("Shift+Tab");
      const tooltip = page.page.locator(".jp-Tooltip");
      await tooltip.waitFor({ timeout: 20_000 });
      assert.match(await tooltip.innerText(), /lengthMap\(q: number.*Poole et al\. 2016, eq\. 3/s);
      await page.page.keyboard.press("Escape");
    });

    const loops = [
      { title: "a loop without end", code: "while (true) {}" },
      {
        title: "a loop after an await",
        code:
          'await new Promise((resolve) => setTimeout(resolve, 50));\nconsole.log("turning");\n' +
          "let turns = 0;\nwhile (true) { turns++; }",
        begun: /turning/,
      },
    ];
    for (const { title, code, begun } of loops) {
      it(`stops ${title} and runs the next cell`, async () => {
        const cell = await page.append(code);
        const end = await page.start(cell);
        await page.status("busy");
        if (begun !== undefined) await page.says(cell, begun);
        await page.stop();
        await end();
        await page.says(cell, /KeyboardInterrupt/);
        const next = await page.append("6 * 7");
        await page.run(next);
        await page.says(next, /\b42\b/);
      });
    }

    it("moves a progress bar and ends it in place", async () => {
      const cell = await page.append(`import { notebookProgress } from "fathom/report";
const progress = notebookProgress("counting");
for (let i = 0; i < 20; i++) {
  progress.update(i / 20);
  await new Promise((resolve) => setTimeout(resolve, 150));
}
progress.done();`);
      const end = await page.start(cell);
      const [bar, outputs] = [cell.locator("progress"), cell.locator(".jp-OutputArea-child")];
      const values: number[] = [];
      await until("the end of the progress", 60_000, async () => {
        assert.ok((await outputs.count()) <= 1, "each step left an output of its own");
        const value = (await bar.count()) === 0 ? null : await bar.getAttribute("value", { timeout: 200 });
        if (value !== null && values.at(-1) !== Number(value)) values.push(Number(value));
        return /counting: done/.test((await outputs.allInnerTexts()).join()) ? true : null;
      });
      await end();
      assert.ok(values.length >= 4, `values seen: ${values.join(", ")}`);
      assert.deepEqual(
        values,
        values.toSorted((a, b) => a - b),
      );
      assert.equal(await bar.count(), 0);
      assert.equal(await outputs.count(), 1);
    });
  });

  describe("notebook 01", () => {
    const sources = codeCells(notebook);
    const cellOf = (id: string): Locator => page.codeCell(sources.findIndex((cell) => cell.id === id));
    const runAll = async (...ids: string[]): Promise<void> => {
      for (const id of ids) await page.run(cellOf(id));
    };
    let first: Trace[];

    before(async () => {
      page = await openPage();
      await page.open(lab.address("lab/tree/01-curvature.ipynb"));
    });
    after(() => page.page.close());

    it("draws its first figure from its first cells", async () => {
      await page.page.getByRole("menuitem", { name: "Edit" }).click();
      await page.page.getByRole("menuitem", { name: "Clear Outputs of All Cells" }).click();
      await until("cleared cells", 20_000, async () =>
        (await page.page.locator(".jp-RenderedPlotly").count()) === 0 ? true : null,
      );
      await runAll("parameters", "imports", "drawing", "constants", "signal", "length-map-figure");
      first = await traces(cellOf("length-map-figure"));
      assert.ok(measured(first).length > 0 && theories(first).length > 0);
    });

    it("draws other measurements on the same theory after a change of width", async () => {
      const source = sources.find(({ id }) => id === "parameters")?.source ?? "";
      const narrower = source.replace("signal: { width: 500", "signal: { width: 20");
      assert.notEqual(narrower, source);
      await page.write(cellOf("parameters"), narrower);
      await runAll("parameters", "signal", "length-map-figure");
      const second = await traces(cellOf("length-map-figure"));
      assert.notDeepEqual(measured(second), measured(first));
      assert.deepEqual(theories(second), theories(first));
    });

    it("says in which line of the cell an error arose", async () => {
      const cell = cellOf("constants");
      await page.write(cell, "const start = NaN;\n\ntheory.lengthMap(start, fields[0]);");
      const count = await page.run(cell);
      const words = await page.says(cell, /RangeError/);
      assert.match(words, new RegExp(`In \\[${count}\\]:3:`));
    });
  });
}

/** A cell's figure. JupyterLab shows its picture at first; the mouse over it wakes the interactive one. */
async function interactive(cell: Locator): Promise<Locator> {
  const figure = cell.locator(".jp-RenderedPlotly");
  await figure.locator(".plot-img, .plot-container").first().waitFor({ timeout: 60_000 });
  await figure.hover();
  await figure.locator(".plot-container .main-svg").first().waitFor({ timeout: 60_000 });
  return figure;
}

/** What Plotly has drawn of a series: its name, and its values as it was given them. */
interface Trace {
  readonly name?: string;
  readonly y?: unknown;
}

async function traces(cell: Locator): Promise<Trace[]> {
  const plot = await interactive(cell);
  const json = await plot.evaluate((element: object) => JSON.stringify((element as { data: unknown }).data));
  return JSON.parse(json) as Trace[];
}

const measured = (all: Trace[]): unknown[] => all.filter(({ name }) => name === "random nets").map(({ y }) => y);
const theories = (all: Trace[]): unknown[] => all.filter(({ name }) => name !== "random nets").map(({ y }) => y);

function codeCells(path: string): { id: string; source: string }[] {
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as {
    cells: { id: string; cell_type: string; source: string | string[] }[];
  };
  const code = cells.filter((cell) => cell.cell_type === "code");
  return code.map(({ id, source }) => ({ id, source: [source].flat().join("") }));
}
