import { oneMoreCell } from "../kernel-cells";

export const workload: ReturnType<typeof oneMoreCell> = oneMoreCell(
  "kernel-cell",
  "one more cell of a running kernel, which calls the library",
  [],
);
