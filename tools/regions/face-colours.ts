/** Polygons of a planar mesh whose neighbours share vertices: face f has the corners `corners[starts[f]…starts[f + 1])`. */
export interface FaceCorners {
  readonly starts: ArrayLike<number>;
  readonly corners: ArrayLike<number>;
}

/** As many as suffice for any map when it is coloured face by face. */
const colourCount = 6;

/**
 * A colour number from 0 to 5 for each face, such that faces with a common edge differ. Taking away the face with the fewest
 * neighbours, again and again, and colouring in the reverse order leaves every face of a plane map at most five neighbours
 * with colours (Matula and Beck 1983). Of the free colours one is taken by the face's number, so that all are seen.
 */
export function colourFaces(faces: FaceCorners): Uint8Array {
  const neighbours = facesByEdge(faces);
  const order = smallestLast(neighbours);
  const colours = new Uint8Array(neighbours.length).fill(255);
  for (const face of order.reverse()) {
    const taken = new Set(neighbours[face].map((other) => colours[other]));
    const free = allColours.filter((colour) => !taken.has(colour));
    colours[face] = free[scattered(face) % free.length];
  }
  return colours;
}

const allColours: readonly number[] = Array.from({ length: colourCount }, (_, colour) => colour);

/** The number's bits mixed (Knuth's multiplicative hash), so that faces split from one another seem unrelated. */
function scattered(face: number): number {
  return Math.imul(face + 1, 0x9e3779b1) >>> 16;
}

/** For each face the faces across its edges. */
function facesByEdge({ starts, corners }: FaceCorners): number[][] {
  const count = Math.max(0, starts.length - 1);
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  let vertices = 0;
  for (let place = 0; place < corners.length; place++) vertices = Math.max(vertices, corners[place] + 1);
  const seen = new Map<number, number>();
  for (let face = 0; face < count; face++) {
    const [start, end] = [starts[face], starts[face + 1]];
    for (let place = start; place < end; place++) {
      const from = corners[place];
      const to = corners[place + 1 < end ? place + 1 : start];
      const edge = Math.min(from, to) * vertices + Math.max(from, to);
      const other = seen.get(edge);
      if (other === undefined) seen.set(edge, face);
      else if (other !== face) {
        neighbours[face].push(other);
        neighbours[other].push(face);
      }
    }
  }
  return neighbours.map((others) => [...new Set(others)]);
}

/** The faces, each with the fewest neighbours among those that were not yet taken. */
function smallestLast(neighbours: readonly number[][]): number[] {
  const degrees = neighbours.map((others) => others.length);
  const waiting: number[][] = [];
  const put = (face: number): void => void (waiting[degrees[face]] ??= []).push(face);
  degrees.forEach((_, face) => put(face));
  const taken = new Uint8Array(neighbours.length);
  const order: number[] = [];
  for (let degree = 0; degree < waiting.length; degree++) {
    // A face waits once for each degree that it has had; only the last entry counts.
    for (let face = waiting[degree]?.pop(); face !== undefined; face = waiting[degree]?.pop()) {
      if (taken[face] === 1 || degrees[face] !== degree) continue;
      taken[face] = 1;
      order.push(face);
      for (const other of neighbours[face]) {
        if (taken[other] === 1) continue;
        degrees[other]--;
        put(other);
      }
      degree = Math.max(0, degree - 1);
    }
  }
  return order;
}
