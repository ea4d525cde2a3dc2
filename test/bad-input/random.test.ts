import * as random from "fathom/random";
import { openEngine } from "fathom/engine";
import { describeBadInput, row } from "./table";

const key = random.key(7);

before(() => openEngine());

describeBadInput(
  "random",
  random,
  {
    // Any safe integer is a seed or a label.
    foldIn: row(random.foldIn, () => [key, 3], { negative: "1" }),
    key: row(random.key, () => [3], { negative: "0" }),
    split: row(random.split, () => [key, 3]),
    normal: row(random.normal, () => [key, [2, 3], 0, 1], { short: "1", empty: "1", real: "2", positive: "3" }),
    normalArray: row(random.normalArray, () => [key, 8, 2]),
    // An overflow in one layer must be seen in the next.
    normalProducts: row(
      random.normalProducts,
      () => [key, Float32Array.of(1, 2, 3, 4), { matrices: 1, batch: 2, rows: 2, columns: 3 }, 0],
      { nan: "1", infinity: "1" },
    ),
    addNormals: row(
      random.addNormals,
      () => [
        key,
        Float32Array.of(1, 2, 3, 4),
        { scales: Float64Array.of(0.5, 2), rectified: true },
        { rows: 2, columns: 2, firstRow: 3 },
      ],
      { nan: "1 2.scales", infinity: "1 2.scales" },
    ),
    openProducts: row(random.openProducts, () => [key, random.key(8), { rows: 2, columns: 3, firstRow: 4 }]),
    rectifiedSquares: row(random.rectifiedSquares, () => [key, { rows: 2, columns: 3, firstRow: 4 }]),
    tanhJetProducts: row(
      random.tanhJetProducts,
      () => [
        [key, random.key(8), random.key(9)],
        Float64Array.of(1, 0.5, 1, 0.2, 0.1, 1),
        { rows: 1, columns: 3, firstRow: 4 },
      ],
      { nan: "1", infinity: "1" },
    ),
    permutation: row(random.permutation, () => [key, 8]),
    // Words are signed or not.
    philox2x32: row(random.philox2x32, () => [[1, 2], 3], { negative: "**" }),
    philox4x32: row(
      random.philox4x32,
      () => [
        [1, 2, 3, 4],
        [5, 6],
      ],
      { negative: "**" },
    ),
    rademacher: row(random.rademacher, () => [key, [2, 3]], { short: "1", empty: "1" }),
    rademacherArray: row(random.rademacherArray, () => [key, 8]),
    randomBits: row(random.randomBits, () => [key, 8]),
    randomIntegers: row(random.randomIntegers, () => [key, 8, 6]),
    truncatedNormal: row(random.truncatedNormal, () => [key, [2, 3]], { short: "1", empty: "1" }),
    truncatedNormalArray: row(random.truncatedNormalArray, () => [key, 8]),
    uniform: row(random.uniform, () => [key, [2, 3], -2, 1], {
      short: "1",
      empty: "1",
      real: "2",
      fraction: "3",
      negative: "3",
    }),
    uniformArray: row(random.uniformArray, () => [key, 8]),
  },
  {},
  {
    missing: {
      normal: "2 3",
      normalArray: "2",
      normalProducts: "3",
      addNormals: "3.firstRow",
      openProducts: "2.firstRow",
      rectifiedSquares: "1.firstRow",
      tanhJetProducts: "2.firstRow",
      uniform: "2 3",
    },
    // A child has a number or a name.
    other: {
      foldIn: "1",
    },
  },
);
