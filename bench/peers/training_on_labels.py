"""What the peers of the training steps share: batches of labelled examples, one after the other, cross-entropy, Adam."""

import numpy as np


def examples(parameters, folder):
    """Inputs [steps, batch, width] and classes [steps, batch], in turn."""
    steps, batch = int(parameters["steps"]), int(parameters["batchSize"])
    x = np.load(f"{folder}/inputs.npy").reshape(steps, batch, -1)
    return x, (np.arange(steps * batch) % 10).reshape(steps, batch)


def initial_parameters(folder, count):
    """Those of the one net of the ensemble that ours trains."""
    return [np.load(f"{folder}/parameter{index}.npy")[0] for index in range(count)]


def torch_training(logits, start, x, labels):
    """A run for the harness; `logits` takes tensors of parameters and the inputs of a batch."""
    import torch
    from torch.nn.functional import cross_entropy

    start = [torch.from_numpy(array.copy()) for array in start]
    x, labels = torch.from_numpy(x), torch.from_numpy(labels)

    def loss(values, step):
        return cross_entropy(logits(values, x[step]), labels[step])

    def run():
        values = [array.clone().requires_grad_() for array in start]
        optimiser = torch.optim.Adam(values, lr=1e-4, fused=True)
        with torch.no_grad():
            before = loss(values, 0).item()
        for step in range(len(x)):
            optimiser.zero_grad(set_to_none=True)
            loss(values, step).backward()
            optimiser.step()
        with torch.no_grad():
            return {"before": before, "after": loss(values, 0).item()}

    return run


def jax_training(logits, start, x, labels):
    """As `torch_training`, each step compiled as a whole."""
    import jax
    import jax.numpy as jnp

    start = [jax.device_put(array) for array in start]
    x, labels = jax.device_put(x), jax.device_put(labels.astype(np.int32))

    def loss(values, x, labels):
        logarithms = jax.nn.log_softmax(logits(values, x))
        return -jnp.take_along_axis(logarithms, labels[:, None], 1).mean()

    def step(values, mean, square, count, x, labels):
        gradients = jax.grad(loss)(values, x, labels)
        mean = [0.9 * m + 0.1 * g for m, g in zip(mean, gradients, strict=True)]
        square = [0.999 * s + 0.001 * g * g for s, g in zip(square, gradients, strict=True)]
        rate = 1e-4 * jnp.sqrt(1 - 0.999**count) / (1 - 0.9**count)
        values = [v - rate * m / (jnp.sqrt(s) + 1e-8) for v, m, s in zip(values, mean, square, strict=True)]
        return values, mean, square

    step = jax.jit(step, donate_argnums=(0, 1, 2))
    loss_now = jax.jit(loss)

    def run():
        values = [jnp.array(array) for array in start]
        mean, square = [jnp.zeros_like(v) for v in values], [jnp.zeros_like(v) for v in values]
        before = loss_now(values, x[0], labels[0])
        for index in range(len(x)):
            values, mean, square = step(values, mean, square, float(index + 1), x[index], labels[index])
        return {"before": float(before), "after": float(loss_now(values, x[0], labels[0]))}

    run()
    return run
