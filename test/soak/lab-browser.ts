import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { Abroad } from "./lab-network";
import { findChromium, openChromium } from "../../tools/site/chromium";
import { LabPage } from "./lab-page";
import { startLab, type Lab } from "./lab-server";

/** JupyterLab in a browser, as the tests of one block share it. */
export interface LabInBrowser {
  readonly lab: () => Lab;
  readonly page: () => LabPage;
  readonly context: () => BrowserContext;
  /** Opens the first notebook. */
  readonly open: () => Promise<void>;
}

/** With which the browser finds no machine but this one. */
const cutOff = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1";

/**
 * A block of tests in JupyterLab, on copies of notebooks, with a page of its own, in a browser that is cut off from the
 * network; the last test is that nothing asked for anything beyond this machine. Listed as not run where there is no browser.
 */
export function checkInLab(title: string, notebooks: readonly string[], tests: (lab: LabInBrowser) => void): void {
  describe(title, () => {
    const executable = findChromium();
    if (executable === null) {
      // A test without a body: mocha lists it as pending, the record as not run.
      it("not run: chromium is not installed (Debian, Ubuntu: apt install chromium)");
      return;
    }
    let [lab, browser, context, page]: [Lab?, Browser?, BrowserContext?, LabPage?] = [];
    let proxy: Awaited<ReturnType<Abroad["proxy"]>> | undefined;
    const abroad = new Abroad();

    before(async () => {
      proxy = await abroad.proxy();
      lab = await startLab(notebooks, proxy.environment);
      browser = await openChromium(executable, cutOff);
      context = await browser.newContext({ viewport: { width: 1500, height: 1000 } });
      abroad.watch(context);
      page = new LabPage(await context.newPage());
    });
    afterEach(async function () {
      if (this.currentTest?.state !== "failed" || page === undefined) return;
      const path = join(tmpdir(), `fathom-soak-failed-${Date.now()}.png`);
      await page.page.screenshot({ path });
      console.log(`        seen then: ${path}`);
    });
    after(async () => {
      await browser?.close();
      await lab?.stop();
      proxy?.close();
    });

    tests({
      lab: () => lab!,
      page: () => page!,
      context: () => context!,
      open: () => page!.open(lab!.address(`lab/tree/${basename(notebooks[0])}`)),
    });

    it("asks for nothing beyond this machine", () => assert.deepEqual(abroad.requests, []));
  });
}
