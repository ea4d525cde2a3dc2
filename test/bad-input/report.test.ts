import * as report from "fathom/report";
import { describeBadInput, row } from "./table";

const text: report.ClaimText = { id: "a-claim", statement: "Two is two.", source: "Everyone" };
const claim = report.atMost(text, { bound: 1, measured: 0.5 });
const axes = { xAxis: { label: "x" }, yAxis: { label: "y" } };
const real = { real: "1.*" };

describeBadInput(
  "report",
  report,
  {
    above: row(report.above, () => [text, { bound: 1, measured: 2, standardError: 0.1, degreesOfFreedom: 9 }], {
      real: "1.bound 1.measured",
      positive: "1.degreesOfFreedom",
      // Student's t is then the normal law.
      infinity: "1.degreesOfFreedom",
    }),
    below: row(report.below, () => [text, { bound: 1, measured: 2, standardError: 0.1, degreesOfFreedom: 9 }], {
      real: "1.bound 1.measured",
      positive: "1.degreesOfFreedom",
      // Student's t is then the normal law.
      infinity: "1.degreesOfFreedom",
    }),
    agrees: row(
      report.agrees,
      () => [text, { predicted: 1, measured: 2, standardError: 0.1, resolution: 1, degreesOfFreedom: 9 }],
      { real: "1.predicted 1.measured", positive: "1.degreesOfFreedom 1.resolution", infinity: "1.degreesOfFreedom" },
    ),
    atMost: row(report.atMost, () => [text, { bound: 1, measured: 0.5 }], real),
    exact: row(report.exact, () => [text, { predicted: 1, measured: 2 }], real),
    within: row(report.within, () => [text, { predicted: 1, measured: 2, tolerance: 0.1 }], {
      real: "1.predicted 1.measured",
    }),
    notRejected: row(
      report.notRejected,
      () => [text, { test: "a test", statistic: 1.5, pValue: 0.5, sampleSize: 60 }],
      { real: "1.statistic" },
    ),
    rejected: row(report.rejected, () => [text, { test: "a test", statistic: 1.5, pValue: 0.5 }], {
      real: "1.statistic",
    }),
    breakIt: row(report.breakIt, () => [[report.atMost(text, { bound: 1, measured: 2 })]], { made: "0.0" }),
    showClaims: row(report.showClaims, () => ["bad-input", [claim]], { made: "1.0" }),
    runClaims: row(report.runClaims, () => ["claims", [() => claim]], { wordless: "0" }),
    figure: row(
      report.figure,
      () => [
        {
          id: "a-figure",
          title: "A title",
          height: 300,
          xAxis: { label: "x", range: [0, 1] },
          yAxis: { label: "y", ticks: [[0, "none"]] },
          series: [
            {
              name: "points",
              kind: "measurement",
              x: [0.2, 0.5],
              y: [0.1, 0.9],
              standardError: [0.1, 0.1],
              color: 0,
            },
            { name: "band", kind: "theory", x: [0, 1], y: [0.1, 0.9], low: [0, 0.5], high: [1, 1.5] },
          ],
          notes: [{ x: 0.1, y: 0.2, text: "here" }],
        },
      ],
      {
        positive: "0.height",
        wordless: "0.yAxis.ticks.0.1 0.notes.0.text",
        real: "0.xAxis.range.0 0.yAxis.ticks.0.0 0.series.*.x.* 0.series.*.y.* 0.series.*.low.* 0.series.*.high.* 0.notes.0.*",
        fraction: "0.xAxis.range.1",
        empty: "0.yAxis.ticks 0.notes",
        short: "0.series",
      },
    ),
    "figure with a heatmap": row(
      report.figure,
      () => [
        {
          id: "a-map",
          title: "A title",
          ...axes,
          heatmap: {
            name: "z",
            x: [0, 1],
            y: [0, 1],
            z: [
              [1, 2],
              [3, 4],
            ],
            range: [0, 5],
            center: 1.5,
          },
        },
      ],
      {
        real: "0.heatmap.x.* 0.heatmap.y.* 0.heatmap.z.** 0.heatmap.range.0 0.heatmap.center",
        fraction: "0.heatmap.range.1",
      },
    ),
    table: row(report.table, () => [[{ a: 1, b: "x" }], { digits: 3, limit: 5 }], {
      // Numbers in a table are shown as they are.
      nan: "0.**",
      infinity: "0.** 1.limit",
      "-infinity": "0.**",
      real: "0.**",
      empty: "0",
      wordless: "0.**",
    }),
  },
  {
    ClaimsError: "an error",
    figureSvg: "takes a figure that `figure` made",
    picture: "takes a figure that `figure` made",
    show: "takes figures that `figure` made",
    notebookProgress: "takes a title; its fractions are tried in test/report/notebook-progress.test.ts",
  },
  {
    missing: {
      above: "1.degreesOfFreedom",
      below: "1.degreesOfFreedom",
      agrees: "1.degreesOfFreedom",
      figure: "0.height 0.xAxis.range 0.yAxis.ticks 0.series.0.standardError 0.series.0.color 0.notes",
      "figure with a heatmap": "0.heatmap.range 0.heatmap.center",
      table: "0.0.a 0.0.b 1.digits 1.limit 1",
    },
    // A claim may compare words; a table shows anything; words have none of the options.
    other: {
      exact: "1.predicted 1.measured",
      table: "0.0 0.0.* 1",
    },
  },
);
