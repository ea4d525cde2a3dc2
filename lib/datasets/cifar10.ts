import { join } from "node:path";
import { cacheFolder } from "./cache-folder.cjs";
import type { LabelledImages } from "./labelled-images";
import { type PublishedFile, readPublishedFile } from "./published-file";

const imagesPerFile = 10_000;
const values = 32 * 32 * 3;
/** A record of the published files: the class, then 1024 values each of red, green and blue. */
const recordBytes = 1 + values;

const published = (name: string, md5: string): PublishedFile => ({ name, bytes: imagesPerFile * recordBytes, md5 });

/** The six binary files of the data set's "binary version", with their md5 (Krizhevsky 2009). */
export const cifar10Files: Readonly<{ train: readonly PublishedFile[]; test: PublishedFile }> = {
  train: [
    published("data_batch_1.bin", "5dd7e06a14cb22eb9f671a540d1b7c25"),
    published("data_batch_2.bin", "5ea93a67294ea407fff1d09f752e9692"),
    published("data_batch_3.bin", "942cd6a4bcdd0dd3c604fbe906cb4421"),
    published("data_batch_4.bin", "ae636b3ba5c66a11e91e8cb52e771fcb"),
    published("data_batch_5.bin", "53f37980c15c3d472c316c40844f3f0d"),
  ],
  test: published("test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d"),
};

/** What an experiment on CIFAR-10 states as the checksums of its data. */
export const cifar10Checksums: readonly string[] = [...cifar10Files.train, cifar10Files.test].map(
  ({ name, md5 }) => `${name} md5:${md5}`,
);

/** The names of classes 0 … 9. */
export const cifar10Classes: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

const fetchCommand = "npm run data -- cifar10";

/** Where the six files are kept once they were fetched: outside the clone, in the folder that `FATHOM_CACHE` names. */
export function cifar10Folder(): string {
  return join(cacheFolder(), "cifar10");
}

/** 50 000 training and 10 000 test photographs, 32 × 32 in three colours, classes 0 … 9. */
export interface Cifar10 {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/**
 * Reads CIFAR-10 and checks every file against its published checksum first (about a second).
 * @param folder where the six binary files lie
 * @throws DataFileError that names a missing, short or changed file and the command that fetches them; nothing is fetched
 *   by itself
 */
export function readCifar10(folder: string = cifar10Folder()): Cifar10 {
  return {
    train: read(folder, "CIFAR-10 training set", cifar10Files.train),
    test: read(folder, "CIFAR-10 test set", [cifar10Files.test]),
  };
}

function read(folder: string, name: string, files: readonly PublishedFile[]): LabelledImages {
  const count = files.length * imagesPerFile;
  const pixels = new Uint8Array(count * values);
  const labels = new Uint8Array(count);
  files.forEach((file, index) => {
    const records = readPublishedFile(join(folder, file.name), file, fetchCommand);
    for (let i = 0; i < imagesPerFile; i++) {
      const image = index * imagesPerFile + i;
      labels[image] = records[i * recordBytes];
      interleave(records, i * recordBytes + 1, pixels, image * values);
    }
  });
  return { name, count, shape: [32, 32, 3], classes: 10, pixels, labels };
}

/** One image from three planes of colour to three colours a pixel. */
function interleave(from: Uint8Array, start: number, to: Uint8Array, place: number): void {
  for (let pixel = 0; pixel < 1024; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      to[place + 3 * pixel + channel] = from[start + 1024 * channel + pixel];
    }
  }
}
