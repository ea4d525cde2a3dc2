"""Training steps of LeNet on images of 28 × 28, borders filled up with zeros."""

from training_on_labels import examples, initial_parameters, jax_training, torch_training


def parameters_of(folder):
    """Filters as [rows, columns, channels in, channels out]."""
    f1, b1, f2, *rest = initial_parameters(folder, 10)
    return [f1.reshape(5, 5, 1, 6), b1, f2.reshape(5, 5, 6, 16), *rest]


def torch(parameters, folder):
    from torch.nn.functional import conv2d, linear, max_pool2d, relu

    x, labels = examples(parameters, folder)
    start = parameters_of(folder)
    # As torch.nn.Conv2d and Linear keep them; flattened maps are [channels, rows, columns] there.
    start[4] = start[4].reshape(7, 7, 16, 120).transpose(2, 0, 1, 3).reshape(784, 120)
    axes = {4: (3, 2, 0, 1), 2: (1, 0), 1: (0,)}
    start = [array.transpose(axes[array.ndim]) for array in start]

    def logits(values, images):
        f1, b1, f2, b2, *dense = values
        maps = max_pool2d(relu(conv2d(images, f1, b1, padding=2)), 2)
        h = max_pool2d(relu(conv2d(maps, f2, b2, padding=2)), 2).flatten(1)
        h = relu(linear(h, dense[0], dense[1]))
        h = relu(linear(h, dense[2], dense[3]))
        return linear(h, dense[4], dense[5])

    return torch_training(logits, start, x.reshape(*labels.shape, 1, 28, 28), labels)


def jax(parameters, folder):
    from jax.lax import conv_general_dilated
    from jax.nn import relu

    x, labels = examples(parameters, folder)

    def layer(maps, filters, biases):
        found = conv_general_dilated(maps, filters, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
        found = relu(found + biases)
        batch, rows, columns, channels = found.shape
        return found.reshape(batch, rows // 2, 2, columns // 2, 2, channels).max((2, 4))

    def logits(values, images):
        f1, b1, f2, b2, *dense = values
        h = layer(layer(images, f1, b1), f2, b2).reshape(len(images), -1)
        h = relu(h @ dense[0] + dense[1])
        h = relu(h @ dense[2] + dense[3])
        return h @ dense[4] + dense[5]

    return jax_training(logits, parameters_of(folder), x.reshape(*labels.shape, 28, 28, 1), labels)
