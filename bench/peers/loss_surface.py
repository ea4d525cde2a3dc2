"""The loss on a grid of a plane of parameters, the first layer's products with the inputs made once."""

import numpy as np


def inputs(parameters, folder):
    load = lambda name, count: [np.load(f"{folder}/{name}{index}.npy") for index in range(count)]  # noqa: E731
    x = load("inputs", 1)[0]
    side = int(parameters["side"])
    coordinates = np.linspace(-1, 1, side, dtype=np.float32) if side > 1 else np.zeros(1, np.float32)
    return x, np.arange(len(x)) % 10, [load(name, 6) for name in ("center", "first", "second")], coordinates


def torch(parameters, folder):
    import torch
    from torch.nn.functional import cross_entropy

    x, labels, plane, coordinates = inputs(parameters, folder)
    x, labels = torch.from_numpy(x), torch.from_numpy(labels)
    center, first, second = ([torch.from_numpy(part) for part in parts] for parts in plane)

    @torch.inference_mode()
    def run():
        h0, h1, h2 = (torch.addmm(parts[1], x, parts[0]) for parts in (center, first, second))
        losses = []
        h, hidden = torch.empty_like(h0), torch.empty_like(h0)
        for beta in coordinates.tolist():
            row = torch.add(h0, h2, alpha=beta)
            parts = [torch.add(c, s, alpha=beta) for c, s in zip(center[2:], second[2:], strict=True)]
            for alpha in coordinates.tolist():
                w2, b2, w3, b3 = (torch.add(part, f, alpha=alpha) for part, f in zip(parts, first[2:], strict=True))
                torch.add(row, h1, alpha=alpha, out=h).relu_()
                torch.addmm(b2, h, w2, out=hidden).relu_()
                losses.append(cross_entropy(torch.addmm(b3, hidden, w3), labels))
        return {"loss": torch.stack(losses).tolist()}

    return run


def jax(parameters, folder):
    import jax
    import jax.numpy as jnp

    x, labels, plane, coordinates = inputs(parameters, folder)
    x, labels = jax.device_put(x), jax.device_put(labels.astype(np.int32))
    center, first, second = ([jax.device_put(part) for part in parts] for parts in plane)
    betas, alphas = (axis.ravel() for axis in np.meshgrid(coordinates, coordinates, indexing="ij"))

    @jax.jit
    def surface(x, labels, center, first, second, alphas, betas):
        h0, h1, h2 = (x @ parts[0] + parts[1] for parts in (center, first, second))

        def loss(point):
            alpha, beta = point
            at = lambda c, f, s: c + alpha * f + beta * s  # noqa: E731
            w2, b2, w3, b3 = (at(*parts) for parts in zip(center[2:], first[2:], second[2:], strict=True))
            hidden = jax.nn.relu(jax.nn.relu(at(h0, h1, h2)) @ w2 + b2)
            logits = jax.nn.log_softmax(hidden @ w3 + b3)
            return -jnp.take_along_axis(logits, labels[:, None], 1).mean()

        return jax.lax.map(loss, (alphas, betas))

    def run():
        return {"loss": np.array(surface(x, labels, center, first, second, alphas, betas))}

    run()
    return run
