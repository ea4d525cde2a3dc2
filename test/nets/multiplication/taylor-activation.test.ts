import assert from "node:assert/strict";
import { taylorActivation, type TaylorActivationName } from "fathom/nets";

const close = (value: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(value - expected) <= tolerance, `${value}, not ${expected}`);

describe("activations with known Taylor series", () => {
  for (const name of ["exp", "tanh", "sigmoid", "softplus"] as const) {
    for (const shift of [0, 0.7, -1.2]) {
      it(`${name} about ${shift} is its series nearby, and not without the last term`, () => {
        const activation = taylorActivation(name, shift);
        const sigma = activation.coefficients(12);
        assert.equal(sigma.length, 13);
        for (const t of [-0.1, 0.05, 0.1]) {
          const sum = sigma.reduce((total, coefficient, k) => total + coefficient * t ** k, 0);
          close(sum, activation.value(shift + t), 1e-13);
        }
        const [, , second] = sigma;
        const h = 1e-3;
        const difference =
          (activation.value(shift + h) - 2 * activation.value(shift) + activation.value(shift - h)) / (2 * h * h);
        close(second, difference, 1e-6);
      });
    }
  }

  it("lack exactly the coefficients that parity takes", () => {
    const zeros = (name: TaylorActivationName): number[] =>
      [...taylorActivation(name).coefficients(9)].flatMap((coefficient, k) => (coefficient === 0 ? [k] : []));
    assert.deepEqual(zeros("exp"), []);
    assert.deepEqual(zeros("tanh"), [0, 2, 4, 6, 8]);
    assert.deepEqual(zeros("sigmoid"), [2, 4, 6, 8]);
    assert.deepEqual(zeros("softplus"), [3, 5, 7, 9]);
  });

  it("have none missing after a shift", () => {
    for (const name of ["tanh", "sigmoid", "softplus"] as const) {
      assert.ok([...taylorActivation(name, 0.7).coefficients(9)].every((coefficient) => coefficient !== 0));
    }
  });

  it("do not overflow where the function does not", () => {
    assert.equal(taylorActivation("softplus").value(800), 800);
    assert.equal(taylorActivation("sigmoid").value(-800), 0);
  });

  it("are refused by another name, at no point, to no order", () => {
    assert.throws(() => taylorActivation("relu" as TaylorActivationName), /one of exp, tanh/);
    assert.throws(() => taylorActivation("toString" as TaylorActivationName), RangeError);
    assert.throws(() => taylorActivation("exp", NaN), /shift/);
    assert.throws(() => taylorActivation("exp").coefficients(1.5), /highest/);
  });
});
