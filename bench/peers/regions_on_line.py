"""Breakpoints on a segment: all points of the line carried layer by layer in numpy, and by regioncam."""

import json

import numpy as np


def inputs(folder):
    """The segment's ends, and each layer's weights [fanIn, fanOut] and biases; ReLUs between."""
    with open(f"{folder}/cases.json") as file:
        (case,) = json.load(file)
    layers = [
        (
            np.ascontiguousarray(np.array(step["weights"], np.float32).reshape(step["fanOut"], step["fanIn"]).T),
            np.array(step["biases"], np.float32),
        )
        for step in case["steps"]
        if step["kind"] == "affine"
    ]
    return np.array(case["ends"], np.float32), layers


def numpy(parameters, folder):
    ends, layers = inputs(folder)

    def run():
        t, x = np.array([0, 1], np.float32), ends
        for weights, biases in layers[:-1]:
            z = x @ weights
            z += biases
            positive = z > 0
            left, neuron = np.nonzero(positive[1:] != positive[:-1])
            a = z[left, neuron]
            fraction = a / (a - z[left + 1, neuron])
            found = t[left] + fraction * (t[left + 1] - t[left])
            order = np.argsort(found)
            left, fraction, found = left[order], fraction[order], found[order]
            between = z[left + 1]
            between -= z[left]
            between *= fraction[:, None]
            between += z[left]
            # A new point comes after those before it and all older ones up to its left neighbour.
            new = np.arange(1, len(left) + 1) + left
            old = np.arange(len(z)) + np.searchsorted(left, np.arange(len(z)))
            x, merged = np.empty((len(z) + len(left), z.shape[1]), np.float32), np.empty(len(z) + len(left), np.float32)
            x[new], x[old] = between, z
            merged[new], merged[old] = found, t
            np.maximum(x, 0, out=x)
            t = merged
        weights, biases = layers[-1]
        outputs = x @ weights + biases
        return {"regions": len(outputs) - 1, "breakpoints": t[1:-1].tolist()}

    return run


def regioncam(parameters, folder):
    import regioncam

    ends, (*hidden, readout) = inputs(folder)
    layers = [layer for weights in hidden for layer in (regioncam.nn.Linear(*weights), regioncam.nn.ReLU())]
    layers.append(regioncam.nn.Linear(*readout))

    def run():
        # Its own lines span a part of the segment between two points unless size=2.0.
        cells = regioncam.Regioncam1D.through_points(ends, size=2.0)
        cells.add(layers)
        return {"regions": cells.num_edges}

    return run
