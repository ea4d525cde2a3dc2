/**
 * Six light fills, as many as a map may need, that differ in lightness as well as in hue: neighbours stay apart for the
 * common forms of colour blindness and in grey. Tints of Okabe and Ito's palette (2008).
 */
export const regionTints: readonly string[] = ["#cfe3f1", "#f6c9a3", "#8fd0bd", "#e9c6d9", "#f7e2ae", "#7fb3d5"];
