/** Rows of whole numbers. */
export type IntegerMatrix = readonly (readonly (bigint | number)[])[];

/**
 * The rank over the rationals, by Bareiss' fraction-free elimination (1968) in integers of any size: exact. Its numbers grow to
 * determinants, so a matrix of some hundred rows takes long; see `rankModulo`.
 * @throws RangeError for an empty or ragged matrix, or a number that is not whole
 */
export function integerRank(matrix: IntegerMatrix): number {
  const rows = demandIntegers(matrix).map((row) => row.map((entry) => BigInt(entry)));
  const columns = rows[0].length;
  let [rank, previous] = [0, 1n];
  for (let column = 0; column < columns && rank < rows.length; column++) {
    const pivotRow = rows.findIndex((row, index) => index >= rank && row[column] !== 0n);
    if (pivotRow < 0) continue;
    [rows[rank], rows[pivotRow]] = [rows[pivotRow], rows[rank]];
    const pivot = rows[rank];
    for (let below = rank + 1; below < rows.length; below++) {
      const row = rows[below];
      const factor = row[column];
      for (let j = column; j < columns; j++) row[j] = (row[j] * pivot[column] - factor * pivot[j]) / previous;
    }
    previous = pivot[column];
    rank++;
  }
  return rank;
}

/** The largest prime below 2^26: products of two residues stay below 2^52, exact in a double. */
export const rankPrime = 67108859;

/**
 * The rank modulo a prime: never more than over the rationals, so a full rank modulo a prime is a proof of full rank.
 * @param prime below 2^26
 * @throws RangeError as `integerRank` does, and for a number that is no prime
 */
export function rankModulo(matrix: IntegerMatrix, prime: number = rankPrime): number {
  if (!Number.isInteger(prime) || prime < 2 || prime >= 2 ** 26) {
    throw new RangeError(`the prime lies between 2 and 2^26; given ${prime}`);
  }
  const divisor = smallestDivisor(prime);
  if (divisor < prime)
    throw new RangeError(`${prime} is ${divisor} · ${prime / divisor}, no prime: it has no inverses`);
  const rows = demandIntegers(matrix).map((row) => Float64Array.from(row, (entry) => residue(entry, prime)));
  const columns = rows[0].length;
  let rank = 0;
  for (let column = 0; column < columns && rank < rows.length; column++) {
    const pivotRow = rows.findIndex((row, index) => index >= rank && row[column] !== 0);
    if (pivotRow < 0) continue;
    [rows[rank], rows[pivotRow]] = [rows[pivotRow], rows[rank]];
    const pivot = rows[rank];
    const inverse = power(pivot[column], prime - 2, prime);
    for (let below = rank + 1; below < rows.length; below++) {
      const row = rows[below];
      const factor = (row[column] * inverse) % prime;
      if (factor === 0) continue;
      for (let j = column; j < columns; j++) row[j] = (row[j] + (prime - factor) * pivot[j]) % prime;
    }
    rank++;
  }
  return rank;
}

function smallestDivisor(number: number): number {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return divisor;
  return number;
}

function residue(entry: bigint | number, prime: number): number {
  const rest = typeof entry === "bigint" ? Number(entry % BigInt(prime)) : entry % prime;
  return rest < 0 ? rest + prime : rest;
}

function power(base: number, exponent: number, prime: number): number {
  let [result, factor] = [1, base];
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * factor) % prime;
    factor = (factor * factor) % prime;
  }
  return result;
}

function demandIntegers(matrix: IntegerMatrix): IntegerMatrix {
  if (matrix.length === 0 || matrix[0].length === 0) throw new RangeError("a matrix has at least one row and column");
  matrix.forEach((row, index) => {
    if (row.length !== matrix[0].length)
      throw new RangeError(`row ${index} has ${row.length} columns, row 0 has ${matrix[0].length}`);
    const odd = row.findIndex((entry) => typeof entry !== "bigint" && !Number.isSafeInteger(entry));
    if (odd >= 0) throw new RangeError(`row ${index} holds ${String(row[odd])}, which is no whole number`);
  });
  return matrix;
}
