export { defineExperiment, type Experiment, type ExperimentDefinition } from "./experiment";
export type { Json } from "./json";
export { PlannedCellsError, type PlannedCell } from "./plan";
export type { Progress } from "./progress";
export { atScale, currentScale, type Scale } from "./scale";
export { storeFolder } from "./store";
export { runExperiment, sweep, type SweepOptions } from "./sweep";
export { type FailedCell, SweepError } from "./sweep-error";
