"""The peers' jobs as one writes them with PyTorch: with torch.optim, and by hand. See compare.py, which starts this."""
import torch
from torch.nn.functional import softplus

from peer import main

torch.set_num_threads(1)


def descend(parameter, loss, optimizer, steps):
    for t in range(steps):
        optimizer.zero_grad()
        loss(t).backward()
        optimizer.step()
    return parameter.detach()


def adam_autograd(d, steps, adam, foreach=False):
    x, y, w = d["X"], d["y"], d["init_w"].requires_grad_()
    optimizer = torch.optim.Adam([w], adam["learning_rate"], (adam["beta1"], adam["beta2"]), adam["epsilon"],
                                 foreach=foreach)
    return descend(w, lambda _: (x @ w - y).square().mean() / 2, optimizer, steps)


def adam_foreach(d, steps, adam):
    return adam_autograd(d, steps, adam, foreach=True)


@torch.no_grad()
def adam_by_hand(d, steps, adam, gram=False):
    x, y, w, n = d["X"], d["y"], d["init_w"], len(d["y"])
    if gram:
        hessian, right = x.T @ x / n, x.T @ y / n
    beta1, beta2 = adam["beta1"], adam["beta2"]
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for t in range(1, steps + 1):
        g = torch.addmv(right, hessian, w, beta=-1) if gram else torch.mv(x.T, torch.addmv(y, x, w, beta=-1)).div_(n)
        m.lerp_(g, 1 - beta1)
        v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
        root = v.sqrt().div_((1 - beta2**t) ** 0.5).add_(adam["epsilon"])
        w.addcdiv_(m, root, value=-adam["learning_rate"] / (1 - beta1**t))
    return w


def adam_gram(d, steps, adam):
    return adam_by_hand(d, steps, adam, gram=True)


def gd_autograd(d, steps, gd):
    a, y, x = d["measurements"], d["y"], d["init_X"].requires_grad_()
    optimizer = torch.optim.SGD([x], gd["learning_rate"])
    return descend(x, lambda _: (a @ (x @ x.T).flatten() - y).square().sum() / 4, optimizer, steps)


@torch.no_grad()
def gd_by_hand(d, steps, gd):
    a, y, x = d["measurements"], d["y"], d["init_X"]
    for _ in range(steps):
        r = torch.addmv(y, a, (x @ x.T).flatten(), beta=-1)
        x -= gd["learning_rate"] * (torch.mv(a.T, r).view(len(x), len(x)) @ x)
    return x


class Muon(torch.optim.Optimizer):
    """As published, in the precision of its parameters."""

    def __init__(self, parameters, learning_rate, momentum, folded):
        super().__init__(parameters, {"learning_rate": learning_rate, "momentum": momentum, "folded": folded})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                buffer = self.state[p].setdefault("momentum", torch.zeros_like(p))
                buffer.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp_(buffer, group["momentum"])
                p.add_(orthogonal(update, group["folded"]), alpha=-group["learning_rate"])


def orthogonal(g, folded):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / (g.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        if folded:
            x = torch.addmm(x, torch.addmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
        else:
            x = a * x + (b * gram + c * gram @ gram) @ x
    return x


def muon_autograd(d, steps, muon, folded=False):
    x, y, w, n = d["X"], d["Y"], d["init_W"].requires_grad_(), d["X"].shape[1]
    optimizer = Muon([w], muon["learning_rate"], muon["momentum"], folded)
    return descend(w, lambda _: (w @ x - y).square().sum() / (2 * n), optimizer, steps)


def muon_folded(d, steps, muon):
    return muon_autograd(d, steps, muon, folded=True)


def sgd_autograd(d, steps, sgd):
    x, y, w, batches = d["X"], d["y"], d["init_w"].requires_grad_(), d["batches"]
    optimizer = torch.optim.SGD([w], sgd["learning_rate"], weight_decay=d["regularization"])

    def loss(t):
        rows = batches[t]
        return softplus(-y[rows] * (x[rows] @ w)).mean()

    return descend(w, loss, optimizer, steps)


@torch.no_grad()
def sgd_by_hand(d, steps, sgd):
    x, y, w, rate, penalty = d["X"], d["y"], d["init_w"], sgd["learning_rate"], d["regularization"]
    for rows in d["batches"][:steps]:
        xs, ys = x[rows], y[rows]
        pull = torch.mv(xs, w).mul_(ys).neg_().sigmoid_().mul_(ys)
        w.addmv_(xs.T, pull, beta=1 - rate * penalty, alpha=rate / len(rows))
    return w


if __name__ == "__main__":
    muons = {"torch.optim": muon_autograd, "torch.optim, folded products": muon_folded}
    main("PyTorch " + torch.__version__, torch.from_numpy, lambda tensor: tensor.numpy(), {
        "adam_least_squares": {"torch.optim": adam_autograd, "torch.optim, foreach": adam_foreach,
                               "by hand": adam_by_hand, "with the Gram matrix": adam_gram},
        "gd_sensing": {"torch.optim": gd_autograd, "by hand": gd_by_hand},
        "muon_256": muons,
        "muon_512": muons,
        "sgd_logistic": {"torch.optim": sgd_autograd, "by hand": sgd_by_hand},
    })
