import type { PhysicalLimits, Workload } from "../../bench/workload";
import type { SideResult } from "./race";
import type { SideName } from "./side";
import { median, type PairedRatio, pairedRatio } from "./times";

/** What came of a workload. */
export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly sides: readonly SideResult[];
  /** The side that ours is measured by: the fastest peer or the one that the reach names; without peers, the plain version. */
  readonly against: SideName | null;
  /** Ours over `against`. */
  readonly ratio: PairedRatio | null;
  /** The same of processor seconds, which other work on the core does not count into; null without a ratio. */
  readonly processorRatio: PairedRatio | null;
  readonly reach: Workload["reach"];
  /** Null where there is nothing to judge it by. */
  readonly met: boolean | null;
  /** Seconds that this machine cannot do it faster than. */
  readonly limitSeconds: number | null;
}

/** Ratios, the reach and the distance to the machine's limits, from the times of all sides. */
export function judge(workload: Workload, sides: readonly SideResult[], limits: PhysicalLimits | null): WorkloadResult {
  const { name, title, parameters, reach } = workload;
  const timed = sides.filter(({ state }) => state === "timed");
  const ours = timed.find((side) => side.name === "ours");
  const others = timed.filter((side) => side !== ours);
  const named = "ratio" in reach ? reach.of : undefined;
  const against =
    named === undefined
      ? others.reduce<SideResult | null>(
          (best, side) => (best === null || medianOf(side) < medianOf(best) ? side : best),
          null,
        )
      : (others.find((side) => side.name === named) ?? others.find((side) => side.name === "plain") ?? null);
  const raced = ours === undefined || against === null ? null : { ours, against };
  const ratio = raced && pairedRatio(raced.ours.seconds, raced.against.seconds);
  const processorRatio = raced && pairedRatio(raced.ours.processorSeconds, raced.against.processorSeconds);
  // The best of the peers is only known where all of them were timed.
  const needed = named === undefined ? workload.peers : [named];
  const complete = needed.length > 0 && needed.every((peer) => others.some((side) => side.name === peer));
  const met = (): boolean | null => {
    if (ours === undefined) return null;
    if ("seconds" in reach) return medianOf(ours) <= reach.seconds;
    return ratio === null || !complete ? null : ratio.median <= reach.ratio;
  };
  const limitSeconds = limits === null ? null : (workload.limit?.(parameters, limits) ?? null);
  return {
    name,
    title,
    parameters,
    sides,
    against: against?.name ?? null,
    ratio,
    processorRatio,
    reach,
    met: met(),
    limitSeconds,
  };
}

/** The median of a side's times. */
export function medianOf({ seconds }: SideResult): number {
  return median(seconds);
}
