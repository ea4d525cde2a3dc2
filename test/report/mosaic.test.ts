import assert from "node:assert/strict";
import { figure, picture, type FigureSpec, type MosaicSpec, type SeriesSpec } from "fathom/report";

/** A square cut along its diagonal, and a triangle beside it. */
const mosaic: MosaicSpec = {
  name: "region",
  x: [0, 1, 1, 0, 1, 0, 1, 2, 1],
  y: [0, 0, 1, 0, 1, 1, 0, 0, 1],
  offsets: [0, 3, 6, 9],
  colors: [0, 0, 1],
  strengths: [0.2, 0.9, 0.2],
};
const spec = (change: Partial<MosaicSpec> = {}, series: SeriesSpec[] = []): FigureSpec => ({
  id: "a-mosaic",
  title: "Three triangles",
  xAxis: { label: "s" },
  yAxis: { label: "t" },
  mosaic: { ...mosaic, ...change },
  series,
});

interface Trace {
  x: (number | null)[];
  fill: string;
  fillcolor: string;
  showlegend: boolean;
}
const traces = (one: FigureSpec): Trace[] => figure(one).plotly.data as unknown as Trace[];

describe("a mosaic", () => {
  it("closes and fills every polygon, one trace a tint", () => {
    const [first, ...others] = traces(spec());
    assert.deepEqual(first.x, [0, 1, 1, 0, null]);
    assert.equal(first.fill, "toself");
    assert.equal(others.length, 2);
    assert.equal(new Set([first, ...others].map(({ fillcolor }) => fillcolor)).size, 3);
    const [together] = traces(spec({ strengths: [0.5, 0.5, 0.5], colors: [2, 2, 2] }));
    assert.deepEqual(together.x, [0, 1, 1, 0, null, 0, 1, 0, 0, null, 1, 2, 1, 1, null]);
  });

  it("fills its panel, under the series, without a grid or a place in the legend", () => {
    const boundary = { name: "boundary", kind: "theory" as const, x: [0, 2], y: [1, 0] };
    const drawn = figure(spec({}, [boundary]));
    const { xaxis, yaxis } = drawn.plotly.layout as Record<string, { range: number[]; showgrid: boolean }>;
    assert.deepEqual([xaxis.range, yaxis.range, xaxis.showgrid], [[0, 2], [0, 1], false]);
    const data = drawn.plotly.data as unknown as Trace[];
    assert.deepEqual(
      data.map(({ showlegend }) => showlegend),
      [false, false, false, true],
    );
  });

  it("gives its corners as CSV, with the number of their polygon", () => {
    const lines = figure(spec()).csv.trimEnd().split("\r\n");
    assert.equal(lines.length, 10);
    assert.equal(lines[1], "1,region,mosaic,0,0,,,,0");
    assert.equal(lines[9], "1,region,mosaic,1,1,,,,2");
  });

  it("is drawn as a small picture", async () => {
    const png = await picture(figure(spec()));
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from("PNG")]);
    assert.ok(png.length < 20_000);
  });

  it("is refused with numbers that draw nothing", () => {
    const refused = (change: Partial<MosaicSpec>, expected: RegExp): void =>
      assert.throws(() => figure(spec(change)), expected);
    refused({ name: " " }, /has no name/);
    refused({ offsets: [0] }, /has no polygons/);
    refused({ offsets: [0, 3, 6, 8] }, /must run from 0 to 9/);
    refused({ offsets: [0, 2, 6, 9] }, /at least three/);
    refused({ y: [0, 1] }, /give as many of each/);
    refused({ x: [...Array<number>(8).fill(0), NaN] }, /x\[8\] is NaN/);
    refused({ colors: [0, 7, 0] }, /colors\[1\] is 7/);
    refused({ colors: [0] }, /3 polygons, 1 colours/);
    refused({ strengths: [0, 0, 1.5] }, /strengths\[2\] is 1.5/);
  });
});
