import * as tf from "@tensorflow/tfjs";
import { curveAutocorrelation } from "../../measure/curve-autocorrelation";
import {
  disposeCurve,
  equallySpacedAngles,
  greatCircle,
  throughActivation,
  throughLayer,
  type CurveJet,
} from "../../measure/curve";
import { chordLength, squaredNorm, squaredSpeed, squaredTurning } from "../../measure/curve-geometry";
import { smoothActivation, type SmoothActivation } from "../../nets/mean-field-activation";
import { meanFieldLayer } from "../../nets/mean-field-ensemble";
import { foldIn, key as keyOf } from "../../random";
import type { Key } from "../../random";
import { demandCount } from "../../theory/demand";
import { defineExperiment, type Experiment } from "../../sweep";

/** An ensemble of random nets through which a circle is sent. */
export interface CircleParameters {
  /** A name that `smoothActivation` knows. */
  activation: string;
  sigmaW: number;
  sigmaB: number;
  /** ‖h¹‖²/width of the circle in the first layer, where it is planted; the theory wants the fixed point q*. */
  squaredLength: number;
  width: number;
  /** The last layer; the circle itself is layer 1. */
  depth: number;
  nets: number;
  /** Equally spaced points of the circle. */
  angles: number;
  /** Steps between points for the autocorrelation, in units of 2π/angles. */
  lags: number[];
  seed: number;
}

/** One layer of the ensemble; every array has one entry per net, each a mean over the points of the circle. */
export interface CircleRow {
  layer: number;
  /** ‖h‖²/width: estimates q. */
  squaredLength: number[];
  /** ‖∂h‖²/width: estimates ḡ. */
  metric: number[];
  /** width κ²: estimates κ̄². */
  squaredCurvature: number[];
  /** κ² ‖∂h‖²: estimates κ̄² ḡ. */
  squaredTurning: number[];
  /** L_E/√width. */
  euclideanLength: number[];
  /** L_G. */
  grassmannianLength: number[];
  /** Length of the polygon through the points, over √width. */
  chordLength: number[];
  /** ∫ ‖∂x‖ dθ over √width, of the activations x = φ(h): at most 4 √width for a single hidden layer of tanh. */
  activationLength: number[];
  /** `[lag][net]`: mean of h(θ)·h(θ + lag)/width. */
  autocorrelation: number[][];
}

/** Numbers held at once, about: 512 MB of weights, or of curves and their temporaries. */
const chunkElements = 2 ** 27;

/** How many nets go through together. It depends on sizes alone, because chunks have keys of their own. */
export function netsPerChunk(parameters: { width: number; angles: number; nets: number }): number {
  for (const name of ["width", "angles", "nets"] as const) demandCount(name, parameters[name]);
  const perNet = Math.max(parameters.width ** 2, 24 * parameters.angles * parameters.width);
  return Math.min(parameters.nets, Math.max(1, Math.floor(chunkElements / perNet)));
}

/**
 * Sends a circle through random nets and measures it in every layer: rows for layers 1 to `depth`. A new draw of every
 * weight for each net; memory is bounded by taking the nets in chunks.
 *
 * @param activation in place of the named one, for functions that have no name here
 * @throws RangeError for sizes that make no ensemble.
 */
export function measureCircle(
  parameters: CircleParameters,
  report: (fraction: number) => void = () => undefined,
  activation: SmoothActivation = smoothActivation(parameters.activation),
): CircleRow[] {
  const { depth, nets, lags } = parameters;
  if (!Number.isSafeInteger(depth) || depth < 1) {
    throw new RangeError(`measureCircle: the depth is a whole number ≥ 1; given ${depth}.`);
  }
  if (!Number.isSafeInteger(nets) || nets < 1) {
    throw new RangeError(`measureCircle: nets is a whole number ≥ 1; given ${nets}.`);
  }
  const rows = Array.from({ length: depth }, (_, index) => emptyRow(index + 1, lags.length));
  const chunk = netsPerChunk(parameters);
  const root = circleKey(parameters);
  for (let start = 0, index = 0; start < nets; start += chunk, index++) {
    const taken = Math.min(chunk, nets - start);
    measureChunk(foldIn(root, index), { ...parameters, nets: taken }, activation, rows, (layer) =>
      report((start + (taken * layer) / depth) / nets),
    );
  }
  return rows;
}

function measureChunk(
  key: Key,
  parameters: CircleParameters,
  activation: SmoothActivation,
  rows: CircleRow[],
  report: (layer: number) => void,
): void {
  const { nets, width, sigmaW, sigmaB, squaredLength } = parameters;
  const angles = equallySpacedAngles(parameters.angles);
  let curve = greatCircle(foldIn(key, "circle"), { nets, width, squaredLength, angles });
  for (const row of rows) {
    const activated = throughActivation(curve, activation);
    append(row, curve, activated, parameters.lags);
    disposeCurve(curve);
    if (row.layer < rows.length) {
      curve = tf.tidy(() => {
        const layer = meanFieldLayer(foldIn(key, row.layer + 1), { nets, fanIn: width, fanOut: width, sigmaW, sigmaB });
        return { ...throughLayer(activated, layer) };
      });
    }
    disposeCurve(activated);
    report(row.layer);
  }
}

/** Ensembles that differ in anything that is drawn get streams of their own, so that their errors are independent. */
function circleKey({ seed, activation, sigmaW, sigmaB, width, angles }: CircleParameters): Key {
  return foldIn(keyOf(seed), JSON.stringify({ activation, sigmaW, sigmaB, width, angles }));
}

function append(row: CircleRow, curve: CurveJet, activated: CurveJet, lags: readonly number[]): void {
  const width = curve.position.shape[2] ?? 1;
  const circumference = 2 * Math.PI;
  tf.tidy(() => {
    const speed = squaredSpeed(curve);
    const turning = squaredTurning(curve);
    const perNet = (values: tf.Tensor, scale: number): Float32Array =>
      tf.mul(tf.mean(values, -1), scale).dataSync() as Float32Array;
    row.squaredLength.push(...perNet(squaredNorm(curve), 1 / width));
    row.metric.push(...perNet(speed, 1 / width));
    row.squaredCurvature.push(...perNet(tf.div(turning, speed), width));
    row.squaredTurning.push(...perNet(turning, 1));
    row.euclideanLength.push(...perNet(tf.sqrt(speed), circumference / Math.sqrt(width)));
    row.grassmannianLength.push(...perNet(tf.sqrt(turning), circumference));
    row.activationLength.push(...perNet(tf.sqrt(squaredSpeed(activated)), circumference / Math.sqrt(width)));
    row.chordLength.push(...(tf.div(chordLength(curve.position), Math.sqrt(width)).dataSync() as Float32Array));
    if (lags.length === 0) return;
    const correlations = tf.transpose(curveAutocorrelation(curve.position, lags)).arraySync() as number[][];
    correlations.forEach((values, lag) => row.autocorrelation[lag].push(...values));
  });
}

function emptyRow(layer: number, lags: number): CircleRow {
  return {
    layer,
    squaredLength: [],
    metric: [],
    squaredCurvature: [],
    squaredTurning: [],
    euclideanLength: [],
    grassmannianLength: [],
    chordLength: [],
    activationLength: [],
    autocorrelation: Array.from({ length: lags }, () => []),
  };
}

/** `measureCircle` through the store. */
export const circleStatistics: Experiment<CircleParameters, CircleRow> = defineExperiment({
  name: "curvature-circle-statistics",
  source: __filename,
  run: (parameters: CircleParameters, report) => Promise.resolve(measureCircle(parameters, report)),
});
