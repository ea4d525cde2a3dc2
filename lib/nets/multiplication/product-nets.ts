import { checkWidth } from "../width";
import { composedNet } from "./composed-net";
import { type Block, monomialBlock } from "./monomial-block";
import { neuronsOf, type SmoothNet } from "./smooth-net";
import { taylorActivation, type TaylorActivation } from "./taylor-activation";

/** Π x_i^{r_i} from one hidden layer, see `monomialBlock`. */
export function monomialNet(exponents: readonly number[], activation: TaylorActivation, lambda: number): SmoothNet {
  const inputs = exponents.map((_, i) => i);
  return composedNet(exponents.length, [[monomialBlock(inputs, exponents, activation, lambda)]], activation);
}

/**
 * The product of all inputs, group by group (Rolnick & Tegmark 2018, section 5): the first layer multiplies the inputs within
 * groups, the next multiplies the results, and so on. A group of one carries its value on, with two neurons.
 * @param groups sizes of the groups of each layer: [[2, 2], [2]] multiplies four numbers
 * @param lambda of a layer, given its largest group
 * @throws RangeError unless each layer's groups take up the values of the layer before, and the last layer is one group
 */
export function groupedProductNet(
  groups: readonly (readonly number[])[],
  activation: TaylorActivation,
  lambda: (groupSize: number) => number,
): SmoothNet {
  groups.forEach((layer, i) => layer.forEach((size, j) => checkWidth(size, `groups[${i}][${j}]`)));
  const sizes = groups.map((layer) => layer.reduce((sum, size) => sum + size, 0));
  groups.forEach((layer, index) => {
    const next = index + 1 < groups.length ? sizes[index + 1] : 1;
    if (layer.length !== next) {
      throw new RangeError(`layer ${index + 1} has ${layer.length} groups; what follows takes ${next} values`);
    }
  });
  const layers = groups.map((layer) => {
    let from = 0;
    return layer.map((size) => {
      const inputs = Array.from({ length: size }, (_, i) => from + i);
      from += size;
      return monomialBlock(
        inputs,
        inputs.map(() => 1),
        activation,
        lambda(Math.max(...layer)),
      );
    });
  });
  return composedNet(sizes[0], layers, activation);
}

/**
 * x^d by repeated squaring (Rolnick & Tegmark 2018, section 4.2): every layer squares x^{2^i} (three neurons) and, where the
 * next binary digit of d is 1, multiplies the part that is done by x^{2^i} (four), else carries it on (two). ⌈log2 d⌉ layers.
 * @param lambda of a block, given its degree
 * @throws RangeError unless d is a whole number from 2
 */
export function deepPowerNet(
  power: number,
  activation: TaylorActivation,
  lambda: (degree: number) => number,
): SmoothNet {
  if (!Number.isInteger(power) || power < 2) throw new RangeError(`the power is a whole number from 2; given ${power}`);
  const product = (a: number, b: number): Block => monomialBlock([a, b], [1, 1], activation, lambda(2));
  const carry = (value: number): Block => monomialBlock([value], [1], activation, lambda(2));
  const square = (value: number): Block => monomialBlock([value], [2], activation, lambda(2));
  const layers: Block[][] = [];
  // Value 0 is x^{2^i}; value 1, where there is one, the product of the digits done.
  let rest = power;
  let begun = false;
  while (rest > 1) {
    const digit = rest % 2 === 1;
    const done = begun ? (digit ? [product(0, 1)] : [carry(1)]) : digit ? [carry(0)] : [];
    layers.push([square(0), ...done]);
    begun ||= digit;
    rest = Math.floor(rest / 2);
  }
  if (begun) layers.push([product(0, 1)]);
  return composedNet(1, layers, activation);
}

/** One term c Π x_i^{r_i} of a polynomial. */
export interface Term {
  readonly coefficient: number;
  /** r_i, one a variable; 0 where the variable is absent. */
  readonly exponents: readonly number[];
}

/**
 * A sum of monomials from one hidden layer: the blocks of its terms side by side, one λ for all. Neurons with the same
 * incoming weights are merged, their outgoing weights added.
 * @throws RangeError for no terms, different numbers of variables, or a constant term
 */
export function polynomialNet(terms: readonly Term[], activation: TaylorActivation, lambda: number): SmoothNet {
  if (terms.length === 0) throw new RangeError("a polynomial has at least one term");
  const variables = terms[0].exponents.length;
  const blocks = terms.map(({ exponents }) => {
    if (exponents.length !== variables) throw new RangeError("all terms have the same variables");
    const inputs = exponents.flatMap((r, i) => (r === 0 ? [] : [i]));
    return monomialBlock(
      inputs,
      inputs.map((i) => exponents[i]),
      activation,
      lambda,
    );
  });
  const coefficients = terms.map(({ coefficient }) => coefficient);
  return withEqualNeuronsMerged(composedNet(variables, [blocks], activation, coefficients));
}

/** A net of one hidden layer in which no two neurons have the same incoming weights. */
function withEqualNeuronsMerged(net: SmoothNet): SmoothNet {
  const [hidden, readout] = net.layers;
  const merged = new Map<string, { row: Float64Array; weight: number }>();
  for (let neuron = 0; neuron < neuronsOf(net); neuron++) {
    const row = hidden.weights.slice(neuron * hidden.fanIn, (neuron + 1) * hidden.fanIn);
    // Adding 0 makes one zero of the two.
    const name = row.map((weight) => weight + 0).join();
    const known = merged.get(name);
    if (known === undefined) merged.set(name, { row, weight: readout.weights[neuron] });
    else known.weight += readout.weights[neuron];
  }
  const kept = [...merged.values()];
  const weights = new Float64Array(kept.length * hidden.fanIn);
  kept.forEach(({ row }, neuron) => weights.set(row, neuron * hidden.fanIn));
  return {
    activation: net.activation,
    layers: [
      { ...hidden, fanOut: kept.length, weights, biases: hidden.biases.slice(0, kept.length) },
      { ...readout, fanIn: kept.length, weights: Float64Array.from(kept, ({ weight }) => weight) },
    ],
  };
}

/**
 * x y from three tanh neurons with biases, with error O(λ): [tanh(β + λ(x + y)) − tanh(β + λ(x − y)) − c_1 tanh(2λy)]/(4 c_2 λ²), c_k the
 * coefficients of tanh about β. The third neuron, without a bias, has no quadratic term and takes the linear one away. The
 * count of 2^n neurons is about nets whose neurons share one point of expansion; this one's do not.
 * @param bias β, not 0
 * @throws RangeError for a β that is 0 or no finite number, λ ≤ 0
 */
export function biasedProductOfTwo(bias: number, lambda: number): SmoothNet {
  if (!Number.isFinite(bias) || bias === 0) {
    throw new RangeError(`the bias is not 0, where tanh has no quadratic term, and finite; given ${bias}`);
  }
  if (!(Number.isFinite(lambda) && lambda > 0)) throw new RangeError(`λ is a finite number above 0; given ${lambda}`);
  const [, c1, c2] = taylorActivation("tanh", bias).coefficients(2);
  const scale = 1 / (4 * c2 * lambda ** 2);
  const directions = [1, 1, 1, -1, 0, 2].map((a) => a * lambda);
  return {
    activation: taylorActivation("tanh"),
    layers: [
      {
        linear: false,
        fanIn: 2,
        fanOut: 3,
        weights: Float64Array.from(directions),
        biases: Float64Array.of(bias, bias, 0),
      },
      {
        linear: true,
        fanIn: 3,
        fanOut: 1,
        weights: Float64Array.of(scale, -scale, -c1 * scale),
        biases: new Float64Array(1),
      },
    ],
  };
}

/**
 * The product of an odd number n of inputs from 2^{n−1} bias-free tanh neurons: as tanh is odd, the neurons of s and −s say the
 * same. Of σ_0 … σ_n every second one is 0, which the count of 2^n excludes.
 * @throws RangeError for an n that is no whole number ≥ 1, or even, where all terms cancel
 */
export function oddProductNet(inputs: number, lambda: number): SmoothNet {
  checkWidth(inputs, "inputs");
  const odd = taylorActivation("tanh");
  const all = monomialBlock(
    Array.from({ length: inputs }, (_, i) => i),
    new Array<number>(inputs).fill(1),
    odd,
    lambda,
  );
  const half = all.directions.length / 2;
  const block = {
    ...all,
    directions: all.directions.slice(0, half),
    readout: all.readout.slice(0, half).map((w) => 2 * w),
  };
  return composedNet(inputs, [[block]], odd);
}
