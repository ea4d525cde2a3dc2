import { chi1, fixedPoint, tanh } from "../../theory";
import { defineExperiment, type Experiment } from "../../sweep";
import { measureCircle } from "./circle-statistics";
import { mean } from "../../theory/statistics/moments";

/** One point of the phase diagram. */
export interface PhaseParameters {
  sigmaW: number;
  sigmaB: number;
  width: number;
  depth: number;
  nets: number;
  angles: number;
  seed: number;
}

/** Theory and measurement at one point, for tanh. */
export interface PhaseRow {
  sigmaW: number;
  sigmaB: number;
  /** χ1 at q*. */
  chi1: number;
  /** The factor per layer by which ‖∂h‖² of a circle grew over all layers, nets and angles averaged first. */
  measuredGrowth: number;
}

// Without bias and with σ_w ≤ 1 the fixed point is 0, where there is no circle; tanh is linear to 1e-6 at this length.
const smallestLength = 1e-6;

/** The plane of the weights' and biases' scales of Poole et al. (2016), one point a cell. */
export const phaseDiagram: Experiment<PhaseParameters, PhaseRow> = defineExperiment({
  name: "curvature-phase-diagram",
  source: __filename,
  run: ({ sigmaW, sigmaB, depth, ...sizes }: PhaseParameters, report) => {
    const meanField = { activation: tanh, sigmaW, sigmaB };
    const q = fixedPoint(meanField);
    const rows = measureCircle(
      { activation: "tanh", sigmaW, sigmaB, depth, squaredLength: Math.max(q, smallestLength), lags: [], ...sizes },
      report,
    );
    const measuredGrowth = (mean(rows[depth - 1].metric) / mean(rows[0].metric)) ** (1 / (depth - 1));
    return Promise.resolve([{ sigmaW, sigmaB, chi1: chi1(meanField, q), measuredGrowth }]);
  },
});
