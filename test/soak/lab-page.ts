import type { Locator, Page } from "playwright-core";
import { Failure, until } from "./until";

/** Generous: two cores, with a kernel that compiles. */
const patience = 60_000;

/** One notebook open in JupyterLab, worked on as a reader does: with the mouse and the keyboard. */
export class LabPage {
  constructor(readonly page: Page) {}

  private get notebook(): Locator {
    return this.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }

  /** The code cells in their order; the last one has index -1. */
  codeCell(index: number): Locator {
    return this.notebook.locator(".jp-CodeCell").nth(index);
  }

  output(cell: Locator): Locator {
    return cell.locator(".jp-Cell-outputArea");
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.kernel();
  }

  /** Waits for a kernel: before it has a name, JupyterLab runs nothing, and says so nowhere. */
  private async kernel(): Promise<void> {
    const name = this.notebook.locator(".jp-KernelName").filter({ hasText: "TypeScript (Fathom)" });
    await name.waitFor({ timeout: patience });
    await this.status("idle");
  }

  /** Makes a notebook from the launcher's card of a kernel. */
  async create(address: string, kernel: string): Promise<void> {
    await this.page.goto(address);
    const card = this.page.locator('.jp-LauncherCard[data-category="Notebook"]').filter({ hasText: kernel });
    await card.click({ timeout: patience });
    await this.kernel();
  }

  /** Waits for what the circle beside the kernel's name says. */
  async status(awaited: "idle" | "busy"): Promise<void> {
    const indicator = this.notebook.locator(".jp-Notebook-ExecutionIndicator");
    await until(`a kernel that is ${awaited}`, patience, async () =>
      (await indicator.getAttribute("data-status", { timeout: 1000 })) === awaited ? true : null,
    );
  }

  /** Puts code in place of a cell's own. */
  async write(cell: Locator, code: string): Promise<void> {
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.insertText(code);
  }

  /** Runs a cell with the keyboard, without waiting; returns what waits for its end. */
  async start(cell: Locator): Promise<() => Promise<string>> {
    const prompt = cell.locator(".jp-InputArea-prompt");
    const before = await prompt.innerText();
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+Enter");
    return () =>
      until("a cell's end", patience, async () => {
        const now = await prompt.innerText();
        return now !== before && /\[\d+\]/.test(now) ? now.replace(/\D/g, "") : null;
      });
  }

  /** Runs a cell to its end; returns its execution count. */
  async run(cell: Locator): Promise<string> {
    return (await this.start(cell))();
  }

  /** A cell with this code, below the last one, not run. */
  async append(code: string): Promise<Locator> {
    const cells = this.notebook.locator(".jp-CodeCell");
    const last = cells.last();
    if ((await last.locator(".cm-content").innerText()).trim() !== "") {
      const count = await cells.count();
      await last.locator(".cm-content").click();
      await this.page.keyboard.press("Escape");
      await this.page.keyboard.press("b");
      await until("a new cell", patience, async () => ((await cells.count()) === count + 1 ? true : null));
    }
    const cell = cells.nth((await cells.count()) - 1);
    await this.write(cell, code);
    return cell;
  }

  /** Waits until a cell's output says so; returns its words. */
  async says(cell: Locator, awaited: RegExp): Promise<string> {
    let words = "nothing";
    try {
      return await until(`${awaited}`, patience, async () => {
        words = await this.output(cell).innerText({ timeout: 1000 });
        return awaited.test(words) ? words : null;
      });
    } catch (error) {
      throw new Error(`The cell's output says:\n${words}`, { cause: error });
    }
  }

  /** Presses the stop button of the notebook's toolbar. */
  async stop(): Promise<void> {
    await this.notebook.locator('.jp-Toolbar [data-jp-item-name="interrupt"]').click();
  }

  /** Chooses an item of the main menu. */
  async choose(menu: string, item: string | RegExp): Promise<void> {
    await this.page.locator(".lm-MenuBar-item").filter({ hasText: menu }).click();
    await this.page.locator(".lm-Menu .lm-Menu-item").filter({ hasText: item }).first().click();
  }

  /** Waits until every code cell of the notebook has run; returns their execution counts. */
  async finished(limit: number): Promise<number[]> {
    return until("the end of all cells", limit, async () => {
      const failures = await this.failures();
      if (failures.length > 0) throw new Failure(failures.join("\n"));
      const prompts = await this.notebook.locator(".jp-CodeCell .jp-InputArea-prompt").allTextContents();
      const counts = prompts.map((prompt) => Number(/^\[(\d+)\]/.exec(prompt.trim())?.[1] ?? NaN));
      return counts.length > 0 && counts.every((count) => count > 0) ? counts : null;
    });
  }

  /** What error outputs say. */
  failures(): Promise<string[]> {
    return this.notebook
      .locator(
        '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]',
      )
      .allTextContents();
  }

  /** Runs all cells from the menu. */
  async runAll(limit: number): Promise<number[]> {
    await this.choose("Edit", "Clear Outputs of All Cells");
    await this.choose("Run", /^Run All Cells/);
    return this.finished(limit);
  }

  /** Restarts the kernel and runs all cells, from the menu. */
  async restartAndRunAll(limit: number): Promise<number[]> {
    await this.choose("Kernel", /^Restart Kernel and Run All Cells/);
    const confirm = this.page.locator(".jp-Dialog .jp-mod-accept");
    await confirm.click({ timeout: patience });
    await this.notebook
      .locator(".jp-InputArea-prompt")
      .filter({ hasText: "[*]" })
      .first()
      .waitFor({ timeout: patience });
    return this.finished(limit);
  }
}
