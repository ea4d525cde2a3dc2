"""Adam on one batch after the other, as the peers of the training workloads take it."""

import numpy as np


def torch_training(losses, start, x, y, learning_rate):
    """A run for the harness. `losses(values, x, y)` of a batch is one number, or one a net; Adam descends their sum."""
    import torch

    start, x, y = [torch.from_numpy(array.copy()) for array in start], torch.from_numpy(x), torch.from_numpy(y)

    def run():
        values = [array.clone().requires_grad_() for array in start]
        optimiser = torch.optim.Adam(values, lr=learning_rate, fused=True)
        with torch.no_grad():
            before = losses(values, x[0], y[0]).tolist()
        for step in range(len(x)):
            optimiser.zero_grad(set_to_none=True)
            losses(values, x[step], y[step]).sum().backward()
            optimiser.step()
        with torch.no_grad():
            return {"before": before, "after": losses(values, x[0], y[0]).tolist()}

    return run


def jax_training(losses, start, x, y, learning_rate):
    """As `torch_training`, each step compiled as a whole."""
    import jax
    import jax.numpy as jnp

    start, x, y = [jax.device_put(array) for array in start], jax.device_put(x), jax.device_put(y)
    gradient = jax.grad(lambda values, x, y: losses(values, x, y).sum())

    def step(values, mean, square, count, x, y):
        gradients = gradient(values, x, y)
        mean = [0.9 * m + 0.1 * g for m, g in zip(mean, gradients, strict=True)]
        square = [0.999 * s + 0.001 * g * g for s, g in zip(square, gradients, strict=True)]
        rate = learning_rate * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        values = [v - rate * m / (jnp.sqrt(s) + 1e-8) for v, m, s in zip(values, mean, square, strict=True)]
        return values, mean, square

    step = jax.jit(step, donate_argnums=(0, 1, 2))
    losses_now = jax.jit(losses)

    def run():
        values = [jnp.array(array) for array in start]
        mean, square = [jnp.zeros_like(v) for v in values], [jnp.zeros_like(v) for v in values]
        before = losses_now(values, x[0], y[0])
        for index in range(len(x)):
            values, mean, square = step(values, mean, square, float(index + 1), x[index], y[index])
        return {"before": np.array(before).tolist(), "after": np.array(losses_now(values, x[0], y[0])).tolist()}

    run()
    return run
