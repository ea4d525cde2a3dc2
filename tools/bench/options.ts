import { parsedOptions } from "../command-line/parsed-options";
import { wholeNumber } from "../command-line/whole-number";

export interface BenchOptions {
  /** Names or beginnings of names; empty: every workload that is not only run by name. */
  readonly names: readonly string[];
  /** The peers are to be installed. */
  readonly peers: boolean;
  readonly rounds: number;
  readonly growth: boolean;
  /** The core that sides are pinned to; null: the last one. */
  readonly core: number | null;
  readonly json: boolean;
  /** Only the peers are to be installed. */
  readonly onlyPeers: boolean;
}

const defaultRounds = 5;

/** Reads the command line of `npm run bench`. @throws UsageError for an unknown option or a number that is none */
export function readBenchOptions(arguments_: readonly string[]): BenchOptions {
  const { values, positionals } = parsedOptions(arguments_, {
    peers: { type: "boolean" },
    rounds: { type: "string" },
    growth: { type: "boolean" },
    core: { type: "string" },
    json: { type: "boolean" },
  });
  return {
    names: positionals,
    peers: values.peers === true,
    rounds: wholeNumber("--rounds", values.rounds, 1) ?? defaultRounds,
    growth: values.growth === true,
    core: wholeNumber("--core", values.core, 0) ?? null,
    json: values.json === true,
    onlyPeers: arguments_.length === 1 && values.peers === true,
  };
}
