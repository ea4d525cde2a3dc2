import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { environment } from "../../tools/environment.mjs";
import { junit } from "../../tools/run/junit";
import { gallery } from "../../tools/site/gallery";
import { scriptJson } from "../../tools/site/html";
import { notebookEntries, searchScript } from "../../tools/site/search-index";
import { claim, code, executed, png, section, shown } from "../tools/site/executed";
import { assertInert, assertToldWhole, everything, planted } from "./planted";

const root = join(__dirname, "..", "..");

describe("what the site shows stays text", () => {
  const figure = shown(3, everything);
  const notebook = executed({
    name: everything,
    title: everything,
    paper: everything,
    lead: everything,
    sections: [section(0, everything, 1), section(2, everything)],
    figures: [figure],
    claims: planted.map((text, index) =>
      claim(text, {
        notebook: everything,
        id: `claim-${index} ${text}`,
        statement: text,
        source: text,
        rule: text,
        predicted: text,
        measured: text,
        standardError: null,
      }),
    ),
    code: [code(4, everything)],
    scale: everything,
    ended: new Date("2026-11-21T15:00:00Z"),
  });
  const failed = executed({ name: "02", title: everything, error: everything });
  const outcome = {
    notebook: everything,
    cells: 5,
    seconds: 65,
    claims: notebook.claims,
    failure: { name: everything, message: everything, cell: 1, trace: everything },
  };

  it("on the first page", () => {
    const entries = [
      { notebook, outcome: null },
      { notebook: failed, outcome: null },
      { notebook, outcome: outcome as never },
    ];
    const page = gallery(entries, new Map([[figure, { file: "thumbnails/one.webp", width: 720, height: 300 }]]));
    assertToldWhole(assertInert(page, "head script[src^='assets/']"));
  });

  it("in the search's index, written into a page as well as run as the file that it is", () => {
    const script = searchScript(notebookEntries(notebook));
    const dom = new JSDOM(`<body><script>${script}</script></body>`, { runScripts: "dangerously" });
    const window = dom.window as unknown as { planted?: unknown; fathomSearch?: { index: string } };
    assert.equal(window.planted, undefined);
    assert.equal(dom.window.document.querySelectorAll("script").length, 1);
    const index = window.fathomSearch?.index ?? "";
    for (const text of planted) assert.ok(index.includes(JSON.stringify(text).slice(1, -1)), text);
  });

  it("in the list of notebooks that every page is linked from", () => {
    const script = `window.fathomContents = ${scriptJson({ notebooks: [{ name: everything, title: everything }] })};`;
    const dom = new JSDOM(`<body><script>${script}</script></body>`, { runScripts: "dangerously" });
    const window = dom.window as unknown as { planted?: unknown; fathomContents?: { notebooks: { title: string }[] } };
    assert.equal(window.planted, undefined);
    assert.equal(window.fathomContents?.notebooks[0].title, everything);
  });

  it("in the run's results as XML", () => {
    const { document } = new JSDOM(junit([outcome as never]), { contentType: "text/xml" }).window;
    assert.equal(document.querySelectorAll("script, img, svg, iframe").length, 0);
    assert.equal(document.querySelector("error")?.getAttribute("message"), everything);
  });
});

describe("the page of an executed notebook", function () {
  this.timeout(120_000);
  let folder: string;
  let dom: JSDOM;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "fathom-escaping-"));
    const output = (data: Record<string, unknown>, metadata: object = {}): object => ({
      output_type: "display_data",
      data,
      metadata,
    });
    const lines = planted.join("\n");
    const notebook = {
      cells: [
        { cell_type: "markdown", id: "title", metadata: {}, source: "# Title with 1 < 2 and `<script>`" },
        {
          cell_type: "code",
          id: "code",
          execution_count: 1,
          metadata: {},
          source: lines,
          outputs: [
            { output_type: "stream", name: "stdout", text: lines },
            { output_type: "stream", name: "stderr", text: lines },
            output({ "text/plain": lines }),
            output({ "text/latex": lines }),
            output({ "image/png": png, "text/plain": lines }, { "image/png": { alt: lines } }),
            output({ "image/png": png, "text/plain": lines }, { fathom: { figure: `../${everything}` } }),
            output({
              "application/vnd.plotly.v1+json": {
                data: [{ name: everything }],
                layout: { title: everything, height: 300 },
              },
              "text/plain": lines,
            }),
            { output_type: "error", ename: everything, evalue: everything, traceback: [lines] },
          ],
        },
      ],
      metadata: { kernelspec: { name: "tslab", display_name: everything, language: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    writeFileSync(join(folder, "planted.ipynb"), JSON.stringify(notebook));
    const { status, stderr } = spawnSync(
      "python",
      [join(root, "tools", "site", "notebook_page.py"), folder, "planted"],
      {
        env: environment(process.env),
        encoding: "utf8",
      },
    );
    assert.equal(status, 0, stderr);
    const page = readFileSync(join(folder, "planted.html"), "utf8");
    dom = assertInert(page, "head script[src^='assets/'], figure > script[type='application/json']");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps what code, outputs and errors say as text", () => assertToldWhole(dom, planted.slice(0, 9)));

  it("keeps a figure's words inside its data", () => {
    const data = dom.window.document.querySelector("figure > script")?.textContent ?? "";
    assert.equal((JSON.parse(data) as { layout: { title: string } }).layout.title, everything);
  });

  it("has a title that is text", () => {
    assert.equal(dom.window.document.title, "Title with 1 < 2 and `<script>`");
  });
});
