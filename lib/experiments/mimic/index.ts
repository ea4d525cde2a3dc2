export {
  accuracyByRate,
  accuracyOf,
  bestRate,
  compare,
  type ComparisonOptions,
  difference,
  type Judged,
  judgedTeachers,
  type Measure,
  repeated,
  slopeOnTeacher,
  type Term,
  type Trial,
} from "./comparisons";
export { type MimicImages, type SplitImages, splitImages } from "./images";
export type { StudentTarget } from "./lesson";
export { packed, unpacked } from "./packed";
export { mimicStudents, type StudentParameters, type StudentRow, type StudentShape } from "./students";
export { type Disorder, meanAnswer } from "./targets";
export {
  correctness,
  mimicTeacher,
  shareOfOnes,
  type TeacherParameters,
  type TeacherRow,
  type TeacherSettings,
} from "./teacher";
export { type TwoWayMean, twoWayMean } from "./two-way";
