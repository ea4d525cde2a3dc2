"""Regions in squares and on segments, counted by regioncam (C++, float32)."""

import json

import numpy as np


def module(step, width):
    from regioncam import nn

    if step["kind"] == "affine":
        weights = np.array(step["weights"], np.float32).reshape(step["fanOut"], step["fanIn"])
        return nn.Linear(np.ascontiguousarray(weights.T), np.array(step["biases"], np.float32))
    if step["kind"] == "rectifier":
        return nn.ReLU() if step["negativeSlope"] == 0 else nn.LeakyReLU(step["negativeSlope"])
    scale = nn.Linear(np.eye(width, dtype=np.float32) * np.float32(step["scale"]), np.zeros(width, np.float32))
    return nn.Residual(nn.Sequential(*modules(step["block"], width), scale))


def modules(steps, width):
    found = []
    for step in steps:
        found.append(module(step, width))
        width = step["fanOut"] if step["kind"] == "affine" else width
    return found


def cells(case, layers):
    import regioncam

    if "half" in case:
        found = regioncam.Regioncam(size=case["half"])
    else:
        # Its own lines span a part of the segment between two points unless size=2.0.
        found = regioncam.Regioncam1D.through_points(np.array(case["ends"], np.float32), size=2.0)
    found.add(layers)
    return found


def count(case):
    found = cells(case, modules(case["steps"], len(case["ends"][0]) if "ends" in case else 2))
    return found.num_faces if "half" in case else found.num_edges


def regioncam(parameters, folder):
    with open(f"{folder}/cases.json") as file:
        timed, *compared = json.load(file)
    layers = modules(timed["steps"], 2)
    counts = [count(case) for case in compared]
    others = {"large": counts[0], "others": counts[1:]} if counts else {}

    # Its polygons are there once the layers are added; they are not read into Python.
    return lambda: {"regions": cells(timed, layers).num_faces, **others}
