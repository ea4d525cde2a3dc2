export { type IdxArray, parseIdx } from "./idx";
export { DataFileError, type PublishedFile, readPublishedFile } from "./published-file";
export {
  halved,
  type ImageShape,
  type LabelledImages,
  type LabelledTensors,
  picked,
  subset,
  toTensors,
  valuesPerImage,
} from "./labelled-images";
export { type Cifar10, cifar10Checksums, cifar10Classes, cifar10Files, cifar10Folder, readCifar10 } from "./cifar10";
export { type Mnist, mnistChecksums, mnistFiles, readMnist } from "./mnist";
export { type ImageSet, imageSetAsked, imageSetChecksums, type ImageSetName, readImageSet } from "./image-set";
