import assert from "node:assert/strict";
import { colourFaces, type FaceCorners } from "../../../tools/regions/face-colours";

function facesOf(polygons: readonly (readonly number[])[]): FaceCorners {
  const starts = [0];
  for (const polygon of polygons) starts.push(starts[starts.length - 1] + polygon.length);
  return { starts, corners: polygons.flat() };
}

/** Triangles of a square grid whose corners are numbered row by row. */
function triangles(size: number): number[][] {
  const faces: number[][] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const corner = row * (size + 1) + column;
      faces.push([corner, corner + 1, corner + size + 2], [corner, corner + size + 2, corner + size + 1]);
    }
  }
  return faces;
}

function assertNeighboursDiffer(polygons: readonly (readonly number[])[], colours: Uint8Array): void {
  const across = new Map<string, number>();
  polygons.forEach((polygon, face) => {
    polygon.forEach((corner, place) => {
      const next = polygon[(place + 1) % polygon.length];
      const edge = [Math.min(corner, next), Math.max(corner, next)].join();
      const other = across.get(edge);
      if (other !== undefined) assert.notEqual(colours[face], colours[other], `faces ${face} and ${other}`);
      across.set(edge, face);
    });
  });
}

describe("colours of regions", () => {
  it("differ across every edge and are at most six", () => {
    const wheel = Array.from({ length: 7 }, (_, spoke) => [0, spoke + 1, ((spoke + 1) % 7) + 1]);
    const ring = Array.from({ length: 7 }, (_, place) => [
      place + 1,
      place + 8,
      ((place + 1) % 7) + 8,
      ((place + 1) % 7) + 1,
    ]);
    for (const polygons of [triangles(1), triangles(20), wheel, [...wheel, ...ring], [[0, 1, 2]]]) {
      const colours = colourFaces(facesOf(polygons));
      assertNeighboursDiffer(polygons, colours);
      assert.ok(Math.max(...colours) < 6);
    }
  });

  it("are none for no faces", () => {
    assert.equal(colourFaces({ starts: [0], corners: [] }).length, 0);
    assert.equal(colourFaces({ starts: [], corners: [] }).length, 0);
  });
});
