import { normalArray, key } from "fathom/random";
import { agrees, type Claim, notRejected, rejected } from "fathom/report";
import { judgeTable, judgeWorstCase } from "../../../lib/report/verdict";
import type { Observed, Run } from "../../../tools/claims/record";
import { withEnvironment } from "../../sweep/with-environment";

/** What a drawn notebook says of its scores, and how its violation is planted. */
export interface Drawn {
  /** The standard error that is stated, in units of the right one. */
  readonly stated?: number;
  /** Added to every score. */
  readonly bias?: number;
  /** p-values to this power. */
  readonly power?: number;
  /** Standard errors between the broken claim and the prediction. */
  readonly distance?: number;
  readonly degreesOfFreedom?: number;
}

const text = (id: string): { id: string; statement: string; source: string } => ({
  id,
  statement: id,
  source: "drawn",
});

/** Runs under keys 1 to `count` of a notebook whose scores are drawn, without a kernel. */
export function drawnRuns(count: number, drawn: Drawn = {}): Run[] {
  return Array.from({ length: count }, (_, index) => {
    const draws = withEnvironment({ FATHOM_FRESH_KEYS: String(index + 1) }, () => normalArray(key(7), 3));
    const { stated = 1, bias = 0, power = 1, distance = 15, degreesOfFreedom } = drawn;
    const of = (
      measured: number,
    ): { predicted: number; measured: number; standardError: number; resolution: number } => {
      return {
        predicted: 0,
        measured,
        standardError: stated,
        resolution: 10,
        ...(degreesOfFreedom ? { degreesOfFreedom } : {}),
      };
    };
    const uniform = Math.exp(-(draws[1] ** 2 + draws[2] ** 2) / 2);
    const law = { test: "Kolmogorov–Smirnov", statistic: uniform, pValue: uniform ** power, sampleSize: 100 };
    const claims = [agrees(text("score"), of(draws[0] + bias)), notRejected(text("law"), law)];
    const effect = rejected(text("effect"), { test: "a test", statistic: uniform, pValue: uniform ** power });
    const violations = [
      agrees(text("score"), of(draws[0] + distance)),
      agrees(text("score"), of(draws[0] - distance)),
      effect,
    ];
    return {
      ...{ notebook: "00-drawn", keys: index + 1, seconds: 1, failure: null },
      tables: [
        { table: "claims", claims: judged(claims, (all) => judgeTable(all)) },
        { table: "violations", claims: judged(violations, (all) => all.map(judgeWorstCase)) },
      ],
    };
  });
}

function judged(
  claims: readonly Claim[],
  judge: (evidences: Claim["evidence"][]) => ReturnType<typeof judgeTable>,
): Observed[] {
  const verdicts = judge(claims.map(({ evidence }) => evidence));
  return claims.map((claim, index) => ({ ...claim, verdict: verdicts[index] }));
}
