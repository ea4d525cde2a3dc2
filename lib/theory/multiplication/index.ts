export {
  bestFactorGrouping,
  bestGrouping,
  deepPowerBound,
  depthCurve,
  evenGroups,
  type Grouping,
  groupingNeurons,
  monomialNeurons,
  productNeurons,
  sumBounds,
} from "./neuron-counts";
export {
  balancedLambda,
  exactExponentialProduct,
  leadingError,
  machineEpsilon,
  roundingFloor,
} from "./constructed-error";
export { type IntegerMatrix, integerRank, rankModulo, rankPrime } from "./exact-rank";
export { gramMatrix, monomialSystem } from "./monomial-system";
