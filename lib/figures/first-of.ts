/**
 * The first of a list that a figure cannot do without.
 * @throws TypeError for what is no list, or misses an entry; RangeError where there is none
 */
export function firstOf<Item>(items: readonly Item[], what: string): Item {
  if (!Array.isArray(items)) {
    throw new TypeError(`A figure needs a list of at least one ${what}; given ${String(items)}.`);
  }
  if (items.length === 0) throw new RangeError(`A figure needs at least one ${what}; given none.`);
  const odd = items.findIndex((item) => item === undefined || item === null || typeof item === "string");
  if (odd >= 0)
    throw new TypeError(
      `A figure needs a ${what} in each place of its list; in place ${odd} is ${String(items[odd])}.`,
    );
  return items[0] as Item;
}
