import { checkSize } from "./largest-value";
import { type LineBlock, type LineWalk, otherArea, raiseMagnitudes, rowBytes } from "./line-block";
import { follow, regularPlaces } from "./line-follow";
import { type AffineWork, listAll, multiplyPlaces } from "./line-products";
import { type AffineOperation, productRows } from "./line-program";
import { multiplyStretches } from "./line-stretches";
import { allocate } from "./row-kernels";

/** Carries a block through an affine step. Throws RangeError on values that are too large to count with. */
export function throughAffine(walk: LineWalk, block: LineBlock, operation: AffineOperation): void {
  const { fanOut, gains, offsets } = operation;
  const largest = raiseMagnitudes(walk, block);
  const to = otherArea(walk, block, block.count);
  const top = walk.scratch.top;
  const places = regularPlaces(block);
  const inStretches = operation.onlyRectified && places.length > productRows;
  const { coordinates, count } = block;
  const endless = coordinates[1] === 0 || coordinates[2 * count - 1] === 0;
  const sums = inStretches && !endless ? (operation.readout?.fanOut ?? 0) : 0;
  const work: AffineWork = {
    walk,
    block,
    operation,
    to,
    into: rowBytes(fanOut + sums),
    sums,
    sum: allocate(walk.scratch, 8 * (fanOut + sums)),
    wanted: allocate(walk.scratch, 4 * (fanOut + sums + 4)),
    rows: allocate(walk.scratch, 4 * (productRows + 4)),
    results: allocate(walk.scratch, 4 * (productRows + 4)),
  };
  if (inStretches) multiplyStretches(work, places, largest);
  else {
    const all = listAll(work);
    multiplyPlaces(work, places, 0, places.length, all);
    follow(work, 0, block.count, all);
  }
  walk.scratch.top = top;
  const { numbers } = walk.scratch;
  for (let out = 0; out < fanOut; out++) checkSize(numbers[gains / 8 + out] * largest + numbers[offsets / 8 + out]);
  block.rows = to;
  block.width = fanOut;
  block.sums = sums;
  block.gains = gains;
  block.offsets = offsets;
  block.growth = operation.growth;
  block.breaks = undefined;
  block.norms = undefined;
}
