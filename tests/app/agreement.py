"""Recomputes trajectories from the data dump in plain Python loops and compares the losses with series.csv.

Usage: agreement.py CLI. Prints the largest relative difference of each run; exits 1 when one is above 1e-10.
Shares no code with the core: the formulas are written out once more, from the literature.
"""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

CLI = sys.argv[1]
STEPS = 100
TOLERANCE = 1e-10


def read_matrix(path):
    with open(path) as f:
        return [[float(c) for c in line.split(",")] for line in f if line.strip()]


def read_vector(path):
    return [row[0] for row in read_matrix(path)]


def read_batches(path):
    with open(path) as f:
        return [[int(c) for c in line.split(",")] for line in f if line.strip()]


def matmul(a, b):
    bt = list(zip(*b))
    return [[math.fsum(x * y for x, y in zip(row, col)) for col in bt] for row in a]


def transpose(a):
    return [list(col) for col in zip(*a)]


class Regression:
    """1/(2n) |Xw - y|^2 or the logistic loss with lambda/2 |w|^2."""

    def __init__(self, folder, logistic=False, regularization=0.0):
        self.x = read_matrix(folder + "/X.csv")
        self.y = read_vector(folder + "/y.csv")
        self.start = [[v] for v in read_vector(folder + "/init_w.csv")]
        self.logistic, self.reg = logistic, regularization

    def loss_gradient(self, w, rows=None):
        rows = range(len(self.x)) if rows is None else rows
        n, d = len(rows), len(w)
        loss, g = 0.0, [0.0] * d
        for i in rows:
            dot = math.fsum(a * b[0] for a, b in zip(self.x[i], w))
            if self.logistic:
                margin = self.y[i] * dot
                loss += math.log1p(math.exp(-margin)) if margin > 0 else -margin + math.log1p(math.exp(margin))
                weight = -self.y[i] / (1 + math.exp(margin))
            else:
                weight = dot - self.y[i]
                loss += 0.5 * weight * weight
            for j in range(d):
                g[j] += weight * self.x[i][j]
        loss = loss / n + 0.5 * self.reg * math.fsum(v[0] ** 2 for v in w)
        return loss, [[g[j] / n + self.reg * w[j][0]] for j in range(d)]


class MatrixRegression:
    """1/(2N) |WX - Y|^2."""

    def __init__(self, folder):
        self.x, self.y = read_matrix(folder + "/X.csv"), read_matrix(folder + "/Y.csv")
        self.start = read_matrix(folder + "/init_W.csv")

    def loss_gradient(self, w, rows=None):
        cols = range(len(self.x[0])) if rows is None else rows
        x = [[row[c] for c in cols] for row in self.x]
        y = [[row[c] for c in cols] for row in self.y]
        r = [[a - b for a, b in zip(p, q)] for p, q in zip(matmul(w, x), y)]
        n = len(cols)
        g = matmul(r, transpose(x))
        return 0.5 * math.fsum(v * v for row in r for v in row) / n, [[v / n for v in row] for row in g]


def elementwise(f, *matrices):
    return [[f(*cells) for cells in zip(*rows)] for rows in zip(*matrices)]


def zeros(m):
    return [[0.0] * len(row) for row in m]


def rate(spec, t, steps):
    """A number, or a schedule's value at step t."""
    if isinstance(spec, (int, float)):
        return spec
    warm = spec.get("warmup_steps", 0)
    factor = min(1.0, (t + 1) / warm) if warm else 1.0
    kind = spec["type"]
    if kind == "cosine":
        s = 0.5 * (1 + math.cos(math.pi * t / steps))
    elif kind == "linear_decay":
        s = 1 - t / steps
    elif kind == "wsd":
        tail = int(0.2 * steps + 0.5)
        s = 1.0 if t < steps - tail else 1 - (t - (steps - tail) + 1) / (tail + 1)
    else:
        s = 1.0
    return spec["peak"] * factor * s


def gradient_descent(o, steps):
    def step(w, g, t):
        return elementwise(lambda a, b: a - rate(o["learning_rate"], t, steps) * b, w, g)
    return step


def momentum(o, steps, nesterov):
    memory = {}

    def step(w, g, t):
        mu, delta, decay = o["momentum"], o.get("dampening", 0.0), o.get("weight_decay", 0.0)
        g = elementwise(lambda a, b: a + decay * b, g, w)
        memory["b"] = g if t == 0 else elementwise(lambda b, a: mu * b + (1 - delta) * a, memory["b"], g)
        u = elementwise(lambda a, b: a + mu * b, g, memory["b"]) if nesterov else memory["b"]
        return elementwise(lambda a, b: a - rate(o["learning_rate"], t, steps) * b, w, u)
    return step


def adam(o, steps, decoupled):
    memory = {}

    def step(w, g, t):
        b1, b2, eps, decay = o.get("beta1", 0.9), o.get("beta2", 0.999), o.get("epsilon", 1e-8), o.get("weight_decay", 0.0)
        lr = rate(o["learning_rate"], t, steps)
        if decoupled:
            w = elementwise(lambda a: a * (1 - lr * decay), w)
        else:
            g = elementwise(lambda a, b: a + decay * b, g, w)
        m, v = memory.get("m", zeros(w)), memory.get("v", zeros(w))
        memory["m"] = m = elementwise(lambda p, q: b1 * p + (1 - b1) * q, m, g)
        memory["v"] = v = elementwise(lambda p, q: b2 * p + (1 - b2) * q * q, v, g)
        c1, c2 = 1 - b1 ** (t + 1), 1 - b2 ** (t + 1)
        return elementwise(lambda a, p, q: a - lr * (p / c1) / (math.sqrt(q / c2) + eps), w, m, v)
    return step


def lion(o, steps):
    memory = {}

    def step(w, g, t):
        b1, b2, decay = o.get("beta1", 0.9), o.get("beta2", 0.99), o.get("weight_decay", 0.0)
        m = memory.get("m", zeros(w))
        lr = rate(o["learning_rate"], t, steps)
        sign = lambda v: (v > 0) - (v < 0)
        new = elementwise(lambda a, p, q: a - lr * (sign(b1 * p + (1 - b1) * q) + decay * a), w, m, g)
        memory["m"] = elementwise(lambda p, q: b2 * p + (1 - b2) * q, m, g)
        return new
    return step


def newton_schulz(g, count):
    tall = len(g) > len(g[0])
    x = transpose(g) if tall else g
    size = math.sqrt(math.fsum(v * v for row in x for v in row)) + 1e-7
    x = [[v / size for v in row] for row in x]
    a, b, c = 3.4445, -4.7750, 2.0315
    for _ in range(count):
        gram = matmul(x, transpose(x))
        square = matmul(gram, gram)
        poly = elementwise(lambda p, q: b * p + c * q, gram, square)
        x = elementwise(lambda p, q: a * p + q, x, matmul(poly, x))
    return transpose(x) if tall else x


def muon(o, steps):
    memory = {}

    def step(w, g, t):
        beta, decay = o.get("momentum", 0.95), o.get("weight_decay", 0.0)
        lr = rate(o["learning_rate"], t, steps)
        memory["m"] = m = elementwise(lambda p, q: beta * p + (1 - beta) * q, memory.get("m", zeros(w)), g)
        u = elementwise(lambda p, q: (1 - beta) * p + beta * q, g, m) if o.get("nesterov", True) else m
        out = newton_schulz(u, o.get("newton_schulz_steps", 5))
        rows, cols = len(w), len(w[0])
        scale = {"original": math.sqrt(max(1.0, rows / cols)), "moonshot": 0.2 * math.sqrt(max(rows, cols)),
                 "spectral": math.sqrt(rows / cols), "none": 1.0}[o.get("scale", "original")]
        return elementwise(lambda a, p: a * (1 - lr * decay) - lr * scale * p, w, out)
    return step


def stepper(o, steps):
    kind = o["type"]
    if kind == "gradient_descent":
        return gradient_descent(o, steps)
    if kind in ("heavy_ball", "nesterov"):
        return momentum(o, steps, kind == "nesterov")
    if kind in ("adam", "adamw"):
        return adam(o, steps, kind == "adamw")
    return lion(o, steps) if kind == "lion" else muon(o, steps)


def recorded(path):
    losses = {}
    with open(path) as f:
        for row in csv.DictReader(f):
            if row["series"] == "loss":
                losses.setdefault(row["run"], []).append(float(row["value"]))
    return losses


def compare(name, document, make):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name + ".kappa.json")
        with open(path, "w") as f:
            json.dump(document, f)
        quiet = dict(check=True, stdout=subprocess.DEVNULL)
        subprocess.run([CLI, "data", path, "--out", folder + "/data"], **quiet)
        subprocess.run([CLI, "run", path, "--out", folder + "/out", "--no-pictures"], **quiet)
        problem = make(folder + "/data")
        batches = read_batches(folder + "/data/batches.csv") if "batch" in document else None
        losses = recorded(folder + "/out/series.csv")
    worst = 0.0
    for run in document["runs"]:
        steps = document["steps"]
        step, w, largest = stepper(run["optimizer"], steps), problem.start, 0.0
        series = losses[run["label"]]
        assert len(series) == steps + 1, (run["label"], len(series))
        for t in range(steps + 1):
            f, g = problem.loss_gradient(w)
            largest = max(largest, abs(series[t] - f) / max(abs(f), 1e-300))
            if t == steps:
                break
            if batches is not None:
                _, g = problem.loss_gradient(w, batches[t])
            w = step(w, g, t)
        print(f"{name:12} {run['label']:14} {largest:.2e}")
        worst = max(worst, largest)
    return worst


def runs(decay):
    cosine = {"type": "cosine", "peak": 0.03, "warmup_steps": 7}
    linear = {"type": "linear_decay", "peak": 0.02}
    wsd = {"type": "wsd", "peak": 0.01, "warmup_steps": 3}
    chosen = [
        {"type": "gradient_descent", "learning_rate": {"type": "linear_decay", "peak": 0.3}},
        {"type": "heavy_ball", "learning_rate": 0.1, "momentum": 0.8, "dampening": 0.1, "weight_decay": decay},
        {"type": "nesterov", "learning_rate": 0.1, "momentum": 0.8, "weight_decay": decay},
        {"type": "adam", "learning_rate": cosine, "weight_decay": decay},
        {"type": "adamw", "learning_rate": linear, "weight_decay": decay},
        {"type": "lion", "learning_rate": wsd, "weight_decay": decay},
    ]
    return [{"label": o["type"], "optimizer": o} for o in chosen]


def main():
    base = {"kappascope": 1, "seed": 11, "steps": STEPS}
    linear = dict(base, problem={"type": "linear_regression", "samples": 30, "features": 5, "condition_number": 10, "noise": 0.1},
                  batch={"size": 7, "order": "random_reshuffling"}, runs=runs(0.01))
    logistic = dict(base, problem={"type": "logistic_regression", "samples": 30, "features": 5, "condition_number": 10, "regularization": 0.01},
                    batch={"size": 4, "order": "with_replacement"}, runs=runs(0.02))
    muons = [{"label": f"muon {scale}", "optimizer": {"type": "muon", "learning_rate": {"type": "cosine", "peak": 0.05}, "scale": scale,
                                                      "weight_decay": 0.01, "nesterov": scale != "none"}}
             for scale in ("original", "moonshot", "spectral", "none")]
    matrix = dict(base, problem={"type": "matrix_least_squares", "rows": 7, "columns": 4, "samples": 20, "condition_number": 20, "noise": 0.05},
                  batch={"size": 6, "order": "shuffle_once"}, runs=runs(0.01) + muons)
    # Muon normalises what is left of the gradient, so that near the minimum rounding is what it steps along.
    full = dict(base, steps=50, problem=matrix["problem"], runs=runs(0.0) + muons)
    worst = max(compare("linear", linear, Regression),
                compare("logistic", logistic, lambda f: Regression(f, True, 0.01)),
                compare("matrix", matrix, MatrixRegression),
                compare("matrix, full", full, MatrixRegression))
    print(f"worst {worst:.2e}")
    return 0 if worst <= TOLERANCE else 1


sys.exit(main())
