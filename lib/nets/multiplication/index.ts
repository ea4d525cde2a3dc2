export { taylorActivation, type TaylorActivation, type TaylorActivationName } from "./taylor-activation";
export {
  hiddenLayersOf,
  neuronsOf,
  type Precision,
  type SmoothLayer,
  type SmoothNet,
  smoothNetOutputs,
} from "./smooth-net";
export { type Block, monomialBlock, signVectors } from "./monomial-block";
export { composedNet } from "./composed-net";
export {
  biasedProductOfTwo,
  deepPowerNet,
  groupedProductNet,
  monomialNet,
  oddProductNet,
  polynomialNet,
  type Term,
} from "./product-nets";
