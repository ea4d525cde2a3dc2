import { openEngine } from "fathom/engine";
import * as figures from "fathom/figures";
import { activationLengthFigures } from "./of-rows/activation-length";
import { curvatureFigures } from "./of-rows/curvature";
import { linearRegionsFigures } from "./of-rows/linear-regions";
import { mimicFigures } from "./of-rows/mimic";
import { multiplicationFigures } from "./of-rows/multiplication";
import { describeBadInput } from "./table";

before(() => openEngine());

describeBadInput(
  "figures",
  figures,
  {
    ...activationLengthFigures,
    ...curvatureFigures,
    ...linearRegionsFigures,
    ...mimicFigures,
    ...multiplicationFigures,
  },
  {},
);
