"""What the peers share: their data, the clock, and the loss of the point they reach."""
import json
import sys
import time

import numpy as np


def loss_of(d, point):
    """Of the whole objective, in double precision, as the program defines it."""
    point = point.astype(float)
    if "measurements" in d:
        return np.square(d["measurements"] @ (point @ point.T).ravel() - d["y"]).sum() / 4
    if "Y" in d:
        return np.square(point @ d["X"] - d["Y"]).sum() / (2 * d["X"].shape[1])
    if "batches" in d:
        losses = np.logaddexp(0, -d["y"] * (d["X"] @ point))
        return losses.mean() + d["regularization"] / 2 * point @ point
    return np.square(d["X"] @ point - d["y"]).mean() / 2


def main(name, to_peer, to_numpy, jobs):
    """peer.py DATA.npz JOB OPTIMIZER_JSON STEPS REPETITIONS: each form of the job, in double and in single precision.

    Prints one JSON list: the seconds of the fastest repetition, and the loss at the end.
    """
    data, job, optimizer, steps, repetitions = sys.argv[1:]
    optimizer, steps = json.loads(optimizer), int(steps)
    double = dict(np.load(data))
    results = []
    for precision in ("double", "single"):
        kind = np.float64 if precision == "double" else np.float32
        cast = {key: value.astype(kind) if value.dtype == float else value for key, value in double.items()}
        for form, work in jobs[job].items():
            seconds = []
            for _ in range(int(repetitions)):
                d = {key: to_peer(value.copy()) if value.ndim else float(value) for key, value in cast.items()}
                begin = time.perf_counter()
                point = work(d, steps, optimizer)
                seconds.append(time.perf_counter() - begin)
            results.append({"peer": name, "precision": precision, "form": form, "seconds": min(seconds),
                            "loss": float(loss_of(double, to_numpy(point)))})
    print(json.dumps(results))
