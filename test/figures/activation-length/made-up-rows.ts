import type { TrainingOutcome } from "fathom/experiments";
import type { LengthStatistics } from "fathom/measure";
import { lengthMoment, logLength, secondMomentRatio } from "fathom/theory";

/** Rows that He nets of these widths could have given: the input's, then theory times a departure a layer. */
export function lengthRows(hiddenWidths: readonly number[], departure = 1.02, nets = 1000): LengthStatistics[] {
  const input = { secondMoment: 1, fourthMoment: 1, logVariance: 0, logFourthMoment: 0, mean: 1 };
  const layers = hiddenWidths.map((_, index) => {
    const widths = hiddenWidths.slice(0, index + 1);
    const variance = logLength(widths).variance;
    return {
      mean: departure,
      secondMoment: secondMomentRatio(widths) * departure,
      fourthMoment: lengthMoment(widths, 4),
      logVariance: variance * departure,
      logFourthMoment: 3 * variance ** 2,
    };
  });
  return [input, ...layers].map((moments, layer) => {
    return { layer, nets, dead: 0, ratioSecondMoment: 1, ratioFourthMoment: 1, logMean: -layer / 10, ...moments };
  });
}

/** Runs that arrived after so many epochs; null never did. */
export function outcomes(...epochs: (number | null)[]): TrainingOutcome[] {
  return epochs.map((arrived) =>
    arrived === null
      ? { outcome: "unfinished", epochs: null, accuracy: 0.1 }
      : { outcome: "reached", epochs: arrived, accuracy: 0.2 },
  );
}
