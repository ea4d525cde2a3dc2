/** What the module `stream.wasm` exports: numbers of one stream at a time, written to its memory. */
import { toNormals } from "./normal";
import { drawSets } from "./philox";
import { toUniforms, toWords } from "./words";

export { tanhJetProducts } from "./jets";
export { addNormalProducts } from "./products";
export { addNormals, openProducts, rectifiedSquares } from "./sums";
export { chooseStream } from "./philox";
export { scaleAndShift } from "./words";

/** 32 words in each of `passes`, from block `firstBlock` of the stream on, a multiple of four. */
export function words(into: usize, firstBlock: f64, passes: i32): void {
  drawSets(into, <u64>firstBlock, passes);
  toWords(into, passes << 1);
}

/** The same in uniforms on [0, 1). */
export function uniforms(into: usize, firstBlock: f64, passes: i32): void {
  drawSets(into, <u64>firstBlock, passes);
  toUniforms(into, passes << 1);
}

/** The same in standard normals. */
export function normals(into: usize, firstBlock: f64, passes: i32): void {
  drawSets(into, <u64>firstBlock, passes);
  toNormals(into, passes << 1);
}
