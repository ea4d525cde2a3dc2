"""What the peers of the training steps share: batches of labelled examples, one after the other, and cross-entropy."""

import adam_training
import numpy as np

learning_rate = 1e-4


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
    from torch.nn.functional import cross_entropy

    def loss(values, x, labels):
        return cross_entropy(logits(values, x), labels)

    return adam_training.torch_training(loss, start, x, labels, learning_rate)


def jax_training(logits, start, x, labels):
    """As `torch_training`, each step compiled as a whole."""
    import jax
    import jax.numpy as jnp

    def loss(values, x, labels):
        logarithms = jax.nn.log_softmax(logits(values, x))
        return -jnp.take_along_axis(logarithms, labels[:, None], 1).mean()

    return adam_training.jax_training(loss, start, x, labels.astype(np.int32), learning_rate)
