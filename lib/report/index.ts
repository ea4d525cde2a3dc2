export {
  above,
  agrees,
  atMost,
  below,
  exact,
  notRejected,
  rejected,
  within,
  type Claim,
  type ClaimText,
  type Measured,
} from "./claim";
export { breakIt, ClaimsError, showClaims } from "./claims";
export { type ClaimTest, runClaims } from "./run-claims";
export { claimsMimeType, type ClaimRecord } from "./claims-table";
export { notebookProgress } from "./notebook-progress";
export { familyAlpha, type Evidence, type Verdict } from "./verdict";
export { figure, figureWidth, type Figure, type PlotlyFigure } from "./figure";
export type {
  AxisSpec,
  FigureSpec,
  FigureText,
  FrameSpec,
  HeatmapSpec,
  MosaicSpec,
  NoteSpec,
  OnePanel,
  PanelSpec,
  PhotographSpec,
  SeriesKind,
  SeriesSpec,
  SliderSpec,
  Values,
} from "./figure-spec";
export type { PlotlyPart } from "./figure-traces";
export { figureSvg, picture } from "./picture";
export { show } from "./show";
export { table, type Frame, type TableOptions, type TableValue } from "./table";
