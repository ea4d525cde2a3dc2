/** The first of a list that a figure cannot do without. @throws RangeError where there is none */
export function firstOf<Item>(items: readonly Item[], what: string): Item {
  if (items.length === 0) throw new RangeError(`A figure needs at least one ${what}; given none.`);
  return items[0];
}
