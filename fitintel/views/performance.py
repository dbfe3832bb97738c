"""How algorithms fare, in words: a table of all, and one with its figures over the nights as a line of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fitintel.core import days
from fitintel.core.performance import Point

BARS = "▁▂▃▄▅▆▇█"
ENDS = ("_low", "_high")
"""of the interval of a share, which is told beside it"""
WIDTH = 60
"""nights of a line"""
UNITS = {"error_distance": "m", "error_duration": "s", "latency_p50": "s", "latency_p95": "s"}
HEADER = (
    "algorithm",
    "nights",
    "last",
    "runs",
    "too little data",
    "coverage",
    "agreement",
    "precision",
    "p95 s",
    "alerts",
)
Outside = Mapping[str, Sequence[str]]
"""algorithm -> what of its last point lies outside the limits"""


def performance_rows(points: Mapping[str, Sequence[Point]], outside: Outside) -> list[tuple[str, ...]]:
    """One row per algorithm, under HEADER: its last point."""
    rows = []
    for name, mine in sorted(points.items()):
        last = mine[-1]
        said = {key: f"{value:.3g}" for key, value in last.figures.items()}
        rows.append((name, str(len(mine)), days.iso(last.day), *(said.get(key, "") for key in (
            "runs", "insufficient_share", "coverage", "label_agreement", "alert_precision", "latency_p95")),
            str(len(outside.get(name, ())) or "")))  # fmt: skip
    return rows


def performance_text(mine: Sequence[Point], outside: Sequence[str]) -> str:
    """One algorithm: each figure over its nights as bars from its least to its most, and what is outside the limits."""
    if not mine:
        return "No night of this algorithm is over yet."
    lines = [f"{mine[-1].algorithm}: {len(mine)} nights, {days.iso(mine[0].day)} to {days.iso(mine[-1].day)}", ""]
    names = sorted({name for point in mine for name in point.figures} - {"outside_limits", "nominal"})
    names = [name for name in names if not name.endswith(ENDS)]
    wide = max(map(len, names))
    for name in names:
        values = [point.figures.get(name) for point in mine[-WIDTH:]]
        known = [value for value in values if value is not None]
        if known:
            unit = f" {UNITS[name]}" if name in UNITS else ""
            ends = [mine[-1].figures.get(f"{name}{end}") for end in ENDS]
            unit += f" (95 % interval {ends[0]:.3g} to {ends[1]:.3g})" if None not in ends else ""
            lines.append(
                f"{name:<{wide}}  {spark(values)}  {min(known):.3g} to {max(known):.3g}, last {known[-1]:.3g}{unit}"
            )
    lines += (
        ["", *(f"Outside the limits: {one}." for one in outside)] if outside else ["", "Nothing is outside the limits."]
    )
    return "\n".join(lines)


def spark(values: Sequence[float | None]) -> str:
    """A line of bars, one per value, a blank where there is none.

    >>> spark([1, None, 2, 3])
    '▁ ▅█'
    """
    known = [value for value in values if value is not None]
    low, span = min(known), max(known) - min(known)
    steps = len(BARS) - 1
    return "".join(
        " " if value is None else BARS[round((value - low) / span * steps) if span else 0] for value in values
    )
