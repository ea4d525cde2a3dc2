"""All linear regions of a net of two inputs, found by relucent's search over neighbouring regions, in float64."""

import json

import numpy as np


def relucent(parameters, folder):
    from relucent import Complex, convert

    with open(f"{folder}/cases.json") as file:
        (case,) = json.load(file)
    layers = [
        (np.array(step["weights"]).reshape(step["fanOut"], step["fanIn"]), np.array(step["biases"]))
        for step in case["steps"]
        if step["kind"] == "affine"
    ]
    net = convert(layers)

    def run():
        found = Complex(net)
        result = found.bfs(nworkers=1, verbose=0)
        if not (result.complete and result.verified):
            raise RuntimeError(f"the search is not complete: {result}")
        return {"regions": len(found)}

    return run
