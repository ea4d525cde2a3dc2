import type { WorkloadResult } from "./judge";

/** What `npm run bench` exits with. Set-up's own failure (3) is thrown by tools/setup. */
export const exitCodes = {
  /** Every reach was met, or there was nothing to judge it by. */
  reached: 0,
  notReached: 1,
  /** A side failed or computes something else. */
  failed: 2,
  usage: 64,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(results: readonly WorkloadResult[]): ExitCode {
  const states = new Set(results.flatMap(({ sides }) => sides.map(({ state }) => state)));
  if (states.has("failed") || states.has("differs")) return exitCodes.failed;
  return results.some(({ met }) => met === false) ? exitCodes.notReached : exitCodes.reached;
}
