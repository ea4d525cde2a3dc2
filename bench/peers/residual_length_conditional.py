"""Lengths of many residual ReLU nets x + η W₂ relu(W₁ x), weights drawn anew in every run."""

import math

import numpy as np


def sizes(parameters):
    return (int(parameters[name]) for name in ("nets", "width", "blocks"))


def torch(parameters, folder):
    import torch

    nets, width, blocks = sizes(parameters)
    generator = torch.Generator().manual_seed(1)
    # As many nets at once as have weights that a cache holds, into the same tensor again and again.
    at_once = min(nets, max(1, 2**17 // width**2))
    weights = torch.empty(at_once, width, width)

    @torch.inference_mode()
    def run():
        logs = []
        for first in range(0, nets, at_once):
            count = min(at_once, nets - first)
            x = torch.ones(count, 1, width)
            for _ in range(blocks):
                weights.normal_(0, math.sqrt(2 / width), generator=generator)
                hidden = torch.bmm(x, weights[:count]).relu_()
                weights.normal_(0, math.sqrt(1 / width), generator=generator)
                x = torch.baddbmm(x, hidden, weights[:count], alpha=1 / math.sqrt(blocks))
            logs.append(x.square().mean((1, 2)).log())
        return {"logLength": torch.cat(logs).tolist()}

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    nets, width, blocks = sizes(parameters)
    key = jax.random.key(1)
    at_once = min(nets, max(1, 2**17 // width**2))
    groups = math.ceil(nets / at_once)

    def log_lengths_of_group(key):
        def block(x, keys):
            first, second = (jax.random.normal(key, (at_once, width, width)) for key in keys)
            hidden = jax.nn.relu(x @ (math.sqrt(2 / width) * first))
            return x + hidden @ (math.sqrt(1 / width / blocks) * second), None

        x, _ = jax.lax.scan(block, jnp.ones((at_once, 1, width)), jax.random.split(key, (blocks, 2)))
        return jnp.log(jnp.square(x).mean((1, 2)))

    @jax.jit
    def log_lengths(key):
        return jax.lax.map(log_lengths_of_group, jax.random.split(key, groups)).reshape(-1)[:nets]

    def run():
        nonlocal key
        key, own = jax.random.split(key)
        return {"logLength": np.asarray(log_lengths(own).block_until_ready())}

    run()
    return run
