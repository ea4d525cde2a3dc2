/** A file that is no net that can be read: malformed, truncated, too large, or of a layer that is not piecewise linear. */
export class NetFileError extends RangeError {
  override readonly name: string = "NetFileError";
}

const longestShown = 80;

/**
 * A name from a file, quoted for a message: characters that a terminal would obey (escapes, line ends, changes of direction)
 * are spelt out, and a long name is cut.
 */
export function quoted(name: string): string {
  const shown = name.length > longestShown ? `${name.slice(0, longestShown)}…` : name;
  return JSON.stringify(shown).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/** `[3, 4]` for a message; a long shape is cut. */
export function shapeText(shape: readonly (number | null)[]): string {
  return `[${shape.slice(0, 8).map(String).join(", ")}${shape.length > 8 ? ", …" : ""}]`;
}
