import assert from "node:assert/strict";
import { join } from "node:path";
import { picture } from "fathom/report";
import { exampleFigures } from "./example-figures";
import { differingPixels, looksAsStored } from "./looks-as-stored";

describe("pictures of figures", () => {
  for (const figure of exampleFigures) {
    it(`${figure.id} looks as it did; if not, the new picture lies beside the stored one`, () =>
      looksAsStored(figure, join(__dirname, "figures")));
  }

  it("notice a figure that differs in one number", async () => {
    const [figure] = exampleFigures;
    const { data, layout, config } = figure.plotly;
    const moved = JSON.parse(JSON.stringify(data)) as { y: number[]; [name: string]: unknown }[];
    moved[moved.length - 1].y[3] *= 1.2;
    const other = await picture({ ...figure, plotly: { data: moved, layout, config } });
    assert.ok((await differingPixels(await picture(figure), other)) > 0);
  });
});
