import {
  deepPowerNet,
  hiddenLayersOf,
  monomialBlock,
  monomialNet,
  neuronsOf,
  type Precision,
  smoothNetOutputs,
  taylorActivation,
} from "../../nets/multiplication";
import { defineExperiment, type Experiment } from "../../sweep";
import { demandCount, demandNumbers } from "../../theory/demand";
import { balancedLambda, machineEpsilon } from "../../theory/multiplication";

export interface Powers {
  readonly powers: readonly number[];
  readonly precision: Precision;
  /** Points of [−1, 1] where x^d is compared. */
  readonly points: number;
}

/** x^d from one hidden layer and from repeated squaring. */
export interface PowerRow {
  readonly power: number;
  readonly shallowNeurons: number;
  readonly deepNeurons: number;
  readonly deepLayers: number;
  /** Largest |net − x^d| on [−1, 1], with the λ of a ladder of √2 that suits the one-layer net best. */
  readonly shallowError: number;
  readonly deepError: number;
}

/**
 * Nets of exponentials for x^d (Rolnick & Tegmark 2018, on univariate polynomials).
 * @throws RangeError for no powers, fewer than two points, and as `deepPowerNet` does
 */
export const constructedPowers: Experiment<Powers, PowerRow> = defineExperiment({
  name: "multiplication-powers",
  source: __filename,
  run({ powers, precision, points }: Powers, report) {
    demandNumbers("powers", powers);
    demandCount("points", points, 2);
    const activation = taylorActivation("exp");
    const x = Float64Array.from({ length: points }, (_, i) => Math.fround((2 * i) / (points - 1) - 1));
    const ladder = Array.from({ length: 40 }, (_, i) => 2 ** (-i / 2 + 2));
    const rows = powers.map((power, index) => {
      const worst = (outputs: Float64Array): number =>
        outputs.reduce((most, output, i) => Math.max(most, Math.abs(output - x[i] ** power)), 0);
      // λ^−power beyond the largest number makes no net.
      const possible = ladder.filter((lambda) =>
        monomialBlock([0], [power], activation, lambda).readout.every(Number.isFinite),
      );
      const shallow = possible.map((lambda) =>
        worst(smoothNetOutputs(monomialNet([power], activation, lambda), x, precision)),
      );
      const lambda = (degree: number): number => balancedLambda(degree, machineEpsilon[precision]);
      const deep = deepPowerNet(power, activation, lambda);
      report((index + 1) / powers.length);
      return {
        power,
        shallowNeurons: neuronsOf(monomialNet([power], activation, 1)),
        deepNeurons: neuronsOf(deep),
        deepLayers: hiddenLayersOf(deep).length,
        shallowError: Math.min(...shallow.filter(Number.isFinite)),
        deepError: worst(smoothNetOutputs(deep, x, precision)),
      };
    });
    return Promise.resolve(rows);
  },
});
