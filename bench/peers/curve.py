"""A curve with two derivatives through every layer of a tanh net, its lengths and its turning after each."""

import math

import numpy as np


def inputs(parameters, folder):
    load = lambda name: np.load(f"{folder}/{name}.npy")  # noqa: E731
    depth = int(parameters["depth"])
    curve = np.concatenate([load(name) for name in ("position", "velocity", "acceleration")])
    return curve, [load(f"weights{layer}") for layer in range(depth)], [load(f"biases{layer}") for layer in range(depth)]


def numpy(parameters, folder):
    start, weights, biases = inputs(parameters, folder)
    points = len(start) // 3
    curve, product = start.copy(), np.empty_like(start)
    slope, scratch = np.empty((2, points, start.shape[1]), np.float32)

    def run():
        euclidean, grassmannian = [], []
        np.copyto(curve, start)
        x, v, a = curve[:points], curve[points : 2 * points], curve[2 * points :]
        for w, b in zip(weights, biases, strict=True):
            # In place: (1 − t²) (a − 2 t v²), (1 − t²) v, t.
            np.tanh(x, out=x)
            np.multiply(x, x, out=slope)
            np.subtract(1, slope, out=slope)
            np.multiply(v, v, out=scratch)
            np.multiply(scratch, x, out=scratch)
            np.multiply(scratch, 2, out=scratch)
            np.subtract(a, scratch, out=a)
            np.multiply(a, slope, out=a)
            np.multiply(v, slope, out=v)
            np.matmul(curve, w, out=product)
            np.copyto(curve, product)
            np.add(x, b, out=x)
            speed = np.einsum("ij,ij->i", v, v)
            along = np.einsum("ij,ij->i", v, a) / speed
            np.multiply(v, along[:, None], out=scratch)
            np.subtract(a, scratch, out=scratch)
            turning = np.einsum("ij,ij->i", scratch, scratch) / speed
            euclidean.append(2 * math.pi * np.sqrt(speed).mean())
            grassmannian.append(2 * math.pi * np.sqrt(turning).mean())
        return {"euclidean": [float(x) for x in euclidean], "grassmannian": [float(x) for x in grassmannian]}

    return run


def torch(parameters, folder):
    import torch

    start, weights, biases = inputs(parameters, folder)
    start = torch.from_numpy(start)
    points = len(start) // 3
    weights, biases = ([torch.from_numpy(array) for array in arrays] for arrays in (weights, biases))
    curve, product = torch.empty_like(start), torch.empty_like(start)

    @torch.inference_mode()
    def run():
        nonlocal curve, product
        curve.copy_(start)
        lengths = []
        for w, b in zip(weights, biases, strict=True):
            x, v, a = curve.split(points)
            x.tanh_()
            slope = torch.addcmul(torch.ones(()), x, x, value=-1)
            a.addcmul_(x, v * v, value=-2).mul_(slope)
            v.mul_(slope)
            torch.mm(curve, w, out=product)
            curve, product = product, curve
            x, v, a = curve.split(points)
            x.add_(b)
            speed = torch.linalg.vecdot(v, v)
            along = torch.linalg.vecdot(v, a) / speed
            across = torch.addcmul(a, v, along[:, None], value=-1)
            turning = torch.linalg.vecdot(across, across) / speed
            lengths.append(2 * math.pi * torch.stack([speed.sqrt().mean(), turning.sqrt().mean()]))
        found = torch.stack(lengths)
        return {"euclidean": found[:, 0].tolist(), "grassmannian": found[:, 1].tolist()}

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    start, weights, biases = inputs(parameters, folder)
    start = jax.device_put(start)
    weights, biases = ([jax.device_put(array) for array in arrays] for arrays in (weights, biases))
    points = len(start) // 3

    @jax.jit
    def layer(curve, w, b):
        x, v, a = curve[:points], curve[points : 2 * points], curve[2 * points :]
        t = jnp.tanh(x)
        slope = 1 - t * t
        product = jnp.concatenate([t, slope * v, slope * (a - 2 * t * v * v)]) @ w
        x, v, a = product[:points] + b, product[points : 2 * points], product[2 * points :]
        speed = (v * v).sum(1)
        across = a - v * ((v * a).sum(1) / speed)[:, None]
        turning = (across * across).sum(1) / speed
        lengths = 2 * math.pi * jnp.stack([jnp.sqrt(speed).mean(), jnp.sqrt(turning).mean()])
        return jnp.concatenate([x, v, a]), lengths

    def run():
        curve, lengths = start, []
        for w, b in zip(weights, biases, strict=True):
            curve, found = layer(curve, w, b)
            lengths.append(found)
        found = np.array(jnp.stack(lengths).block_until_ready())
        return {"euclidean": found[:, 0], "grassmannian": found[:, 1]}

    run()
    return run
