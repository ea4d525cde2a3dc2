import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PeakMemory } from "../peak-memory";
import type { Workload } from "../workload";

const root = join(__dirname, "..", "..");
const mostBytes = 3 * 2 ** 30;
const lookMilliseconds = 250;
const keptCharacters = 2000;

export const workload: Workload<Record<never, number>> = {
  name: "whole-run",
  title: "npm start with an empty store: every notebook at its quick scale",
  parameters: {},
  prepare: async (_, folder) => ({
    run: async () => {
      const arguments_ = [
        join(root, "tools", "start.mjs"),
        "--fresh",
        "--scale",
        "quick",
        "--site",
        join(folder, "site"),
      ];
      const child = spawn(process.execPath, arguments_, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
      const stop = (): void => void child.kill("SIGTERM");
      process.once("exit", stop).once("SIGTERM", () => process.exit(143));
      let said = "";
      const keep = (text: unknown): void => void (said = (said + String(text)).slice(-keptCharacters));
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      const memory = new PeakMemory(child.pid ?? 0, "launch.cjs");
      const timer = setInterval(() => memory.look(), lookMilliseconds);
      const [code] = (await once(child, "close")) as [number | null];
      clearInterval(timer);
      process.off("exit", stop);
      if (code !== 0) throw new Error(`npm start ended with exit code ${code}:\n${said}`);
      const bytes = memory.bytes();
      const most = Math.max(0, ...bytes);
      if (most > mostBytes) throw new Error(`A notebook's kernel held ${gibibytes(most)} GiB; at most 3 are allowed.`);
      return { notebooks: bytes.length, peakGiB: gibibytes(most) };
    },
  }),
  peers: [],
  same: () => undefined,
  reach: { seconds: 600 },
  cores: "all",
  onlyByName: true,
};

const gibibytes = (bytes: number): number => Math.round((100 * bytes) / 2 ** 30) / 100;
