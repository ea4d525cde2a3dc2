import assert from "node:assert/strict";
import { inputPlane, regionsInWholePlane, regionsInWindow, type SliceRegions } from "fathom/measure";
import { randomReluNet } from "fathom/nets";
import { key } from "fathom/random";
import { netOfRows } from "./example-nets";

const patternsOf = (slice: SliceRegions): string[] =>
  Array.from({ length: slice.count }, (_, face) => slice.pattern(face).join(""));

describe("degenerate planes", () => {
  const count = (
    rows: readonly (readonly number[])[],
    window: [number, number, number, number] = [-1, 1, -1, 1],
  ): number => {
    const net = netOfRows([rows, [[...rows.map(() => 1), 0]]]);
    const slice = regionsInWindow(net, inputPlane, window);
    assert.equal(slice.vertices - slice.edges + slice.faces, 1);
    assert.equal(new Set(patternsOf(slice)).size, slice.count);
    return slice.count;
  };
  const everywhere = (rows: readonly (readonly number[])[]): number => {
    const net = netOfRows([rows, [[...rows.map(() => 1), 0]]]);
    const slice = regionsInWholePlane(net, inputPlane);
    assert.equal(slice.vertices - slice.edges + slice.faces, 1);
    assert.equal(new Set(patternsOf(slice)).size, slice.count);
    return slice.count;
  };

  it("a neuron that never changes in the window makes no region", () => {
    assert.equal(count([[1, 1, 5]]), 1);
    assert.equal(count([[0, 0, 1]]), 1);
    assert.equal(count([[0, 0, 0]]), 1);
  });

  it("copies, multiples and opposites of a neuron make the regions of one", () => {
    const copies = [
      [0.3, -0.7, 0.1],
      [0.3, -0.7, 0.1],
      [0.9, -2.1, 0.3],
      [-0.1, 0.7 / 3, -0.1 / 3],
    ];
    assert.equal(count(copies), 2);
    assert.equal(everywhere(copies), 2);
    assert.equal(count([...copies, [1, 0, 0], [7, 0, 0]]), 4);
  });

  it("a boundary through a corner of the window, or along its edge", () => {
    assert.equal(count([[1, -1, 0]]), 2);
    assert.equal(count([[1, 1, -2]]), 1);
    assert.equal(count([[1, 0, 1]]), 1);
    assert.equal(count([[0, -1, 1]]), 1);
    assert.equal(
      count([
        [1, 1, 0.3],
        [1, 0, 1],
        [1, -1, 0],
      ]),
      4,
    );
  });

  it("boundaries through one point: k of them make 2k regions", () => {
    const rows = Array.from({ length: 9 }, (_, k) => {
      const [a, b] = [Math.cos(0.1 + k / 3), Math.sin(0.1 + k / 3)];
      return [a, b, -0.2 * a - 0.3 * b];
    });
    assert.equal(count(rows), 18);
    assert.equal(everywhere(rows), 18);
  });

  it("parallel boundaries: k of them make k + 1 regions, which in the whole plane meet at infinity", () => {
    const rows = Array.from({ length: 6 }, (_, k) => [0.3, 0.7, 0.1 * k - 0.25]);
    assert.equal(count(rows), 7);
    assert.equal(everywhere(rows), 7);
    assert.equal(everywhere([...rows, [-0.7, 0.3, 0.2]]), 14);
    assert.equal(everywhere(rows.map(([a, b, c], k) => [(k + 1) * a, (k + 1) * b, c])), 7);
  });

  it("without biases every line runs through the origin: 2N cones, and later layers only cut cones", () => {
    const net = randomReluNet(key(31), { inputWidth: 2, hiddenWidths: [12] });
    assert.equal(regionsInWholePlane(net, inputPlane).count, 24);
    assert.equal(regionsInWindow(net, inputPlane, [-1, 1, -1, 1]).count, 24);
    const deep = randomReluNet(key(31), { inputWidth: 2, hiddenWidths: [12, 12, 12, 12] });
    const whole = regionsInWholePlane(deep, inputPlane);
    assert.ok(whole.count > 24);
    assert.equal(whole.count, regionsInWindow(deep, inputPlane, [-1, 2, -3, 1]).count);
    // The origin, a ray's end at infinity for every cone, and the four directions at the start.
    assert.equal(whole.vertices, whole.count + 5);
  });

  it("a neuron that is 0 on a whole region, because its inputs are, has no boundary in it", () => {
    const net = netOfRows([
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      [
        [1, -1, 0],
        [-1, -2, 0],
        [0, 0, 0],
      ],
      [[1, 1, 1, 0]],
    ]);
    const slice = regionsInWindow(net, inputPlane, [-1, 1, -1, 1]);
    // Four quadrants; in the first, x − y changes; in the fourth quadrant's and others' insides nothing does.
    assert.equal(slice.count, 5);
    assert.equal(new Set(patternsOf(slice)).size, 5);
    assert.equal(regionsInWholePlane(net, inputPlane).count, 5);
  });

  it("a later boundary that coincides with an earlier one adds nothing, also by rounded weights", () => {
    const net = netOfRows([
      [
        [0.3, 0.1, -0.07],
        [-0.3, -0.1, 0.07],
      ],
      [
        [0.7, -1.1, 0],
        [1, 1, 0],
      ],
      [[1, 1, 0]],
    ]);
    assert.equal(regionsInWindow(net, inputPlane, [-1, 1, -1, 1]).count, 2);
  });

  it("a later boundary through an earlier vertex", () => {
    const net = netOfRows([
      [
        [1, 0, 1],
        [0, 1, 1],
        [1, 0, 0],
        [0, 1, 0],
      ],
      [[1, -1, 0, 0, 0]],
      [[1, 0]],
    ]);
    // The diagonal runs through the centre, where two lines of the first layer cross, and through two corners.
    const slice = regionsInWindow(net, inputPlane, [-1, 1, -1, 1]);
    assert.equal(slice.count, 6);
    assert.equal(slice.vertices - slice.edges + slice.faces, 1);
  });

  it("a grid of copies in several layers", () => {
    const lines = [-0.6, -0.2, 0.2, 0.6];
    const net = netOfRows([
      [...lines.map((c) => [1, 0, c]), ...lines.map((c) => [0, 1, c]), ...lines.map((c) => [-3, 0, -3 * c])],
      // x + 1 from the widest ramps, and its sign: boundaries of the second layer on those of the first.
      [
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
      ],
      [[1, 1, 1, 0]],
    ]);
    assert.equal(regionsInWindow(net, inputPlane, [-1, 1, -1, 1]).count, 25);
    assert.equal(regionsInWholePlane(net, inputPlane).count, 25);
  });
});
