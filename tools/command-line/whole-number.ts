import { UsageError } from "./usage-error";

/** The number that an option gives; undefined where it is not given. @throws UsageError unless it is whole and in range */
export function wholeNumber(
  name: string,
  text: string | undefined,
  least: number,
  most: number = Infinity,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `, at least ${least}` : ` from ${least} to ${most}`;
  throw new UsageError(`${name} is "${text}"; it must be a whole number${range}.`);
}
