import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import * as zmq from "zeromq";
import { readMessage, writeMessage } from "../../kernel/message";
import { queued, type Outgoing } from "../../kernel/sockets";

/** The repository's root, in which the kernel's files lie. */
export const repository: string = path.resolve(__dirname, "../..");

/** A message from the kernel with what it answers. */
export interface Received {
  readonly type: string;
  readonly parent: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** An `execute_reply` with everything published for its cell, in order. */
export interface CellRun {
  readonly reply: Readonly<Record<string, unknown>>;
  readonly published: readonly Received[];
}

export interface KernelOptions {
  /** Folder in which the notebook lies; a new one outside the repository by default. */
  readonly folder?: string;
  /** The Node that runs the kernel: by default FATHOM_KERNEL_NODE, else the one that runs the tests. */
  readonly node?: string;
  /** The repository whose kernel is started; this one by default. */
  readonly repository?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** How long a test waits for a message, ms: long, since other work may hold both cores. */
export const patience = 60_000;

/** The text of a cell's last expression. */
export function resultOf(run: CellRun): unknown {
  const result = run.published.find(({ type }) => type === "execute_result");
  return (result?.content["data"] as Record<string, unknown> | undefined)?.["text/plain"];
}

/** All that a cell wrote to a stream. */
export function streamOf(run: CellRun, name: "stdout" | "stderr"): string {
  const written = run.published.filter(({ type, content }) => type === "stream" && content["name"] === name);
  return written.map(({ content }) => String(content["text"])).join("");
}

/** A kernel in a process of its own, with the sockets of a client. */
export class KernelClient {
  readonly published: Received[] = [];
  private readonly replies = new Map<string, (reply: Received) => void>();
  private readonly watchers = new Set<() => void>();
  /** Ends the waits for what will not come any more. */
  private readonly waiting = new Set<(why: string) => void>();
  private readonly shell = new zmq.Dealer();
  private readonly control = new zmq.Dealer();
  private readonly iopub = new zmq.Subscriber();
  private readonly toShell: Outgoing = queued(this.shell, console.error);
  private readonly toControl: Outgoing = queued(this.control, console.error);
  private readonly session = randomUUID();
  /** What the process wrote to its own stdout and stderr. */
  log = "";

  private constructor(
    readonly process: ChildProcess,
    private readonly key: string,
    /** Where the notebook lies. */
    readonly folder: string,
  ) {}

  /** Starts a kernel and waits until it answers. */
  static async start(options: KernelOptions = {}): Promise<KernelClient> {
    const ports = await freePorts(5);
    const key = randomUUID();
    const folder = options.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), "fathom-notebook-"));
    const connectionFile = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "fathom-kernel-")), "connection.json");
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const connection = { transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256" };
    const named = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    fs.writeFileSync(connectionFile, JSON.stringify({ ...connection, ...named }));
    const specification = path.join(options.repository ?? repository, "kernel/jupyter/kernels/tslab");
    const { argv } = JSON.parse(fs.readFileSync(path.join(specification, "kernel.json"), "utf8")) as { argv: string[] };
    const [, ...command] = argv.map((part) =>
      part.replace("{resource_dir}", specification).replace("{connection_file}", connectionFile),
    );
    const child = spawn(options.node ?? process.env["FATHOM_KERNEL_NODE"] ?? process.execPath, command, {
      cwd: folder,
      detached: true,
      env: { ...process.env, NODE_OPTIONS: "", JPY_PARENT_PID: String(process.pid), ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const client = new KernelClient(child, key, folder);
    child.stdout.on("data", (data) => (client.log += String(data)));
    child.stderr.on("data", (data) => (client.log += String(data)));
    for (const socket of [client.shell, client.control]) socket.linger = 0;
    child.on("exit", (code, signal) => client.lost(`the kernel ended: ${signal ?? `exit code ${code}`}`));
    client.shell.connect(`tcp://127.0.0.1:${shell_port}`);
    client.control.connect(`tcp://127.0.0.1:${control_port}`);
    client.iopub.connect(`tcp://127.0.0.1:${iopub_port}`);
    client.iopub.receiveHighWaterMark = 0;
    client.iopub.subscribe();
    void client.listen(client.shell);
    void client.listen(client.control);
    void client.listen(client.iopub);
    // Subscribing takes a moment: the kernel is ready when what it publishes arrives.
    for (;;) {
      const before = client.published.length;
      await client.request("kernel_info_request", {});
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (client.published.length > before) return client;
    }
  }

  /** Runs a cell and waits for its reply and for the end of what it publishes. */
  async execute(code: string, options: object = {}): Promise<CellRun> {
    return this.finished(this.send("execute_request", { code, ...options }));
  }

  /** Sends a request; `reply` resolves with its answer. */
  send(
    type: string,
    content: object,
    channel: "shell" | "control" = "shell",
  ): { id: string; reply: Promise<Received> } {
    const id = randomUUID();
    const header = { msg_id: id, msg_type: type, session: this.session, username: "test", date: "", version: "5.3" };
    const reply = new Promise<Received>((resolve, reject) => {
      const inVain = (why: string): void => {
        clearTimeout(timer);
        this.waiting.delete(inVain);
        reject(new Error(`no answer to ${type}: ${why}\n${this.log}`));
      };
      const timer = setTimeout(() => inVain(`waited ${patience} ms`), patience);
      this.waiting.add(inVain);
      this.replies.set(id, (received) => {
        clearTimeout(timer);
        this.waiting.delete(inVain);
        resolve(received);
      });
    });
    reply.catch(() => undefined);
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) this.lost("the kernel has ended");
    const out = channel === "shell" ? this.toShell : this.toControl;
    out.send(writeMessage(this.key, header, {}, content));
    return { id, reply };
  }

  async request(type: string, content: object, channel: "shell" | "control" = "shell"): Promise<Received["content"]> {
    return (await this.send(type, content, channel).reply).content;
  }

  /** Writes an empty file beside the notebook, as a signal to a cell. */
  touch(name: string): void {
    fs.writeFileSync(path.join(this.folder, name), "");
  }

  /** Sends frames as they are. */
  sendRaw(frames: string[]): void {
    this.toShell.send(frames);
  }

  publishedFor(id: string): Received[] {
    return this.published.filter(({ parent }) => parent === id);
  }

  /** Resolves when something published for a request satisfies a condition. */
  async until(id: string, condition: (received: Received) => boolean): Promise<void> {
    await this.watch(() => this.publishedFor(id).some(condition));
  }

  /** Like `execute`, for a request that was sent before. */
  async finished({ id, reply }: { id: string; reply: Promise<Received> }): Promise<CellRun> {
    const { content } = await reply;
    await this.idle(id);
    return { reply: content, published: this.publishedFor(id) };
  }

  async idle(id: string): Promise<void> {
    await this.until(id, ({ type, content }) => type === "status" && content["execution_state"] === "idle");
  }

  interrupt(): void {
    process.kill(-this.process.pid!, "SIGINT");
  }

  /** Ends the kernel, if need be by force. */
  async stop(): Promise<void> {
    for (const socket of [this.shell, this.control, this.iopub]) socket.close();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }

  private lost(why: string): void {
    for (const inVain of [...this.waiting]) inVain(why);
  }

  private async listen(socket: zmq.Dealer | zmq.Subscriber): Promise<void> {
    try {
      for await (const parts of socket) {
        const message = readMessage(this.key, parts);
        const parent = message.parent.msg_id ?? "";
        const received = { type: message.header.msg_type, parent, content: message.content };
        if (socket === this.iopub) {
          this.published.push(received);
          for (const check of this.watchers) check();
        } else this.replies.get(parent)?.(received);
      }
    } catch (error) {
      if (!socket.closed) throw error;
    }
  }

  private watch(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        this.watchers.delete(check);
        this.waiting.delete(inVain);
      };
      const check = (): void => {
        if (!condition()) return;
        end();
        resolve();
      };
      const inVain = (why: string): void => {
        end();
        reject(new Error(`${why}\n${this.log}`));
      };
      const timer = setTimeout(() => inVain(`waited ${patience} ms in vain`), patience);
      this.watchers.add(check);
      this.waiting.add(inVain);
      check();
    });
  }
}

/** Ports that nobody listens on; all are held until all are known. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => net.createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
