/** Coordinates beyond this are refused: their squares and products would overflow. */
export const largestMagnitude = 1e100;
