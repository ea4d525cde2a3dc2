"""Counts regions with regioncam. Run by bench/regions.ts: reads cases as JSON from standard input, writes counts and seconds.

A case has steps as the library's piecewise linear nets do, in float32, and a window [-half, half]^2 of two inputs or a
segment's two ends. regioncam's own lines span a part of the segment between two points unless size=2.0.
"""

import json
import statistics
import sys
import time

import numpy as np
import regioncam
from regioncam import nn


def module(step, width):
    if step["kind"] == "affine":
        weights = np.array(step["weights"], dtype=np.float32).reshape(step["fanOut"], step["fanIn"])
        return nn.Linear(np.ascontiguousarray(weights.T), np.array(step["biases"], dtype=np.float32))
    if step["kind"] == "rectifier":
        return nn.ReLU() if step["negativeSlope"] == 0 else nn.LeakyReLU(step["negativeSlope"])
    scale = nn.Linear(np.eye(width, dtype=np.float32) * np.float32(step["scale"]), np.zeros(width, dtype=np.float32))
    return nn.Residual(nn.Sequential(*modules(step["block"], width), scale))


def modules(steps, width):
    found = []
    for step in steps:
        found.append(module(step, width))
        width = step["fanOut"] if step["kind"] == "affine" else width
    return found


def count(case, layers):
    start = time.perf_counter()
    if "half" in case:
        cells = regioncam.Regioncam(size=case["half"])
    else:
        points = np.array([case["from"], case["to"]], dtype=np.float32)
        cells = regioncam.Regioncam1D.through_points(points, size=2.0)
    cells.add(layers)
    regions = cells.num_faces if "half" in case else cells.num_edges
    return regions, time.perf_counter() - start


results = []
for case in json.load(sys.stdin):
    layers = modules(case["steps"], len(case.get("from", [0, 0])))
    runs = [count(case, layers) for _ in range(case["repetitions"])]
    results.append({"regions": runs[0][0], "seconds": statistics.median(seconds for _, seconds in runs)})
json.dump(results, sys.stdout)
