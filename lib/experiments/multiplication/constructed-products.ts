import {
  biasedProductOfTwo,
  groupedProductNet,
  monomialNet,
  neuronsOf,
  oddProductNet,
  type Precision,
  type SmoothNet,
  smoothNetOutputs,
  taylorActivation,
  type TaylorActivationName,
} from "../../nets/multiplication";
import { foldIn, type Key, key as keyOf, uniformArray } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { demandCount, demandNumbers } from "../../theory/demand";
import {
  balancedLambda,
  exactExponentialProduct,
  bestGrouping,
  leadingError,
  machineEpsilon,
} from "../../theory/multiplication";

/** A monomial net of one layer, at several λ. */
export interface ConstructedMonomial {
  readonly activation: { readonly name: TaylorActivationName; readonly shift: number };
  /** r_i; [1, 1, 1] is the product of three numbers. */
  readonly exponents: readonly number[];
  readonly lambdas: readonly number[];
  readonly precision: Precision;
  /** Inputs tried, |x_i| in [½, 1] with random signs. */
  readonly examples: number;
  readonly seed: number;
  /**
   * `signs`, the paper's, unless given. Two that escape its count: `three-biased` multiplies two numbers with three tanh neurons,
   * two of which have `shift` as bias; `odd-half` multiplies an odd number of them with half of the signs, bias-free tanh.
   */
  readonly construction?: "signs" | "three-biased" | "odd-half";
}

/** One λ. */
export interface ConstructedError {
  readonly lambda: number;
  readonly neurons: number;
  /** Root mean square of net − monomial over that of the monomial. */
  readonly error: number;
  /** The same of the leading error in theory. */
  readonly predicted: number;
  /** Error over leading error, of the example where it is farthest from 1. */
  readonly worstRatio: number;
}

/** Examples with ½ ≤ |x_i| ≤ 1 and random signs, [examples, width]. */
export function halfToOne(key: Key, examples: number, width: number): Float64Array {
  demandCount("examples", examples);
  demandCount("width", width);
  const sizes = uniformArray(foldIn(key, "sizes"), examples * width);
  const signs = uniformArray(foldIn(key, "signs"), examples * width);
  return Float64Array.from(sizes, (size, i) => (0.5 + size / 2) * (signs[i] < 0.5 ? -1 : 1));
}

function netOf({ activation, exponents, construction = "signs" }: ConstructedMonomial, lambda: number): SmoothNet {
  if (construction === "signs") {
    return monomialNet(exponents, taylorActivation(activation.name, activation.shift), lambda);
  }
  if (activation.name !== "tanh" || exponents.some((r) => r !== 1)) {
    throw new RangeError(`${construction} is a net of tanh neurons for a product of different inputs`);
  }
  if (construction === "odd-half") return oddProductNet(exponents.length, lambda);
  if (exponents.length !== 2) throw new RangeError(`three-biased multiplies two numbers; given ${exponents.length}`);
  return biasedProductOfTwo(activation.shift, lambda);
}

/**
 * Error of the one-layer construction of Rolnick & Tegmark (2018) against its scale λ.
 * @throws RangeError for no λ or no examples, and as `monomialNet` does
 */
export const constructedMonomial: Experiment<ConstructedMonomial, ConstructedError> = defineExperiment({
  name: "multiplication-constructed",
  source: __filename,
  run(parameters: ConstructedMonomial, report) {
    const { activation, exponents, lambdas, precision, examples, seed } = parameters;
    const sigma = taylorActivation(activation.name, activation.shift);
    const width = exponents.length;
    demandCount("examples", examples);
    demandNumbers("lambdas", lambdas);
    // Inputs that float32 holds exactly, so that both precisions are asked the same.
    const inputs = Float64Array.from(halfToOne(keyOf(seed), examples, width), Math.fround);
    const rows = lambdas.map((lambda, index) => {
      const net = netOf(parameters, lambda);
      const outputs = smoothNetOutputs(net, inputs, precision);
      let [errors, leading, products, worstRatio] = [0, 0, 0, 1];
      outputs.forEach((output, example) => {
        const x = inputs.subarray(example * width, (example + 1) * width);
        const product = x.reduce((value, factor, i) => value * factor ** exponents[i], 1);
        const predicted = leadingError(sigma, lambda, x, exponents);
        const ratio = (output - product) / predicted;
        if (Math.abs(ratio - 1) > Math.abs(worstRatio - 1)) worstRatio = ratio;
        errors += (output - product) ** 2;
        leading += predicted ** 2;
        products += product ** 2;
      });
      report((index + 1) / lambdas.length);
      const [error, predicted] = [Math.sqrt(errors / products), Math.sqrt(leading / products)];
      return { lambda, neurons: neuronsOf(net), error, predicted, worstRatio };
    });
    return Promise.resolve(rows);
  },
});

/** A net of exponentials that multiplies group by group, with λ near the best for each layer's groups. */
export interface ConstructedGrouping {
  readonly groups: readonly (readonly number[])[];
  readonly precision: Precision;
  /** λ of every layer over that. 1 unless one wants it wrong. */
  readonly lambdaFactor: number;
  readonly examples: number;
  readonly seed: number;
}

export interface GroupingError {
  readonly neurons: number;
  /** Largest |net − Π x_i|. */
  readonly worstError: number;
  /** Largest |net − what it computes in exact arithmetic|: rounding alone. */
  readonly worstRounding: number;
}

/** The error of the construction of several layers of Rolnick & Tegmark (2018). @throws RangeError as `groupedProductNet` does */
export const constructedGrouping: Experiment<ConstructedGrouping, GroupingError> = defineExperiment({
  name: "multiplication-grouped",
  source: __filename,
  run({ groups, precision, lambdaFactor, examples, seed }: ConstructedGrouping) {
    const lambda = (size: number): number => lambdaFactor * balancedLambda(size, machineEpsilon[precision]);
    const net = groupedProductNet(groups, taylorActivation("exp"), lambda);
    const width = groups[0].reduce((sum, size) => sum + size, 0);
    demandCount("examples", examples);
    const inputs = Float64Array.from(halfToOne(keyOf(seed), examples, width), Math.fround);
    const outputs = smoothNetOutputs(net, inputs, precision);
    let [worstError, worstRounding] = [0, 0];
    outputs.forEach((output, example) => {
      const x = inputs.subarray(example * width, (example + 1) * width);
      const product = x.reduce((value, factor) => value * factor, 1);
      worstError = Math.max(worstError, Math.abs(output - product));
      worstRounding = Math.max(worstRounding, Math.abs(output - exactExponentialProduct(x, groups, lambda)));
    });
    return Promise.resolve([{ neurons: neuronsOf(net), worstError, worstRounding }]);
  },
});

/** Products of 2 … `largest` numbers, each in 1 … log2 n + 1 layers. */
export interface BuiltProducts {
  readonly largest: number;
  /** `best` groups, or everything in a `single` one, whatever the layers allow. */
  readonly grouping: "best" | "single";
  readonly examples: number;
  readonly seed: number;
}

const mostNumbers = 20;

/** One net, built as weights and counted. */
export interface BuiltProduct {
  readonly inputs: number;
  /** Hidden layers it may have. */
  readonly layers: number;
  /** Hidden layers it has. */
  readonly layersUsed: number;
  readonly neurons: number;
  /** Largest |net − Π x_i|, where |x_i| ≤ 1. */
  readonly error: number;
}

/**
 * Nets of exponentials that multiply group by group (Rolnick & Tegmark 2018), built for every number of inputs and layers.
 * @throws RangeError unless `largest` is a whole number from 2 to 20: one layer for 20 numbers has a million neurons
 */
export const builtProducts: Experiment<BuiltProducts, BuiltProduct> = defineExperiment({
  name: "multiplication-built",
  source: __filename,
  run({ largest, grouping, examples, seed }: BuiltProducts, report) {
    demandCount("examples", examples);
    if (demandCount("largest", largest, 2) > mostNumbers) {
      throw new RangeError(`largest is at most ${mostNumbers}: one layer has 2^largest neurons; given ${largest}`);
    }
    const rows: BuiltProduct[] = [];
    for (let inputs = 2; inputs <= largest; inputs++) {
      const x = halfToOne(keyOf(seed), examples, inputs);
      for (let layers = 1; layers <= Math.log2(inputs) + 1; layers++) {
        const { groups } = bestGrouping(inputs, grouping === "best" ? layers : 1);
        const lambda = (size: number): number => balancedLambda(size, machineEpsilon.float64);
        const net = groupedProductNet(groups, taylorActivation("exp"), lambda);
        const errors = Array.from(smoothNetOutputs(net, x), (output, example) => {
          const product = x
            .subarray(example * inputs, (example + 1) * inputs)
            .reduce((value, factor) => value * factor, 1);
          return Math.abs(output - product);
        });
        rows.push({ inputs, layers, layersUsed: groups.length, neurons: neuronsOf(net), error: Math.max(...errors) });
      }
      report((inputs - 1) / (largest - 1));
    }
    return Promise.resolve(rows);
  },
});
