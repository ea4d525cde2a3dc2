/** A cell that failed: its parameters, and what its experiment threw. */
export interface FailedCell {
  readonly index: number;
  readonly parameters: object;
  readonly error: unknown;
}

/** Cells of a sweep failed; those that did not are stored, and the same sweep computes only the failed ones again. */
export class SweepError extends Error {
  override readonly name: string = "SweepError";
  readonly failures: readonly FailedCell[];

  constructor(experiment: string, cells: number, failures: readonly FailedCell[]) {
    const [{ index, parameters, error }] = failures;
    super(
      `${failures.length} of ${cells} cells of ${experiment} failed; the others are stored. ` +
        `The first is cell ${index}, ${JSON.stringify(parameters)}: ${String(error)}`,
      { cause: error },
    );
    this.failures = failures;
  }
}
