"""The phase plane with explicit weights: one draw of every matrix, scaled across the grid. Theory is given."""

import numpy as np


def torch(parameters, folder):
    import torch

    width, depth, nets = (int(parameters[name]) for name in ("width", "depth", "nets"))
    sigma_w, sigma_b, squared_length = (
        torch.from_numpy(np.load(f"{folder}/{name}.npy")).float()[:, None]
        for name in ("sigmaW", "sigmaB", "squaredLength")
    )
    points = len(sigma_w)
    torch.manual_seed(1)

    @torch.inference_mode()
    def run():
        lengths, growths = [], []
        weights = torch.empty(width, width)
        both = torch.empty(2 * points, width)
        after = torch.empty_like(both)
        for _ in range(nets):
            first, second = torch.randn(2, width)
            second -= first * (first @ second) / (first @ first)
            after[:points] = squared_length.sqrt() * first * (width / (first @ first)).sqrt()
            after[points:] = second * (width / (second @ second)).sqrt()
            log_growth = torch.zeros(points, dtype=torch.float64)
            for _ in range(depth - 1):
                activated, tangent = both[:points], both[points:]
                torch.tanh(after[:points], out=activated)
                torch.addcmul(after[points:], after[points:], activated.square(), value=-1, out=tangent)
                weights.normal_(std=width**-0.5)
                torch.mm(both, weights, out=after)
                after[:points].mul_(sigma_w).add_(sigma_b * torch.randn(width))
                after[points:].mul_(sigma_w)
                scale = torch.linalg.vector_norm(after[points:], dim=1, keepdim=True) / width**0.5
                after[points:] /= scale
                log_growth += 2 * scale[:, 0].double().log()
            lengths.append(after[:points].double().square().mean(1))
            growths.append(log_growth)
        length, growth = torch.stack(lengths), torch.stack(growths)
        return {
            "length": length.mean(0),
            "lengthError": length.std(0) / nets**0.5,
            "growth": growth.mean(0),
            "growthError": growth.std(0) / nets**0.5,
        }

    return run
