import { cifar10Files, cifar10Folder } from "../lib/datasets/cifar10";
import { mnistFiles } from "../lib/datasets/mnist";
import { type PublishedFile, readPublishedFile } from "../lib/datasets/published-file";
import { fetchCifar10, hasCifar10 } from "./data/fetch-cifar10";
import { fetchMnist, mnistFolder } from "./data/fetch-mnist";
import { Progress } from "./setup/progress.mjs";

/*
 * `npm run data` says which data files are as published; `npm run data -- mnist cifar10` fetches sets again.
 * Exit code 0 if all is well, 1 if a file is not as published or cannot be fetched, 2 for an unknown name. A set that was
 * never needed and never fetched is no fault.
 */
interface DataSet {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly PublishedFile[];
  /** Whether it may be missing. */
  readonly optional: boolean;
  isThere(): boolean;
  fetch(): Promise<void>;
}

const sets: readonly DataSet[] = [
  {
    name: "mnist",
    folder: mnistFolder(),
    files: Object.values(mnistFiles),
    optional: false,
    isThere: () => true,
    fetch: () => fetchMnist((line) => console.log(line)),
  },
  {
    name: "cifar10",
    folder: cifar10Folder(),
    files: [...cifar10Files.train, cifar10Files.test],
    optional: true,
    isThere: () => hasCifar10(),
    fetch: async () => {
      const progress = new Progress({ stream: process.stdout });
      try {
        await fetchCifar10(progress, { again: true });
      } finally {
        progress.close();
      }
    },
  },
];

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !sets.some((set) => set.name === name));
  if (unknown.length > 0) {
    console.error(
      `data: there is no data set ${unknown.join(", ")}; known are ${sets.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  try {
    for (const set of sets) {
      const asked = names.includes(set.name);
      if (asked) await set.fetch();
      if (set.optional && !set.isThere()) {
        console.log(
          `${set.name}: not fetched; npm start fetches it when a notebook needs it, npm run data -- ${set.name} now`,
        );
        continue;
      }
      for (const file of set.files) {
        readPublishedFile(`${set.folder}/${file.name}`, file, `npm run data -- ${set.name}`);
        console.log(`${set.name}: ${file.name}, ${file.bytes} bytes, md5 ${file.md5}, as published`);
      }
    }
    return 0;
  } catch (error) {
    console.error(`data: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
