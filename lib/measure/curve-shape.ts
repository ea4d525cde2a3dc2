import type { Tensor } from "../engine/tensor";
import type { CurveJet } from "./curve";

/** Throws RangeError unless position, velocity and acceleration are `[nets, points, width]`, all of one shape. */
export function checkCurve({ position, velocity, acceleration }: CurveJet, caller: string): void {
  const expected = position.shape;
  if (expected.length !== 3) {
    throw new RangeError(`${caller}: a curve is [nets, points, width]; given positions [${expected.join(", ")}].`);
  }
  for (const [name, { shape }] of Object.entries({ velocity, acceleration })) {
    if (shape.length !== 3 || shape.some((size, axis) => size !== expected[axis])) {
      throw new RangeError(
        `${caller}: positions are [${expected.join(", ")}], so ${name} must be; given [${shape.join(", ")}].`,
      );
    }
  }
}

/** Throws RangeError unless `period` is an angle above 0. */
export function checkPeriod(period: number, caller: string): void {
  if (!(Number.isFinite(period) && period > 0)) {
    throw new RangeError(`${caller}: the period is a positive angle in radians; given ${period}.`);
  }
}

/** What was measured of curves, `[nets, …]`, if all of it is finite. Throws RangeError that names the first net whose is not. */
export function finiteGeometry(measured: Tensor, caller: string): Tensor {
  const values = measured.dataSync() as Float32Array;
  const astray = values.findIndex((value) => !Number.isFinite(value));
  if (astray < 0) return measured;
  const net = Math.floor(astray / (values.length / measured.shape[0]));
  throw new RangeError(
    `${caller}: ${values[astray]} for net ${net}. Its curve has grown past what float32 holds (3.4e38; squares, past 1.8e19), or ` +
      "stands still. Take fewer layers or another sigmaW, or scale the curve.",
  );
}
