/** Colours that stay apart for the common forms of colour blindness (Okabe and Ito, 2008), without the pale yellow. */
export const palette: readonly string[] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#4d4d4d"];

/** A shape for each colour, so that a picture in grey can be read too. */
export const symbols: readonly string[] = ["circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "x"];

/** The ink of axes, text and grids. */
export const ink = { text: "#1c2024", soft: "#5b6570", guide: "#8b95a1", grid: "#e8ebee", card: "#ffffff" } as const;

const ramp = ["#2b1a63", "#2c5a9a", "#1f8a8c", "#57b25f", "#c9b61e"];

/** A colour on an ordered ramp whose lightness rises with `place`, from 0 to 1. */
export function shadeColor(place: number): string {
  return rampColor(ramp, place);
}

function rampColor(ramp: readonly string[], place: number): string {
  const position = place * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(position));
  const [from, to] = [channels(ramp[index]), channels(ramp[index + 1])];
  const mixed = from.map((value, channel) => Math.round(value + (to[channel] - value) * (position - index)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** The colour `hex` at an opacity from 0 to 1. */
export function faint(hex: string, opacity: number): string {
  return `rgba(${channels(hex).join(",")},${opacity})`;
}

function channels(hex: string): number[] {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
}

/** Steps of strength in which a mosaic is drawn. */
export const mosaicSteps = 6;

/** The colour `hex` on white: nearly white for a strength of 0, four fifths of its own for 1. */
export function tint(hex: string, strength: number): string {
  return rampColor([ink.card, hex], 0.12 + 0.68 * strength);
}

/** Dark to light, perceptually even (the ends and quarters of viridis). */
export const sequentialScale: readonly (readonly [number, string])[] = [
  [0, "#440154"],
  [0.25, "#3b528b"],
  [0.5, "#21918c"],
  [0.75, "#5ec962"],
  [1, "#fde725"],
];

const divergingRamp = ["#004c80", "#5fa3cf", "#f7f7f7", "#eb9a5f", "#9c4200"];

/**
 * Blue below `center`, vermilion above, white at it. Equal distances from the center are equally strong; the shorter
 * side ends in a paler colour. A center outside low…high leaves one side.
 */
export function divergingScale(low: number, center: number, high: number): (readonly [number, string])[] {
  const reach = Math.max(Math.abs(center - low), Math.abs(high - center)) || 1;
  const stops = 16;
  return Array.from({ length: stops + 1 }, (_, index) => {
    const place = index / stops;
    const value = low + place * (high - low);
    return [place, rampColor(divergingRamp, (value - center + reach) / (2 * reach))] as const;
  });
}
