"""Prints one table of what the benchmarks measured and writes all of it as JSON.

Usage: table.py JSON MEASURED... Each MEASURED is as Google Benchmark writes it; one that ends in .txt is what
kappa_responsiveness said. Every row that keeps its data in sight is held against the machine's limit: the time its
`flops` take at the peak of dgemm, or its `bytes` from where its `footprint` (the same, unless said) lies, whichever is
more, as `Limit/...` measured them in the same run. Exits 1 when a promise is missed: `target`, a ratio to reach; `least_rate`, items a second;
`limit`, a figure to stay at or below.
"""
import json
import re
import sys

SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}
NOISE = 0.03  # two timings of the same work may differ by this


def read(paths):
    context, rows = {}, []
    for path in paths:
        with open(path) as file:
            if path.endswith(".txt"):
                rows += responsiveness(file)
                continue
            try:
                content = json.load(file)
            except json.JSONDecodeError:
                print(f"{path} breaks off: its rows are missing", file=sys.stderr)
                continue
        context = context or content.get("context", {})
        rows += [row for row in content["benchmarks"] if row.get("run_type", "iteration") == "iteration"]
    return context, rows


def responsiveness(lines):
    for line in lines:
        if said := re.match(r"(\w.*?) {2,}([\d.]+) (\S+)(?: +\(below ([\d.]+)\))?$", line):
            name, value, unit, limit = said.groups()
            row = {"name": "Responsiveness/" + name.replace(" ", "_").replace(",", ""), "p95": float(value),
                   "time_unit": unit}
            yield row | ({"limit": float(limit)} if limit else {})


def clean(name):
    """Without what Google Benchmark appends to say how it measured."""
    return "/".join(part for part in name.split("/") if not re.fullmatch(r"\w+_time|\w+:[\d.]+", part))


def figure(row):
    """What counts of a row, in its own unit: a percentile, the clock where asked for, else the thread's own time."""
    if "p95" in row:
        return row["p95"]
    return row["real_time"] if re.search("/(real|manual)_time", row["name"]) else row["cpu_time"]


def seconds(row):
    return figure(row) * SECONDS[row["time_unit"]]


def fastest(rows):
    """One row a name: the fastest of its repetitions. One that failed stays."""
    best = {}
    for row in rows:
        kept = best.get(clean(row["name"]))
        if kept is None or row.get("error_occurred") or (
                not kept.get("error_occurred") and figure(row) < figure(kept)):
            best[clean(row["name"])] = row
    return dict(sorted(best.items(), key=lambda item: natural(item[0])))


def natural(name):
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def three(number):
    return f"{number:.3g}" if abs(number) < 1000 else f"{number:,.0f}"


def spoken(row):
    """The row's figure with a unit that suits it."""
    unit, value = row.get("time_unit", ""), figure(row)
    if unit in SECONDS:
        unit = next((u for u in ("s", "ms", "us") if seconds(row) >= SECONDS[u]), "ns")
        value = seconds(row) / SECONDS[unit]
    rate = row.get("items_per_second")
    return f"{three(value)} {unit}" + (f", {three(rate)}/s" if rate else "")


class Limits:
    """The machine's, from the rows `Limit/KIND/...`; of several of a kind the best."""

    def __init__(self, context, best):
        self.sizes = {c["level"]: c["size"] for c in context.get("caches", []) if c["type"] != "Instruction"}
        self.rates = {}
        for name, row in best.items():
            kind = name.split("/")
            if kind[0] == "Limit" and not row.get("error_occurred"):
                rate = row.get("flops", row.get("bytes", 0)) / seconds(row)
                self.rates[kind[1]] = max(rate, self.rates.get(kind[1], 0))

    def level(self, size):
        for level in (1, 2):
            if size <= 0.75 * self.sizes.get(level, 0):
                return f"L{level}"
        return "L3" if size <= 0.5 * self.sizes.get(3, 0) else "memory"

    def of(self, row):
        """The limit of a row in words, and the fraction of it that the row reaches."""
        size = row.get("bytes", 0)
        asked = [("dgemm", row.get("flops", 0)), (self.level(row.get("footprint", size)), size)]
        needed = [(amount / self.rates[kind], kind) for kind, amount in asked if amount and kind in self.rates]
        if not needed:
            return "", None
        time, kind = max(needed)
        return f"{kind} {self.rates[kind] / 1e9:.3g} {'GF/s' if kind == 'dgemm' else 'GB/s'}", time / seconds(row)


def judged(name, ours, other, limits):
    """A line of the table: ours, alone or beside what it is compared with."""
    line = {"row": name, "ours": spoken(ours), "compared with": "", "ratio": None, "target": "", "limit": "",
            "fraction": None, "ok": None}
    if ours.get("time_unit") in SECONDS and "p95" not in ours:
        line["limit"], line["fraction"] = limits.of(ours)
    if other:
        role = clean(other["name"]).rsplit("/", 1)[1]
        line["compared with"] = other.get("label") or role
        line["compared with"] += " " + spoken(other | {"items_per_second": None})
        line["ratio"] = figure(other) * SECONDS[other["time_unit"]] / seconds(ours)
        target = other.get("target", ours.get("target") if role == "plain" else None)
        if target:
            least = target - NOISE if target == 1 else target
            line["target"], line["ok"] = f">= {target:.3g}", line["ratio"] >= least
    elif "limit" in ours:
        line["target"] = f"<= {ours['limit']:g} {ours.get('time_unit', '')}"
        line["ok"] = figure(ours) <= ours["limit"]
    elif "least_rate" in ours:
        line["target"] = f">= {three(ours['least_rate'])}/s"
        line["ok"] = ours.get("items_per_second", 0) >= ours["least_rate"]
    return line


def lines_of(best, limits):
    for name, row in best.items():
        base, _, role = name.rpartition("/")
        if row.get("error_occurred"):
            yield {"row": name, "ours": row.get("error_message", "failed"), "ok": False}
        elif role == "ours":
            others = [other for key, other in best.items()
                      if key.rpartition("/")[0] == base and key != name and not other.get("error_occurred")]
            if not others or "limit" in row or "least_rate" in row:
                yield judged(base, row, None, limits)
            for other in others:
                yield judged(base, row, other, limits)
        elif f"{base}/ours" not in best and not name.startswith("Limit/"):
            yield judged(name, row, None, limits)


def printed(lines):
    columns = ["row", "ours", "compared with", "ratio", "target", "limit", "reached", "ok"]
    cells = [columns]
    for line in lines:
        shown = line | {"ratio": f"{line['ratio']:.2f}" if line.get("ratio") is not None else "",
                        "reached": f"{100 * line['fraction']:.0f} %" if line.get("fraction") is not None else "",
                        "ok": {True: "yes", False: "MISSED", None: ""}[line["ok"]]}
        cells.append([str(shown.get(column, "")) for column in columns])
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())


def main():
    out, *measured = sys.argv[1:]
    context, rows = read(measured)
    best = fastest(rows)
    limits = Limits(context, best)
    lines = list(lines_of(best, limits))
    with open(out, "w") as file:
        json.dump({"context": context, "limits": limits.rates, "table": lines, "benchmarks": rows}, file, indent=1)
    rates = ", ".join(f"{kind} {rate / 1e9:.3g} {'GF/s' if kind == 'dgemm' else 'GB/s'}"
                      for kind, rate in limits.rates.items())
    print("limits, one thread: " + (rates or "not measured"))
    printed(lines)
    missed = [line for line in lines if line["ok"] is False]
    for line in missed:
        against = f" against {line['compared with']}" if line.get("compared with") else ""
        reached = f", {line['ratio']:.2f} times" if line.get("ratio") is not None else ""
        print(f"missed: {line['row']}: {line['ours']}{against}{reached}; promised {line.get('target', 'to work')}")
    print(f"{len(missed)} of {sum(line['ok'] is not None for line in lines)} promises missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
