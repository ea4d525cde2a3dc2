import type { CircleRecursion } from "../../theory";
import {
  called,
  consistent,
  correlation,
  type Demand,
  each,
  finite,
  listOf,
  mended,
  notNegative,
  onlyFiniteNumbers,
  positive,
  record,
  share,
  whole,
  words,
} from "../../theory/demand-parts";
import type { BoundaryRow } from "./boundary";
import type { CircleQuantity, CircleRegime, TheoryComparison } from "./circle-analysis";
import type { PictureRow } from "./circle-picture";
import type { CircleParameters, CircleRow } from "./circle-statistics";
import type { PhaseRow } from "./phase-diagram";
import type { Regime, RegimePoint } from "./regime";
import type { RegressionRow } from "./regression";
import type { ShallowRow } from "./shallow-length";
import type { SignalRow } from "./signal-propagation";

/** A point of the plane of the scales. */
export const scales: Demand = record<Pick<RegimePoint, "sigmaW" | "sigmaB">>({
  sigmaW: called("the weights' scale", positive),
  sigmaB: called("the biases' scale", notNegative),
});

export const regimePoint: Demand = each(record<RegimePoint>({ name: words }), scales);

/** One number a net, of at least `least` nets. */
export function perNet(number: Demand, least: number = 1): Demand {
  return called("one number a net", listOf(number, least));
}

const layersInTurn = "Give one row a layer, from the first, as circleStatistics has them.";

/** Rows of circles, of which one quantity is read. */
export function circleRows(quantity: CircleQuantity | "autocorrelation", least: number = 1): Demand {
  const part = quantity === "autocorrelation" ? listOf(perNet(finite, least), 0) : perNet(notNegative, least);
  return mended(listOf(record<CircleRow>({ layer: whole(1), [quantity]: part })), layersInTurn);
}

/** Circles in nets of several widths, of which one quantity is read. */
export function circleRegime(quantity: CircleQuantity | "autocorrelation"): Demand {
  const rows = circleRows(quantity);
  // The correlation is over q*.
  const length = quantity === "autocorrelation" ? { squaredLength: called("q*", positive) } : {};
  return listOf(
    each(
      record<{ parameters: CircleParameters; rows: unknown }>({
        parameters: record<CircleParameters>({ width: whole(1), nets: whole(2), ...length }),
        rows,
      }),
      consistent<{ parameters: CircleParameters; rows: readonly CircleRow[] }>(({ parameters, rows }) => {
        const counts = (row: CircleRow): number[] =>
          quantity === "autocorrelation" ? row.autocorrelation.map((ofNets) => ofNets.length) : [row[quantity].length];
        const odd = rows.find((row) => counts(row).some((count) => count !== parameters.nets));
        return odd === undefined
          ? null
          : `has ${parameters.nets} nets, but in layer ${odd.layer} ${quantity} has numbers of ${counts(odd).join(", ")}`;
      }),
    ),
  );
}

const theoryOfCircle = record<CircleRecursion>({
  length: listOf(positive),
  metric: listOf(positive),
  squaredCurvature: listOf(positive),
  euclideanLength: listOf(positive),
  grassmannianLength: listOf(positive),
});

const circleQuantities = [
  "squaredLength",
  "metric",
  "squaredCurvature",
  "squaredTurning",
  "euclideanLength",
  "grassmannianLength",
  "chordLength",
  "activationLength",
  "autocorrelation",
] as const;

/** Theory and measurement of circles, each at one point of the plane of the scales. */
export const circleRegimes: Demand = listOf(
  each(
    regimePoint,
    record<Regime>({
      meanField: scales,
      squaredLength: called("q*", positive),
      theory: theoryOfCircle,
      measured: listOf(record<CircleRegime[number]>({ parameters: onlyFiniteNumbers })),
    }),
    ...circleQuantities.map((quantity) => record<Regime>({ measured: circleRegime(quantity) })),
  ),
);

/** Measured numbers beside theory's. */
export const theoryComparisons: Demand = listOf(
  record<TheoryComparison>({
    predicted: finite,
    measured: finite,
    standardError: positive,
    degreesOfFreedom: positive,
  }),
);

/** Layers that are looked at. */
export const layerNumbers: Demand = called("layers, counted from 1", listOf(whole(1)));

/** Inputs and pairs of inputs by layer: `quantity` of `count` of them. */
export function signalRows(quantity: "squaredLength" | "correlation", count: number): Demand {
  const part = quantity === "squaredLength" ? positive : correlation;
  return mended(
    listOf(
      each(
        record<SignalRow>({ layer: whole(1), [quantity]: listOf(perNet(part, 2)) }),
        consistent<SignalRow>((row) =>
          row[quantity].length === count
            ? null
            : `has ${quantity} of ${row[quantity].length} inputs or pairs; ${count} starts were given`,
        ),
      ),
    ),
    "Give rows as signalPropagation has them, one a layer.",
  );
}

export const phaseRows: Demand = mended(
  listOf(
    record<PhaseRow>({
      chi1: called("χ1 in theory", notNegative),
      measuredGrowth: called("of ‖∂h‖² per layer", notNegative),
    }),
  ),
  "Give rows as phaseDiagram has them.",
);

export const pictureRows: Demand = mended(
  listOf(
    each(
      record<PictureRow>({
        layer: whole(1),
        coordinates: called("one list a component", listOf(listOf(finite), 2)),
        varianceShares: listOf(share, 2),
      }),
      consistent<PictureRow>(({ coordinates: [first, second] }) =>
        first.length === second.length
          ? null
          : `has ${first.length} points along one component and ${second.length} along the other`,
      ),
    ),
  ),
  "Give rows as circlePicture has them, one a layer.",
);

export const shallowRows: Demand = mended(
  listOf(record<ShallowRow>({ hiddenWidth: whole(1), lengths: perNet(positive) })),
  "Give rows as shallowLength has them, one a hidden width.",
);

export const regressionRows: Demand = mended(
  listOf(record<RegressionRow>({ frequency: whole(1), errors: perNet(notNegative) })),
  "Give rows as frequencyRegression has them, one a frequency.",
);

export const boundaryRows: Demand = mended(
  each(
    listOf(
      record<BoundaryRow>({
        layer: whole(0),
        largest: called("principal curvatures, [rank][point]", listOf(listOf(finite))),
        smallest: called("principal curvatures, [rank][point]", listOf(listOf(finite))),
      }),
    ),
    consistent<readonly BoundaryRow[]>((rows) => {
      const points = rows[0].largest[0].length;
      const odd = rows.find(({ largest, smallest }) =>
        [...largest, ...smallest].some(({ length }) => length !== points),
      );
      return odd === undefined ? null : `have ${points} points in the first layer and another number in ${odd.layer}`;
    }),
  ),
  "Give rows as boundaryCurvature has them, one a layer from the input on.",
);
