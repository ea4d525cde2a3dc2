import { meanAgainstLayer, type ResidualEnsemble } from "../../experiments";
import type { LengthStatistics } from "../../measure";
import { figure, type Figure } from "../../report";
import { residualLengthRatio } from "../../theory";
import { lengthRows, residualNets } from "../../experiments/activation-length/rows";
import { consistent, demand, each, listOf, record, words } from "../../theory/demand-parts";
import { firstOf } from "../first-of";
import { measuredSeries, theorySeries } from "../series";

/** Residual nets of one kind. */
export interface ResidualKind {
  readonly name: string;
  readonly nets: Pick<ResidualEnsemble, "width" | "scales" | "blockEnd">;
  /** One a block, the input's first. */
  readonly rows: readonly LengthStatistics[];
}

const residualKind = each(
  record<ResidualKind>({ name: words, nets: residualNets, rows: lengthRows }),
  consistent<ResidualKind>(({ nets: { scales }, rows }) =>
    rows.length === scales.length + 1
      ? null
      : `has ${rows.length} rows of ${scales.length} blocks; give one a block, the input's first`,
  ),
);

/** Mean and spread of M against the blocks of residual nets; Π (1 + η²) is drawn where blocks end linearly. */
export function residualFigure(kinds: readonly ResidualKind[]): Figure {
  const { nets, rows: longest } = firstOf(kinds, "kind of net");
  demand("kinds", kinds, listOf(residualKind));
  const blocks = longest.map(({ layer }) => layer);
  const growth = kinds.flatMap(({ nets: { scales, blockEnd } }, color) => {
    const y = [1, ...scales.map((_, block) => residualLengthRatio(scales.slice(0, block + 1)))];
    return blockEnd === "linear" ? [theorySeries("Π (1 + η²)", color, { x: blocks, y })] : [];
  });
  const factor = 1 + 5 / nets.width;
  const fullyConnected = { x: blocks, y: blocks.map((layer) => factor ** layer) };
  const spreads = kinds.map(({ name, rows }, color) =>
    measuredSeries(name, color, { x: blocks, y: rows.map((row) => row.secondMoment / row.mean ** 2) }),
  );
  const xAxis = { label: "block (or layer) l" };
  return figure({
    id: "02-residual",
    title: "Small residual blocks keep mean and spread in hand, but Π (1 + η²) needs blocks that end linearly",
    description:
      "Left, mean length against blocks for both kinds of block. Right, second moment, beside a fully connected net.",
    panels: [
      {
        title: "mean",
        xAxis,
        yAxis: { label: "mean of M_l", scale: "log" },
        series: [
          ...growth,
          ...kinds.map(({ name, rows }, color) => measuredSeries(name, color, meanAgainstLayer(rows))),
        ],
      },
      {
        title: `spread, width ${nets.width}`,
        xAxis,
        yAxis: { label: "E[M²] / E[M]²", scale: "log" },
        series: [theorySeries(`fully connected, (1 + 5/${nets.width})^l`, 5, fullyConnected), ...spreads],
      },
    ],
  });
}
