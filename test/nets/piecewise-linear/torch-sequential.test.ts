import assert from "node:assert/strict";
import { NetFileError, netOfTorchSequential, outputOf, parseSafetensors } from "fathom/nets";
import { safetensorsOf, smallNet, type TensorToWrite } from "./safetensors-file";

function netOf(tensors: readonly TensorToWrite[], options?: Parameters<typeof netOfTorchSequential>[1]) {
  return netOfTorchSequential(parseSafetensors(safetensorsOf(tensors), "the file"), options);
}

/** The tensors of `smallNet` with one replaced. */
function with_(name: string, members: Partial<TensorToWrite>): TensorToWrite[] {
  return smallNet.map((tensor) => (tensor.name === name ? { ...tensor, ...members } : tensor));
}

const identity = [1, 0, 0, 1];

describe("the state dict of an nn.Sequential", () => {
  it("is a net with ReLU between its layers and a linear last one", () => {
    const net = netOf(smallNet);
    assert.deepEqual(
      net.steps.map(({ kind }) => kind),
      ["affine", "rectifier", "affine"],
    );
    // h = (1·1 − 2·2 − 1, 3 − 8, 5 − 12 + 1) is negative everywhere; only the last bias is left.
    assert.deepEqual([...outputOf(net, Float64Array.of(1, -2))], [0.25]);
    // h = (2, 7, 12): 2 − 7 + 6 + 0.25.
    assert.deepEqual([...outputOf(net, Float64Array.of(1, 1))], [1.25]);
  });

  it("may be of float64, kept to the last digit", () => {
    const third = 1 / 3;
    const net = netOf([{ name: "0.weight", shape: [1, 1], values: [third], dtype: "F64" }]);
    assert.equal(outputOf(net, Float64Array.of(1))[0], third);
  });

  it("is ordered by number, 10 after 2, wherever the tensors lie", () => {
    const double = [2, 0, 0, 2];
    const net = netOf([
      { name: "10.weight", shape: [1, 2], values: [1, -1] },
      { name: "2.weight", shape: [2, 2], values: double },
      { name: "0.weight", shape: [2, 2], values: identity },
      { name: "10.bias", shape: [1], values: [0.5] },
    ]);
    assert.deepEqual([...outputOf(net, Float64Array.of(3, 1))], [4.5]);
  });

  it("has an activation where numbers leave a gap, and none between consecutive ones", () => {
    const layers = [0, 1, 3, 6].map((number) => ({ name: `${number}.weight`, shape: [2, 2], values: identity }));
    const kinds = (options?: Parameters<typeof netOf>[1]): string =>
      netOf(layers, options)
        .steps.map(({ kind }) => kind[0])
        .join("");
    assert.equal(kinds(), "aarara");
    assert.equal(kinds({ activations: "all" }), "ararara");
  });

  it("may begin with modules without weights", () => {
    const net = netOf(
      smallNet.map((tensor) => ({ ...tensor, name: tensor.name.replace(/\d/, (n) => `${Number(n) + 1}`) })),
    );
    assert.deepEqual([...outputOf(net, Float64Array.of(1, 1))], [1.25]);
  });

  it("takes the slope of leaky activations from the reader", () => {
    const leaky = netOf(smallNet, { negativeSlope: 0.1 });
    // h = (−4, −5, −6): −0.4 + 0.5 − 0.3 + 0.25.
    assert.ok(Math.abs(outputOf(leaky, Float64Array.of(1, -2))[0] - 0.05) < 1e-12);
    assert.throws(() => netOf(smallNet, { negativeSlope: 1 }), RangeError);
    assert.throws(() => netOf(smallNet, { negativeSlope: NaN }), RangeError);
  });

  const refusals: readonly (readonly [string, readonly TensorToWrite[], RegExp])[] = [
    ["no tensors", [], /no tensors/],
    ["a bias alone", [...smallNet, { name: "4.bias", shape: [1], values: [0] }], /"4\.bias" has no 4\.weight/],
    [
      "a bias of another length",
      with_("0.bias", { shape: [2], values: [0, 0] }),
      /"0\.bias" has the shape \[2\].*\[3\]/,
    ],
    ["a bias of two axes", with_("0.bias", { shape: [3, 1] }), /"0\.bias" has the shape \[3, 1\]/],
    ["a scalar bias", with_("2.bias", { shape: [] }), /"2\.bias" has the shape \[\]/],
    ["a weight of one axis", with_("2.weight", { shape: [3] }), /"2\.weight".*\[3\].*normalisation/],
    ["a weight of four axes", with_("0.weight", { shape: [3, 2, 1, 1] }), /"0\.weight".*\[3, 2, 1, 1\].*convolution/],
    [
      "widths that do not follow",
      with_("2.weight", { shape: [1, 2], values: [1, 1] }),
      /"2\.weight".*takes 2.*gives 3/,
    ],
    [
      "a transposed weight",
      with_("0.weight", { shape: [2, 3] }),
      /takes 3 values; "0\.weight" before it gives 2|"0\.bias"/,
    ],
    ["a layer of no width", [{ name: "0.weight", shape: [0, 2], values: [] }], /"0\.weight".*no width/],
    ["a layer of no input", [{ name: "0.weight", shape: [2, 0], values: [] }], /"0\.weight".*no width/],
    ["NaN", with_("0.weight", { values: [1, 2, NaN, 4, 5, 6] }), /"0\.weight": value 2 of 6 is NaN/],
    ["an infinite weight", with_("2.weight", { values: [1, -Infinity, 1] }), /"2\.weight": value 1 of 3 is -Infinity/],
    ["an infinite bias", with_("2.bias", { values: [Infinity] }), /"2\.bias": value 0 of 1 is Infinity/],
    [
      "a batch normalisation",
      [...smallNet, { name: "1.running_mean", shape: [3], values: [0, 0, 0] }],
      /"1\.running_mean".*batch/,
    ],
    [
      "a batch normalisation's weight before its mean",
      [
        ...smallNet,
        { name: "1.weight", shape: [3], values: [1, 1, 1] },
        { name: "1.running_var", shape: [3], values: [1, 1, 1] },
      ],
      /"1\.running_var".*batch/,
    ],
    ["a parametrised layer", [{ name: "0.weight_g", shape: [1], values: [1] }], /"0\.weight_g".*parametris/],
    ["a recurrent layer", [{ name: "0.weight_ih_l0", shape: [1], values: [1] }], /"0\.weight_ih_l0".*recurrent/],
    ["named layers", [{ name: "fc1.weight", shape: [1, 1], values: [1] }], /"fc1\.weight".*order/],
    [
      "a sequential inside a module",
      [{ name: "net.0.weight", shape: [1, 1], values: [1] }],
      /"net\.0\.weight".*"net" alone/,
    ],
    ["a number with a leading zero", [{ name: "00.weight", shape: [1, 1], values: [1] }], /"00\.weight"/],
    ["a negative number", [{ name: "-1.weight", shape: [1, 1], values: [1] }], /"-1\.weight"/],
    ["a name that means something", [{ name: "constructor", shape: [1], values: [1] }], /"constructor"/],
  ];

  for (const [what, tensors, message] of refusals) {
    it(`with ${what} is refused`, () => {
      assert.throws(
        () => netOf(tensors),
        (error: Error) => error instanceof NetFileError && message.test(error.message),
        what,
      );
    });
  }

  it("of half precision is refused with what to do", () => {
    const tensors = parseSafetensors(safetensorsOf(smallNet), "f");
    for (const dtype of ["F16", "BF16", "I32", "BOOL"]) {
      const other = new Map(tensors).set("2.weight", { ...tensors.get("2.weight")!, dtype });
      assert.throws(() => netOfTorchSequential(other), new RegExp(`"2\\.weight".*"${dtype}".*float32`));
    }
  });
});
