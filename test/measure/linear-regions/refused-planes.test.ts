import assert from "node:assert/strict";
import { inputPlane, regionsInPolygon, regionsInWholePlane, regionsInWindow, type PlanePoint } from "fathom/measure";
import { randomReluNet } from "fathom/nets";
import { key } from "fathom/random";

describe("planes that cannot be counted in", () => {
  const net = randomReluNet(key(1), { inputWidth: 2, hiddenWidths: [20], sigmaB: 1 });
  const square: PlanePoint[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];

  it("polygons that are clockwise, not convex, wound twice, flat, or not finite", () => {
    assert.throws(() => regionsInPolygon(net, inputPlane, [...square].reverse()), /clockwise.*reverse/);
    assert.throws(
      () => regionsInPolygon(net, inputPlane, [...square.slice(0, 3), [0.9, 0.5]]),
      /not convex: it turns right at corner/,
    );
    assert.throws(() => regionsInPolygon(net, inputPlane, [...square, ...square]), /go round more than once/);
    assert.throws(() => regionsInPolygon(net, inputPlane, square.slice(0, 2)), /at least three corners; given 2/);
    assert.throws(() => regionsInPolygon(net, inputPlane, [...square.slice(0, 3), [1, 1]]), /equal/);
    assert.throws(
      () => regionsInPolygon(net, inputPlane, [[0, 0], [1, 1], [2, 2]]), // prettier-ignore
      /no area/,
    );
    assert.throws(() => regionsInPolygon(net, inputPlane, [...square.slice(0, 3), [0, NaN]]), /corner 3 is \(0, NaN\)/);
  });

  it("a polygon with a corner on a straight edge is convex", () => {
    const flat: PlanePoint[] = [[0, 0], [0.3, 0], [1, 0], [1, 1], [0, 1]]; // prettier-ignore
    assert.equal(regionsInPolygon(net, inputPlane, flat).count, regionsInPolygon(net, inputPlane, square).count);
  });

  it("windows that are empty or not finite", () => {
    assert.throws(() => regionsInWindow(net, inputPlane, [0, 0, 0, 1]), /given \[0, 0, 0, 1\]/);
    assert.throws(() => regionsInWindow(net, inputPlane, [0, 1, 2, 1]), RangeError);
    assert.throws(() => regionsInWindow(net, inputPlane, [0, Infinity, 0, 1]), RangeError);
  });

  it("planes that do not fit the net, or whose directions are zero or parallel", () => {
    const { origin, u } = inputPlane;
    assert.throws(() => regionsInWholePlane(net, { origin, u, v: new Float64Array(2) }), /one of them is/);
    assert.throws(() => regionsInWholePlane(net, { origin, u, v: u.map((x) => -2 * x) }), /parallel/);
    assert.throws(
      () => regionsInWholePlane(net, { origin, u, v: new Float64Array(3) }),
      /plane's v: expected 2 values/,
    );
    assert.throws(() => regionsInWholePlane(net, { origin: Float64Array.of(0, NaN), u, v: u }), /plane's origin.*NaN/);
  });

  it("more regions than the limit", () => {
    assert.equal(regionsInWholePlane(net, inputPlane, { maximumRegions: 211 }).count, 211);
    assert.throws(
      () => regionsInWholePlane(net, inputPlane, { maximumRegions: 210 }),
      /At least 211 regions, and 210 are the limit.*maximumRegions/,
    );
  });

  it("a face that does not exist", () => {
    const slice = regionsInPolygon(net, inputPlane, square);
    for (const face of [-1, slice.count, 0.5, NaN]) assert.throws(() => slice.pattern(face), /Faces are numbered/);
  });
});
