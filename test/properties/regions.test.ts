import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type LineRegions,
  type Plane,
  regionsInWindow,
  regionsOnPolyline,
  regionsOnSegment,
  type SliceRegions,
} from "fathom/measure";
import { denseSteps, type DenseWeights, outputOf, type PiecewiseLinearNet, piecewiseLinearNet } from "fathom/nets";
import { foldIn, key, normalArray } from "fathom/random";
import { patternsInPolygon, patternsOnSegment } from "../measure/linear-regions/brute-force";
import { plainBreakpoints } from "../measure/linear-regions/plain-regions";
import { runs } from "./runs";

/** A fully connected net, layer by layer, so that a neuron can be moved, scaled or doubled. */
interface Drawn {
  readonly inputWidth: number;
  readonly layers: readonly DenseWeights[];
  readonly seed: number;
}

function drawn(widths: readonly number[], seed: number): Drawn {
  const layers = widths.slice(1).map((fanOut, layer) => {
    const numbers = Float64Array.from(normalArray(foldIn(key(seed), layer), fanOut * (widths[layer] + 1)));
    return { weights: numbers.slice(fanOut), biases: numbers.slice(0, fanOut) };
  });
  return { inputWidth: widths[0], layers, seed };
}

const netOf = ({ inputWidth, layers }: Drawn): PiecewiseLinearNet => piecewiseLinearNet(inputWidth, denseSteps(layers));

/** Nets of up to three hidden layers. */
const nets = (most: number, inputWidth = 3): fc.Arbitrary<Drawn> =>
  fc
    .record({
      hidden: fc.array(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 3 }),
      seed: fc.nat(2 ** 30),
    })
    .map(({ hidden, seed }) => drawn([inputWidth, ...hidden, 2], seed));

/** A net, and one of its hidden neurons. */
const netsWithNeuron = fc.record({ net: nets(6), layer: fc.nat(), neuron: fc.nat() }).map(({ net, layer, neuron }) => {
  const at = layer % (net.layers.length - 1);
  return { net, layer: at, neuron: neuron % net.layers[at].biases.length };
});

function point(seed: number, name: string, width: number): Float64Array {
  return Float64Array.from(normalArray(foldIn(key(seed), name), width), (x) => 2 * x);
}

const ends = ({ seed, inputWidth }: Drawn): [Float64Array, Float64Array] => [
  point(seed, "from", inputWidth),
  point(seed, "to", inputWidth),
];

const between = (from: Float64Array, to: Float64Array, t: number): Float64Array =>
  from.map((x, axis) => x + t * (to[axis] - x));

function assertClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i++)
    assert.ok(Math.abs(found[i] - expected[i]) < tolerance, `${found[i]} ${expected[i]}`);
}

const onSegment = (net: Drawn): LineRegions => regionsOnSegment(netOf(net), ...ends(net));

/** The rows of a layer, its columns in the next one's weights, after something was done to both. */
function withLayer(
  net: Drawn,
  layer: number,
  change: (rows: number[][], biases: number[], columns: number[][]) => void,
): Drawn {
  const matrix = ({ weights, biases }: DenseWeights): number[][] =>
    Array.from(biases, (_, row) => {
      const fanIn = weights.length / biases.length;
      return [...weights.subarray(row * fanIn, (row + 1) * fanIn)];
    });
  const rows = matrix(net.layers[layer]);
  const biases = [...net.layers[layer].biases];
  const next = matrix(net.layers[layer + 1]);
  const columns = rows.map((_, neuron) => next.map((row) => row[neuron]));
  change(rows, biases, columns);
  const layers = net.layers.slice();
  layers[layer] = { weights: Float64Array.from(rows.flat()), biases: Float64Array.from(biases) };
  layers[layer + 1] = {
    weights: Float64Array.from(next.flatMap((_, row) => columns.map((column) => column[row]))),
    biases: net.layers[layer + 1].biases,
  };
  return { ...net, layers };
}

describe("regions along a segment, of any net", () => {
  it("are as many from its other end, at mirrored breakpoints", () => {
    fc.assert(
      fc.property(nets(12), (net) => {
        const [from, to] = ends(net);
        const [there, back] = [regionsOnSegment(netOf(net), from, to), regionsOnSegment(netOf(net), to, from)];
        assert.equal(there.regions, back.regions);
        assertClose(
          [...back.breakpoints].reverse(),
          there.breakpoints.map((t) => 1 - t),
        );
      }),
      runs(150),
    );
  });

  it("are those that plain loops find, also in wide layers that are dead, always active or full of copies", () => {
    const kinds = fc.constantFrom("as drawn", "dead", "active", "copies");
    const drawnNets = fc.record({ net: nets(70, 4), kind: kinds, layer: fc.nat() });
    fc.assert(
      fc.property(drawnNets, ({ net, kind, layer }) => {
        const odd = withLayer(net, layer % (net.layers.length - 1), (rows, biases) => {
          rows.forEach((_, neuron) => {
            if (kind === "dead") biases[neuron] -= 100;
            else if (kind === "active" && neuron % 3 > 0) biases[neuron] += 100;
            else if (kind === "copies" && neuron % 3 > 0) [rows[neuron], biases[neuron]] = [rows[0], biases[0]];
          });
        });
        const { breakpoints, positions, outputs } = onSegment(odd);
        const [from, to] = ends(odd);
        // Plain loops break the line anew at a copy's place, but for rounding.
        const plain = plainBreakpoints(netOf(odd), from, to);
        assertClose(
          breakpoints,
          plain.filter((t, index) => index === 0 || t - plain[index - 1] > 1e-12),
        );
        positions.forEach((t, place) => {
          const expected = outputOf(netOf(odd), between(from, to, t));
          const size = Math.max(1, ...expected.map(Math.abs));
          assertClose(outputs.subarray(2 * place, 2 * place + 2), expected, 1e-11 * size * 100);
        });
      }),
      runs(60),
    );
  });

  it("add up over its parts, less one for each join", () => {
    fc.assert(
      fc.property(
        nets(12),
        fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 4 }),
        (net, cuts) => {
          const [from, to] = ends(net);
          const places = [0, ...cuts.sort((a, b) => a - b).map((cut) => cut / 10_000), 1];
          const corners = places.map((t) => between(from, to, t));
          const parts = corners
            .slice(1)
            .map((corner, index) => regionsOnSegment(netOf(net), corners[index], corner).regions);
          const sum = parts.reduce((total, part) => total + part, 0) - cuts.length;
          assert.equal(sum, regionsOnSegment(netOf(net), from, to).regions);
          assert.equal(sum, regionsOnPolyline(netOf(net), corners).regions);
        },
      ),
      runs(100),
    );
  });

  it("stay when a neuron is scaled by a power of two and its effect by the inverse, to the last bit", () => {
    fc.assert(
      fc.property(netsWithNeuron, fc.integer({ min: -20, max: 20 }), ({ net, layer, neuron }, exponent) => {
        const scaled = withLayer(net, layer, (rows, biases, columns) => {
          rows[neuron] = rows[neuron].map((weight) => weight * 2 ** exponent);
          biases[neuron] *= 2 ** exponent;
          columns[neuron] = columns[neuron].map((weight) => weight * 2 ** -exponent);
        });
        const [before, after] = [onSegment(net), onSegment(scaled)];
        assert.equal(after.regions, before.regions);
        assertClose(after.breakpoints, before.breakpoints, 1e-12);
      }),
      runs(150),
    );
  });

  it("stay when the neurons of a layer change places", () => {
    fc.assert(
      fc.property(netsWithNeuron, fc.nat(), ({ net, layer, neuron }, other) => {
        const swapped = withLayer(net, layer, (rows, biases, columns) => {
          const second = other % rows.length;
          for (const list of [rows, biases, columns] as unknown[][]) {
            [list[neuron], list[second]] = [list[second], list[neuron]];
          }
        });
        const [before, after] = [onSegment(net), onSegment(swapped)];
        assert.equal(after.regions, before.regions);
        assert.deepEqual(after.perLayer, before.perLayer);
        assertClose(after.breakpoints, before.breakpoints);
      }),
      runs(150),
    );
  });

  it("stay when a neuron is doubled and its effect halved", () => {
    fc.assert(
      fc.property(netsWithNeuron, ({ net, layer, neuron }) => {
        const doubled = withLayer(net, layer, (rows, biases, columns) => {
          columns[neuron] = columns[neuron].map((weight) => weight / 2);
          rows.push(rows[neuron]);
          biases.push(biases[neuron]);
          columns.push(columns[neuron]);
        });
        assert.equal(onSegment(doubled).regions, onSegment(net).regions);
      }),
      runs(150),
    );
  });

  it("are the activation patterns that trying all of them finds", () => {
    fc.assert(
      fc.property(nets(4), (net) => {
        assert.equal(onSegment(net).regions, patternsOnSegment(netOf(net), ...ends(net)).length);
      }),
      runs(100),
    );
  });
});

describe("regions in a window, of any net", () => {
  const plane = ({ seed, inputWidth }: Drawn): Plane => ({
    origin: point(seed, "origin", inputWidth),
    u: point(seed, "u", inputWidth),
    v: point(seed, "v", inputWidth),
  });
  const inWindow = (net: Drawn): SliceRegions => regionsInWindow(netOf(net), plane(net), [-2, 2, -2, 2]);

  it("tile it: V − E + F = 1, and their areas are its area", () => {
    fc.assert(
      fc.property(nets(10), (net) => {
        const { vertices, edges, faces, areas, metric } = inWindow(net);
        assert.equal(vertices - edges + faces, 1);
        assert.ok(Math.abs(areas.reduce((sum, area) => sum + area, 0) - 16 * metric.area) < 1e-9 * 16 * metric.area);
        assert.ok(areas.every((area) => area > 0));
      }),
      runs(80),
    );
  });

  it("stay when neurons change places, and when one is scaled", () => {
    fc.assert(
      fc.property(netsWithNeuron, fc.integer({ min: -8, max: 8 }), ({ net, layer, neuron }, exponent) => {
        const changed = withLayer(net, layer, (rows, biases, columns) => {
          rows[neuron] = rows[neuron].map((weight) => weight * 2 ** exponent);
          biases[neuron] *= 2 ** exponent;
          columns[neuron] = columns[neuron].map((weight) => weight * 2 ** -exponent);
          for (const list of [rows, biases, columns] as unknown[][]) list.reverse();
        });
        const [before, after] = [inWindow(net), inWindow(changed)];
        assert.deepEqual([after.vertices, after.edges, after.faces], [before.vertices, before.edges, before.faces]);
        assertClose([...after.areas].sort(ascending), [...before.areas].sort(ascending), 1e-8);
      }),
      runs(80),
    );
  });

  it("are the activation patterns that trying all of them finds", () => {
    fc.assert(
      fc.property(nets(3, 2), (net) => {
        const corners = [
          [-2, -2],
          [2, -2],
          [2, 2],
          [-2, 2],
        ] as const;
        assert.equal(inWindow(net).count, patternsInPolygon(netOf(net), plane(net), corners).length);
      }),
      runs(60),
    );
  });
});

function ascending(a: number, b: number): number {
  return a - b;
}
