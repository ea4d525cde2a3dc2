import * as datasets from "fathom/datasets";
import { openEngine } from "fathom/engine";
import { key } from "fathom/random";
import { describeBadInput, row } from "./table";

const images = (): datasets.LabelledImages => ({
  name: "four images",
  count: 4,
  shape: [2, 2, 3],
  classes: 10,
  pixels: new Uint8Array(48).fill(9),
  labels: Uint8Array.of(1, 2, 3, 9),
});

before(() => openEngine());

describeBadInput(
  "datasets",
  datasets,
  {
    // A name is for messages.
    halved: row(datasets.halved, () => [images()], { wordless: "0.name" }),
    parseIdx: row(datasets.parseIdx, () => [Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 2, 5, 6), "two bytes"], {
      wordless: "1",
    }),
    picked: row(datasets.picked, () => [images(), [3, 0]], { short: "1", wordless: "0.name" }),
    subset: row(datasets.subset, () => [images(), key(1), 2], { wordless: "0.name" }),
    toTensors: row(datasets.toTensors, () => [images()], { wordless: "0.name" }),
    valuesPerImage: row(datasets.valuesPerImage, () => [[2, 2, 3]], { short: "0" }),
  },
  {
    DataFileError: "an error",
    cifar10Folder: "takes nothing",
    imageSetAsked: "takes nothing",
    readCifar10: "takes a folder; test/datasets/cifar10.test.ts",
    readImageSet: "takes a name; test/datasets/cifar10.test.ts",
    readMnist: "takes a folder; test/datasets/mnist.test.ts",
    readPublishedFile: "takes a path; test/datasets/mnist.test.ts",
  },
  {
    missing: {
      parseIdx: "1",
    },
    // A name is for messages.
    other: {
      parseIdx: "1",
    },
  },
);
