import type { RegressionRow } from "../../experiments";
import { figure, type Figure, type SeriesSpec } from "../../report";
import { regressionRows } from "../../experiments/curvature/rows";
import { demand, listOf, record, whole } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, pointsOverNets } from "../series";

/** Least-squares fits by nets of one shape. */
export interface FrequencyFits {
  readonly hiddenWidth: number;
  readonly hiddenLayers: number;
  /** One a frequency. */
  readonly rows: readonly RegressionRow[];
}

const fits = record<FrequencyFits>({ hiddenWidth: whole(1), hiddenLayers: whole(1), rows: regressionRows });

const pointsShown = 10;

/**
 * The error of a linear readout against frequency.
 * @param deep nets of one width and several depths
 * @param shallow nets of one hidden layer and several widths
 */
export function frequencyRegressionFigure(deep: readonly FrequencyFits[], shallow: readonly FrequencyFits[]): Figure {
  firstOf(deep, "deep net");
  firstOf(shallow, "shallow net");
  for (const [name, nets] of Object.entries({ deep, shallow })) demand(name, nets, listOf(fits));
  const family = (ofNets: readonly FrequencyFits[], name: (fit: FrequencyFits) => string): SeriesSpec[] =>
    ofNets.map((fit, index) => {
      const thinned = fit.rows.filter(({ frequency }) => frequency % (fit.rows.length / pointsShown) === 0);
      const points = pointsOverNets(
        thinned.map(({ frequency }) => frequency),
        thinned.map(({ errors }) => errors),
      );
      const shade = ofNets.length === 1 ? 0 : index / (ofNets.length - 1);
      return measuredSeries(name(fit), 0, points, { mark: "both", shade });
    });
  const axes = {
    xAxis: { label: "cycles over the half-circle" },
    yAxis: { label: "error", range: [0, 1.03] },
  } as const;
  const widest = Math.max(...shallow.map(({ hiddenWidth }) => hiddenWidth));
  const depths = deep.map(({ hiddenLayers }) => hiddenLayers);
  return figure({
    id: "01-frequency-regression",
    height: 230,
    title: `A few layers reach frequencies that ${widest} units in one layer do not`,
    description:
      `Least-squares error against frequency for nets of ${Math.min(...depths)} to ${Math.max(...depths)} hidden layers, ` +
      `and for shallow nets of up to ${widest} units.`,
    panels: [
      {
        title: `width ${firstOf(deep, "deep net").hiddenWidth}, by depth`,
        ...axes,
        series: family(deep, ({ hiddenLayers }) => `depth ${hiddenLayers}`),
      },
      {
        title: "one hidden layer, by width",
        ...axes,
        series: family(shallow, ({ hiddenWidth }) => `width ${hiddenWidth}`),
      },
    ],
  });
}
