"""The short form in CI: each ratio beside the one that is kept; half of it is a loss that somebody must look at."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence

from bench.figures import EXPONENT, RESULTS, TIMES, Figure

KEPT = RESULTS / "short.json"
LOSS = 2.0
"""times that a ratio may have lost"""
STEEPER = 0.35
"""how far a growth exponent may be above what is kept, or above linear: over small sizes it scatters"""


def keep(found: Mapping[str, Sequence[Figure]]) -> None:
    """Keep the figures that later runs are compared with."""
    kept = {name: {one.what: round(one.value, 3) for one in figures if one.value is not None}
            for name, figures in found.items()}  # fmt: skip
    before = json.loads(KEPT.read_text()) if KEPT.is_file() else {}
    KEPT.write_text(json.dumps({**before, **kept}, indent=1, sort_keys=True) + "\n")


def check(found: Mapping[str, Sequence[Figure]]) -> int:
    """0, or 1 where a figure has lost; what was not measured then or now is passed over, and said."""
    kept = json.loads(KEPT.read_text())
    lost = []
    for name, figures in found.items():
        for one in figures:
            before = kept.get(name, {}).get(one.what)
            if before is None or one.value is None:
                print(f"{name} {one.what}: nothing to compare with", file=sys.stderr)
            elif worse(one, before):
                lost.append(f"{name} {one.what}: {one.said}, was {before:.3g}")
    for line in lost:
        print(f"LOST  {line}", file=sys.stderr)
    return 1 if lost else 0


def worse(now: Figure, before: float) -> bool:
    """Whether a figure has lost a factor of two, or an exponent has grown beyond its scatter."""
    assert now.value is not None
    if now.unit == TIMES:
        return now.value * LOSS < before
    if now.unit == EXPONENT:
        return now.value > max(before, 1.0) + STEEPER
    return now.value > before * LOSS
