import assert from "node:assert/strict";
import { figure, type FigureSpec, type SeriesSpec } from "fathom/report";

const series: SeriesSpec = { name: "theory", kind: "theory", x: [1, 2, 3], y: [1, 4, 9] };
const spec: FigureSpec = {
  id: "01-square",
  title: "Squares grow",
  xAxis: { label: "x" },
  yAxis: { label: "x²" },
  series: [series],
};
const withSeries = (...list: SeriesSpec[]): FigureSpec => ({ ...spec, series: list });

describe("figure", () => {
  it("draws theory as a line, measurement as points with error bars, bounds dashed, guides grey", () => {
    const { plotly } = figure(
      withSeries(
        {
          name: "nets",
          kind: "measurement",
          x: Float64Array.of(1, 2),
          y: Float32Array.of(1, 2),
          standardError: [0.1, null],
        },
        series,
        { ...series, name: "bound", kind: "bound" },
        { ...series, name: "guide", kind: "guide" },
      ),
    );
    const [guide, bound, theory, nets] = plotly.data as unknown as Record<string, Record<string, unknown>>[];
    assert.deepEqual(
      [guide, bound, theory, nets].map(({ mode }) => mode),
      ["lines", "lines", "lines", "markers"],
    );
    assert.equal(bound.line.dash, "dash");
    assert.equal(theory.line.dash, undefined);
    assert.equal(guide.line.color, "#8b95a1");
    assert.deepEqual(nets.error_y.array, [0.1, 0]);
    assert.deepEqual(nets.x, [1, 2]);
  });

  it("gives a name one colour and one place in the legend, in every panel", () => {
    const panel = { xAxis: { label: "x" }, yAxis: { label: "y" }, series: [series, { ...series, name: "other" }] };
    const { plotly } = figure({
      id: "a",
      title: "t",
      panels: [
        { ...panel, title: "one" },
        { ...panel, title: "two" },
      ],
    });
    const data = plotly.data as unknown as { name: string; showlegend: boolean; line: { color: string } }[];
    assert.deepEqual(
      data.map(({ showlegend }) => showlegend),
      [true, true, false, false],
    );
    assert.equal(data[0].line.color, data[2].line.color);
    assert.notEqual(data[0].line.color, data[1].line.color);
  });

  it("keeps room for every row that Plotly breaks a legend into, at the width of the plots", () => {
    // Three such names would fit beside each other in the picture, but not over the plots.
    const named = (name: string): SeriesSpec => ({ ...series, name });
    const names = ["product of the layers' means", "true", "mean of M² over 2000 nets"];
    const tops = [1, 2, 3].map((count) => {
      const { layout } = figure(withSeries(...names.slice(0, count).map(named))).plotly;
      return (layout as unknown as { margin: { t: number } }).margin.t;
    });
    assert.equal(tops[1], tops[0]);
    assert.equal(tops[2], tops[1] + 22);
  });

  it("keeps title, legend and plots apart, whatever their number", () => {
    const names = (count: number): SeriesSpec[] =>
      Array.from({ length: count }, (_, index) => ({ ...series, name: `a rather long name of a series, ${index}` }));
    const [few, many] = [2, 12].map((count) => figure(withSeries(...names(count))));
    const long = figure({ ...spec, title: "A finding that takes many words to tell. ".repeat(6) });
    assert.ok(many.height > few.height);
    assert.ok(long.height > figure(spec).height);
    for (const { plotly, height } of [few, many, long]) {
      const { legend, margin } = plotly.layout as unknown as { legend: { y: number }; margin: { t: number } };
      assert.ok((1 - legend.y) * height < margin.t);
    }
  });

  it("marks a linear axis where it is told to, with the words it is given", () => {
    const ticks = [
      [1, "one"],
      [3, "three"],
    ] as const;
    const { plotly } = figure({ ...spec, xAxis: { label: "x", ticks } });
    const { tickvals, ticktext } = plotly.layout.xaxis as { tickvals: number[]; ticktext: string[] };
    assert.deepEqual({ tickvals, ticktext }, { tickvals: [1, 3], ticktext: ["one", "three"] });
  });

  it("turns the decades of a log axis into ticks, or fewer of them", () => {
    const axis = (y: number[]): Record<string, unknown> => {
      const { plotly } = figure({ ...spec, yAxis: { label: "y", scale: "log" }, series: [{ ...series, y }] });
      return plotly.layout.yaxis as Record<string, unknown>;
    };
    assert.equal(axis([1, 10, 1000]).dtick, 1);
    assert.equal(axis([1e-12, 1, 10]).dtick, 2);
    assert.ok((axis([10, 20, 60]).ticktext as string[]).includes("20"));
  });

  it("tells those who cannot see it title and description", () => {
    const { alternativeText } = figure({ ...spec, title: "σ<sub>w</sub> grows", description: "A parabola." });
    assert.equal(alternativeText, "σw grows. A parabola.");
    assert.equal(figure(spec).alternativeText, "Squares grow");
  });

  it("ends a sentence once", () => {
    assert.equal(figure({ ...spec, title: "Why?", description: "So." }).alternativeText, "Why? So.");
  });

  it("keeps every number as CSV", () => {
    const { csv } = figure({
      id: "a",
      title: "t",
      panels: [
        {
          title: 'one, "first"',
          xAxis: { label: "x" },
          yAxis: { label: "y" },
          series: [{ ...series, x: [1, 2], y: [0.1, null], standardError: [0.01, null] }],
        },
        {
          title: "two",
          xAxis: { label: "x" },
          yAxis: { label: "y" },
          heatmap: { name: "χ", x: [1, 2], y: [5], z: [[7, null]] },
        },
      ],
    });
    assert.equal(
      csv,
      [
        "panel,series,kind,x,y,standardError,low,high,z",
        '"one, ""first""",theory,theory,1,0.1,0.01,,,',
        '"one, ""first""",theory,theory,2,,,,,',
        "two,χ,heatmap,1,5,,,,7",
        "two,χ,heatmap,2,5,,,,",
        "",
      ].join("\r\n"),
    );
  });

  const plane = {
    name: "z",
    x: [1, 2],
    y: [1, 2],
    z: [
      [1, 2],
      [3, 4],
    ],
  };
  const senseless: [string, () => FigureSpec, RegExp][] = [
    ["no title", () => ({ ...spec, title: " " }), /Figure 01-square: it has no title/],
    ["no label", () => ({ ...spec, xAxis: { label: "" } }), /xAxis has no label/],
    ["a bad id", () => ({ ...spec, id: "Fig 1" }), /cannot name a figure/],
    ["nothing to show", () => ({ ...spec, series: [] }), /shows nothing/],
    ["no panels", () => ({ id: "a", title: "t", panels: [] }), /has no panels/],
    [
      "panels without titles",
      () => ({
        id: "a",
        title: "t",
        panels: [
          { ...spec, title: "one" },
          { xAxis: spec.xAxis, yAxis: spec.yAxis, series: [series] },
        ],
      }),
      /panel 2: it has no title/,
    ],
    ["lengths that differ", () => withSeries({ ...series, y: [1, 2] }), /series "theory": x has 3 values and y 2/],
    ["errors for fewer points", () => withSeries({ ...series, standardError: [1] }), /standardError has 1 values/],
    ["NaN", () => withSeries({ ...series, y: [1, NaN, 3] }), /y\[1\] is NaN; give a finite number, or null/],
    [
      "an infinite error",
      () => withSeries({ ...series, standardError: [1, 1, Infinity] }),
      /standardError\[2\] is Infinity/,
    ],
    ["a negative error", () => withSeries({ ...series, standardError: [1, -1, 1] }), /a standard error is negative/],
    [
      "zero on a log axis",
      () => ({ ...withSeries({ ...series, y: [0, 1, 2] }), yAxis: { label: "y", scale: "log" } }),
      /y\[0\] is 0, which a logarithmic scale cannot show/,
    ],
    ["a range that falls", () => ({ ...spec, yAxis: { label: "y", range: [2, 1] } }), /range 2 to 1/],
    [
      "a log range from zero",
      () => ({ ...spec, yAxis: { label: "y", scale: "log", range: [0, 1] } }),
      /must be above zero/,
    ],
    [
      "ticks of its own on a log axis",
      () => ({ ...spec, yAxis: { label: "y", scale: "log", ticks: [[1, "one"]] } }),
      /yAxis has ticks of its own; only a linear axis/,
    ],
    [
      "a tick at no number",
      () => ({ ...spec, xAxis: { label: "x", ticks: [[NaN, "none"]] } }),
      /xAxis\.ticks\[0\] is NaN/,
    ],
    ["low without high", () => withSeries({ ...series, low: [1, 2, 3] }), /both low and high/],
    [
      "two kinds of error",
      () => withSeries({ ...series, low: [1, 2, 3], high: [1, 2, 3], standardError: [1, 1, 1] }),
      /not both/,
    ],
    ["a colour that is none", () => withSeries({ ...series, color: 7 }), /color is 7; give an index from 0 to 6/],
    ["a shade that is none", () => withSeries({ ...series, shade: 1.5 }), /shade is 1\.5/],
    ["names on an axis of numbers", () => withSeries({ ...series, x: ["a", "b", "c"] }), /axis of scale category/],
    ["a sign that the font lacks", () => ({ ...spec, title: "x ∝ y" }), /cannot draw "∝"/],
    [
      "a plane of another shape",
      () => ({ ...spec, heatmap: { ...plane, z: [[1, 2]] } }),
      /z has 1 rows and y 2 values/,
    ],
    ["a ragged plane", () => ({ ...spec, heatmap: { ...plane, z: [[1, 2], [3]] } }), /a row of z has 1 values/],
    [
      "NaN in a plane",
      () => ({
        ...spec,
        heatmap: {
          ...plane,
          z: [
            [1, NaN],
            [3, 4],
          ],
        },
      }),
      /z\[1\] is NaN/,
    ],
    ["a height of nothing", () => ({ ...spec, height: 0 }), /height is 0/],
    ["four columns", () => ({ ...spec, columns: 4 }), /columns is 4/],
  ];
  for (const [name, make, message] of senseless) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => figure(make()),
        (error: Error) => error instanceof RangeError && message.test(error.message),
      );
    });
  }
});
