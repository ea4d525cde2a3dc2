import assert from "node:assert/strict";
import type { Outcome } from "../../../tools/run/outcome";
import { RunProgress } from "../../../tools/run/progress";

class Screen {
  written = "";
  constructor(
    readonly isTTY: boolean,
    readonly columns = 80,
  ) {}
  write(text: string): void {
    this.written += text;
  }
}

const ended: Outcome = { notebook: "01-curvature", cells: 3, seconds: 75, claims: [], failure: null };

describe("progress of a run", () => {
  let seconds: number;
  const at = (): number => seconds * 1000;
  const open: RunProgress[] = [];
  const begin = (screen: Screen, last: Record<string, number[]> = {}): RunProgress => {
    const progress = new RunProgress(screen, last, 12, at);
    open.push(progress);
    progress.begin("01-curvature");
    progress.step("01-curvature", { event: "started", cells: 3 });
    return progress;
  };
  beforeEach(() => (seconds = 0));
  afterEach(() => open.splice(0).forEach((progress) => progress.close()));

  it("says the cell, the time it took and the time left by the last run", () => {
    const screen = new Screen(true);
    const progress = begin(screen, { "01-curvature": [10, 60, 20] });
    progress.step("01-curvature", { event: "cell", cell: 1 });
    seconds = 10;
    progress.step("01-curvature", { event: "cell", cell: 2 });
    seconds = 41;
    progress.draw();
    assert.match(screen.written, /^01-curvature {2}cell {2}2 of 3 {2}0:41, about 0:49 left\n$/);
  });

  it("redraws a terminal in place, one line for each notebook", () => {
    const screen = new Screen(true);
    const progress = begin(screen);
    progress.begin("02-activation-length");
    progress.draw();
    screen.written = "";
    progress.draw();
    assert.ok(screen.written.startsWith("\u001b[2A\u001b[0J"));
    assert.equal(screen.written.split("\n").length, 3);
  });

  it("says that a kernel is started once more, and what the first one said, above the live lines", () => {
    const screen = new Screen(true);
    const progress = begin(screen);
    progress.draw();
    screen.written = "";
    progress.step("01-curvature", { event: "restarted", said: "Error: the address is in use" });
    assert.equal(
      screen.written,
      "\u001b[1A\u001b[0J01-curvature  the kernel ended before its first answer; it is started once more\nError: the address is in use\n",
    );
  });

  it("never moves the cursor where there is none", () => {
    const screen = new Screen(false);
    const progress = begin(screen);
    progress.draw();
    progress.draw();
    progress.end("01-curvature", ended);
    assert.ok(!screen.written.includes("\u001b"));
  });

  it("stays within the terminal's width", () => {
    const screen = new Screen(true, 30);
    const progress = begin(screen, { "01-curvature": [10, 60, 20] });
    progress.draw();
    for (const line of screen.written.split("\n")) assert.ok(line.length < 30, line);
  });

  it("leaves one line for a notebook that ended, and returns what its cells took", () => {
    const screen = new Screen(true);
    const progress = begin(screen);
    for (const [cell, end] of [
      [1, 5],
      [2, 65],
      [3, 75],
    ] as const) {
      progress.step("01-curvature", { event: "cell", cell });
      seconds = end;
      progress.step("01-curvature", { event: "executed", cell });
    }
    const failed: Outcome = {
      ...ended,
      failure: { kind: "error", name: "RangeError", message: "width -1\nmore", trace: null, cell: 2 },
    };
    assert.deepEqual(progress.end("01-curvature", failed), [5, 60, 10]);
    assert.match(screen.written, /01-curvature {2}3 cells in 1:15 {2}✗ stopped at cell 2: RangeError: width -1\n$/);
  });
});
