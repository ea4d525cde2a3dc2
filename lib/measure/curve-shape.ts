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
