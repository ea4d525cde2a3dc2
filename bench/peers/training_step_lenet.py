"""Training steps of LeNet on images of 28 × 28, borders filled up with zeros: cross-entropy, Adam."""

import numpy as np


def inputs(parameters, folder):
    steps, batch = int(parameters["steps"]), int(parameters["batchSize"])
    x = np.load(f"{folder}/inputs.npy").reshape(steps, batch, 28, 28, 1)
    labels = (np.arange(steps * batch) % 10).reshape(steps, batch)
    start = [np.load(f"{folder}/parameter{index}.npy")[0] for index in range(10)]
    # Filters as [rows, columns, channels in, channels out].
    return x, labels, [start[0].reshape(5, 5, 1, 6), start[1], start[2].reshape(5, 5, 6, 16), *start[3:]]


def torch(parameters, folder):
    import torch
    from torch.nn.functional import conv2d, cross_entropy, linear, max_pool2d, relu

    x, labels, start = inputs(parameters, folder)
    x = torch.from_numpy(x).permute(0, 1, 4, 2, 3).contiguous()
    labels = torch.from_numpy(labels)
    # As torch.nn.Conv2d and Linear keep them; flattened maps are [channels, rows, columns] there.
    start[4] = start[4].reshape(7, 7, 16, 120).transpose(2, 0, 1, 3).reshape(784, 120)
    axes = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}
    start = [torch.from_numpy(array.transpose(axes[array.ndim]).copy()) for array in start]

    def loss(values, batch):
        f1, b1, f2, b2, *dense = values
        maps = max_pool2d(relu(conv2d(x[batch], f1, b1, padding=2)), 2)
        h = max_pool2d(relu(conv2d(maps, f2, b2, padding=2)), 2).flatten(1)
        h = relu(linear(h, dense[0], dense[1]))
        h = relu(linear(h, dense[2], dense[3]))
        return cross_entropy(linear(h, dense[4], dense[5]), labels[batch])

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


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    x, labels, start = inputs(parameters, folder)
    x, labels = jax.device_put(x), jax.device_put(labels.astype(np.int32))
    start = [jax.device_put(array) for array in start]

    def layer(maps, filters, biases):
        found = jax.lax.conv_general_dilated(maps, filters, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        found = jax.nn.relu(found + biases)
        batch, rows, columns, channels = found.shape
        return found.reshape(batch, rows // 2, 2, columns // 2, 2, channels).max((2, 4))

    def loss(values, x, labels):
        f1, b1, f2, b2, *dense = values
        h = layer(layer(x, f1, b1), f2, b2).reshape(len(x), -1)
        h = jax.nn.relu(h @ dense[0] + dense[1])
        h = jax.nn.relu(h @ dense[2] + dense[3])
        logits = jax.nn.log_softmax(h @ dense[4] + dense[5])
        return -jnp.take_along_axis(logits, labels[:, None], 1).mean()

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
