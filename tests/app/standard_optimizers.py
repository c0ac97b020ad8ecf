"""Recomputes every standard optimizer with numpy from the data dump and compares the losses with series.csv.

Usage: standard_optimizers.py CLI. Prints the largest relative difference of each run; exits 1 when one is above 1e-10.
Shares no code with the core: the formulas are written out once more, from the literature.
"""
import csv
import json
import math
import os
import subprocess
import sys
import tempfile

import numpy as np

CLI = sys.argv[1]
STEPS = 100
TOLERANCE = 1e-10


class Regression:
    """1/(2n) |Xw - y|^2, or the mean logistic loss with lambda/2 |w|^2."""

    def __init__(self, folder, logistic=False, regularization=0.0):
        self.x = np.loadtxt(folder + "/X.csv", delimiter=",", ndmin=2)
        self.y = np.loadtxt(folder + "/y.csv", delimiter=",", ndmin=1)
        self.start = np.loadtxt(folder + "/init_w.csv", delimiter=",", ndmin=1).reshape(-1, 1)
        self.logistic, self.reg = logistic, regularization

    def loss_gradient(self, w, rows=None):
        x, y = (self.x, self.y) if rows is None else (self.x[rows], self.y[rows])
        z, n = x @ w[:, 0], len(y)
        if self.logistic:
            loss, weight = np.logaddexp(0, -y * z).sum(), -y / (1 + np.exp(y * z))
        else:
            weight = z - y
            loss = 0.5 * weight @ weight
        return loss / n + 0.5 * self.reg * (w * w).sum(), (x.T @ weight / n).reshape(-1, 1) + self.reg * w

    def smoothness(self):
        return np.linalg.norm(self.x, 2) ** 2 / len(self.y) / (4 if self.logistic else 1) + self.reg

    def minimum(self):
        return self.loss_gradient(np.linalg.lstsq(self.x, self.y, rcond=None)[0].reshape(-1, 1))[0]


class MatrixRegression:
    """1/(2N) |WX - Y|^2."""

    def __init__(self, folder):
        read = lambda name: np.loadtxt(f"{folder}/{name}.csv", delimiter=",", ndmin=2)
        self.x, self.y, self.start = read("X"), read("Y"), read("init_W")

    def loss_gradient(self, w, cols=None):
        x, y = (self.x, self.y) if cols is None else (self.x[:, cols], self.y[:, cols])
        r = w @ x - y
        return 0.5 * (r * r).sum() / x.shape[1], r @ x.T / x.shape[1]


def rate(spec, t):
    if isinstance(spec, (int, float)):
        return spec
    warm = spec.get("warmup_steps", 0)
    factor = min(1.0, (t + 1) / warm) if warm else 1.0
    s = {"cosine": 0.5 * (1 + math.cos(math.pi * t / STEPS)), "linear_decay": 1 - t / STEPS}[spec["type"]]
    return spec["peak"] * factor * s


def polar(g):
    u, s, vt = np.linalg.svd(g, full_matrices=False)
    keep = s > 1e-12 * s[0]
    return u[:, keep] @ vt[keep]


def inverse_fourth_root(a):
    values, vectors = np.linalg.eigh(a)
    return (vectors * values ** -0.25) @ vectors.T


class Optimizer:
    """x is where gradients are taken, `judged` what the loss series shows; o holds the run's settings."""

    def __init__(self, o, x):
        self.o, self.x, self.t, self.m, self.v = o, x.copy(), 0, np.zeros_like(x), np.zeros_like(x)
        self.start()

    def start(self):
        pass

    @property
    def judged(self):
        return self.x

    def eta(self):
        return rate(self.o["learning_rate"], self.t)

    def get(self, key, otherwise):
        return self.o.get(key, otherwise)

    def step(self, g):
        if self.get("weight_decay", 0) and self.coupled:
            g = g + self.o["weight_decay"] * self.x
        eta = self.eta()
        self.t += 1
        self.update(g, eta, self.t)

    coupled = True

    def moments(self, g, b1, b2):
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g * g


class Adagrad(Optimizer):
    def update(self, g, eta, t):
        self.v = self.v + g * g
        self.x = self.x - eta * g / (np.sqrt(self.v) + 1e-10)


class RmsProp(Optimizer):
    def update(self, g, eta, t):
        a, mu = 0.99, self.get("momentum", 0.0)
        self.v = a * self.v + (1 - a) * g * g
        spread = self.v
        if self.get("centered", False):
            self.m = a * self.m + (1 - a) * g
            spread = self.v - self.m ** 2
        self.b = mu * getattr(self, "b", 0.0) + g / (np.sqrt(np.maximum(spread, 0)) + 1e-8)
        self.x = self.x - eta * self.b


class Adadelta(Optimizer):
    def update(self, g, eta, t):
        rho, eps = 0.9, 1e-6
        self.v = rho * self.v + (1 - rho) * g * g
        d = np.sqrt(self.m + eps) / np.sqrt(self.v + eps) * g
        self.m = rho * self.m + (1 - rho) * d * d
        self.x = self.x - eta * d


class AmsGrad(Optimizer):
    def start(self):
        self.top = np.zeros_like(self.x)

    def update(self, g, eta, t):
        self.moments(g, 0.9, 0.999)
        self.top = np.maximum(self.top, self.v)
        self.x = self.x - eta * (self.m / (1 - 0.9 ** t)) / (np.sqrt(self.top / (1 - 0.999 ** t)) + 1e-8)


class Adamax(Optimizer):
    def update(self, g, eta, t):
        self.m = 0.9 * self.m + 0.1 * g
        self.v = np.maximum(0.999 * self.v, np.abs(g) + 1e-8)
        self.x = self.x - eta / (1 - 0.9 ** t) * self.m / self.v


class NAdam(Optimizer):
    product = 1.0

    def update(self, g, eta, t):
        mu = lambda k: 0.9 * (1 - 0.5 * 0.96 ** (0.004 * k))
        self.product *= mu(t)
        self.moments(g, 0.9, 0.999)
        size = np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-8
        self.x = (self.x - eta * (1 - mu(t)) / (1 - self.product) * g / size
                  - eta * mu(t + 1) / (1 - self.product * mu(t + 1)) * self.m / size)


class NAdamW(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        self.moments(g, 0.9, 0.999)
        mean = 0.9 * self.m / (1 - 0.9 ** (t + 1)) + 0.1 * g / (1 - 0.9 ** t)
        u = mean / (np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-8)
        self.x = self.x - eta * (u + self.get("weight_decay", 1e-4) * self.x)


class RAdam(Optimizer):
    def update(self, g, eta, t):
        b1, b2 = 0.9, self.get("beta2", 0.999)
        self.moments(g, b1, b2)
        mean = self.m / (1 - b1 ** t)
        top = 2 / (1 - b2) - 1
        rho = top - 2 * t * b2 ** t / (1 - b2 ** t)
        if rho > 5:
            r = math.sqrt((rho - 4) * (rho - 2) * top / ((top - 4) * (top - 2) * rho))
            self.x = self.x - eta * mean * r * math.sqrt(1 - b2 ** t) / (np.sqrt(self.v) + 1e-8)
        else:
            self.x = self.x - eta * mean


class Signum(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        self.m = 0.9 * self.m + 0.1 * g
        self.x = self.x - eta * (np.sign(self.m) + self.get("weight_decay", 0) * self.x)


class ScheduleFreeSgd(Optimizer):
    def start(self):
        self.z, self.mean, self.total = self.x.copy(), self.x.copy(), 0.0

    @property
    def judged(self):
        return self.mean

    def direction(self, g, t):
        return g

    def update(self, g, eta, t):
        warm = self.get("warmup_steps", 0)
        eta = eta * (min(1, t / warm) if warm else 1)
        self.top = max(getattr(self, "top", 0.0), eta)
        self.total += self.top ** 2
        c = self.top ** 2 / self.total
        self.z = self.z - eta * self.direction(g, t)
        self.mean = (1 - c) * self.mean + c * self.z
        self.x = 0.1 * self.z + 0.9 * self.mean


class ScheduleFreeAdamW(ScheduleFreeSgd):
    coupled = False

    def direction(self, g, t):
        self.v = 0.999 * self.v + 0.001 * g * g
        return g / (np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-8) + self.get("weight_decay", 0) * self.x


class Clipped(Optimizer):
    """Gradient clipping around gradient descent."""

    def eta(self):
        return rate(self.o["base"]["learning_rate"], self.t)

    def update(self, g, eta, t):
        self.x = self.x - eta * g * min(1.0, self.o["max_norm"] / (np.linalg.norm(g) + 1e-6))


class Sam(Optimizer):
    """Around gradient descent; `gradient` is the step's own sample."""

    def eta(self):
        return rate(self.o["base"]["learning_rate"], self.t)

    def update(self, g, eta, t):
        uphill = self.x + 0.05 * g / (np.linalg.norm(g) + 1e-12)
        self.x = self.x - eta * self.gradient(uphill)


class Adafactor(Optimizer):
    def eta(self):
        return None

    def start(self):
        self.rows, self.cols = np.zeros((len(self.x), 1)), np.zeros((1, self.x.shape[1]))

    def update(self, g, eta, t):
        keep = 1 - t ** -0.8
        square = g * g + 1e-30
        if self.x.shape[1] > 1:
            self.rows = keep * self.rows + (1 - keep) * square.mean(axis=1, keepdims=True)
            self.cols = keep * self.cols + (1 - keep) * square.mean(axis=0, keepdims=True)
            v = self.rows * self.cols / self.rows.mean()
        else:
            self.v = v = keep * self.v + (1 - keep) * square
        u = g / np.sqrt(v)
        u = u / max(1.0, math.sqrt((u * u).mean()))
        self.x = self.x - max(1e-3, math.sqrt((self.x ** 2).mean())) * min(1e-2, 1 / math.sqrt(t)) * u


class SpectralDescent(Optimizer):
    def update(self, g, eta, t):
        self.x = self.x - eta * np.linalg.svd(g, compute_uv=False).sum() * polar(g)


class Scion(Optimizer):
    def update(self, g, eta, t):
        self.m = 0.9 * self.m + 0.1 * g
        rows, cols = self.x.shape
        lmo = math.sqrt(rows / cols) * polar(self.m) if cols > 1 else math.sqrt(rows) * self.m / np.linalg.norm(self.m)
        self.x = (1 - eta) * self.x - eta * self.o["radius"] * lmo


class MuonExact(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        self.m = 0.95 * self.m + 0.05 * g
        rows, cols = self.x.shape
        self.x = (self.x * (1 - eta * self.get("weight_decay", 0))
                  - eta * math.sqrt(max(1.0, rows / cols)) * polar(0.05 * g + 0.95 * self.m))


class Shampoo(Optimizer):
    def start(self):
        self.left, self.right = 1e-6 * np.eye(self.x.shape[0]), 1e-6 * np.eye(self.x.shape[1])

    def update(self, g, eta, t):
        self.left, self.right = self.left + g @ g.T, self.right + g.T @ g
        self.x = self.x - eta * inverse_fourth_root(self.left) @ g @ inverse_fourth_root(self.right)


class Soap(Optimizer):
    def start(self):
        self.grams = [np.zeros((n, n)) for n in self.x.shape]
        self.bases = None

    def update(self, g, eta, t):
        k = t - 1  # the first step only learns a basis
        if k > 0:
            q, p = self.bases
            self.m = 0.95 * self.m + 0.05 * g
            self.v = 0.95 * self.v + 0.05 * (q.T @ g @ p) ** 2
            u = (q.T @ self.m @ p) / (1 - 0.95 ** k) / (np.sqrt(self.v / (1 - 0.95 ** k)) + 1e-8)
            self.x = self.x - eta * (q @ u @ p.T)
        self.grams = [0.95 * a + 0.05 * b for a, b in zip(self.grams, (g @ g.T, g.T @ g))]
        if k == 0:
            self.bases = [np.linalg.eigh(a)[1][:, ::-1] for a in self.grams]
        elif k % 10 == 0:
            for side in (0, 1):
                basis = self.bases[side]
                order = np.argsort(-np.diag(basis.T @ self.grams[side] @ basis), kind="stable")
                self.v = self.v[order] if side == 0 else self.v[:, order]
                self.bases[side] = np.linalg.qr(self.grams[side] @ basis[:, order])[0]


def newton_schulz(g, steps):
    if len(g) > len(g.T):
        return newton_schulz(g.T, steps).T
    x = g / (np.linalg.norm(g) + 1e-7)
    for _ in range(steps):
        a = x @ x.T
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x


class Muon(Optimizer):
    coupled = False

    def momentum(self, g):
        self.m = 0.95 * self.m + 0.05 * g
        return 0.05 * g + 0.95 * self.m

    def moved(self, o, eta):
        rows, cols = self.x.shape
        return self.x * (1 - eta * self.get("weight_decay", 0)) - eta * math.sqrt(max(1.0, rows / cols)) * o

    def update(self, g, eta, t):
        self.x = self.moved(newton_schulz(self.momentum(g), 5), eta)


class NorMuon(Muon):
    def update(self, g, eta, t):
        o = newton_schulz(self.momentum(g), 5)
        size = np.linalg.norm(o)
        self.v = 0.95 * self.v + 0.05 * (o * o).mean(axis=1, keepdims=True)
        o = o / (np.sqrt(self.v) + 1e-10)
        self.x = self.moved(o * size / (np.linalg.norm(o) + 1e-10), eta)


class AuOn(Muon):
    steps = 0

    def update(self, g, eta, t):
        u = newton_schulz(self.momentum(g), self.steps) if self.steps else self.momentum(g)
        r = math.sqrt((np.cosh(1.5 * u / (np.linalg.norm(u) + 1e-7)) ** 2).mean())
        self.x = self.x * (1 - eta * self.get("weight_decay", 0)) - eta * u / (r + 1e-8)


class HybridAuOn(AuOn):
    steps = 1


class MuonSphere(Muon):
    def start(self):
        self.radius = np.linalg.norm(self.x)

    def update(self, g, eta, t):
        u = self.momentum(g)
        o = polar(u) if self.get("by", "") == "svd" else newton_schulz(u, 5)
        w = self.x * (1 - eta * self.get("weight_decay", 0)) - eta * self.radius * o / np.linalg.norm(o)
        self.x = self.radius * w / np.linalg.norm(w)


class LionKappa(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        z, e = 0.9 * self.m + 0.1 * g, self.get("epsilon", 0)
        u = {"l1": np.sign, "l2": lambda z: z / np.linalg.norm(z), "nuclear": polar, "huber": lambda z: np.clip(z / e, -1, 1),
             "smooth_l1": lambda z: z / np.sqrt(z * z + e * e)}[self.o["kappa"]](z)
        self.x = self.x - eta * (u + self.o["weight_decay"] * self.x)
        self.m = 0.99 * self.m + 0.01 * g


class Lars(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        decay, size, slope = self.get("weight_decay", 0), np.linalg.norm(self.x), np.linalg.norm(g)
        trust = 0.001 * size / (slope + decay * size + 1e-9) if size > 0 and slope > 0 else 1.0
        self.m = 0.9 * self.m + trust * eta * (g + decay * self.x)
        self.x = self.x - self.m


class Lamb(Optimizer):
    coupled = False

    def update(self, g, eta, t):
        self.moments(g, 0.9, 0.999)
        u = self.m / (1 - 0.9 ** t) / (np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-6) + self.get("weight_decay", 0) * self.x
        sizes = np.linalg.norm(self.x), np.linalg.norm(u)
        self.x = self.x - eta * (sizes[0] / sizes[1] if min(sizes) > 0 else 1.0) * u


class Dog(Optimizer):
    def start(self):
        self.x0, self.sum, self.r = self.x, 0.0, 1e-6 * (1 + np.linalg.norm(self.x))

    def update(self, g, eta, t):
        self.r = max(self.r, np.linalg.norm(self.x - self.x0))
        self.sum += (g * g).sum()
        self.x = self.x - eta * self.r / math.sqrt(self.sum + 1e-8) * g


class DoWg(Dog):
    def start(self):
        self.x0, self.sum, self.r = self.x, 0.0, 1e-4

    def update(self, g, eta, t):
        self.r = max(self.r, np.linalg.norm(self.x - self.x0))
        self.sum += self.r ** 2 * (g * g).sum()
        self.x = self.x - eta * self.r ** 2 / (math.sqrt(self.sum) + 1e-8) * g


class Prodigy(Optimizer):
    def start(self):
        self.x0, self.d, self.r, self.s = self.x, 1e-6, 0.0, np.zeros_like(self.x)

    def update(self, g, eta, t):
        b3, d = math.sqrt(0.999), self.d
        delta = d * eta
        self.r = b3 * self.r + d / 1e-6 * delta * (g * (self.x0 - self.x)).sum()
        self.m = 0.9 * self.m + d * 0.1 * g
        self.v = 0.999 * self.v + d ** 2 * 0.001 * g * g
        self.s = b3 * self.s + d / 1e-6 * delta * g
        self.d = max(d, self.r / np.abs(self.s).sum())
        self.x = self.x - delta * self.m / (np.sqrt(self.v) + self.d * 1e-8)


class DAdaptation(Optimizer):
    def start(self):
        self.d, self.n, self.s = 1e-6, 0.0, np.zeros_like(self.x)

    def update(self, g, eta, t):
        q = math.sqrt(0.999)
        delta = self.d * eta * math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
        a = (g * self.s / (np.sqrt(self.v) + 1e-8)).sum()
        self.moments(g, 0.9, 0.999)
        self.m += 0.1 * (delta - 1) * g
        self.s = q * self.s + (1 - q) * delta * g
        self.n = q * self.n + (1 - q) * delta * a
        self.d = max(self.d, self.n / ((1 - q) * np.abs(self.s).sum()))
        self.x = self.x - self.m / (np.sqrt(self.v) + 1e-8)


class Mechanic(Optimizer):
    """Around NAdamW, whose rate carries the schedule."""

    def eta(self):
        return rate(self.o["base"]["learning_rate"], self.t)

    def start(self):
        self.x0, self.away = self.x, np.zeros_like(self.x)
        self.betas = [1 - 10.0 ** -i for i in range(1, 7)]
        self.peak, self.square, self.reward, self.scale = np.zeros((4, 6))

    def update(self, g, eta, t):
        h = (g * self.away).sum()
        for i, beta in enumerate(self.betas):
            self.peak[i] = max(beta * self.peak[i], abs(h) + 1e-8)
            self.square[i] = beta ** 2 * self.square[i] + h * h
            self.reward[i] = beta * self.reward[i] + min(max(h, -self.peak[i]), self.peak[i]) * self.scale[i]
            self.scale[i] = (1e-6 / 6 * self.peak[i] + max(0.0, self.reward[i])) / (math.sqrt(self.square[i]) + 1e-8)
        self.moments(g, 0.9, 0.999)
        mean = 0.9 * self.m / (1 - 0.9 ** (t + 1)) + 0.1 * g / (1 - 0.9 ** t)
        self.away = self.away + eta * mean / (np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-8)
        self.x = self.x0 - self.scale.sum() * self.away


class ModelEma(Optimizer):
    """Around gradient descent."""

    def start(self):
        self.mean = self.x

    @property
    def judged(self):
        return self.mean

    def eta(self):
        return rate(self.o["base"]["learning_rate"], self.t)

    def update(self, g, eta, t):
        self.mean = 0.9 * self.mean + 0.1 * self.x
        self.x = self.x - eta * g


def on_singular_values(w, f):
    u, s, vt = np.linalg.svd(w, full_matrices=False)
    return u * f(s) @ vt


class Spectra(Optimizer):
    """Around Adam of rate 1."""
    coupled = False

    def clipped(self, u, c):
        if u.shape[1] > 1:
            return on_singular_values(u, lambda s: s / np.sqrt(1 + s * s / c ** 2))
        size = np.linalg.norm(u)
        return u if size <= c else u / math.sqrt(1 + size ** 2 / c ** 2)

    def update(self, g, eta, t):
        where = self.get("where", "update")
        self.moments(g if where == "update" else self.clipped(g, self.o["gradient_clip"]), 0.9, 0.999)
        u = self.m / (1 - 0.9 ** t) / (np.sqrt(self.v / (1 - 0.999 ** t)) + 1e-8)
        u = u if where == "gradient" else self.clipped(u, self.o["clip"])
        rows, cols = self.x.shape
        shape = math.sqrt(max(1.0, rows / cols)) if cols > 1 else 1.0
        self.x = (1 - eta * self.get("weight_decay", 0)) * self.x - eta * shape * u


class NormConstraint(MuonExact):
    """Around exact Muon of constant rate."""

    def eta(self):
        return self.o["base"]["learning_rate"]

    def strength(self, limit, decay, size):
        k = limit * (1 - decay) + size
        if k <= limit:
            return 0.0
        roots = np.roots([-k ** 9, 3 * k ** 7, -3 * k ** 5, 0, k - limit])
        return min(r.real for r in roots if abs(r.imag) < 1e-9 and r.real >= 0)

    def update(self, g, eta, t):
        before = self.x
        super().update(g, eta, t)
        w, limit, decay = self.x, self.o["limit"], self.get("decay", 0)
        u, s, vt = np.linalg.svd(w, full_matrices=False)
        top = np.outer(u[:, 0], vt[0])
        kind = self.o["map"]
        if kind == "weight_decay":
            self.x = (1 - decay) * w
        elif kind == "spectral_normalise":
            self.x = w / max(1, s[0] / limit)
        elif kind == "spectral_hammer":
            self.x = w + (limit - s[0]) * top
        elif kind == "spectral_decay":
            self.x = w - decay * s[0] * top
        elif kind == "stiefel":
            self.x = limit * polar(w)
        elif kind == "hard_cap":
            self.x = u * np.minimum(s, limit) @ vt
        elif kind == "soft_cap":
            size = np.linalg.norm(w - before, 2)
            a = self.strength(limit, decay, size)
            w = on_singular_values(w - decay * before, lambda s: s * (1 - a * s * s))
            self.x = on_singular_values(w, lambda s: s * (1 + a * s * s))


class Searched(Optimizer):
    """Steps along the gradient whose length is measured; `loss` is of the step's own sample."""

    def eta(self):
        return None

    def update(self, g, eta, t):
        self.x = self.x - self.length(g) * g

    def promised(self, a, g, share):
        return self.loss(self.x - a * g) <= self.loss(self.x) - share * a * (g * g).sum()


class Armijo(Searched):
    def length(self, g):
        a = 4 / self.problem.smoothness()
        while not self.promised(a, g, 1e-4):
            a *= 0.5
        return a


class Wolfe(Searched):
    def length(self, g):
        lo, hi, a = 0.0, math.inf, 1.0
        for _ in range(80):
            if not self.promised(a, g, 1e-4):
                hi = a
            elif (self.gradient(self.x - a * g) * -g).sum() < 0.9 * -(g * g).sum():
                lo = a
            else:
                break
            a = 2 * lo if hi == math.inf else 0.5 * (lo + hi)
        return a


class PolyakStep(Searched):
    def length(self, g):
        least = self.o["minimum"] if "minimum" in self.o else self.problem.minimum()
        return (self.loss(self.x) - least) / (self.get("divisor", 1) * (g * g).sum())


class BarzilaiBorwein(Searched):
    last = None

    def length(self, g):
        a = math.nan
        if self.last is not None:
            s, y = self.x - self.last[0], g - self.last[1]
            a = (s * s).sum() / (s * y).sum() if self.get("formula", "bb1") == "bb1" else (s * y).sum() / (y * y).sum()
        self.last = self.x, g
        return a if a > 0 and math.isfinite(a) else 1 / self.problem.smoothness()


class SteepestDescentExact(Searched):
    def length(self, g):
        along = self.problem.x @ g
        return (g * g).sum() / ((along * along).sum() / len(along))


class Chebyshev(Searched):
    """By its three terms: x₊ = x + ω(x − x₋ − g/θ) + x₋ − x with ω = 2θρ₊/δ, written as Golub and Varga did."""
    before = rho = None

    def update(self, g, eta, t):
        values = np.linalg.eigvalsh(self.problem.x.T @ self.problem.x / len(self.problem.y))
        theta, delta = (values[-1] + values[0]) / 2, (values[-1] - values[0]) / 2
        here = self.x
        if self.before is None:
            self.rho, self.x = delta / theta, here - g / theta
        else:
            self.rho = 1 / (2 * theta / delta - self.rho)
            omega = 2 * theta / delta * self.rho
            self.x = omega * (here - g / theta - self.before) + self.before
        self.before = here


KINDS = {"armijo": Armijo, "wolfe": Wolfe, "polyak_step": PolyakStep, "barzilai_borwein": BarzilaiBorwein,
         "steepest_descent_exact": SteepestDescentExact, "chebyshev": Chebyshev, "adagrad": Adagrad, "rmsprop": RmsProp, "adadelta": Adadelta, "amsgrad": AmsGrad, "adamax": Adamax, "nadam": NAdam,
         "nadamw": NAdamW, "radam": RAdam, "signum": Signum, "schedule_free_sgd": ScheduleFreeSgd,
         "schedule_free_adamw": ScheduleFreeAdamW, "gradient_clipping": Clipped, "sam": Sam, "adafactor": Adafactor,
         "spectral_descent": SpectralDescent, "scion": Scion, "muon_exact": MuonExact, "shampoo": Shampoo, "soap": Soap,
         "muon": Muon, "normuon": NorMuon, "auon": AuOn, "hybrid_auon": HybridAuOn, "muon_sphere": MuonSphere,
         "lion_kappa": LionKappa, "lars": Lars, "lamb": Lamb, "dog": Dog, "dowg": DoWg, "prodigy": Prodigy,
         "d_adaptation": DAdaptation, "mechanic": Mechanic, "model_ema": ModelEma, "spectra": Spectra,
         "norm_constraint": NormConstraint}


def compare(name, document, make):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.kappa.json")
        with open(path, "w") as f:
            json.dump(document, f)
        quiet = dict(check=True, stdout=subprocess.DEVNULL)
        subprocess.run([CLI, "data", path, "--out", folder + "/data"], **quiet)
        subprocess.run([CLI, "run", path, "--out", folder + "/out", "--no-pictures"], **quiet)
        problem = make(folder + "/data")
        batches = [None] * STEPS
        if "batch" in document:
            with open(folder + "/data/batches.csv") as f:
                batches = [[int(c) for c in line.split(",")] for line in f if line.strip()]
        losses = {}
        with open(folder + "/out/series.csv") as f:
            for row in csv.DictReader(f):
                if row["series"] == "loss":
                    losses.setdefault(row["run"], []).append(float(row["value"]))
    worst = 0.0
    for run in document["runs"]:
        method, largest = KINDS[run["optimizer"]["type"]](run["optimizer"], problem.start), 0.0
        series, method.problem = losses[run["label"]], problem
        steps = run.get("steps", STEPS)
        assert len(series) == steps + 1, (run["label"], len(series))
        for t in range(steps + 1):
            f = problem.loss_gradient(method.judged)[0]
            largest = max(largest, abs(series[t] - f) / max(abs(f), 1e-300))
            if t < steps:
                method.loss = lambda x: problem.loss_gradient(x, batches[t])[0]
                method.gradient = lambda x: problem.loss_gradient(x, batches[t])[1]
                method.step(method.gradient(method.x))
        print(f"{name:10} {run['label']:24} {largest:.2e}")
        worst = max(worst, largest)
    return worst


def main():
    cosine = {"type": "cosine", "peak": 0.03, "warmup_steps": 7}
    linear = {"type": "linear_decay", "peak": 0.02}
    descent = {"type": "gradient_descent", "learning_rate": {"type": "linear_decay", "peak": 0.3}}
    chosen = [
        {"type": "adagrad", "learning_rate": {"type": "cosine", "peak": 0.3}, "weight_decay": 0.01},
        {"type": "rmsprop", "learning_rate": linear, "weight_decay": 0.01},
        {"type": "rmsprop", "learning_rate": linear, "momentum": 0.5, "centered": True},
        {"type": "adadelta", "learning_rate": 1.0, "weight_decay": 0.01},
        {"type": "amsgrad", "learning_rate": cosine, "weight_decay": 0.01},
        {"type": "adamax", "learning_rate": linear, "weight_decay": 0.01},
        {"type": "nadam", "learning_rate": cosine, "weight_decay": 0.01},
        {"type": "nadamw", "learning_rate": linear, "weight_decay": 0.05},
        {"type": "radam", "learning_rate": cosine, "weight_decay": 0.01},
        {"type": "radam", "learning_rate": 0.02, "beta2": 0.9},
        {"type": "signum", "learning_rate": linear, "weight_decay": 0.05},
        {"type": "schedule_free_sgd", "learning_rate": 0.1, "warmup_steps": 9},
        {"type": "schedule_free_adamw", "learning_rate": 0.02, "weight_decay": 0.05, "warmup_steps": 9},
        {"type": "gradient_clipping", "max_norm": 0.2, "base": descent},
        {"type": "sam", "base": descent},
        {"type": "adafactor"},
        {"type": "spectral_descent", "learning_rate": {"type": "linear_decay", "peak": 0.05}},
        {"type": "scion", "learning_rate": {"type": "linear_decay", "peak": 0.02}, "radius": 2.0},
    ]
    chosen += [{"type": "lion_kappa", "kappa": kappa, "learning_rate": linear, "weight_decay": 0.3, "epsilon": 0.05}
               for kappa in ("l1", "l2", "nuclear", "huber", "smooth_l1")]
    chosen += [
        {"type": "lars", "learning_rate": {"type": "linear_decay", "peak": 3.0}, "weight_decay": 0.05},
        {"type": "lamb", "learning_rate": linear, "weight_decay": 0.05},
        {"type": "dog", "learning_rate": {"type": "cosine", "peak": 1.0}},
        {"type": "dowg", "learning_rate": {"type": "linear_decay", "peak": 1.0}},
        {"type": "prodigy", "learning_rate": {"type": "cosine", "peak": 1.0}},
        {"type": "d_adaptation", "learning_rate": {"type": "cosine", "peak": 1.0}},
        {"type": "mechanic", "base": {"type": "nadamw", "learning_rate": {"type": "linear_decay", "peak": 1.0}, "weight_decay": 0.0}},
        {"type": "model_ema", "rho": 0.9, "base": descent},
        {"type": "spectra", "learning_rate": linear, "weight_decay": 0.05, "clip": 0.7, "by": "svd"},
    ]
    exact_muon = {"type": "muon_exact", "learning_rate": 0.02}
    matrices = [
        {"type": "muon", "learning_rate": cosine, "weight_decay": 0.05},
        {"type": "muon_exact", "learning_rate": cosine, "weight_decay": 0.05},
        {"type": "normuon", "learning_rate": linear, "weight_decay": 0.05},
        {"type": "auon", "learning_rate": {"type": "linear_decay", "peak": 0.2}, "weight_decay": 0.05},
        {"type": "hybrid_auon", "learning_rate": linear, "weight_decay": 0.05},
        {"type": "muon_sphere", "learning_rate": linear, "weight_decay": 0.5},
        {"type": "muon_sphere", "learning_rate": linear, "by": "svd"},
        {"type": "spectra", "learning_rate": linear, "clip": 0.7},
        {"type": "spectra", "learning_rate": linear, "clip": 0.7, "gradient_clip": 0.2, "where": "both", "by": "svd"},
        {"type": "spectra", "learning_rate": linear, "gradient_clip": 0.2, "where": "gradient", "newton_schulz_steps": 20},
    ]
    matrices += [{"type": "norm_constraint", "map": kind, "limit": 0.6, "decay": 0.01, "base": exact_muon}
                 for kind in ("none", "weight_decay", "spectral_normalise", "spectral_hammer", "spectral_decay", "stiefel", "hard_cap",
                              "soft_cap")]
    # On a square layer with gradients of full rank, whose Gram matrices have no null space with a basis of its own.
    square = [{"type": "shampoo", "learning_rate": {"type": "linear_decay", "peak": 0.3}}, {"type": "soap", "learning_rate": cosine}]
    # Full batches, so ill-conditioned that none of them arrives; few steps, since some blow rounding errors up.
    searches = [{"type": "armijo"}, {"type": "wolfe"}, {"type": "barzilai_borwein"},
                {"type": "barzilai_borwein", "formula": "bb2"}]
    quadratic = [{"type": "polyak_step"}, {"type": "polyak_step", "divisor": 0.5}, {"type": "steepest_descent_exact"},
                 {"type": "chebyshev"}]
    label = lambda all, **more: [dict(more, label=f"{o['type']} {i}", optimizer=o) for i, o in enumerate(all)]
    base = {"kappascope": 1, "seed": 12, "steps": STEPS}
    linear_problem = {"type": "linear_regression", "samples": 40, "features": 6, "condition_number": 10, "noise": 0.1}
    logistic_problem = {"type": "logistic_regression", "samples": 40, "features": 6, "condition_number": 10, "regularization": 0.01}
    matrix_problem = {"type": "matrix_least_squares", "rows": 6, "columns": 4, "samples": 30, "condition_number": 20, "noise": 0.05}
    square_problem = dict(matrix_problem, rows=4)
    init = {"type": "gaussian", "scale": 0.3}
    worst = max(
        compare("searches", dict(base, problem=dict(linear_problem, condition_number=100),
                                 runs=label(searches + quadratic, steps=10)), Regression),
        compare("searches", dict(base, problem=dict(logistic_problem, condition_number=1000), runs=label(searches)),
                lambda f: Regression(f, True, 0.01)),
        compare("linear", dict(base, problem=linear_problem, batch={"size": 9, "order": "random_reshuffling"}, runs=label(chosen)), Regression),
        compare("logistic", dict(base, problem=logistic_problem, batch={"size": 8, "order": "with_replacement"}, runs=label(chosen)),
                lambda f: Regression(f, True, 0.01)),
        compare("matrix", dict(base, problem=matrix_problem, init=init, batch={"size": 8, "order": "shuffle_once"},
                               runs=label(chosen + matrices)), MatrixRegression),
        compare("square", dict(base, problem=square_problem, init=init, batch={"size": 8, "order": "with_replacement"},
                               runs=label(square + matrices)), MatrixRegression))
    print(f"worst {worst:.2e}")
    return 0 if worst <= TOLERANCE else 1


sys.exit(main())
