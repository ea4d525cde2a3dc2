import type { TrainingRow } from "../../experiments";
import { figure, type Figure, type PanelSpec, type SeriesSpec } from "../../report";
import { trainingRows } from "../../experiments/linear-regions/rows";
import { demand, listOf, record, widths } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { pointsOverNets } from "../series";

/** Nets of one shape that were trained. */
export interface TrainedShape {
  readonly hiddenWidths: readonly number[];
  /** One a net and moment. */
  readonly rows: readonly TrainingRow[];
}

/** Regions along lines through data, distance to the nearest boundary and accuracy, from before training on. */
export function trainingFigure(shapes: readonly TrainedShape[]): Figure {
  firstOf(shapes, "shape of net");
  demand("shapes", shapes, listOf(record<TrainedShape>({ hiddenWidths: widths, rows: trainingRows })));
  for (const { hiddenWidths, rows } of shapes) {
    const moments = [...new Set(rows.map(({ epoch }) => epoch))];
    const nets = moments.map((epoch) => rows.filter((row) => row.epoch === epoch).length);
    if (nets.every((count) => count > 1)) continue;
    const seen = moments.map((epoch, place) => `${nets[place]} after ${epoch} epochs`).join(", ");
    throw new RangeError(`A standard error needs two nets at every moment; ${shapeName(hiddenWidths)} has ${seen}.`);
  }
  const panel = (
    title: string,
    label: string,
    of: (row: TrainingRow, neurons: number) => number,
    prediction?: (row: TrainingRow, neurons: number) => number,
  ): PanelSpec => ({
    title,
    xAxis: { label: "epochs", scale: "category" },
    yAxis: { label },
    series: shapes.flatMap(({ hiddenWidths, rows }, color): SeriesSpec[] => {
      const neurons = hiddenWidths.reduce((sum, width) => sum + width, 0);
      const epochs = [...new Set(rows.map(({ epoch }) => epoch))];
      const values = epochs.map((epoch) => rows.filter((row) => row.epoch === epoch).map((row) => of(row, neurons)));
      const points = pointsOverNets(epochs, values);
      const x = epochs.map(String);
      const name = hiddenWidths.length === 1 ? `one layer of ${neurons}` : shapeName(hiddenWidths);
      const measured: SeriesSpec = { ...points, name, kind: "measurement", mark: "both", color, x };
      if (prediction === undefined || color > 0) return [measured];
      const initial = prediction(rows[0], neurons);
      const level: SeriesSpec = {
        name: "infinite width, untrained",
        kind: "theory",
        color: 6,
        x,
        y: x.map(() => initial),
      };
      return [level, measured];
    }),
  });
  return figure({
    id: "03-training",
    height: 165,
    title: "Training first removes regions near the data, then slowly brings some back",
    description:
      "Against epochs, for shapes of net with equally many neurons: breakpoints per neuron on segments between test images " +
      "and on whole lines through them, the mean distance of a test image to the nearest boundary, and test accuracy.",
    panels: [
      panel(
        "segments between two images",
        "breakpoints per neuron",
        (row, neurons) => (row.segmentRegions - 1) / neurons,
        (row, neurons) => (row.predicted.segmentRegions - 1) / neurons,
      ),
      panel(
        "whole lines through two images",
        "breakpoints per neuron",
        (row, neurons) => (row.lineRegions - 1) / neurons,
        () => 1,
      ),
      panel(
        "distance to the nearest boundary",
        "distance × N",
        (row, neurons) => row.distance * neurons,
        (row, neurons) => row.predicted.distance * neurons,
      ),
      panel("accuracy", "test images read", (row) => row.accuracy),
    ],
  });
}

/** "2 layers of 64", or the widths. */
export function shapeName(hiddenWidths: readonly number[]): string {
  const [width] = hiddenWidths;
  return hiddenWidths.every((other) => other === width)
    ? `${hiddenWidths.length} layers of ${width}`
    : hiddenWidths.join(", ");
}
