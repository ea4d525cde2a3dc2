import { demandCount, demandNotNegative, demandPositive } from "../../theory/demand";
import { fixedPoint, lengthMap, type MeanField } from "../../theory";

/**
 * Layers until the squared length comes within `tolerance` (a fraction) of its fixed point, from q¹; null where it does not
 * within `most` layers, or where the fixed point is 0 and there is no fraction of it.
 */
export function layersToConverge(
  meanField: MeanField,
  q1: number,
  tolerance: number = 0.01,
  most: number = 200,
): number | null {
  demandNotNegative("q1", q1);
  demandPositive("tolerance", tolerance);
  demandCount("most", most);
  const target = fixedPoint(meanField);
  if (target === 0) return null;
  let q = q1;
  for (let layer = 1; layer <= most; layer++) {
    if (Math.abs(q / target - 1) < tolerance) return layer;
    q = lengthMap(q, meanField);
  }
  return null;
}
