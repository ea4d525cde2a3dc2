import { neuronsOf, polynomialNet, smoothNetOutputs, taylorActivation, type Term } from "../../nets/multiplication";
import { foldIn, type Key, key as keyOf, permutation } from "../../random";
import { defineExperiment, type Experiment } from "../../sweep";
import { demandCount, demandNumbers } from "../../theory/demand";
import { balancedLambda, machineEpsilon, sumBounds } from "../../theory/multiplication";
import { halfToOne } from "./constructed-products";

/** Random sparse polynomials: sums of a few monomials of degree 1 to `degree`. */
export interface SparseSums {
  readonly variables: number;
  readonly degree: number;
  /** Numbers of terms, c. */
  readonly terms: readonly number[];
  /** Polynomials with each number of terms. */
  readonly polynomials: number;
  /** Which terms the net is built for: all of them; and, to be caught, as many again, or each with one power less. */
  readonly built: "all" | "twice as many" | "a power less";
  /** Inputs tried, |x_i| in [½, 1] with random signs. */
  readonly examples: number;
  readonly seed: number;
}

/** One polynomial Σ_j c_j q_j. */
export interface SparseSum {
  readonly terms: number;
  /** Of the one-layer net, terms sharing the neurons that they have in common. */
  readonly neurons: number;
  /** max_j m(q_j)/c and Σ_j m(q_j), see `sumBounds`. */
  readonly lower: number;
  readonly upper: number;
  /** Largest |net − polynomial| over Σ |c_j|. */
  readonly error: number;
}

/** The exponents of all monomials of degree 1 to `degree`. */
function monomialsUpTo(degree: number, variables: number): number[][] {
  const all = Array.from({ length: variables }).reduce<number[][]>(
    (found) =>
      found.flatMap((exponents) => {
        const rest = degree - exponents.reduce((sum, r) => sum + r, 0);
        return Array.from({ length: rest + 1 }, (_, r) => [...exponents, r]);
      }),
    [[]],
  );
  return all.filter((exponents) => exponents.some((r) => r > 0));
}

function chosenTerms(key: Key, monomials: readonly (readonly number[])[], count: number): Term[] {
  const order = permutation(foldIn(key, "monomials"), monomials.length);
  const coefficients = halfToOne(foldIn(key, "coefficients"), 1, count);
  return Array.from(coefficients, (coefficient, j) => ({ coefficient, exponents: monomials[order[j]] }));
}

/** The term with one power less of the variable that has most of them; one of degree 1 stays. */
function lowered({ coefficient, exponents }: Term): Term {
  if (exponents.reduce((sum, r) => sum + r, 0) === 1) return { coefficient, exponents };
  const most = exponents.indexOf(Math.max(...exponents));
  return { coefficient, exponents: exponents.map((r, i) => (i === most ? r - 1 : r)) };
}

function valueOf(terms: readonly Term[], x: Float64Array): number {
  return terms.reduce(
    (sum, { coefficient, exponents }) => sum + exponents.reduce((value, r, i) => value * x[i] ** r, coefficient),
    0,
  );
}

/**
 * One-layer nets of exponentials for random sparse polynomials (Rolnick & Tegmark 2018, on sums of monomials), one λ for all
 * terms, near the best for the highest degree: one row a polynomial.
 * @throws RangeError for more terms than there are monomials (half as many where twice as many are built)
 */
export const sparseSums: Experiment<SparseSums, SparseSum> = defineExperiment({
  name: "multiplication-sparse-sums",
  source: __filename,
  run({ variables, degree, terms, polynomials, built, examples, seed }: SparseSums, report) {
    for (const [name, count] of Object.entries({ variables, degree, polynomials, examples })) demandCount(name, count);
    demandNumbers("terms", terms);
    const monomials = monomialsUpTo(degree, variables);
    const lambda = balancedLambda(degree, machineEpsilon.float64);
    const rows = terms.flatMap((count, place) => {
      const drawn = demandCount("terms", count) * (built === "twice as many" ? 2 : 1);
      if (drawn > monomials.length) {
        throw new RangeError(`there are ${monomials.length} monomials to choose ${drawn} terms from`);
      }
      report(place / terms.length);
      return Array.from({ length: polynomials }, (_, index): SparseSum => {
        const key = foldIn(foldIn(keyOf(seed), count), index);
        const more = chosenTerms(key, monomials, drawn);
        const own = more.slice(0, count);
        const net = polynomialNet(built === "a power less" ? own.map(lowered) : more, taylorActivation("exp"), lambda);
        const inputs = halfToOne(foldIn(key, "inputs"), examples, variables);
        const errors = Array.from(smoothNetOutputs(net, inputs), (output, example) =>
          Math.abs(output - valueOf(own, inputs.subarray(example * variables, (example + 1) * variables))),
        );
        const size = own.reduce((sum, { coefficient }) => sum + Math.abs(coefficient), 0);
        return {
          terms: count,
          neurons: neuronsOf(net),
          ...sumBounds(own.map(({ exponents }) => exponents)),
          error: Math.max(...errors) / size,
        };
      });
    });
    return Promise.resolve(rows);
  },
});
