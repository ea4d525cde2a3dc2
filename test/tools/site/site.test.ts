import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { findChromium, openChromium } from "../../../tools/site/chromium";
import { printPages } from "../../../tools/site/print";
import { interactiveNotebook } from "./interactive-notebook";
import { type Finding, inspectPage } from "./inspect-page";
import { brokenLinks } from "./links";

const root = join(__dirname, "../../..");
const stored = readdirSync(join(root, "notebooks")).filter((file) => file.endsWith(".ipynb"));

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function command(arguments_: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, "tools/site.mjs"), ...arguments_], { cwd: root });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The answer of a server that has just been started. */
async function until(ask: () => Promise<Response>): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

describe("npm run site", function () {
  this.timeout(600_000);
  let folder: string;
  let site: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "fathom-test-"));
    const notebooks = join(folder, "notebooks");
    site = join(folder, "site");
    mkdirSync(notebooks);
    for (const file of stored) copyFileSync(join(root, "notebooks", file), join(notebooks, file));
    writeFileSync(join(notebooks, "00-squares.ipynb"), JSON.stringify(interactiveNotebook()));
    mkdirSync(join(site, "figures"), { recursive: true });
    writeFileSync(join(site, "figures", "00-squares.csv"), "side,area\n1,1\n");
    const { code, output } = await command(["--stored", "--notebooks", notebooks, "--site", site]);
    assert.equal(code, 0, output);
    assert.match(output, /00-squares was not executed here: its stored results are taken\./);
  });
  after(() => rmSync(folder, { recursive: true }));

  const page = (name: string): string => readFileSync(join(site, name), "utf8");

  it("writes a page for each notebook, the index, the search and the library's documentation, and no half of a file", () => {
    for (const file of stored) assert.ok(existsSync(join(site, file.replace("ipynb", "html"))), file);
    assert.match(page("library/functions/theory.lengthMap.html"), /Poole et al\. 2016/);
    const files = readdirSync(site, { recursive: true, encoding: "utf8" });
    assert.deepEqual(
      files.filter((file) => /partial|tmp/.test(file)),
      [],
    );
  });

  it("shares Plotly: no page carries it", () => {
    for (const file of readdirSync(site).filter((name) => name.endsWith(".html"))) {
      assert.ok(Buffer.byteLength(page(file)) < 2_500_000, file);
      assert.doesNotMatch(page(file), /plotly\.js v/);
    }
  });

  it("links only to what is there", () => assert.deepEqual(brokenLinks(site), []));

  it("names no page or host beyond the site in what pages load", () => {
    for (const file of readdirSync(site).filter((name) => name.endsWith(".html"))) {
      assert.doesNotMatch(page(file), /<(script|link|img|iframe)[^>]*\s(src|href)="(\w+:)?\/\//, file);
    }
  });

  it("links a figure to the files that are there of it", () => {
    const links = [...page("00-squares.html").matchAll(/<a [^>]*href="(figures\/[^"]*)"/g)].map(
      ([, address]) => address,
    );
    assert.deepEqual(links, ["figures/00-squares.csv"]);
  });

  it("is served on the loopback interface, until it is stopped", async () => {
    // The library's documentation takes longest, and is the same.
    const served = join(folder, "served");
    cpSync(join(site, "library"), join(served, "library"), { recursive: true });
    const port = await freePort();
    const fixtures = ["01", "--stored", "--notebooks", join(root, "test/fixtures/run"), "--site", served];
    const child = spawn(process.execPath, [join(root, "tools/site.mjs"), ...fixtures, "--serve", "--port", `${port}`], {
      cwd: root,
    });
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (text: Buffer) => {
        if (String(text).includes(`http://127.0.0.1:${port}/`)) resolve();
      });
      void ended.then(() => resolve());
    });
    const answer = await until(() => fetch(`http://127.0.0.1:${port}/`));
    assert.match(await answer.text(), /<title>Fathom/);
    child.kill("SIGINT");
    assert.equal(await ended, 0);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/`));
  });

  it("gives every claim of the collection a place on the index", () => {
    for (const file of stored) {
      const claims = page(file).match(/"application\/vnd\.fathom\.claims\+json"/g) ?? [];
      assert.equal(claims.length, 1, file);
    }
    const rows = page("index.html").match(/<tr class="claim"/g) ?? [];
    assert.ok(rows.length > 100);
  });

  it("names in a cell's metadata only claims that the notebook makes", () => {
    interface Cell {
      metadata: { fathom?: { claims?: string[] } };
      outputs?: { data?: Record<string, { claims: { id: string }[] } | undefined> }[];
    }
    for (const file of stored) {
      const { cells } = JSON.parse(readFileSync(join(root, "notebooks", file), "utf8")) as { cells: Cell[] };
      const made = cells
        .flatMap(({ outputs }) => outputs ?? [])
        .flatMap(({ data }) => data?.["application/vnd.fathom.claims+json"]?.claims ?? [])
        .map(({ id }) => id);
      const named = cells.flatMap(({ metadata }) => metadata.fathom?.claims ?? []);
      assert.deepEqual(
        named.filter((id) => !made.includes(id)),
        [],
        file,
      );
      assert.equal(new Set(named).size, named.length, file);
    }
  });

  it("executes a notebook that was not executed here, once", async () => {
    const elsewhere = join(folder, "elsewhere");
    // The library's documentation takes longest, and is the same.
    cpSync(join(site, "library"), join(elsewhere, "library"), { recursive: true });
    const fixtures = ["01", "--notebooks", join(root, "test/fixtures/run"), "--site", elsewhere];
    const first = await command(fixtures);
    assert.equal(first.code, 0, first.output);
    assert.match(first.output, /01-holds was not executed here\.[^]*01-holds .* ✓ its claim holds/);
    const second = await command(fixtures);
    assert.equal(second.code, 0, second.output);
    assert.doesNotMatch(second.output, /executed here|✓/);
  });

  it("ends with 64 for what it does not know", async () => {
    assert.equal((await command(["no-such", "--site", site])).code, 64);
    assert.equal((await command(["--port", "80", "--site", site])).code, 64);
    assert.equal((await command(["--serve", "--port", "huge", "--site", site])).code, 64);
  });

  const executable = findChromium();
  describe("in a browser", () => {
    // A test without a body: mocha lists it as pending, the record as not run.
    if (executable === null) it("not run: chromium is not installed (Debian, Ubuntu: apt install chromium)");
    else checkInBrowser(executable, () => site);
  });
});

function checkInBrowser(executable: string, site: () => string): void {
  let browser: Browser;
  before(async () => (browser = await openChromium(executable)));
  after(() => browser.close());

  const inspect = (
    file: string,
    scheme: "light" | "dark",
    width: number,
    use?: (page: Page) => Promise<void>,
  ): Promise<Finding[]> => inspectPage(browser, join(site(), file), { scheme, width }, use);

  const pages = ["index.html", "00-squares.html", "library/index.html", "library/functions/theory.lengthMap.html"];
  for (const file of pages) {
    it(`${file} has nothing wrong with it, on a desk and on a phone, light and dark`, async () => {
      for (const scheme of ["light", "dark"] as const) {
        for (const width of [1400, 390]) {
          assert.deepEqual(await inspect(file, scheme, width), [], `${scheme}, ${width} pixels`);
        }
      }
    });
  }

  it("links between notebooks are links between pages; what the site does not hold is no link", async () => {
    await inspect("00-squares.html", "light", 1400, async (page) => {
      assert.match((await page.getAttribute("a:text-is('another')", "href")) ?? "", /^00-squares\.html#Words$/);
      assert.equal(await page.getAttribute("a:text-is('homework')", "href"), null);
    });
  });

  it("draws figures, in dark ink on a dark page, and again when the reader changes the theme, which is remembered", async () => {
    const findings = await inspect("00-squares.html", "light", 1400, async (page) => {
      const card = (): Promise<unknown> =>
        page.evaluate("getComputedStyle(document.querySelector('.plot .main-svg')).backgroundColor");
      assert.equal(await card(), "rgb(255, 255, 255)");
      await page.click(".theme");
      await page.click(".theme");
      await page.waitForFunction("document.querySelector('.plot .main-svg')?.style.background.includes('24, 28, 34')");
      assert.equal(await page.evaluate("document.querySelector('.plot').data[1].colorscale[0][1]"), "#440154");
      await page.reload();
      assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
      await page.goto(page.url().replace("00-squares", "library/index"));
      assert.equal(await page.evaluate("document.documentElement.dataset.theme"), "dark");
    });
    assert.deepEqual(findings, []);
  });

  it("moves a figure's curves with its slider", async () => {
    const findings = await inspect("00-squares.html", "light", 1400, async (page) => {
      const heights = (): Promise<unknown> => page.evaluate("document.querySelector('.plot').data[0].y.join()");
      assert.equal(await heights(), "1,4,9");
      const rail = page.locator(".plot .slider-rail-touch-rect");
      await rail.scrollIntoViewIfNeeded();
      const box = await rail.boundingBox();
      assert.ok(box !== null);
      await page.mouse.click(box.x + box.width - 8, box.y + box.height / 2);
      await page.waitForFunction("document.querySelector('.plot').data[0].y.join() === '1,8,27'");
    });
    assert.deepEqual(findings, []);
  });

  it("prints a notebook's page, with its figure", async () => {
    await printPages(site(), ["00-squares"]);
    const file = readFileSync(join(site(), "00-squares.pdf"));
    assert.equal(file.toString("latin1", 0, 5), "%PDF-");
    assert.ok(file.length > 20_000, `${file.length} bytes`);
    rmSync(join(site(), "00-squares.pdf"));
  });

  it("finds what is searched for, with the keyboard alone", async () => {
    const findings = await inspect("00-squares.html", "dark", 1400, async (page) => {
      await page.keyboard.press("/");
      await page.keyboard.type("fixed point of the length");
      await page.waitForSelector("dialog.search li");
      await page.keyboard.press("ArrowDown");
      assert.equal(
        await page.evaluate("document.activeElement === document.querySelector('dialog.search li a')"),
        true,
      );
    });
    assert.deepEqual(findings, []);
    await inspect("library/index.html", "light", 390, async (page) => {
      await page.click(".find");
      await page.keyboard.type("lengthMap");
      await page.waitForSelector("dialog.search li");
      await page.keyboard.press("Enter");
      await page.waitForURL(/functions\/theory\.lengthMap\.html/);
    });
  });

  it("loses no letter that is typed while the search opens, and replaces the last words when it opens again", async () => {
    await inspect("index.html", "light", 1400, async (page) => {
      // Both letters in the task of the click: before any event of the dialog.
      const first = await page.evaluate(`(async () => {
        document.querySelector(".find").click();
        document.execCommand("insertText", false, "le");
        await new Promise((resolve) => setTimeout(resolve, 200));
        document.execCommand("insertText", false, "ngth");
        return document.querySelector("dialog.search input").value;
      })()`);
      assert.equal(first, "length");
      await page.click("dialog.search .close");
      await page.keyboard.press("/");
      await page.keyboard.type("width");
      assert.equal(await page.inputValue("dialog.search input"), "width");
    });
  });

  it("shows the claims that are asked for", async () => {
    await inspect("index.html", "light", 1400, async (page) => {
      const count = (): Promise<number> => page.locator(".claim:visible").count();
      const whole = await count();
      await page.fill(".filter input", "euclid");
      assert.equal(await count(), 1);
      assert.equal(await page.locator(".shown").textContent(), `1 of ${whole} claims`);
      await page.selectOption("[name=verdict]", "fails");
      assert.equal(await count(), 0);
      await page.click(".filter button");
      await page.selectOption("[name=notebook]", "00-squares");
      assert.equal(await count(), 1);
    });
  });

  it("leads from each notebook to the next, and marks the section that is read", async () => {
    await inspect("00-squares.html", "light", 1400, async (page) => {
      assert.match((await page.getAttribute(".neighbours .next", "href")) ?? "", /01-curvature\.html$/);
      await page.click(".contents a:text('Words')");
      await page.waitForSelector(".contents a[aria-current]:text('Words')");
    });
  });

  it("sees what is planted wrong", async () => {
    const planted = (body: string): string => {
      const text = readFileSync(join(site(), "index.html"), "utf8").replace("</main>", `${body}</main>`);
      writeFileSync(join(site(), "planted.html"), text);
      return "planted.html";
    };
    const kinds = async (body: string): Promise<string[]> => [
      ...new Set((await inspect(planted(body), "light", 390)).map(({ kind }) => kind)),
    ];
    try {
      assert.deepEqual(await kinds(""), []);
      assert.deepEqual(await kinds('<script>console.error("planted")</script>'), ["console"]);
      assert.ok((await kinds('<img alt="" src="http://127.0.0.1:9/x.png">')).includes("request"));
      assert.deepEqual(await kinds('<p style="color:#ddd;background:#fff">pale words</p>'), ["accessibility"]);
      assert.deepEqual(await kinds('<p style="width:1000px">wide</p>'), ["width"]);
      planted('<a href="no-such.html">a</a><a href="index.html#no-such-place">b</a>');
      assert.deepEqual(brokenLinks(site()), ["planted.html → no-such.html", "planted.html → index.html#no-such-place"]);
    } finally {
      rmSync(join(site(), "planted.html"));
    }
  });
}
