import {
  called,
  consistent,
  type Demand,
  each,
  listOf,
  mapOf,
  mended,
  onesAndZeros,
  percent,
  positive,
  record,
  seed,
  share,
  whole,
} from "../../theory/demand-parts";
import type { Judged, Trial } from "./comparisons";
import type { StudentRow } from "./students";
import type { TeacherRow } from "./teacher";

/** Float32 as `packed` writes them: base64, four bytes a number. */
export const packedNumbers: Demand = (value) =>
  typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    ? null
    : { path: "", text: "must be numbers in a text, as `packed` writes them", type: true };

const howToTeach = "Give rows as mimicStudents has them, one a student.";

/** What is known of nets on the test images, all on the same ones. */
export const judgedNets: Demand = mended(
  each(
    listOf(
      record<Judged>({
        seed,
        correct: called("one character a test image", onesAndZeros),
        logitErrors: called("of every test image; empty for students of labels", packedNumbers),
      }),
    ),
    consistent<readonly Judged[]>((rows) => {
      const odd = rows.find(({ correct }) => correct.length !== rows[0].correct.length);
      if (odd) return `have ${rows[0].correct.length} test images, but seed ${odd.seed} has ${odd.correct.length}`;
      return new Set(rows.map((row) => row.seed)).size === rows.length ? null : "have a seed twice";
    }),
  ),
  howToTeach,
);

/** Students with their sizes and their training curves. */
export const studentRows: Demand = each(
  judgedNets,
  mended(
    listOf(
      record<StudentRow>({
        parameters: called("number of weights and biases", whole(1)),
        validationAccuracy: called("validation images right at the end", share),
        curve: called("accuracy on validation images on the way", listOf(record({ step: whole(0), accuracy: share }))),
      }),
    ),
    howToTeach,
  ),
);

export const teacherRows: Demand = mended(
  listOf(
    record<TeacherRow>({
      testAccuracy: called("test images right", share),
      parameters: called("number of weights and biases", whole(1)),
      correct: called("one character a test image", onesAndZeros),
    }),
  ),
  "Give rows as mimicTeacher has them.",
);

/** Trials of learning rates. */
export const trials: Demand = mended(
  listOf(record<Trial>({ learningRate: positive, validationAccuracy: share })),
  howToTeach,
);

/** Accuracies of teachers in per cent, by their seeds. */
export const percentBySeed: Demand = mapOf(called("test images right", percent));
