"""Kernels against their peers, as ratios of CPU time in one run; what is equal by definition is asserted first.

    FITINTEL_BENCH_SWEAT=/path/to/python python bench/kernels.py [--pairs 7] [--json OUT]

Mean-max curve, W' balance and weighted power are measured against sweat (GoldenCheetah/sweatpy), which needs an old
pandas and so an interpreter of its own: FITINTEL_BENCH_SWEAT names one with `sweat==0.25.*`, `pandas<2` and `numpy<2`.
Without it those parts are left out, and the output says so. PMC is measured against a pandas loop, the Theil-Sen slope
against SciPy. Each figure is the median of pairwise ratios: ours, the peer, ours, the peer ...
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kernels_peer  # noqa: F401  before NumPy: one thread on each side
import numpy as np
from kernels_plain import CP, W_PRIME, plain_balance, plain_curve, plain_weighted
from measure import cpu_of, exponent
from measure import ratio as ratio_of

from fitintel.intelligence.registry import get

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FITINTEL_TEST_DATA") or ROOT.parent / "shared" / "data")
RIDE = "sweatpy/4078723797.fit"
SEED = 20261123
HOURS = (1.0, 2.3, 10.0)
DAYS = 3653
TARGETS = {"mean-max exact": 50.0, "mean-max grid": 500.0, "W'bal": 10.0, "weighted power": 3.0, "PMC": 4.0,
           "Theil-Sen": 50.0}  # fmt: skip


def ride() -> tuple[str, np.ndarray]:
    """Power at 1 Hz of the shared ride, or of a simulated one."""
    file = SHARED / RIDE
    if not file.is_file():
        rng = np.random.default_rng(SEED)
        slow = np.repeat(rng.normal(0, 60, 200), 45)[:8357]
        return "simulated", np.round(np.clip(210 + slow + rng.normal(0, 45, len(slow)), 0, None))
    from fitintel.ingest.fit import read_fit
    from fitintel.intelligence.resample import one_hertz

    recording = read_fit(file.read_bytes()).recordings[0]
    power = one_hertz(recording.time, recording.stream["power"], pauses=recording.pauses).values
    return RIDE, power[np.isfinite(power)]


def hours_of(power: np.ndarray, hours: float) -> np.ndarray:
    """The ride cut or repeated to a length; repeats differ a little, so that no window is met twice."""
    n = round(hours * 3600)
    times = -(-n // len(power))
    scale = 1 + 0.03 * np.random.default_rng(SEED).normal(size=times)
    return np.round(np.concatenate([power * one for one in scale])[:n])


def grid(n: int) -> np.ndarray:
    """Every second to a minute, then steps of 4 %: what a chart of the curve needs."""
    long = 60 * 1.04 ** np.arange(1, math.log(n / 60) / math.log(1.04))
    return np.unique(np.concatenate([np.arange(1, 61), np.round(long)])).astype(np.int64)


class Peer:
    """sweat in its own interpreter: arrays go there in a file, CPU seconds and answers come back."""

    def __init__(self, python: str, folder: Path) -> None:
        self._folder = folder
        serve = "import sys; sys.path.insert(0, sys.argv[1]); import kernels_peer; kernels_peer.serve(sys.argv[2])"
        self._process = subprocess.Popen(
            [python, "-c", serve, str(Path(__file__).parent), str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.version = self._ask("")

    def _ask(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if line:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        if not answer:
            raise RuntimeError("the peer's interpreter ended: is sweat installed there?")
        return answer

    def give(self, power: np.ndarray, lengths: np.ndarray) -> None:
        np.save(self._folder / "power.npy", power)
        np.save(self._folder / "lengths.npy", lengths)
        self._ask("load")

    def call(self, kernel: str) -> tuple[float, np.ndarray]:
        seconds = float(self._ask(kernel))
        return seconds, np.load(self._folder / "answer.npy")

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def ratio(ours: Callable[[], Any], theirs: Callable[[], float], pairs: int) -> dict[str, float]:
    """Ratio of our call to what the peer says its own took."""
    return ratio_of(lambda: cpu_of(ours)[0], theirs, pairs)


def equal(ours: Any, other: Any, what: str, *, scale: float = 1e-300) -> None:
    """Assert equality to 1e-9 of each value, or of `scale` where values pass through zero."""
    ours, other = np.asarray(ours, dtype=float), np.asarray(other, dtype=float)
    assert ours.shape == other.shape, f"{what}: {ours.shape} and {other.shape}"
    worst = float(np.max(np.abs(ours - other) / np.maximum(scale, np.abs(other))))
    assert worst <= 1e-9, f"{what}: off by {worst:.1e}"


def against_sweat(peer: Peer, power: np.ndarray, pairs: int) -> dict[str, dict[str, float]]:
    """The kernels of one ride length, equal first."""
    mean_max, weighted = get("mean_max"), get("weighted_power")
    differential, integral = get("wbal_differential"), get("wbal_integral")
    lengths = grid(len(power))
    peer.give(power, lengths)
    # sweat's differences begin at the first sum: the window at the very start, and the whole ride, are never seen
    equal(mean_max(power[1:]), peer.call("mean_max")[1], "mean-max of sweat")
    equal(mean_max(power), plain_curve(power, np.arange(1, len(power) + 1)), "mean-max")
    equal(mean_max(power, lengths), plain_curve(power, lengths), "mean-max on a grid")
    # sweat takes windows that are not full at the start, and Euler steps: those are compared with plain loops
    equal(plain_weighted(power, partial=True), peer.call("weighted")[1], "weighted power of sweat")
    equal(weighted(power), plain_weighted(power, partial=False), "weighted power")
    equal(plain_balance(power, exact=False), peer.call("differential")[1], "differential W'bal of sweat",
          scale=W_PRIME)  # fmt: skip
    equal(differential(power, CP, W_PRIME), plain_balance(power, exact=True), "differential W'bal",
          scale=W_PRIME)  # fmt: skip
    equal(integral(power, CP, W_PRIME), peer.call("integral")[1], "integral W'bal", scale=W_PRIME)
    return {
        "mean-max exact": ratio(lambda: mean_max(power), lambda: peer.call("mean_max")[0], pairs),
        "mean-max grid": ratio(lambda: mean_max(power, lengths), lambda: peer.call("mean_max")[0], pairs),
        "mean-max grid, one best_interval a duration": ratio(
            lambda: mean_max(power, lengths), lambda: peer.call("intervals")[0], pairs
        ),
        "W'bal": ratio(lambda: differential(power, CP, W_PRIME), lambda: peer.call("differential")[0], pairs),
        "W'bal integral": ratio(lambda: integral(power, CP, W_PRIME), lambda: peer.call("integral")[0], pairs),
        "weighted power": ratio(lambda: weighted(power), lambda: peer.call("weighted")[0], pairs),
    }


def loads(athletes: int) -> np.ndarray:
    """Daily loads: sessions on most days, rest days of zero."""
    rng = np.random.default_rng(SEED)
    some = rng.gamma(2.0, 35.0, (athletes, DAYS)).astype(np.float32)
    some[rng.random((athletes, DAYS), dtype=np.float32) < 0.4] = 0.0
    return some


def pandas_pmc(load: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """CTL, ATL and TSB athlete by athlete; pandas has no start value, so a day of zero goes before the first."""
    import pandas as pd

    made = []
    for row in load:
        series = pd.Series(np.concatenate([[0.0], row]))
        ctl, atl = (series.ewm(alpha=-math.expm1(-1 / days), adjust=False).mean() for days in (42, 7))
        made.append((ctl.to_numpy()[1:], atl.to_numpy()[1:], (ctl - atl).to_numpy()[:-1]))
    ctls, atls, tsbs = (np.stack(part) for part in zip(*made, strict=True))
    return ctls, atls, tsbs


def chart(pairs: int) -> dict[str, float]:
    pmc = get("pmc")
    load = loads(1000).astype(np.float64)
    days = np.arange(DAYS)
    ours, theirs = pmc({"day": days, "load": load}), pandas_pmc(load)
    for key, other in zip(("ctl", "atl", "tsb"), theirs, strict=True):
        equal(ours[key], other, key, scale=100.0)
    return ratio(lambda: pmc({"day": days, "load": load}), lambda: cpu_of(lambda: pandas_pmc(load))[0], pairs)


PEAK = """
import resource, sys
import numpy as np
from fitintel.intelligence.registry import get
load = np.load(sys.argv[1], mmap_mode=None)
found = get("pmc")({"day": np.arange(load.shape[1]), "load": load})
assert found["tsb"].shape == load.shape
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def peak(folder: Path) -> dict[str, float]:
    """Peak memory of a process that makes the charts of 10,000 athletes in one call, float32 in and out."""
    load = loads(1000)
    np.save(folder / "load.npy", np.tile(load, (10, 1)))
    child = subprocess.run([sys.executable, "-c", PEAK, str(folder / "load.npy")], capture_output=True, text=True,
                           check=True, cwd=ROOT)  # fmt: skip
    whole = get("pmc")({"day": np.arange(DAYS), "load": load.astype(np.float64)})["ctl"]
    off = np.abs(get("pmc")({"day": np.arange(DAYS), "load": load})["ctl"] - whole).max() / whole.max()
    return {"bytes": float(child.stdout), "float32_off": float(off)}


def slope(pairs: int) -> dict[str, float]:
    from scipy.stats import theilslopes

    theil_sen = get("theil_sen")
    rng = np.random.default_rng(SEED)
    x = np.arange(float(DAYS))
    walk = 0.002 * x + np.cumsum(rng.normal(0, 0.05, DAYS)) + rng.normal(0, 1.0, DAYS)
    for y in (walk, np.round(walk), rng.normal(0, 1.0, DAYS)):
        equal(theil_sen(None, y), theilslopes(y, x)[0], "Theil-Sen slope")
    return ratio(lambda: theil_sen(None, walk), lambda: cpu_of(lambda: theilslopes(walk, x))[0], pairs)


def line(what: str, found: dict[str, float], target: float | None) -> str:
    verdict = "" if target is None else f"  at least {target:g}: {'met' if found['ratio'] >= target else 'MISSED'}"
    return (f"{what:<52}{found['ratio']:>9.1f}  ({found['lowest']:.1f} to {found['highest']:.1f})"
            f"{found['ours_s'] * 1e3:>12.3f} ms{found['peer_s'] * 1e3:>12.3f} ms{verdict}")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    source, power = ride()
    results: dict[str, Any] = {"source": source, "pairs": options.pairs}
    print(f"{'median of ratios of CPU time':<52}{'ratio':>9}  (lowest to highest){'ours':>8}{'peer':>15}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = os.environ.get("FITINTEL_BENCH_SWEAT")
        if python:
            peer = Peer(python, folder)
            results["peer"] = peer.version
            curves = []
            for hours in HOURS:
                found = against_sweat(peer, hours_of(power, hours), options.pairs)
                results[f"{hours:g} h"] = found
                curves.append(found["mean-max exact"]["ours_s"])
                for what, one in found.items():
                    print(line(f"{what}, {hours:g} h", one, TARGETS.get(what)))
            results["growth"] = exponent([round(hours * 3600) for hours in HOURS], curves)
            print(f"{'mean-max exact grows with the length to the power of':<52}{results['growth']:>9.2f}")
            peer.close()
        else:
            print(
                "mean-max, W'bal and weighted power are left out: FITINTEL_BENCH_SWEAT names no interpreter with sweat"
            )
        results["PMC"] = chart(options.pairs)
        print(line("PMC of 1,000 athletes x 10 years, pandas loop", results["PMC"], TARGETS["PMC"]))
        results["Theil-Sen"] = slope(options.pairs)
        print(line("exact Theil-Sen of 3,653 points, SciPy", results["Theil-Sen"], TARGETS["Theil-Sen"]))
        results["PMC memory"] = peak(folder)
    most = results["PMC memory"]["bytes"] / 1e9
    print(f"{'PMC of 10,000 athletes x 10 years in one call, peak':<52}{most:>9.2f} GB"
          f"  below 1 GB: {'met' if most < 1 else 'MISSED'}")  # fmt: skip
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
