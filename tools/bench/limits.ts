import type { PhysicalLimits } from "../../bench/workload";
import type { SideResult } from "./race";
import type { Run, SideName } from "./side";

/** The machine's limits, and which side came closest to each. */
export interface MeasuredLimits extends PhysicalLimits {
  readonly by: Readonly<Record<keyof PhysicalLimits, SideName>>;
}

const kinds = ["matrixProduct", "copy", "normals"] as const;

/** The highest rate of any side in any round: nothing that was slowed by something else is a limit. */
export class BestRates {
  private readonly rates = { matrixProduct: 0, copy: 0, normals: 0 };
  private readonly by: Partial<Record<keyof PhysicalLimits, SideName>> = {};

  see(name: SideName, { summary }: Run): void {
    for (const kind of kinds) {
      const rate = summary[kind];
      if (typeof rate !== "number" || rate <= this.rates[kind]) continue;
      this.rates[kind] = rate;
      this.by[kind] = name;
    }
  }

  /** Null where not every rate was measured. */
  best(): MeasuredLimits | null {
    const { matrixProduct, copy, normals } = this.by;
    if (matrixProduct === undefined || copy === undefined || normals === undefined) return null;
    return { ...this.rates, by: { matrixProduct, copy, normals } };
  }
}

/** The sides of a run of the limits that failed, with why. */
export function failures(sides: readonly SideResult[]): string[] {
  return sides.filter(({ state }) => state === "failed").map(({ name, about }) => `${name} failed: ${about}`);
}
