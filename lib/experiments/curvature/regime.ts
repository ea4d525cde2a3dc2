import { runExperiment, type Progress } from "../../sweep";
import { circleRecursion, fixedPoint, tanh, type CircleRecursion, type MeanField } from "../../theory";
import { demand, listOf, orAbsent, record, seed, whole, widths } from "../../theory/demand-parts";
import type { CircleRegime } from "./circle-analysis";
import { circleStatistics, type CircleParameters } from "./circle-statistics";
import { regimePoint } from "./rows";

/** A point of the phase diagram, for tanh. */
export interface RegimePoint {
  /** "ordered", "chaotic", …; used in claim ids, so lower-case words joined by hyphens. */
  name: string;
  sigmaW: number;
  sigmaB: number;
}

/** Sizes of the ensembles that measure a regime. */
export interface RegimeSizes {
  widths: readonly number[];
  depth: number;
  nets: number;
  angles: number;
  lags: readonly number[];
  seed: number;
}

/** Theory and measurement of a circle at one point of the phase diagram. */
export interface Regime extends RegimePoint {
  meanField: MeanField;
  /** The fixed point of the length map, at which the circle is planted. */
  squaredLength: number;
  theory: CircleRecursion;
  /** One ensemble per width. */
  measured: CircleRegime;
}

const regimeSizes = record<RegimeSizes>({
  widths,
  depth: whole(1),
  nets: whole(1),
  angles: whole(1),
  lags: listOf(whole(0), 0),
  seed,
});

/**
 * Measures circles in ensembles of several widths, through the store, and puts the theory of the same point beside them.
 *
 * @param options.planted changes to the nets alone, the theory staying as it is: for showing that claims can fail.
 */
export async function measureRegime(
  point: RegimePoint,
  sizes: RegimeSizes,
  options: { planted?: Partial<CircleParameters>; progress?: Progress } = {},
): Promise<Regime> {
  demand("point", point, regimePoint);
  demand("sizes", sizes, regimeSizes);
  demand("options", options, record<typeof options>({ planted: orAbsent(record({})) }));
  const { name, sigmaW, sigmaB } = point;
  const { widths, depth, lags, ...rest } = sizes;
  const meanField = { activation: tanh, sigmaW, sigmaB };
  const squaredLength = fixedPoint(meanField);
  const measured: { parameters: CircleParameters; rows: CircleRegime[number]["rows"] }[] = [];
  const common = { activation: "tanh", sigmaW, sigmaB, squaredLength, depth, lags: [...lags], ...rest };
  const total = widths.reduce((cost, width) => cost + width ** 2, 0);
  let done = 0;
  for (const width of widths) {
    options.progress?.update(done / total, `${name}, width ${width}`);
    const parameters = { ...common, width, ...options.planted };
    measured.push({ parameters, rows: await runExperiment(circleStatistics, parameters) });
    done += width ** 2;
  }
  options.progress?.done();
  return { name, sigmaW, sigmaB, meanField, squaredLength, theory: circleRecursion(meanField, depth), measured };
}
