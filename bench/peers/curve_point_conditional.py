"""A curve at one point, (x, x', x''), through many tanh nets whose weights are drawn anew in every run."""

import math

import numpy as np

SIGMA_W, SIGMA_B, SQUARED_LENGTH = 2.5, 0.3, 4


def sizes(parameters):
    return (int(parameters[name]) for name in ("nets", "width", "depth"))


def circle(width):
    start = np.zeros((3, width), np.float32)
    start[0, 0] = start[1, 1] = math.sqrt(width * SQUARED_LENGTH)
    start[2] = -start[0]
    return start


def logarithms(norm, speed, turning, width):
    return {"logLength": np.log(norm / width), "logSpeed": np.log(speed / width), "logTurning": np.log(turning)}


def torch(parameters, folder):
    import torch

    nets, width, depth = sizes(parameters)
    generator = torch.Generator().manual_seed(1)
    # As many nets at once as have weights that a cache holds, into the same tensor again and again.
    at_once = min(nets, max(1, 2**17 // width**2))
    weights = torch.empty(at_once, width, width)
    start = torch.from_numpy(circle(width))

    @torch.inference_mode()
    def run():
        measures = []
        for first in range(0, nets, at_once):
            count = min(at_once, nets - first)
            curve = start.expand(count, -1, -1)
            for layer in range(depth):
                if layer > 0:
                    x, v, a = curve.unbind(1)
                    x.tanh_()
                    slope = torch.addcmul(torch.ones(()), x, x, value=-1)
                    a.addcmul_(x, v * v, value=-2).mul_(slope)
                    v.mul_(slope)
                weights.normal_(0, SIGMA_W / math.sqrt(width), generator=generator)
                curve = torch.bmm(curve, weights[:count])
                curve[:, 0] += torch.empty(count, width).normal_(0, SIGMA_B, generator=generator)
            x, v, a = curve.unbind(1)
            speed = torch.linalg.vecdot(v, v)
            across = torch.addcmul(a, v, (torch.linalg.vecdot(v, a) / speed)[:, None], value=-1)
            turning = torch.linalg.vecdot(across, across) / speed
            measures.append(torch.stack([torch.linalg.vecdot(x, x), speed, turning]))
        return logarithms(*torch.cat(measures, 1).numpy(), width)

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    nets, width, depth = sizes(parameters)
    key = jax.random.key(1)
    at_once = min(nets, max(1, 2**17 // width**2))
    groups = math.ceil(nets / at_once)
    start = jnp.broadcast_to(circle(width), (at_once, 3, width))

    def through(curve, key):
        weights, biases = jax.random.split(key)
        curve = curve @ (SIGMA_W / math.sqrt(width) * jax.random.normal(weights, (at_once, width, width)))
        return curve.at[:, 0].add(SIGMA_B * jax.random.normal(biases, (at_once, width)))

    def measures_of_group(key):
        def layer(curve, key):
            x, v, a = curve[:, 0], curve[:, 1], curve[:, 2]
            t = jnp.tanh(x)
            slope = 1 - t * t
            return through(jnp.stack([t, slope * v, slope * (a - 2 * t * v * v)], 1), key), None

        keys = jax.random.split(key, depth)
        curve, _ = jax.lax.scan(layer, through(start, keys[0]), keys[1:])
        x, v, a = curve[:, 0], curve[:, 1], curve[:, 2]
        speed = (v * v).sum(1)
        across = a - v * ((v * a).sum(1) / speed)[:, None]
        return jnp.stack([(x * x).sum(1), speed, (across * across).sum(1) / speed], 1)

    @jax.jit
    def measures(key):
        return jax.lax.map(measures_of_group, jax.random.split(key, groups)).reshape(-1, 3)[:nets]

    def run():
        nonlocal key
        key, own = jax.random.split(key)
        return logarithms(*np.asarray(measures(own).block_until_ready()).T, width)

    run()
    return run
