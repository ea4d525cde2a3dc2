import { type PiecewiseLinearNet, piecewiseLinearNet } from "../../nets/piecewise-linear";

/** A net seen from the only directions of input space that it sees itself. */
export interface RowSpaceNet {
  /** The same function of fewer inputs. */
  readonly net: PiecewiseLinearNet;
  /** The new inputs of an old one. Distances to boundaries are the same. */
  coordinates(input: Float64Array): Float64Array;
}

/**
 * A net as a function of the coordinates of its input along an orthonormal basis of the first layer's rows: W = L Q, with
 * Q's rows orthonormal (Gram–Schmidt, twice), so W x = L (Q x), and moving at right angles to all rows changes nothing.
 * For 784 pixels and a first layer of 64 the distance to the nearest boundary costs a twentieth.
 * @throws RangeError for a net that does not begin with an affine step
 */
export function inRowSpace(net: PiecewiseLinearNet): RowSpaceNet {
  const [first, ...rest] = net.steps;
  if (first?.kind !== "affine") throw new RangeError("only a net that begins with an affine step has a row space");
  const { fanIn, fanOut, weights } = first;
  if (fanOut >= fanIn) return { net, coordinates: (input) => input };
  const basis = orthonormalRows(weights, fanOut, fanIn);
  const rank = basis.length;
  // A first layer of zeros sees nothing; it keeps one direction so that there is an input.
  if (rank === 0) basis.push(Float64Array.from({ length: fanIn }, (_, axis) => (axis === 0 ? 1 : 0)));
  const seen = new Float64Array(fanOut * basis.length);
  for (let out = 0; out < fanOut; out++) {
    const row = weights.subarray(out * fanIn, (out + 1) * fanIn);
    basis.forEach((direction, index) => (seen[out * basis.length + index] = dot(row, direction)));
  }
  return {
    net: piecewiseLinearNet(basis.length, [{ ...first, fanIn: basis.length, weights: seen }, ...rest]),
    coordinates: (input) => Float64Array.from(basis, (direction) => dot(direction, input)),
  };
}

function orthonormalRows(matrix: Float64Array, rows: number, columns: number): Float64Array[] {
  const basis: Float64Array[] = [];
  for (let index = 0; index < rows; index++) {
    const row = matrix.slice(index * columns, (index + 1) * columns);
    const length = Math.sqrt(dot(row, row));
    for (let pass = 0; pass < 2; pass++) {
      for (const direction of basis) {
        const along = dot(row, direction);
        for (let k = 0; k < columns; k++) row[k] -= along * direction[k];
      }
    }
    const rest = Math.sqrt(dot(row, row));
    // What is left of a row that depends on the others is rounding.
    if (rest > 1e-12 * length) basis.push(row.map((value) => value / rest));
  }
  return basis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
