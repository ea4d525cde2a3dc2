import { cifar10Checksums, cifar10Classes, readCifar10 } from "./cifar10";
import type { LabelledImages } from "./labelled-images";
import { mnistChecksums, readMnist } from "./mnist";

const names = ["cifar10", "mnist"] as const;

/** A set of labelled images that this library reads. */
export type ImageSetName = (typeof names)[number];

/** A training set and a test set, and what is known about them. */
export interface ImageSet {
  readonly title: string;
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  /** The names of classes 0, 1, …. */
  readonly classNames: readonly string[];
  /** Whether an image in the mirror is one of the same class: photographs yes, digits no. */
  readonly mirrored: boolean;
}

/** What an experiment on a set of this name states as the checksums of its data. */
export const imageSetChecksums: Readonly<Record<ImageSetName, readonly string[]>> = {
  cifar10: cifar10Checksums,
  mnist: mnistChecksums,
};

/** Reads a set by its name. @throws DataFileError as its reader does */
export function readImageSet(name: ImageSetName): ImageSet {
  switch (name) {
    case "cifar10":
      return { title: "CIFAR-10", ...readCifar10(), classNames: cifar10Classes, mirrored: true };
    case "mnist":
      return { title: "MNIST", ...readMnist(), classNames: Array.from("0123456789"), mirrored: false };
  }
}

/**
 * The set that the environment asks for: `FATHOM_IMAGES`, `cifar10` where it is not set. `mnist` needs no download.
 * @throws RangeError for any other value
 */
export function imageSetAsked(): ImageSetName {
  const asked = process.env["FATHOM_IMAGES"] ?? "";
  if (asked === "") return "cifar10";
  const known = names.find((name) => name === asked);
  if (known === undefined) throw new RangeError(`FATHOM_IMAGES is "${asked}"; known sets are ${names.join(" and ")}.`);
  return known;
}
