/** Opens the engine and reads the data, and prints what came of it as one line of JSON: the doctor's look into the library. */
import { existsSync } from "node:fs";
import { cifar10Folder, readCifar10, readMnist } from "../../lib/datasets";
import { openEngine } from "../../lib/engine";

async function attempt<T extends object>(work: () => Promise<T> | T): Promise<T | { error: string }> {
  try {
    return await work();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function probe(): Promise<void> {
  const engine = await attempt(async () => ({ report: await openEngine() }));
  const mnist = await attempt(() => {
    const { train, test } = readMnist();
    return { images: train.count + test.count };
  });
  const cifar10 = await attempt(() => {
    const folder = cifar10Folder();
    if (!existsSync(folder)) return { folder };
    const { train, test } = readCifar10(folder);
    return { folder, images: train.count + test.count };
  });
  console.log(JSON.stringify({ engine, mnist, cifar10 }));
}

void probe();
