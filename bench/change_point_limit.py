"""How well any method can date a lasting change in weekly training: the limit that life's own spread sets.

    python bench/change_point_limit.py [--cases 2000]

Three years of independent gamma-distributed weeks with one planted shift of 30-60 % (up or down, as in the simulated
squad), searched by maximum likelihood by a searcher who knows that there is exactly one change. Real weeks also have
seasons, moods, gaps and an unknown number of changes, so a real detector does worse. The spread of a real history is
printed beside it from the simulator's reference file.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

REFERENCE = Path(__file__).resolve().parents[1] / "fitintel" / "intelligence" / "simulate" / "reference.json"
WEEKS = 156
EDGE = 26
NEAR = 2
SEED = 20261123


def share_within(cv: float, cases: int, rng: np.random.Generator) -> float:
    """Share of cases dated within 14 days at this coefficient of variation of a week."""
    hits = 0
    for _ in range(cases):
        week = int(rng.integers(EDGE, WEEKS - EDGE))
        size = rng.uniform(0.3, 0.6) * (1 if rng.random() < 0.5 else -1)
        values = rng.gamma(1 / cv**2, cv**2, WEEKS)
        values[week:] *= 1 + size
        total = np.cumsum(values)
        k = np.arange(4, WEEKS - 3)
        before, after = total[k - 1] / k, (total[-1] - total[k - 1]) / (WEEKS - k)
        # profile log likelihood of gamma weeks of one shape and two means
        found = int(k[np.argmax(-k * np.log(before) - (WEEKS - k) * np.log(after))])
        hits += abs(found - week) <= NEAR
    return hits / cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cases", type=int, default=2000)
    cases = parser.parse_args().cases
    spans = json.loads(REFERENCE.read_text())["spans"]
    real = sorted(span["weekly_cv_half_year"] for span in spans)
    print(f"weekly spread (CV within half a year) of the real history: {', '.join(f'{value:.2f}' for value in real)}")
    rng = np.random.default_rng(SEED)
    for cv in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"CV {cv:.1f}: {share_within(cv, cases, rng):.0%} dated within 14 days")


if __name__ == "__main__":
    main()
