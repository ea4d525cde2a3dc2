/** Throws a RangeError unless `value` is one of the words that an option takes. */
export function checkChoice(value: string, choices: readonly string[], what: string): void {
  if (choices.includes(value)) return;
  throw new RangeError(`${what} is ${choices.map((one) => `"${one}"`).join(" or ")}; given ${JSON.stringify(value)}.`);
}
