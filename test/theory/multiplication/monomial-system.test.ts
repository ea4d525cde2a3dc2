import assert from "node:assert/strict";
import { monomialBlock, signVectors, taylorActivation } from "fathom/nets";
import { gramMatrix, integerRank, monomialNeurons, monomialSystem, rankModulo } from "fathom/theory";

describe("the monomial system", () => {
  it("has a row Π a^s for every s ≤ r, a column for every neuron", () => {
    const system = monomialSystem(
      [
        [2, 3],
        [5, 7],
      ],
      [1, 2],
    );
    assert.deepEqual(system, [
      [1n, 1n],
      [3n, 7n],
      [9n, 49n],
      [2n, 5n],
      [6n, 35n],
      [18n, 245n],
    ]);
  });

  it("of sign vectors is a Hadamard matrix of full rank, by both methods", () => {
    for (let n = 1; n <= 5; n++) {
      const system = monomialSystem(signVectors(n));
      gramMatrix(system).forEach((row, i) =>
        row.forEach((entry, j) => assert.equal(entry, i === j ? 2n ** BigInt(n) : 0n)),
      );
      assert.equal(integerRank(system), 2 ** n);
      assert.equal(rankModulo(system), 2 ** n);
    }
    assert.equal(rankModulo(monomialSystem(signVectors(8))), 256);
  });

  it("loses rank with any neuron", () => {
    const neurons = signVectors(3);
    neurons.forEach((_, gone) =>
      assert.equal(integerRank(monomialSystem(neurons.filter((_unused, j) => j !== gone))), 7),
    );
  });

  it("of a monomial's neurons has rank Π (r_i + 1), with none to spare", () => {
    for (const exponents of [[3], [2, 1], [2, 2], [1, 2, 3]]) {
      const inputs = exponents.map((_, i) => i);
      const neurons = monomialBlock(inputs, exponents, taylorActivation("exp"), 1).directions.map((a) => [...a]);
      const system = monomialSystem(neurons, exponents);
      assert.equal(integerRank(system), monomialNeurons(exponents));
      assert.equal(rankModulo(system), monomialNeurons(exponents));
      assert.equal(integerRank(monomialSystem(neurons.slice(1), exponents)), monomialNeurons(exponents) - 1);
    }
  });

  it("is short of rank for the nets that escape the theorem", () => {
    // Three biased neurons for two numbers; four bias-free tanh neurons for three.
    assert.equal(
      integerRank(
        monomialSystem([
          [1, 1],
          [1, -1],
          [0, 2],
        ]),
      ),
      3,
    );
    assert.equal(integerRank(monomialSystem(signVectors(3).slice(0, 4))), 4);
  });

  it("is refused for neurons that do not fit", () => {
    assert.throws(() => monomialSystem([]), /at least one neuron/);
    assert.throws(() => monomialSystem([[1, 2], [1]]), /neuron 1 needs 2 whole weights/);
    assert.throws(() => monomialSystem([[0.5]]), RangeError);
    assert.throws(() => monomialSystem([[1]], [-1]), RangeError);
  });
});
