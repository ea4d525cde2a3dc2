import { display, inKernel } from "./display";
import type { Figure } from "./figure";
import { writeOutput } from "./output-file";
import { picture } from "./picture";

/**
 * Shows figures in a notebook: interactive where the reader's tools draw Plotly (unless `FATHOM_STORED=1`, which the
 * stored notebooks are made with), and as a picture on its own white card everywhere else. The numbers behind each, and
 * the picture, go to the folder `FATHOM_FIGURES` (`site/figures` where it is not set) as `<id>.csv` and `<id>.png`.
 * Outside a notebook it writes those files only where `FATHOM_FIGURES` is set, and else does nothing.
 */
export async function show(figures: Figure | readonly Figure[]): Promise<void> {
  const list: readonly Figure[] = Array.isArray(figures) ? (figures as readonly Figure[]) : [figures as Figure];
  const asked = (process.env.FATHOM_FIGURES ?? "") !== "";
  if (!inKernel() && !asked) return;
  for (const one of list) {
    const png = await picture(one);
    writeOutput("FATHOM_FIGURES", "figures", `${one.id}.csv`, one.csv);
    writeOutput("FATHOM_FIGURES", "figures", `${one.id}.png`, png);
    const interactive =
      process.env.FATHOM_STORED === "1" ? {} : { "application/vnd.plotly.v1+json": interactiveFigure(one) };
    display(
      { ...interactive, "image/png": Buffer.from(png).toString("base64"), "text/plain": one.alternativeText },
      {
        metadata: {
          "image/png": { width: one.width, height: one.height, alt: one.alternativeText },
          fathom: { figure: one.id },
        },
      },
    );
  }
}

/** The same figure for a reader's browser, where it takes the width that it finds. */
function interactiveFigure({ plotly }: Figure): object {
  const { width: _width, ...layout } = plotly.layout;
  return { ...plotly, layout: { ...layout, autosize: true } };
}
