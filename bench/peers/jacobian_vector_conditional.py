"""Lengths of activations and of a Jacobian–vector product of many ReLU nets, He normal weights drawn anew in every run."""

import math

import numpy as np


def sizes(parameters):
    return (int(parameters[name]) for name in ("nets", "width", "depth"))


def logarithms(length, product):
    length, product = np.asarray(length), np.asarray(product)
    alive = (length > 0) & (product > 0)
    length, product = np.log(length[alive]), np.log(product[alive])
    return {"logLength": length, "logProduct": product, "logRatio": product - length}


def torch(parameters, folder):
    import torch

    nets, width, depth = sizes(parameters)
    generator = torch.Generator().manual_seed(1)
    # A block of nets whose weights a cache holds, into the same tensor again and again; x and v side by side.
    block = min(nets, max(1, 2**17 // width**2))
    weights = torch.empty(block, width, width)
    start = torch.ones(2, width)
    start[1, 1::2] = -1

    @torch.inference_mode()
    def run():
        squares = []
        for first in range(0, nets, block):
            count = min(block, nets - first)
            both = start.expand(count, -1, -1)
            for _ in range(depth):
                weights.normal_(0, math.sqrt(2 / width), generator=generator)
                both = torch.bmm(both, weights[:count])
                both.mul_(both[:, :1] > 0)
            squares.append(both.square().mean(2))
        length, product = torch.cat(squares).unbind(1)
        return logarithms(length, product)

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    nets, width, depth = sizes(parameters)
    key = jax.random.key(1)
    block = min(nets, max(1, 2**17 // width**2))
    blocks = math.ceil(nets / block)
    start = jnp.ones((2, width)).at[1, 1::2].set(-1)

    def squares_of_block(key):
        def layer(both, key):
            weights = math.sqrt(2 / width) * jax.random.normal(key, (block, width, width))
            both = both @ weights
            return jnp.where(both[:, :1] > 0, both, 0), None

        both, _ = jax.lax.scan(layer, jnp.broadcast_to(start, (block, 2, width)), jax.random.split(key, depth))
        return jnp.square(both).mean(2)

    @jax.jit
    def squares(key):
        return jax.lax.map(squares_of_block, jax.random.split(key, blocks)).reshape(-1, 2)[:nets]

    def run():
        nonlocal key
        key, own = jax.random.split(key)
        found = np.asarray(squares(own).block_until_ready())
        return logarithms(found[:, 0], found[:, 1])

    run()
    return run
