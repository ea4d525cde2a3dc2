import { unparse } from "papaparse";
import { channelNames } from "./photograph";
import type { PanelSpec, SeriesSpec, SliderSpec } from "./figure-spec";
import { withoutTags } from "./text-width";

const columns = ["panel", "series", "kind", "x", "y", "standardError", "low", "high", "z"] as const;

/**
 * Every number of a figure as CSV (RFC 4180), one row a point; z is a heatmap's value, the number of a mosaic's polygon,
 * or what a channel of a photograph has in the pixel with its middle at x and y. Gaps are empty fields. All frames of a
 * slider follow each other; a last column, named after the slider, has its value.
 */
export function figureCsv(frames: readonly (readonly PanelSpec[])[], slider?: SliderSpec): string {
  const rows = frames.flatMap((panels, frame) =>
    slider === undefined ? panelRows(panels) : panelRows(panels).map((row) => [...row, slider.frames[frame].value]),
  );
  const head = slider === undefined ? columns : [...columns, withoutTags(slider.label)];
  return `${unparse([[...head], ...rows])}\r\n`;
}

type Row = (string | number | null | undefined)[];

function panelRows(panels: readonly PanelSpec[]): Row[] {
  const rows: Row[] = [];
  for (const [index, panel] of panels.entries()) {
    const panelName = panel.title ?? String(index + 1);
    for (const series of panel.series ?? []) rows.push(...seriesRows(panelName, series));
    if (panel.mosaic !== undefined) {
      const { name, x, y, offsets } = panel.mosaic;
      for (let polygon = 0; polygon + 1 < offsets.length; polygon++) {
        for (let corner = offsets[polygon]; corner < offsets[polygon + 1]; corner++) {
          rows.push([panelName, name, "mosaic", x[corner], y[corner], null, null, null, polygon]);
        }
      }
    }
    if (panel.photograph !== undefined) {
      const { shape, pixels } = panel.photograph;
      const [height, width, channels] = shape;
      const names = channelNames(panel.photograph);
      for (let value = 0; value < pixels.length; value++) {
        const pixel = Math.floor(value / channels);
        const [x, y] = [(pixel % width) + 0.5, height - Math.floor(pixel / width) - 0.5];
        rows.push([panelName, names[value % channels], "photograph", x, y, null, null, null, pixels[value]]);
      }
    }
    if (panel.heatmap !== undefined) {
      const { name, x, y, z } = panel.heatmap;
      for (let row = 0; row < y.length; row++) {
        for (let column = 0; column < x.length; column++) {
          rows.push([panelName, name, "heatmap", x[column], y[row], null, null, null, z[row][column]]);
        }
      }
    }
  }
  return rows;
}

function seriesRows(panelName: string, series: SeriesSpec): Row[] {
  const { name, kind, x, y, standardError, low, high } = series;
  return Array.from(y, (value, index): Row => [
    ...[panelName, name, kind, x[index], value],
    ...[standardError?.[index], low?.[index], high?.[index], null],
  ]);
}
