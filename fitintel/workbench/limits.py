"""Limits of how algorithms fare: `registry/performance.toml`, read and checked; and what lies outside of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.workbench.registry_file import registry_file

PATH = registry_file("performance.toml")


@dataclass(frozen=True, slots=True)
class Limits:
    """As in the file, which says what each means."""

    days: int
    least: int
    coverage_short: float
    label_agreement: float
    alert_precision: float
    insufficient_rise: float
    latency_p95: float
    back: int
    athletes: int
    notice: float
    alert: float


@cache
def limits(path: Path = PATH) -> Limits:
    """The limits; raises UsageError when one is missing, unknown or no number."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise UsageError("The limits of performance cannot be read", where=str(path), why=str(error)) from error
    found = {name: value for table in tables.values() if isinstance(table, dict) for name, value in table.items()}
    names = {one.name for one in fields(Limits)}
    wrong = sorted(names ^ found.keys()) or sorted(
        name for name, value in found.items() if isinstance(value, bool) or not isinstance(value, (int, float))
    )
    if wrong:
        raise UsageError("The limits of performance are not complete", where=str(path), why=f"look at {wrong[0]}")
    return Limits(**found)


def outside(figures: Mapping[str, float], bounds: Limits) -> tuple[str, ...]:
    """What of one point lies outside the limits, in words.

    >>> outside({"latency_p95": 3.5}, limits())
    ('latency_p95 3.5 s, limit 2 s',)
    """
    from fitintel.intelligence.conformal import wilson_interval

    said = []
    for name, limit in (("coverage", figures.get("nominal", 0.0) - bounds.coverage_short),
                        ("label_agreement", bounds.label_agreement),
                        ("alert_precision", bounds.alert_precision)):  # fmt: skip
        n = figures.get(f"{name}_n", 0.0)
        if name in figures and n >= bounds.least:
            # points of earlier releases have no interval
            upper = figures.get(f"{name}_high", wilson_interval(round(figures[name] * n), n)[1])
            if upper < limit:
                said.append(f"{name} {figures[name]:.2f} of {n:.0f} cases, at most {upper:.2f}, limit {limit:.2f}")
    if (rise := figures.get("insufficient_rise", 0.0)) > bounds.insufficient_rise:
        said.append(f"insufficient_share has risen by {rise:.2f}, limit {bounds.insufficient_rise:g}")
    if (slow := figures.get("latency_p95", 0.0)) > bounds.latency_p95:
        said.append(f"latency_p95 {slow:.3g} s, limit {bounds.latency_p95:g} s")
    for name in sorted(figures):
        if name.startswith("psi/"):
            chance = figures.get("psi_by_chance", 0.0)
            for word, limit in (("alert", bounds.alert), ("notice", bounds.notice)):
                if figures[name] > max(limit, chance):
                    said.append(f"drift of {name[4:]}: index {figures[name]:.2f}, limit {limit:g} ({word})")
                    break
    return tuple(said)
