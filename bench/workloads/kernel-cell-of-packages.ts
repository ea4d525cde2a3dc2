import { oneMoreCell } from "../kernel-cells";

export const workload: ReturnType<typeof oneMoreCell> = oneMoreCell(
  "kernel-cell-of-packages",
  "the same where a first cell has imported TensorFlow.js and Node's modules, whose declarations are many",
  [`import * as tf from "@tensorflow/tfjs";`, `import fs from "node:fs";`],
);
