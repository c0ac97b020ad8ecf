"""The peers' jobs as one writes them with NumPy. See compare.py, which starts this."""
import numpy as np

from peer import main


def adam_least_squares(d, steps, adam, gram=False):
    x, y, w, n = d["X"], d["y"], d["init_w"], len(d["y"])
    if gram:
        hessian, right = x.T @ x / n, x.T @ y / n
    m, v = np.zeros_like(w), np.zeros_like(w)
    for t in range(1, steps + 1):
        g = hessian @ w - right if gram else x.T @ (x @ w - y) / n
        m *= adam["beta1"]
        m += (1 - adam["beta1"]) * g
        v *= adam["beta2"]
        v += (1 - adam["beta2"]) * g * g
        root = np.sqrt(v / (1 - adam["beta2"] ** t)) + adam["epsilon"]
        w -= adam["learning_rate"] / (1 - adam["beta1"] ** t) * m / root
    return w


def adam_gram(d, steps, adam):
    return adam_least_squares(d, steps, adam, gram=True)


def gd_sensing(d, steps, gd):
    a, y, x = d["measurements"], d["y"], d["init_X"]
    n = len(x)
    for _ in range(steps):
        r = a @ (x @ x.T).ravel() - y
        x -= gd["learning_rate"] * (a.T @ r).reshape(n, n) @ x
    return x


def muon(d, steps, muon):
    x, y, w, n = d["X"], d["Y"], d["init_W"], d["X"].shape[1]
    beta, momentum = muon["momentum"], np.zeros_like(w)
    for _ in range(steps):
        g = (w @ x - y) @ x.T / n
        momentum *= beta
        momentum += (1 - beta) * g
        u = (1 - beta) * g + beta * momentum
        u /= np.linalg.norm(u) + 1e-7
        for _ in range(5):
            gram = u @ u.T  # NumPy sees that this is symmetric
            u = 3.4445 * u + (-4.7750 * gram + 2.0315 * gram @ gram) @ u
        w -= muon["learning_rate"] * u
    return w


def sgd_logistic(d, steps, sgd):
    x, y, w, batches, penalty = d["X"], d["y"], d["init_w"], d["batches"], d["regularization"]
    for rows in batches[:steps]:
        xs, ys = x[rows], y[rows]
        pull = ys / (1 + np.exp(ys * (xs @ w)))
        w -= sgd["learning_rate"] * (penalty * w - pull @ xs / len(rows))
    return w


if __name__ == "__main__":
    main("NumPy " + np.__version__, lambda array: array, np.asarray, {
        "adam_least_squares": {"": adam_least_squares, "with the Gram matrix": adam_gram},
        "gd_sensing": {"": gd_sensing},
        "muon_256": {"": muon},
        "muon_512": {"": muon},
        "sgd_logistic": {"": sgd_logistic},
    })
