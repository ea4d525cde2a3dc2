import { png } from "./executed";

/** What a notebook's cell displays, all but its numbers. */
const display = (data: object, metadata: object = {}): object => ({ output_type: "display_data", data, metadata });

const markdown = (id: string, source: string): object => ({ cell_type: "markdown", id, metadata: {}, source });

const code = (id: string, source: string, outputs: object[], metadata: object = {}): object => ({
  cell_type: "code",
  id,
  metadata,
  execution_count: 1,
  source,
  outputs,
});

const axis = { linecolor: "#8b95a1", gridcolor: "#e8ebee", tickfont: { color: "#5b6570" } };

/** A figure as lib/report shows it: lines, a heat map, a slider over frames. */
const plotlyFigure: object = {
  data: [
    { type: "scatter", mode: "lines", name: "theory", x: [1, 2, 3], y: [1, 4, 9], line: { color: "#0072b2" } },
    {
      type: "heatmap",
      z: [
        [1, 2],
        [3, 4],
      ],
      colorscale: [
        [0, "#440154"],
        [1, "#fde725"],
      ],
      xaxis: "x2",
      yaxis: "y2",
    },
  ],
  frames: [
    { name: "two", data: [{ y: [1, 4, 9] }], traces: [0] },
    { name: "three", data: [{ y: [1, 8, 27] }], traces: [0] },
  ],
  layout: {
    height: 360,
    autosize: true,
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    font: { color: "#1c2024", size: 14 },
    title: { text: "Squares grow" },
    xaxis: { ...axis, domain: [0, 0.45], title: { text: "side" } },
    yaxis: { ...axis, title: { text: "area" } },
    xaxis2: { ...axis, domain: [0.6, 1], anchor: "y2" },
    yaxis2: { ...axis, anchor: "x2" },
    sliders: [
      {
        steps: ["two", "three"].map((name) => ({
          label: name,
          method: "animate",
          args: [[name], { mode: "immediate", transition: { duration: 0 }, frame: { duration: 0, redraw: true } }],
        })),
      },
    ],
  },
  config: { displaylogo: false },
};

/** Words that must never become markup. */
const hostile = `<img src="https://example.invalid/x.png" onerror="console.error('run')">`;

/** An executed notebook with one output of each kind that a page shows. */
export function interactiveNotebook(): object {
  const claim = {
    id: "squares",
    statement: `Areas are squares ${hostile}`,
    source: "Euclid, II",
    predicted: 9,
    measured: 9.01,
    standardError: 0.02,
    rule: "two-sided normal test",
    verdict: "holds",
  };
  return {
    cells: [
      markdown(
        "title",
        "# 00 · Squares\n\n**Euclid, Elements.**\n\n> *In one sentence:* the area is $x^2$.\n\n$$\\int_0^1 x\\,dx = \\tfrac12$$",
      ),
      markdown(
        "first",
        "## How squares grow\n\nA [link](#Words), [another](00-squares.ipynb#Words), [homework](homework/00.ipynb), `code`.\n\n| side | area |\n| --- | --- |\n| 2 | 4 |",
      ),
      code(
        "figure",
        'await show(figure({ id: "00-squares" }));',
        [
          display(
            {
              "application/vnd.plotly.v1+json": plotlyFigure,
              "image/png": png,
              "text/plain": "Squares grow. Area by side.",
            },
            {
              "image/png": { width: 760, height: 360, alt: "Squares grow. Area by side." },
              fathom: { figure: "00-squares" },
            },
          ),
        ],
        { fathom: { claims: ["squares"] } },
      ),
      code("picture", "await show(stored);", [display({ "image/png": png, "text/plain": "A picture." })]),
      markdown("words", "## Words\n\n### Printed\n\nWhat a cell prints."),
      code("printed", "console.log(1);", [
        { output_type: "stream", name: "stdout", text: "1 < 2 & 3\n" },
        { output_type: "stream", name: "stderr", text: "\u001b[31mred\u001b[0m\n" },
        { output_type: "execute_result", execution_count: 1, data: { "text/plain": "[ 1, 2 ]" }, metadata: {} },
      ]),
      code("claims", 'showClaims("00-squares", [within({ id: "squares" })]);', [
        display({
          "application/vnd.fathom.claims+json": { claims: [claim] },
          "text/html":
            '<div style="background:#ffffff;color:#1c2024;"><table><thead><tr style="background:#ffffff;"><th>Claim</th></tr></thead><tbody><tr style="background:#ffffff;"><td style="color:#00795a;">holds</td></tr></tbody></table></div>',
        }),
      ]),
      code("late", "late();", [
        { output_type: "error", ename: "RangeError", evalue: "too late", traceback: ["RangeError: too late"] },
      ]),
    ],
    metadata: {
      kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" },
      language_info: { name: "typescript", pygments_lexer: "typescript", file_extension: ".ts" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
