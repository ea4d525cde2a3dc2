import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { NetFileError } from "fathom/nets";
import { readPlane, readSegment } from "../../../tools/regions/slice-file";
import { temporaryFolder } from "../../nets/piecewise-linear/folder";

describe("the file of a segment or a plane", () => {
  const folder = temporaryFolder();
  let written = 0;

  function file(content: unknown): string {
    const path = folder.path(`slice-${written++}.json`);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  }

  it("gives a segment's ends in both of its forms", () => {
    for (const content of [
      { from: [0, 1.5], to: [-2, 3] },
      [
        [0, 1.5],
        [-2, 3],
      ],
    ]) {
      assert.deepEqual(readSegment(file(content), 2), { from: Float64Array.of(0, 1.5), to: Float64Array.of(-2, 3) });
    }
  });

  it("gives a plane's origin, directions and window", () => {
    const ranges = [
      [-1, 2],
      [0, 4],
    ];
    const { plane, window } = readPlane(
      file({
        origin: [1, 2, 3],
        directions: [
          [1, 0, 0],
          [0, 1, 1],
        ],
        ranges,
      }),
      3,
    );
    assert.deepEqual([...plane.origin], [1, 2, 3]);
    assert.deepEqual([...plane.v], [0, 1, 1]);
    assert.deepEqual(window, [-1, 2, 0, 4]);
  });

  it("is refused with its name when it is no segment of the net's inputs", () => {
    const refusals: [unknown, RegExp][] = [
      ["", /not valid JSON/],
      ["[1", /not valid JSON/],
      ["null", /no segment/],
      ["7", /no segment/],
      [[[0, 0]], /no segment/],
      [
        [
          [0, 0],
          [1, 1],
          [2, 2],
        ],
        /no segment/,
      ],
      [[0, 1], /from is not an array of numbers/],
      [{ from: [0, 0] }, /lacks the member "to"/],
      [{ from: [0, 0], to: [1, 1], by: 2 }, /"by"/],
      [{ from: [0, 0, 0], to: [1, 1, 1] }, /from has 3 numbers; it must have 2/],
      [{ from: [0, 0], to: [1] }, /to has 1 numbers/],
      [{ from: [0, "0"], to: [1, 1] }, /from is not an array of numbers/],
      [{ from: [0, null], to: [1, 1] }, /from is not an array of numbers/],
      ['{"from": [0, 1e999], "to": [1, 1]}', /1e999/],
      ['{"from": [0, NaN], "to": [1, 1]}', /not valid JSON/],
      [{ from: [1, 1], to: [1, 1] }, /same point/],
    ];
    for (const [content, message] of refusals) {
      const path = file(content);
      assert.throws(
        () => readSegment(path, 2),
        (error: Error) =>
          error instanceof NetFileError && message.test(error.message) && error.message.includes("slice-"),
        JSON.stringify(content),
      );
    }
    assert.throws(() => readSegment(folder.path("nowhere.json"), 2), /does not exist/);
  });

  it("is refused with its name when it is no window of a plane", () => {
    const good = {
      origin: [0, 0],
      directions: [
        [1, 0],
        [0, 1],
      ],
      ranges: [
        [0, 1],
        [0, 1],
      ],
    };
    const refusals: [unknown, RegExp][] = [
      [[], /no plane/],
      [{ ...good, origin: undefined }, /lacks the member "origin"/],
      [{ ...good, origin: [0] }, /origin has 1 numbers/],
      [{ ...good, directions: [[1, 0]] }, /directions must be two/],
      [
        {
          ...good,
          directions: [
            [1, 0],
            [0, 1, 0],
          ],
        },
        /directions\[1\] has 3 numbers/,
      ],
      [{ ...good, ranges: [[0, 1]] }, /ranges must be two/],
      [
        {
          ...good,
          ranges: [
            [0, 1],
            [1, 0],
          ],
        },
        /ranges\[1\] is \[1, 0\]/,
      ],
      [
        {
          ...good,
          ranges: [
            [0, 0],
            [0, 1],
          ],
        },
        /ranges\[0\]/,
      ],
      [
        {
          ...good,
          ranges: [
            [0, 1, 2],
            [0, 1],
          ],
        },
        /ranges\[0\] has 3 numbers/,
      ],
      [{ ...good, range: [] }, /"range"/],
    ];
    for (const [content, message] of refusals) {
      assert.throws(() => readPlane(file(content), 2), message, JSON.stringify(content));
    }
  });
});
