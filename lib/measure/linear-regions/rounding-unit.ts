/**
 * A pre-activation counts as 0 when it is below this times the size of what was summed: 256 units in the last place.
 * Coinciding boundaries are told from close ones by it; regions thinner than it are lost.
 */
export const roundingUnit: number = 2 ** -44;
