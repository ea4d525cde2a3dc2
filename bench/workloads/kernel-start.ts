import { KernelClient, resultOf } from "../../test/kernel/kernel-client";
import { uniformArray, key } from "../../lib/random";
import type { Workload } from "../workload";

const cell = (length: number): string => `import { openEngine } from "fathom/engine";
import { key, uniform } from "fathom/random";
await openEngine();
const drawn = uniform(key(1), [${length}]).dataSync();
drawn[drawn.length - 1]`;

export const workload: Workload<{ length: number }> = {
  name: "kernel-start",
  title: "a kernel from its start to the first result of the library, on its engine",
  parameters: { length: 1000 },
  prepare: async ({ length }) => ({
    run: async () => {
      const kernel = await KernelClient.start();
      try {
        const run = await kernel.execute(cell(length));
        const last = Number(resultOf(run));
        if (last !== uniformArray(key(1), length)[length - 1])
          throw new Error(`The cell gave ${JSON.stringify(run.reply)}.`);
        return { last };
      } finally {
        await kernel.stop();
      }
    },
  }),
  peers: [],
  same: () => undefined,
  reach: { seconds: 3 },
  cores: "all",
};
