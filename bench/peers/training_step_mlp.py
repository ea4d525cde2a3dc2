"""Training steps of a ReLU net with one hidden layer."""

from training_on_labels import examples, initial_parameters, jax_training, torch_training


def torch(parameters, folder):
    from torch.nn.functional import linear, relu

    def logits(values, x):
        w1, b1, w2, b2 = values
        return linear(relu(linear(x, w1, b1)), w2, b2)

    # As torch.nn.Linear keeps them: [out, in].
    start = [array.T for array in initial_parameters(folder, 4)]
    return torch_training(logits, start, *examples(parameters, folder))


def jax(parameters, folder):
    from jax.nn import relu

    def logits(values, x):
        w1, b1, w2, b2 = values
        return relu(x @ w1 + b1) @ w2 + b2

    return jax_training(logits, initial_parameters(folder, 4), *examples(parameters, folder))
