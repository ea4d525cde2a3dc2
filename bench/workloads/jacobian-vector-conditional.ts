import { gaussianJacobianVectorLengths } from "../../lib/measure";
import { heNormal } from "../../lib/nets";
import { foldIn, key, normalArray } from "../../lib/random";
import { demandSameLaw } from "../same-law";
import type { Summary, Workload } from "../workload";
import { type Nets, workload as activationLength } from "./activation-length";
import { growth } from "./activation-length-conditional";

/** ln M_d and ln ‖J v‖²/n_d of the nets in which both are alive, and their difference, which the two's joint law decides. */
function logarithms(activation: ArrayLike<number>, product: ArrayLike<number>): Summary {
  const alive = Array.from(activation, (_, net) => net).filter((net) => activation[net] > 0 && product[net] > 0);
  return {
    logLength: alive.map((net) => Math.log(activation[net])),
    logProduct: alive.map((net) => Math.log(product[net])),
    logRatio: alive.map((net) => Math.log(product[net] / activation[net])),
  };
}

/** M_d and ‖J v‖²/n_d of one net, every weight drawn and stored. */
function plainNet(net: number, { width, depth }: Nets): { activation: number; product: number } {
  let x = new Float64Array(width).fill(1);
  let v = x.map((_, i) => (i % 2 === 0 ? 1 : -1));
  for (let layer = 0; layer < depth; layer++) {
    const weights = normalArray(foldIn(foldIn(key(3), net), layer), width * width);
    const [h, u] = [new Float64Array(width), new Float64Array(width)];
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        h[j] += x[i] * weights[i * width + j];
        u[j] += v[i] * weights[i * width + j];
      }
    }
    const scale = Math.sqrt(2 / width);
    x = h.map((value) => Math.max(0, scale * value));
    v = u.map((value, j) => (h[j] > 0 ? scale * value : 0));
  }
  const length = (of: Float64Array): number => of.reduce((sum, value) => sum + value * value, 0) / width;
  return { activation: length(x), product: length(v) };
}

export const workload: Workload<Nets> = {
  name: "jacobian-vector-conditional",
  title: "the same lengths and a Jacobian–vector product's from their exact joint law: 2 · width normals a layer",
  parameters: activationLength.parameters,
  prepare: async ({ nets, width, depth }) => {
    const hiddenWidths = new Array<number>(depth).fill(width);
    const options = { nets, inputWidth: width, hiddenWidths, initialisation: heNormal };
    let runs = 0;
    return {
      run: () => {
        const { activation, jacobianVector } = gaussianJacobianVectorLengths(foldIn(key(2), runs++), options);
        return logarithms(activation[depth], jacobianVector[depth]);
      },
    };
  },
  plain: (nets) => ({
    run: () => {
      const found = Array.from({ length: nets.nets }, (_, net) => plainNet(net, nets));
      return logarithms(
        found.map(({ activation }) => activation),
        found.map(({ product }) => product),
      );
    },
  }),
  peers: ["torch", "jax"],
  same: demandSameLaw,
  reach: { ratio: 1 / 15, of: "torch" },
  limit: ({ nets, width, depth }, { normals }) => (2 * nets * width * depth) / normals,
  growth,
};
