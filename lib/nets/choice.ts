/** Throws a RangeError unless `value` is one of the words that an option takes. */
export function checkChoice(value: string, choices: readonly string[], what: string): void {
  if (choices.includes(value)) return;
  throw new RangeError(`${what} is ${choices.map((one) => `"${one}"`).join(" or ")}; given ${JSON.stringify(value)}.`);
}

/** Throws a TypeError unless `value` is true or false. */
export function checkYesOrNo(value: boolean, what: string): void {
  if (typeof value !== "boolean") throw new TypeError(`${what} is true or false; given ${String(value)}.`);
}
