import { openEngine } from "../../lib/engine";
import { demandAgreement } from "../agreement";
import { timedTraining, timedTrainingOneByOne } from "../training";
import type { Workload } from "../workload";
import { secondsAtLeast, type Sizes, stackedTraining } from "./stacked-training";

export const workload: Workload<Sizes> = {
  name: "stacked-training-loop",
  title: "30 such steps of the 64 nets at once, beside a loop that trains them one after the other",
  parameters: { nets: 64, batchSize: 128, steps: 30 },
  prepare: (sizes, folder) => timedTraining(stackedTraining(sizes), folder),
  plain: async (sizes) => {
    await openEngine();
    return timedTrainingOneByOne(stackedTraining(sizes));
  },
  peers: [],
  same: (ours, theirs) => demandAgreement(ours, theirs, 0.02),
  reach: { ratio: 1 / 10, of: "plain" },
  limit: secondsAtLeast,
};
