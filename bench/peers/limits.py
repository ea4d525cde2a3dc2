"""The rates of bench/limits.ts, as each library reaches them on one thread."""

import time


def rate(work, run):
    start = time.perf_counter()
    run()
    return work / (time.perf_counter() - start)


def numpy(parameters, folder):
    import numpy as np

    width, copied, normals = parameters["width"], parameters["copied"], int(parameters["normals"])
    generator = np.random.default_rng(1)
    left, right = generator.standard_normal((2, width, width), dtype=np.float32)
    product, source, target = np.empty_like(left), np.ones(copied, np.float32), np.zeros(copied, np.float32)
    drawn = np.empty(normals, np.float32)
    return lambda: {
        "matrixProduct": rate(2 * width**3, lambda: np.matmul(left, right, out=product)),
        "copy": rate(8 * copied, lambda: np.copyto(target, source)),
        "normals": rate(normals, lambda: generator.standard_normal(dtype=np.float32, out=drawn)),
    }


def torch(parameters, folder):
    import torch

    width, copied, normals = parameters["width"], parameters["copied"], int(parameters["normals"])
    left, right = torch.randn(2, width, width)
    product, source, target = torch.empty_like(left), torch.ones(copied), torch.zeros(copied)
    drawn = torch.empty(normals)

    @torch.inference_mode()
    def run():
        return {
            "matrixProduct": rate(2 * width**3, lambda: torch.mm(left, right, out=product)),
            "copy": rate(8 * copied, lambda: target.copy_(source)),
            "normals": rate(normals, lambda: drawn.normal_()),
        }

    return run


def jax(parameters, folder):
    import jax

    width, normals = parameters["width"], int(parameters["normals"])
    left, right = jax.random.normal(jax.random.key(1), (2, width, width))
    product = jax.jit(lambda a, b: a @ b)
    draw = jax.jit(lambda key: jax.random.normal(key, (normals,)))
    key = jax.random.key(2)
    return lambda: {
        "matrixProduct": rate(2 * width**3, lambda: product(left, right).block_until_ready()),
        "normals": rate(normals, lambda: draw(key).block_until_ready()),
    }
