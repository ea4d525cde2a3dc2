export { accuracyByParametersFigure, type Teachers } from "./accuracy-by-parameters";
export type { StudentFamily } from "./arm";
export { disorderFigure } from "./disorder";
export { gainByWidthFigure, type PairOfArms } from "./gain-by-width";
export { type Checkpoint, mimicByTeacherFigure } from "./mimic-by-teacher";
export { type AnsweredImages, singleImagesFigure } from "./single-images";
export { type Arm, trainingCurvesFigure } from "./training-curves";
