import { type ChildProcess, spawn } from "node:child_process";
import type { PeerName, Summary } from "../../bench/workload";

/** Ours, the plain version of ours, or a peer. */
export type SideName = "ours" | "plain" | PeerName;

/** What a side's process is asked, one after the other. */
export type Request =
  | { readonly do: "prepare"; readonly parameters: Readonly<Record<string, number>>; readonly folder: string }
  | { readonly do: "run" }
  | { readonly do: "memory" };

/** One run of a side: wall and processor seconds, and what it found. */
export interface Run {
  readonly seconds: number;
  readonly processor: number;
  readonly summary: Summary;
}

/** A side that crashed, hung or said that something is wrong. */
export class SideError extends Error {
  override readonly name: string = "SideError";
}

/** How a side's process is started. */
export interface Program {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly variables: NodeJS.ProcessEnv;
}

const keptLines = 12;
/** For a side that waits for requests to clean up, and then for one that computes. */
const patienceMilliseconds = 1500;

/** A side's process, waiting for requests. */
export class Side {
  private readonly child: ChildProcess;
  private said = "";
  private rest = "";
  private pending: { resolve: (answer: object) => void; reject: (error: Error) => void } | null = null;
  private gone: string | null = null;
  private readonly closed: Promise<void>;

  constructor(
    readonly name: SideName,
    program: Program,
    private readonly limitSeconds: number,
  ) {
    this.child = spawn(program.command, program.arguments, { env: program.variables, stdio: "pipe" });
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => this.read(text));
    this.child.stderr!.setEncoding("utf8").on("data", (text: string) => this.keep(text));
    // A process that ends does not read what was still on its way.
    this.child.stdin!.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      this.child.on("error", (error) => this.end(`it cannot be started: ${error.message}`, resolve));
      this.child.on("close", (code, signal) => this.end(`it ended with ${signal ?? `exit code ${code}`}`, resolve));
    });
  }

  async prepare(parameters: Readonly<Record<string, number>>, folder: string): Promise<string> {
    return ((await this.ask({ do: "prepare", parameters, folder })) as { about: string }).about;
  }

  async run(): Promise<Run> {
    return (await this.ask({ do: "run" })) as Run;
  }

  /** Bytes held at most: before the inputs were made, and until now. Only ours knows. */
  async memory(): Promise<{ base: number; peak: number }> {
    return (await this.ask({ do: "memory" })) as { base: number; peak: number };
  }

  /** Ends the process and waits until it has gone. */
  async stop(): Promise<void> {
    this.child.stdin!.end();
    const end = setTimeout(() => this.child.kill("SIGTERM"), patienceMilliseconds);
    const kill = setTimeout(() => this.child.kill("SIGKILL"), 2 * patienceMilliseconds);
    await this.closed;
    clearTimeout(end);
    clearTimeout(kill);
  }

  /** @throws SideError where the side says what is wrong, ends, or does not answer in time */
  private ask(request: Request): Promise<object> {
    return new Promise((resolve, reject) => {
      if (this.gone !== null) return reject(this.error(this.gone));
      const limit = setTimeout(() => {
        this.pending = null;
        this.child.kill("SIGKILL");
        reject(this.error(`no answer in ${this.limitSeconds} s`));
      }, this.limitSeconds * 1000);
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(limit);
          this.pending = null;
          how(value);
        };
      this.pending = { resolve: settle(resolve), reject: settle(reject) };
      this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    });
  }

  private read(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith("\u001e")) {
        this.keep(`${line}\n`);
        continue;
      }
      const answer = JSON.parse(line.slice(1)) as { error?: string };
      if (answer.error === undefined) this.pending?.resolve(answer);
      else this.pending?.reject(new SideError(answer.error));
    }
  }

  private keep(text: string): void {
    this.said = (this.said + text).split("\n").slice(-keptLines).join("\n");
  }

  private end(why: string, done: () => void): void {
    this.gone ??= why;
    this.pending?.reject(this.error(why));
    done();
  }

  private error(why: string): SideError {
    const said = this.said.trim();
    return new SideError(said === "" ? why : `${why}: ${said}`);
  }
}
