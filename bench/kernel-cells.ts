import { KernelClient, resultOf } from "../test/kernel/kernel-client";
import type { Workload } from "./workload";

/** A cell that is compiled anew: no two have the same text, and each declares a name that later ones see. */
const cell = (index: number): string =>
  `const drawn${index} = normalArray(key(${index}), 1000);\ndrawn${index}.length + ${index}`;

/**
 * One more cell of a running kernel.
 * @param imports what the kernel's first cell imports besides the library
 */
export function oneMoreCell(name: string, title: string, imports: readonly string[]): Workload<{ earlier: number }> {
  return {
    name,
    title,
    parameters: { earlier: 20 },
    prepare: async ({ earlier }) => {
      const kernel = await KernelClient.start();
      let cells = 0;
      const execute = async (code: string, expected: string): Promise<void> => {
        const run = await kernel.execute(code);
        if (resultOf(run) !== expected) throw new Error(`The cell gave ${JSON.stringify(run.reply)}.`);
      };
      const next = async (): Promise<void> => {
        const index = ++cells;
        await execute(cell(index), String(1000 + index));
      };
      const first = [`import { key, normalArray } from "fathom/random";`, ...imports, `normalArray(key(1), 7).length`];
      await execute(first.join("\n"), "7");
      while (cells < earlier) await next();
      return {
        run: async () => {
          await next();
          return { cells };
        },
        dispose: () => void kernel.stop(),
      };
    },
    peers: [],
    same: () => undefined,
    reach: { seconds: 0.1 },
    cores: "all",
    growth: [
      { of: "earlier", label: "earlier cells", values: [1, 3, 10, 30, 100, 300], expected: { time: 0, memory: 0 } },
    ],
  };
}
