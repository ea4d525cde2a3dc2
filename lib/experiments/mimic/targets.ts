import { foldIn, type Key, permutation } from "../../random";
import { demandNumbers } from "../../theory/demand";

/** What is wrong with a teacher's answers, on purpose. */
export type Disorder =
  | "none"
  /**
   * Each image gets the answer to another one, its entries in random order. Other images' answers alone leave classes with
   * larger logits on average preferred, and students of given teachers beside chance; so no class is unlike another.
   */
  | "images"
  /** In each answer the largest logit stays, the others change places. */
  | "small entries";

/** Mean and standard deviation of the logit of each class. */
export interface LogitStatistics {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

/** The mean of several answers to the same images: what an ensemble says. @throws RangeError for none, or unlike lengths */
export function meanAnswer(answers: readonly Float32Array[]): Float32Array {
  if (answers.length === 0) throw new RangeError("an ensemble has at least one member");
  const length = answers[0].length;
  const unlike = answers.find((one) => one.length !== length);
  if (unlike) throw new RangeError(`members answer with ${length} and ${unlike.length} logits`);
  answers.forEach((answer, member) => demandNumbers(`answers[${member}]`, answer));
  return Float32Array.from({ length }, (_, i) => answers.reduce((sum, one) => sum + one[i], 0) / answers.length);
}

/** Statistics of each class over the first `count` images. @throws RangeError if a class's logit is constant */
export function logitStatistics(logits: Float32Array, classes: number, count: number): LogitStatistics {
  const sums = new Float64Array(classes);
  for (let i = 0; i < count * classes; i++) sums[i % classes] += logits[i] / count;
  const squares = new Float64Array(classes);
  for (let i = 0; i < count * classes; i++) squares[i % classes] += (logits[i] - sums[i % classes]) ** 2 / count;
  const deviations = Array.from(squares, Math.sqrt);
  if (!deviations.every((deviation) => deviation > 0)) throw new RangeError("the logits of a class do not vary");
  return { means: Array.from(sums), deviations };
}

/** Every logit less the mean of its class, over the deviation of its class (Ba & Caruana 2014, section 2.3). */
export function standardisedLogits(logits: Float32Array, { means, deviations }: LogitStatistics): Float32Array {
  const classes = means.length;
  return logits.map((value, i) => (value - means[i % classes]) / deviations[i % classes]);
}

/** Answers with a disorder, drawn from a key. */
export function disordered(logits: Float32Array, classes: number, disorder: Disorder, key: Key): Float32Array {
  switch (disorder) {
    case "none":
      return logits;
    case "images":
      return amongImages(logits, classes, key);
    case "small entries":
      return amongSmallEntries(logits, classes, key);
  }
}

function amongImages(logits: Float32Array, classes: number, key: Key): Float32Array {
  const order = permutation(key, logits.length / classes);
  const disorderly = new Float32Array(logits.length);
  order.forEach((other, image) => {
    const entries = permutation(foldIn(key, image), classes);
    entries.forEach((entry, i) => (disorderly[image * classes + i] = logits[other * classes + entry]));
  });
  return disorderly;
}

function amongSmallEntries(logits: Float32Array, classes: number, key: Key): Float32Array {
  const shuffled = logits.slice();
  for (let image = 0; image < logits.length / classes; image++) {
    const answer = logits.subarray(image * classes, (image + 1) * classes);
    const largest = answer.indexOf(Math.max(...answer));
    const others = Array.from({ length: classes }, (_, entry) => entry).filter((entry) => entry !== largest);
    const order = permutation(foldIn(key, image), others.length);
    others.forEach((entry, i) => (shuffled[image * classes + entry] = answer[others[order[i]]]));
  }
  return shuffled;
}
