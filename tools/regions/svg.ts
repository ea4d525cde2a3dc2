import { ink } from "../../lib/report/palette";

/** A number for an SVG attribute: two decimals, no trailing zeros. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The text with what XML would take for markup, and control characters, which it forbids, spelt differently. */
export function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A line of text; `anchor` says which of its ends is at x. */
export function text(
  x: number,
  y: number,
  content: string,
  { anchor = "start", size = 13, color = ink.text }: { anchor?: string; size?: number; color?: string } = {},
): string {
  return (
    `<text x="${coordinate(x)}" y="${coordinate(y)}" text-anchor="${anchor}" font-size="${size}" fill="${color}">` +
    `${escaped(content)}</text>`
  );
}

/** A whole picture on white. `title` is what a screen reader says. */
export function document(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${coordinate(width)}" height="${coordinate(height)}" ` +
      `viewBox="0 0 ${coordinate(width)} ${coordinate(height)}" role="img" font-family="system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" fill="${ink.card}"/>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}
