import { type Durations, timeLeft } from "./durations";
import type { Step } from "./execution";
import type { Outcome } from "./outcome";
import { standing } from "./outcome";
import { clock, plural } from "./text";

/** What progress is written to: a terminal is redrawn in place, anything else gets a line now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

interface Running {
  readonly name: string;
  readonly started: number;
  cells: number;
  cell: number;
  cellStarted: number;
  readonly seconds: number[];
}

const redrawMilliseconds = 250;
const logMilliseconds = 15_000;

/** One line for each notebook: the cell it is at, the time it took so far and the time left by the last run. */
export class RunProgress {
  private readonly running = new Map<string, Running>();
  private readonly timer: NodeJS.Timeout;
  private drawn = 0;

  /**
   * @param width of the longest notebook's name
   * @param now milliseconds; a clock of the caller's own makes what is drawn repeatable
   */
  constructor(
    private readonly stream: ProgressStream,
    private readonly last: Durations,
    private readonly width: number,
    private readonly now: () => number = Date.now,
  ) {
    this.timer = setInterval(() => this.draw(), stream.isTTY === true ? redrawMilliseconds : logMilliseconds);
    this.timer.unref();
  }

  begin(name: string): void {
    const now = this.now();
    this.running.set(name, { name, started: now, cells: 0, cell: 0, cellStarted: now, seconds: [] });
    if (this.stream.isTTY !== true) this.stream.write(`${name.padEnd(this.width)}  starting\n`);
  }

  step(name: string, step: Step): void {
    const running = this.running.get(name);
    if (running === undefined) return;
    if (step.event === "started") {
      running.cells = step.cells;
    } else if (step.event === "cell") {
      running.cell = step.cell;
      running.cellStarted = this.now();
    } else if (step.event === "restarted") {
      this.erase();
      const said = step.said === "" ? "" : `\n${step.said}`;
      this.stream.write(
        `${name.padEnd(this.width)}  the kernel ended before its first answer; it is started once more${said}\n`,
      );
    } else {
      running.seconds[step.cell - 1] = (this.now() - running.cellStarted) / 1000;
    }
  }

  /** Replaces the notebook's live line by the one that stays; returns the seconds that its cells took. */
  end(name: string, outcome: Outcome): readonly number[] {
    const seconds = this.running.get(name)?.seconds ?? [];
    this.running.delete(name);
    this.erase();
    this.stream.write(`${summary(outcome, this.width)}\n`);
    this.draw();
    return seconds;
  }

  close(): void {
    clearInterval(this.timer);
    this.erase();
  }

  /** Writes the live lines; called by the timer. */
  draw(): void {
    const lines = [...this.running.values()].map((running) => this.line(running));
    // One write: a terminal that is drawn in two flickers.
    this.stream.write(this.erasure() + lines.map((line) => `${line}\n`).join(""));
    this.drawn = this.stream.isTTY === true ? lines.length : 0;
  }

  private line(running: Running): string {
    const now = this.now();
    const left = timeLeft(this.last[running.name], running.cells, running.cell, (now - running.cellStarted) / 1000);
    const rest = left === null ? "" : left < 1 ? ", any moment" : `, about ${clock(left)} left`;
    const line = `${running.name.padEnd(this.width)}  ${place(running)}  ${clock((now - running.started) / 1000)}${rest}`;
    if (this.stream.isTTY !== true) return line;
    const columns = Math.max(20, (this.stream.columns ?? 80) - 1);
    return line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
  }

  private erase(): void {
    if (this.drawn > 0) this.stream.write(this.erasure());
    this.drawn = 0;
  }

  private erasure(): string {
    return this.drawn > 0 ? `\u001b[${this.drawn}A\u001b[0J` : "";
  }
}

function place(running: Running): string {
  if (running.cell === 0) return "starting the kernel";
  if (running.cells > 0 && running.seconds.length === running.cells) return "writing the page";
  return `cell ${String(running.cell).padStart(2)} of ${running.cells}`;
}

function summary(outcome: Outcome, width: number): string {
  const head = `${outcome.notebook.padEnd(width)}  ${plural(outcome.cells, "cell")} in ${clock(outcome.seconds)}`;
  const count = (verdict: string): number => outcome.claims.filter((claim) => claim.verdict === verdict).length;
  const failure = outcome.failure;
  switch (standing(outcome)) {
    case "holds":
      return `${head}  ✓ ${outcome.claims.length === 1 ? "its claim holds" : `all ${outcome.claims.length} claims hold`}`;
    case "failedClaim":
      return `${head}  ✗ of ${plural(outcome.claims.length, "claim")}, ${count("fails")} failed and ${count("unresolved")} unresolved`;
    case "interrupted":
      return `${head}  interrupted`;
    case "failedNotebook": {
      const place = failure?.cell == null ? "" : ` at cell ${failure.cell}`;
      return `${head}  ✗ stopped${place}: ${failure?.name}: ${failure?.message.split("\n")[0]}`;
    }
  }
}
