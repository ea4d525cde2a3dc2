/**
 * Which other keys every seed stands for: `FATHOM_FRESH_KEYS`, a whole number from 1; null where it is not set, and each
 * seed has its own key.
 * @throws RangeError for anything else
 */
export function freshKeys(): number | null {
  const asked = process.env.FATHOM_FRESH_KEYS ?? "";
  if (asked === "") return null;
  const number = Number(asked);
  if (/^\d+$/.test(asked) && Number.isSafeInteger(number) && number >= 1) return number;
  throw new RangeError(
    `FATHOM_FRESH_KEYS is "${asked}"; it must be a whole number from 1, which draws every random number anew, or unset.`,
  );
}
