"""Runs the same jobs with kappascope-cli, NumPy and PyTorch, on the same data with one thread, and writes their times.

Usage: compare.py CLI FOLDER JSON [JOB...]. FOLDER is for scratch files; JSON is written as Google Benchmark writes its
own, with the time of one step. A peer that is not installed is left out. In double precision a peer's loss at the end
must agree with the program's to 1e-8; exits 1 when one does not.
"""
import json
import os
import subprocess
import sys

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
AGREEMENT = 1e-8
REPETITIONS = 3


def muon(n, steps, more):
    return {"steps": steps, "more": more, "target": 1.3, "flops": 5 * 4 * n**3, "bytes": 0,
            "problem": {"type": "matrix_least_squares", "rows": n, "columns": n, "samples": 32, "condition_number": 10,
                        "noise": 0.1},
            "optimizer": {"type": "muon", "learning_rate": 0.01, "momentum": 0.95}}


# steps: how many are compared; more: how many more the program makes, to be timed; target: how much faster than PyTorch
# it is to be; flops and bytes: what one step cannot do without.
JOBS = {
    "adam_least_squares": {
        "steps": 1000, "more": 30000, "target": 20, "flops": 2 * 200**2, "bytes": 8 * 200**2,
        "problem": {"type": "linear_regression", "samples": 2000, "features": 200, "condition_number": 100},
        "optimizer": {"type": "adam", "learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}},
    "gd_sensing": {
        "steps": 200, "more": 1000, "target": 3, "flops": 4 * 1800 * 1830, "bytes": 8 * 1800 * 1830,
        "problem": {"type": "matrix_sensing", "dimension": 60, "observation": "sampled", "measurements": 1800,
                    "true_rank": 3, "rank": 6, "condition_number": 5, "init_scale": 0.1},
        "optimizer": {"type": "gradient_descent", "learning_rate": 0.2}},
    "muon_256": muon(256, 100, 60),
    "muon_512": muon(512, 15, 15),
    "sgd_logistic": {
        "steps": 4000, "more": 200000, "target": 3, "flops": 4 * 32 * 100, "bytes": 8 * 32 * 100,
        "problem": {"type": "logistic_regression", "samples": 4096, "features": 100, "regularization": 1e-3},
        "batch": {"size": 32, "order": "random_reshuffling"},
        "optimizer": {"type": "gradient_descent", "learning_rate": 0.5}},
}


def document(job, folder):
    path = folder + "/document.kappa.json"
    text = {"kappascope": 1, "study": "descent", "seed": 1, "steps": job["steps"], "theories": "none",
            "problem": job["problem"], "runs": [{"label": "run", "optimizer": job["optimizer"]}],
            "probes": [{"type": "loss", "every": 1000}]}
    if "batch" in job:
        text["batch"] = job["batch"]
    with open(path, "w") as file:
        json.dump(text, file)
    return path


def dumped(cli, path, job, folder):
    """The data as `kappascope-cli data` writes them, in one file that the peers read."""
    subprocess.run([cli, "data", path, "--out", folder + "/data"], check=True, stdout=subprocess.DEVNULL)
    arrays = {"regularization": np.array(job["problem"].get("regularization", 0.0))}
    for name in sorted(os.listdir(folder + "/data")):
        array = np.loadtxt(f"{folder}/data/{name}", delimiter=",", dtype=np.int64 if name == "batches.csv" else float)
        arrays[name[:-4]] = array
    np.savez(folder + "/data.npz", **arrays)
    return folder + "/data.npz"


def run(cli, path, steps, folder):
    """The run's own seconds, and its loss at the end."""
    subprocess.run([cli, "run", path, "--out", folder + "/results", "--force", "--no-pictures", "--quiet",
                    "--threads", "1", "--steps", str(steps)], check=True)
    with open(folder + "/results/summary.json") as file:
        result = json.load(file)["runs"][0]
    if result["ended"] != "steps":
        sys.exit(f"{path}: ended as {result['ended']}: {result['why']}")
    return result["seconds"], result["final_loss"]


def ours(cli, path, job, folder):
    """Seconds of one step: a long run less a short one, so that the problem's making does not count."""
    short = [run(cli, path, job["steps"], folder) for _ in range(REPETITIONS)]
    long = [run(cli, path, job["steps"] + job["more"], folder) for _ in range(REPETITIONS)]
    return (min(long)[0] - min(short)[0]) / job["more"], short[0][1]


def row(name, seconds, **more):
    micro = 1e6 * seconds
    return {"name": name, "run_type": "iteration", "real_time": micro, "cpu_time": micro, "time_unit": "us",
            "items_per_second": 1 / seconds, **more}


def peer_rows(name, job, loss, results):
    """The fastest form of each peer and precision; what uses the Gram matrix stands for itself."""
    best = {}
    for result in results:
        gram = "Gram" in result["form"]
        key = (result["peer"].split()[0].lower(), result["precision"] + ("_gram" if gram else ""))
        result["gap"] = abs(result["loss"] - loss) / abs(loss)
        if key not in best or result["seconds"] < best[key]["seconds"]:
            best[key] = result
    for (peer, kind), result in best.items():
        label = " ".join(filter(None, [result["peer"], result["precision"], result["form"]]))
        more = {"label": label, "loss": result["loss"], "loss_gap": result["gap"]}
        if kind == "double" and peer == "pytorch":
            more["target"] = job["target"]
        yield row(f"Peers/{name}/{peer}_{kind}", result["seconds"] / job["steps"], **more)


def compare(cli, name, folder):
    job = JOBS[name]
    path = document(job, folder)
    data = dumped(cli, path, job, folder)
    results = []
    for peer in ("numpy_peer", "torch_peer"):
        if peer == "torch_peer" and not has_torch():
            continue
        said = subprocess.run([sys.executable, f"{HERE}/{peer}.py", data, name, json.dumps(job["optimizer"]),
                               str(job["steps"]), str(REPETITIONS)], check=True, stdout=subprocess.PIPE, text=True)
        results += json.loads(said.stdout)
    seconds, loss = ours(cli, path, job, folder)
    rows = [row(f"Peers/{name}/ours", seconds, loss=loss, flops=job["flops"], bytes=job["bytes"])]
    rows += peer_rows(name, job, loss, results)
    apart = [r for r in results if r["precision"] == "double" and not r["gap"] <= AGREEMENT]
    for r in apart:
        print(f"Peers/{name}: {r['peer']} {r['form']} ends at {r['loss']!r}, the program at {loss!r}", file=sys.stderr)
    return rows, not apart


def has_torch():
    return subprocess.run([sys.executable, "-c", "import torch"], stderr=subprocess.DEVNULL).returncode == 0


def main():
    cli, folder, out, *names = sys.argv[1:]
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"
    all_rows, agreed = [], True
    if not has_torch():
        print("PyTorch is not installed (python3-torch): its rows are left out", file=sys.stderr)
    for name in names or JOBS:
        own = os.path.join(folder, name)
        os.makedirs(own, exist_ok=True)
        rows, agree = compare(cli, name, own)
        all_rows += rows
        agreed = agreed and agree
    with open(out, "w") as file:
        json.dump({"benchmarks": all_rows}, file, indent=1)
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
