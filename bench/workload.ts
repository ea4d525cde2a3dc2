/** What one run of a workload found, small enough to compare: numbers by name. */
export type Summary = Readonly<Record<string, number | readonly number[]>>;

/** A prepared workload: each call of `run` does all of the timed work anew. */
export interface Runner {
  run(): Summary | Promise<Summary>;
  dispose?(): void;
}

/** A peer that `npm run bench -- --peers` installs, and the name of its function in `bench/peers/<workload>.py`. */
export type PeerName = "numpy" | "torch" | "jax" | "regioncam" | "relucent";

/** What this machine can do at most on one thread, measured in the same run. */
export interface PhysicalLimits {
  /** Floating-point operations a second of a large float32 matrix product, the best of all sides. */
  readonly matrixProduct: number;
  /** Bytes a second read and written by a copy larger than the caches. */
  readonly copy: number;
  /** Standard normals a second, float32, the best of all samplers at hand. */
  readonly normals: number;
}

/**
 * One thing that users wait for, done by us and by what they would pick instead. Every side runs in a process of its own, on
 * one thread, in turn.
 */
export interface Workload<Parameters extends object = Readonly<Record<string, number>>> {
  /** Also the name of the module with its peers, `bench/peers/<name>.py`, with underscores for dashes. */
  readonly name: string;
  /** What is computed, with its sizes, for the table. */
  readonly title: string;
  readonly parameters: Parameters;
  /**
   * Ours. Inputs that the peers need are written to `folder` (as .npy or .json) before it returns; drawing them is not timed.
   * The engine is open.
   */
  prepare(parameters: Parameters, folder: string): Promise<Runner>;
  /**
   * The plain version, for a machine without peers and as the meaning of the fast path: loops over typed arrays. Where the
   * reach names it, it is timed beside the peers too.
   */
  readonly plain?: (parameters: Parameters, folder: string) => Runner | Promise<Runner>;
  /** In the order of the table. Each is a function `name(parameters, folder)` that returns a function without arguments. */
  readonly peers: readonly PeerName[];
  /** Throws an Error that says what differs, unless both found the same: equal, to rounding, or by a two-sample test. */
  same(ours: Summary, theirs: Summary): void;
  /** Our time over the best peer's (or the named side's) should be at most this. */
  readonly reach: { readonly ratio: number; readonly of?: PeerName | "plain" } | { readonly seconds: number };
  /** Seconds that nothing can do it faster than, given the machine's limits. */
  readonly limit?: (parameters: Parameters, limits: PhysicalLimits) => number;
  /** Time and memory against one size, over two decades at least. */
  readonly growth?: readonly Growth<Parameters>[];
  /** On all cores, as users run it, where the reach is in seconds; else one thread, pinned to one core. */
  readonly cores?: "all";
  /** Minutes long: left out unless it is named, and run once. */
  readonly onlyByName?: true;
}

export interface Growth<Parameters> {
  readonly of: keyof Parameters & string;
  /** What the size is called on the axis, with its unit. */
  readonly label: string;
  readonly values: readonly number[];
  /** The other sizes, where they must be smaller than in the table. */
  readonly others?: Partial<Parameters>;
  /** Expected exponents of time and of peak memory for large sizes. */
  readonly expected: { readonly time: number; readonly memory: number };
}
