import type { PiecewiseLinearNet } from "../../lib/nets/piecewise-linear";

/** The net in one line: `2 → 16 ReLU → 16 ReLU → 1`. */
export function netText(net: PiecewiseLinearNet): string {
  const parts = [String(net.inputWidth)];
  for (const step of net.steps) {
    if (step.kind === "affine") parts.push(String(step.fanOut));
    else if (step.kind === "rectifier") parts[parts.length - 1] += ` ${activationText(step.negativeSlope)}`;
    else parts.push("residual block");
  }
  return parts.join(" → ");
}

function activationText(negativeSlope: number): string {
  return negativeSlope === 0 ? "ReLU" : `leaky ReLU ${negativeSlope}`;
}
