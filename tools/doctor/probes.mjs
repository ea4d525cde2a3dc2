/** What the doctor finds out by trying: each probe is a program of its own, since what it tries may crash. */
import { fileURLToPath } from "node:url";
import { environment, python, root } from "../environment.mjs";
import { lastLines, run } from "../setup/command.mjs";

const timeout = 120_000;

/** The versions of Jupyter's parts in .venv. @returns {Promise<{ versions: Record<string, string> | null, error: string }>} */
export async function probeJupyter() {
  const script = `
import importlib.metadata, json
import jupyterlab, nbclient, nbconvert, nbformat
names = ["jupyterlab", "nbconvert", "nbclient", "nbformat", "plotly"]
print(json.dumps({name: importlib.metadata.version(name) for name in names}))
`;
  const { code, stdout, said } = await run(python, ["-c", script], { env: environment(), timeout });
  return code === 0 ? { versions: JSON.parse(stdout), error: "" } : { versions: null, error: lastLines(said, 3) };
}

/** Starts the kernel and has it run a cell. @returns {Promise<{ seconds?: string, error?: string }>} */
export async function probeKernel() {
  const script = `
import sys, time
from jupyter_client.manager import start_new_kernel
start = time.monotonic()
manager, client = start_new_kernel(kernel_name="tslab", startup_timeout=60)
try:
    reply = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda message: None)
    if reply["content"]["status"] != "ok": sys.exit(str(reply["content"]))
    print(f"seconds {time.monotonic() - start:.1f}")
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
`;
  const { code, stdout, said } = await run(python, ["-c", script], { cwd: root, env: environment(), timeout });
  const seconds = /^seconds (\S+)/m.exec(stdout)?.[1];
  return code === 0 && seconds ? { seconds } : { error: `it does not run a cell:\n${lastLines(said, 6)}` };
}

/**
 * The engine and the data, as the library sees them.
 *
 * @returns {Promise<{ engine?: { report?: any, error: string }, mnist?: any, cifar10?: any, error: string }>}
 */
export async function probeLibrary() {
  const script = fileURLToPath(new URL("probe-library.ts", import.meta.url));
  const outcome = await run(process.execPath, ["--import", "tsx", script], { cwd: root, env: environment(), timeout });
  try {
    return { ...JSON.parse(outcome.stdout.trim().split("\n").pop() ?? ""), error: "" };
  } catch {
    return { error: `the library does not load (${outcome.signal ?? outcome.code}):\n${lastLines(outcome.said, 6)}` };
  }
}
