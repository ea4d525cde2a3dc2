import type { FigureSpec, HeatmapSpec, MosaicSpec, PanelSpec, SeriesSpec, SliderSpec, Values } from "./figure-spec";
import { canDraw } from "./font-files";
import { palette } from "./palette";
import { checkPhotograph } from "./photograph";

/** What a figure shows: one frame, or one for each place of its slider. */
export interface CheckedFrames {
  readonly frames: readonly (readonly PanelSpec[])[];
  /** Index of the frame that is shown at first. */
  readonly start: number;
}

/**
 * The frames of a figure, after its text and its numbers were checked.
 * @throws RangeError naming the figure and what it lacks: a title, an axis' label, values of one length, finite values,
 *   frames that are alike
 */
export function checkedFrames(spec: FigureSpec): CheckedFrames {
  const { id, title, slider } = spec;
  if (typeof id !== "string" || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
    throw new RangeError(`"${id}" cannot name a figure; use lower-case words joined by hyphens, as in 01-length-map.`);
  }
  const fail = (text: string): never => {
    throw new RangeError(`Figure ${id}: ${text}`);
  };
  if (!hasText(title)) fail("it has no title; say in a sentence what it shows.");
  if (spec.height !== undefined && !(spec.height >= 80 && spec.height <= 2000)) {
    fail(`height is ${spec.height}; give pixels between 80 and 2000.`);
  }
  if (spec.columns !== undefined && ![1, 2, 3].includes(spec.columns)) {
    fail(`columns is ${spec.columns}; give 1, 2 or 3.`);
  }
  if (slider !== undefined) checkSlider(slider, (text) => fail(`slider: ${text}`));
  const { title: _finding, ...single } = spec;
  const frames = slider?.frames.map(({ panels }) => panels) ?? [spec.panels ?? [single as PanelSpec]];
  for (const [index, panels] of frames.entries()) {
    const frame = slider === undefined ? "" : `frame ${slider.frames[index].value}: `;
    checkPanels(title + (slider?.label ?? ""), panels, (text) => fail(frame + text));
    const difference = index === 0 ? null : firstDifference(frames[0], panels);
    if (difference !== null) fail(`${frame}${difference} is not as in the first frame; a slider moves values only.`);
  }
  return { frames, start: slider?.frames.findIndex(({ value }) => value === slider.start) ?? 0 };
}

function checkSlider({ label, frames, start }: SliderSpec, fail: (text: string) => never): void {
  if (!hasText(label)) fail("it has no label; name the quantity that it moves.");
  if (frames.length < 2) fail(`it has ${frames.length} frames; give at least two.`);
  for (const [index, { value }] of frames.entries()) {
    if (!Number.isFinite(value)) fail(`the value of frame ${index + 1} is ${value}; give a finite number.`);
    if (index > 0 && value <= frames[index - 1].value)
      fail(`the value ${value} follows ${frames[index - 1].value}; give them in ascending order.`);
  }
  if (!frames.some(({ value }) => value === start)) {
    fail(`start is ${start}; give one of ${frames.map(({ value }) => value).join(", ")}.`);
  }
  if (frames.some(({ panels }) => panels.some((panel) => panel.heatmap ?? panel.photograph))) {
    fail("heatmaps and photographs do not move; give series or mosaics.");
  }
}

function checkPanels(text: string, panels: readonly PanelSpec[], fail: (text: string) => never): void {
  if (panels.length === 0) fail("it has no panels.");
  for (const sign of new Set(wordsOf(text, panels))) {
    if (!canDraw(sign))
      fail(`the bundled font cannot draw "${sign}"; write a word, or <sub> and <sup> for a raised or lowered letter.`);
  }
  for (const [index, panel] of panels.entries()) {
    const place = panels.length === 1 ? "" : `panel ${index + 1}: `;
    if (panels.length > 1 && !hasText(panel.title)) fail(`${place}it has no title; say what sets it apart.`);
    checkPanel(panel, (text) => fail(place + text));
  }
}

/** What a frame has otherwise than the first one, though it stays the same under a slider; null where nothing. */
function firstDifference(first: readonly PanelSpec[], other: readonly PanelSpec[]): string | null {
  if (first.length !== other.length) return "the number of panels";
  for (const [index, panel] of first.entries()) {
    const [ours, theirs] = [lasting(panel), lasting(other[index])];
    for (const name of Object.keys(ours)) {
      if (JSON.stringify(ours[name]) !== JSON.stringify(theirs[name])) return `${name} of panel ${index + 1}`;
    }
  }
  return null;
}

function lasting({ title, xAxis, yAxis, series = [], mosaic, notes, equalAspect }: PanelSpec): Record<string, unknown> {
  const ofSeries = series.map(({ x: _x, y: _y, standardError, low, ...look }) => {
    return { ...look, high: undefined, standardError: standardError !== undefined, interval: low !== undefined };
  });
  return {
    title: title !== undefined,
    xAxis,
    yAxis,
    series: ofSeries,
    mosaic: mosaic?.name,
    notes: notes?.length,
    equalAspect,
  };
}

function checkPanel(panel: PanelSpec, fail: (text: string) => never): void {
  for (const name of ["xAxis", "yAxis"] as const) {
    const { label, range, scale, ticks } = panel[name];
    if (!hasText(label)) fail(`${name} has no label; name the quantity, its symbol and unit.`);
    if (range !== undefined && !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1])) {
      fail(`${name} has the range ${range.join(" to ")}; give two finite numbers in ascending order.`);
    }
    if (scale === "log" && range !== undefined && range[0] <= 0)
      fail(`${name} is logarithmic; its range must be above zero.`);
    if (ticks === undefined) continue;
    for (const tick of ticks as readonly (readonly unknown[])[]) {
      if (typeof tick[1] !== "string") fail(`${name} has the tick ${tick.join(", ")}; give a place and a text.`);
    }
    if ((scale ?? "linear") !== "linear") fail(`${name} has ticks of its own; only a linear axis takes them.`);
    checkNumbers(
      `${name}.ticks`,
      ticks.map(([place]) => place),
      false,
      fail,
    );
  }
  for (const { x, y, text } of panel.notes ?? []) checkNumbers(`note "${text}"`, [x, y], false, fail);
  const { heatmap, mosaic, photograph } = panel;
  if ((panel.series?.length ?? 0) === 0 && [heatmap, mosaic, photograph].every((shown) => shown === undefined))
    fail("it shows nothing; give it series, a heatmap, a mosaic or a photograph.");
  for (const series of panel.series ?? [])
    checkSeries(series, panel, (text) => fail(`series "${series.name}": ${text}`));
  if (heatmap !== undefined) checkHeatmap(heatmap, (text) => fail(`heatmap "${heatmap.name}": ${text}`));
  if (mosaic !== undefined) checkMosaic(mosaic, (text) => fail(`mosaic "${mosaic.name}": ${text}`));
  if (photograph !== undefined) checkPhotograph(photograph, (text) => fail(`photograph "${photograph.name}": ${text}`));
}

function checkSeries(series: SeriesSpec, panel: PanelSpec, fail: (text: string) => never): void {
  const { x, y } = series;
  if (!hasText(series.name)) fail("it has no name.");
  if (x.length !== y.length) fail(`x has ${x.length} values and y ${y.length}; give as many of each.`);
  if (x.length === 0) fail("it has no values.");
  const category = panel.xAxis.scale === "category";
  for (let index = 0; index < x.length; index++) {
    if ((typeof x[index] === "string") !== category)
      fail("names along x go with an axis of scale category, numbers with the others.");
  }
  if (!category) checkNumbers("x", x as Values, panel.xAxis.scale === "log", fail);
  checkNumbers("y", y, panel.yAxis.scale === "log", fail);
  for (const name of ["standardError", "low", "high"] as const) {
    const values = series[name];
    if (values === undefined) continue;
    if (values.length !== y.length)
      fail(`${name} has ${values.length} values and y ${y.length}; give as many of each.`);
    checkNumbers(name, values, false, fail);
    if (name === "standardError" && Array.from(values).some((value) => value !== null && value < 0)) {
      const negative = Array.from(values).find((value) => value !== null && value < 0);
      fail(`a standard error is negative: ${negative}.`);
    }
  }
  if ((series.low === undefined) !== (series.high === undefined)) fail("give both low and high, or neither.");
  if (series.low !== undefined && series.standardError !== undefined)
    fail("give standardError, or low and high, not both.");
  const { kind, mark = "points", color, shade } = series;
  if (!["theory", "measurement", "bound", "guide"].includes(kind))
    fail(`its kind is ${String(kind)}; give theory, measurement, bound or guide.`);
  if (!["points", "line", "both", "bars"].includes(mark))
    fail(`its mark is ${String(mark)}; give points, line, both or bars.`);
  if (color !== undefined && !(Number.isInteger(color) && color >= 0 && color < palette.length)) {
    fail(`color is ${color}; give an index from 0 to ${palette.length - 1}.`);
  }
  if (shade !== undefined && !(shade >= 0 && shade <= 1)) fail(`shade is ${shade}; give a place from 0 to 1.`);
}

function checkHeatmap(heatmap: HeatmapSpec, fail: (text: string) => never): void {
  const { x, y, z, range, center } = heatmap;
  if (range !== undefined && !(Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1])) {
    fail(`the range is ${range.join(" to ")}; give two finite numbers in ascending order.`);
  }
  if (center !== undefined && !Number.isFinite(center)) fail(`the center is ${center}; give a finite number.`);
  if (!hasText(heatmap.name)) fail("it has no name; it labels the colour scale.");
  checkNumbers("x", x, false, fail);
  checkNumbers("y", y, false, fail);
  if (z.length !== y.length || z.length === 0)
    fail(`z has ${z.length} rows and y ${y.length} values; give as many of each.`);
  for (const row of z) {
    if (row.length !== x.length) fail(`a row of z has ${row.length} values and x ${x.length}; give as many of each.`);
    checkNumbers("z", row, heatmap.logarithmic === true, fail);
  }
}

function checkMosaic(mosaic: MosaicSpec, fail: (text: string) => never): void {
  const { name, x, y, offsets, colors, strengths } = mosaic;
  if (!hasText(name)) fail("it has no name; say what one polygon is.");
  if (x.length !== y.length) fail(`x has ${x.length} values and y ${y.length}; give as many of each.`);
  const count = offsets.length - 1;
  if (count < 1) fail("it has no polygons; offsets holds where each begins, and where the last one ends.");
  if (colors.length !== count || strengths.length !== count) {
    fail(`it has ${count} polygons, ${colors.length} colours and ${strengths.length} strengths; give as many of each.`);
  }
  checkNumbers("x", x, false, fail);
  checkNumbers("y", y, false, fail);
  if (offsets[0] !== 0 || offsets[count] !== x.length)
    fail(`offsets run from ${offsets[0]} to ${offsets[count]}; they must run from 0 to ${x.length}.`);
  for (let polygon = 0; polygon < count; polygon++) {
    if (!(Number.isInteger(offsets[polygon + 1]) && offsets[polygon + 1] - offsets[polygon] >= 3))
      fail(`polygon ${polygon} has corners ${offsets[polygon]} to ${offsets[polygon + 1]}; give each at least three.`);
    if (!(Number.isInteger(colors[polygon]) && colors[polygon] >= 0 && colors[polygon] < palette.length))
      fail(`colors[${polygon}] is ${colors[polygon]}; give an index from 0 to ${palette.length - 1}.`);
    if (!(strengths[polygon] >= 0 && strengths[polygon] <= 1))
      fail(`strengths[${polygon}] is ${strengths[polygon]}; give a place from 0 to 1.`);
  }
}

function checkNumbers(name: string, values: Values, positive: boolean, fail: (text: string) => never): void {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value === null) continue;
    if (typeof value !== "number" || !Number.isFinite(value)) {
      fail(`${name}[${index}] is ${String(value)}; give a finite number, or null for a gap.`);
    }
    if (positive && value <= 0)
      fail(`${name}[${index}] is ${value}, which a logarithmic scale cannot show; give null for a gap.`);
  }
}

/** Every character that the picture will draw. */
function wordsOf(title: string, panels: readonly PanelSpec[]): string {
  const words = panels.flatMap(({ title: heading = "", xAxis, yAxis, series = [], notes = [], heatmap, mosaic }) => [
    heading,
    mosaic?.name ?? "",
    xAxis.label,
    yAxis.label,
    ...series.map(({ name }) => name),
    ...notes.map(({ text }) => text),
    ...(heatmap === undefined ? [] : [heatmap.name, ...(heatmap.contours ?? []).map(({ name }) => name)]),
    ...(xAxis.scale === "category" ? series.flatMap(({ x }) => Array.from(x as ArrayLike<unknown>).map(String)) : []),
  ]);
  return [title, ...words].join("");
}

function hasText(text: string | undefined): boolean {
  return typeof text === "string" && text.trim() !== "";
}
