/** Numbers along an axis; null leaves a gap. Typed arrays are welcome. */
export type Values = ArrayLike<number | null>;

/** One axis of a panel. */
export interface AxisSpec {
  /** The quantity, with its symbol and unit: "depth l", "curve length L_E / L_0". */
  label: string;
  /** `linear` unless given. A log axis shows positive values only. `category` takes names for values. */
  scale?: "linear" | "log" | "category";
  /** In the axis' own units, also on a log axis; chosen from the data where not given. */
  range?: readonly [number, number];
  /** Marks of a linear axis, `[place, text]`, where round numbers say less; chosen from the range where not given. */
  ticks?: readonly (readonly [place: number, text: string])[];
}

/**
 * What a series is, which decides how it is drawn: theory a solid line, measurement points with error bars, bound a
 * dashed line, guide a thin grey line.
 */
export type SeriesKind = "theory" | "measurement" | "bound" | "guide";

/** One line, or one set of points. */
export interface SeriesSpec {
  /** Its name in the legend; series of one name share an entry, across panels too. */
  name: string;
  kind: SeriesKind;
  x: Values | readonly string[];
  y: Values;
  /** Of y; drawn as error bars of one standard error. */
  standardError?: Values;
  /** An interval of y in absolute values: error bars for a measurement, a band for a theory. */
  low?: Values;
  high?: Values;
  /** Index into the palette (0 to 6); a theory and its measurement share one. By default the order of names. */
  color?: number;
  /** Instead of `color`: a place from 0 to 1 on an ordered ramp, for families such as depth 1…20. */
  shade?: number;
  /** How a measurement is drawn: `points` (the default), `line` (a dense curve), `both`, or `bars`. */
  mark?: "points" | "line" | "both" | "bars";
  /** False leaves it out of the legend. */
  inLegend?: boolean;
}

/** A quantity over a plane. */
export interface HeatmapSpec {
  /** The quantity, beside its colour scale. */
  name: string;
  x: Values;
  y: Values;
  /** `z[row][column]` at (x[column], y[row]). */
  z: readonly Values[];
  /** Colours run from blue to vermilion through white at this value; without it they run from dark to light. */
  center?: number;
  /** Colours are spread over log10 z; every z must be positive. */
  logarithmic?: boolean;
  /** The values of z at the ends of the colour scale. */
  range?: readonly [number, number];
  /** Values of z along which a line is drawn: the measured counterpart of a theory's boundary. */
  contours?: readonly { value: number; name: string }[];
}

/** A plane cut into polygons, each in its own tint. */
export interface MosaicSpec {
  /** What one polygon is: "linear region". */
  name: string;
  /** Corners of all polygons, one polygon after the other. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Where each polygon's corners begin; one more element says where the last one's end. */
  offsets: ArrayLike<number>;
  /** Index into the palette (0 to 6), one a polygon. */
  colors: ArrayLike<number>;
  /** From 0, nearly white, to 1, strong, one a polygon; drawn in six steps. */
  strengths: ArrayLike<number>;
}

/** A picture of small pixels, drawn in its own colours. */
export interface PhotographSpec {
  /** What is seen: "a cat". */
  name: string;
  /** Rows, columns, and channels: 3 for red, green and blue, 1 for grey. */
  shape: readonly [rows: number, columns: number, channels: number];
  /** From 0 to 255, row by row from above, the channels of a pixel together. */
  pixels: ArrayLike<number>;
}

/** Words at a place in a panel, in data units. */
export interface NoteSpec {
  x: number;
  y: number;
  text: string;
}

/** One plot of a figure. */
export interface PanelSpec {
  /** What sets the panel apart: "σ_w = 4 (chaotic)". Required where there are several. */
  title?: string;
  xAxis: AxisSpec;
  yAxis: AxisSpec;
  series?: readonly SeriesSpec[];
  heatmap?: HeatmapSpec;
  /** Lies under the series; no grid is drawn. */
  mosaic?: MosaicSpec;
  /** Fills its panel, whose axes are not drawn; one pixel is one unit and the lower left corner is at (0, 0). */
  photograph?: PhotographSpec;
  notes?: readonly NoteSpec[];
  /** One unit is as long on x as on y: trajectories, pictures of a plane. */
  equalAspect?: boolean;
}

/** What every figure is given. */
export interface FigureText {
  /** Unique in the collection: lower-case words joined by hyphens, the notebook's number first: "01-length-map". */
  id: string;
  /** The finding, as a sentence: "Chaotic nets stretch a curve exponentially with depth". */
  title: string;
  /** What is drawn, for those who cannot see it: the alternative text after the title. */
  description?: string;
  /** Height of one row of panels in pixels, without title and legend; 320 for one panel, 250 for several. */
  height?: number;
  /** Panels in a row, 1 to 3; two where not given, three for three panels. */
  columns?: number;
}

/** What a figure shows at one place of its slider. */
export interface FrameSpec {
  /** The slider's value, in its own units. */
  value: number;
  /** The same panels in every frame, with the same axes and series; their titles, notes and values may differ. */
  panels: readonly PanelSpec[];
}

/** Frames of a figure, all computed beforehand, and the slider that chooses one. */
export interface SliderSpec {
  /** The quantity that it moves, with its symbol: "σ_w", "neurons N". */
  label: string;
  /** Two or more, in ascending order of their values. */
  frames: readonly FrameSpec[];
  /** The value that is shown at first, and in the stored picture: one of the frames'. */
  start: number;
}

/** The panel of a figure that has one: the figure's title is its title. */
export interface OnePanel extends Omit<PanelSpec, "title"> {
  panels?: undefined;
  slider?: undefined;
}

/** A figure of one plot, of several panels, or of frames that a slider goes through. */
export type FigureSpec = FigureText &
  (OnePanel | { panels: readonly PanelSpec[]; slider?: undefined } | { slider: SliderSpec; panels?: undefined });
