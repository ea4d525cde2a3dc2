"""Activation lengths of many ReLU nets, He normal weights drawn anew in every run: ln M of the last layer of each net."""

import math

import numpy as np


def sizes(parameters):
    return (int(parameters[name]) for name in ("nets", "width", "depth"))


def numpy(parameters, folder):
    nets, width, depth = sizes(parameters)
    generator = np.random.Generator(np.random.SFC64(1))
    # A block of nets whose weights a cache holds, into the same array again and again.
    block = min(nets, max(1, 2**17 // width**2))
    weights = np.empty((block, width, width), np.float32)

    def run():
        logs = []
        for first in range(0, nets, block):
            count = min(block, nets - first)
            x = np.ones((count, 1, width), np.float32)
            for _ in range(depth):
                generator.standard_normal(out=weights, dtype=np.float32)
                x = x @ weights[:count]
                np.multiply(x, math.sqrt(2 / width), out=x)
                np.maximum(x, 0, out=x)
            logs.append(np.log(np.square(x).mean((1, 2))))
        found = np.concatenate(logs)
        return {"logLength": found[np.isfinite(found)]}

    return run


def torch(parameters, folder):
    import torch

    nets, width, depth = sizes(parameters)
    generator = torch.Generator().manual_seed(1)
    block = min(nets, max(1, 2**17 // width**2))
    weights = torch.empty(block, width, width)

    @torch.inference_mode()
    def run():
        logs = []
        for first in range(0, nets, block):
            count = min(block, nets - first)
            x = torch.ones(count, 1, width)
            for _ in range(depth):
                weights.normal_(0, math.sqrt(2 / width), generator=generator)
                x = torch.bmm(x, weights[:count]).relu_()
            logs.append(x.square().mean((1, 2)).log())
        found = torch.cat(logs)
        return {"logLength": found[found.isfinite()].tolist()}

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    nets, width, depth = sizes(parameters)
    # Threefry, the default, is the fastest on a processor (rbg takes six times as long), blocks that a cache holds help.
    key = jax.random.key(1)
    block = min(nets, max(1, 2**17 // width**2))
    blocks = math.ceil(nets / block)

    def log_lengths_of_block(key):
        def layer(x, key):
            weights = math.sqrt(2 / width) * jax.random.normal(key, (block, width, width))
            return jax.nn.relu((x[:, None, :] @ weights)[:, 0]), None

        x, _ = jax.lax.scan(layer, jnp.ones((block, width)), jax.random.split(key, depth))
        return jnp.log(jnp.square(x).mean(1))

    @jax.jit
    def log_lengths(key):
        return jax.lax.map(log_lengths_of_block, jax.random.split(key, blocks)).reshape(-1)[:nets]

    def run():
        nonlocal key
        key, own = jax.random.split(key)
        found = np.asarray(log_lengths(own).block_until_ready())
        return {"logLength": found[np.isfinite(found)]}

    run()
    return run
