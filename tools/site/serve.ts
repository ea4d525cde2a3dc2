import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { UsageError } from "../command-line/usage-error";

/**
 * Serves a folder over HTTP on the loopback interface only, until the process is told to stop.
 *
 * @throws UsageError where the port is taken, or may not be taken
 * @param variables the environment whose `python` serves
 * @returns the exit code
 */
export async function serve(folder: string, port: number, variables: NodeJS.ProcessEnv): Promise<number> {
  await requirePort(port);
  const server = spawn("python", ["-m", "http.server", String(port), "--bind", "127.0.0.1", "--directory", folder], {
    env: { ...variables, PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    server.kill();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, stop);
  let complaint = "";
  // Its log of requests goes the same way as its complaints.
  server.stderr.on("data", (text: Buffer) => (complaint = (complaint + String(text)).slice(-2000)));
  process.stdout.write(`Serving on http://127.0.0.1:${port}/ until Ctrl-C.\n`);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("close", (code) => {
      for (const name of signals) process.off(name, stop);
      if (!stopped) process.stderr.write(`The server ended:\n${complaint}\n`);
      resolve(stopped ? 0 : (code ?? 2));
    });
  });
}

function requirePort(port: number): Promise<void> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be had (${error.message})`;
      reject(new UsageError(`Port ${port} ${reason}. Choose another: npm run site -- --serve --port N.`));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
