"""What is to be expected of dated capacities: thresholds that the athlete stated, and races that were run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.findings import pick, plain
from fitintel.intelligence.races import raced
from fitintel.intelligence.registry import Journal, Result

STATED = ("speed", "power", "critical_power")
"""Kinds of thresholds that are forecast: those that measure what the athlete can do."""
LEAST = 3
"""Dated values below which nothing is said, not even that they are too few."""


def insights(
    journal: Journal, workouts: Workouts, sessions: Result, thresholds: Sequence[Mapping[str, Any]], day: int
) -> list[Insight]:
    """A forecast of each threshold that was stated often enough by `day`, and of the time of the next race.

    `sessions` (kinds of session, as classified or as a person said) tell which workouts were races.
    """
    said = []
    for kind, sport in sorted({(one["kind"], one["sport"]) for one in thresholds if one["kind"] in STATED}):
        known = sorted((int(one["valid_from"]), float(one["value"])) for one in thresholds
                       if (one["kind"], one["sport"]) == (kind, sport) and one["valid_from"] <= day
                       and one["value"] is not None)  # fmt: skip
        if len(known) >= LEAST:
            found = journal.run("dated_forecast", [one[0] for one in known], [one[1] for one in known])
            said.append(_insight(f"threshold_{kind}", found, {}))
    return said + _race(journal, workouts, sessions)


def _race(journal: Journal, workouts: Workouts, sessions: Result) -> list[Insight]:
    rows = raced(workouts, sessions)
    if len(rows) < LEAST:
        return []
    index = journal.run("daniels_gilbert", np.array([row["distance"] for row in rows]),
                        np.array([row["duration"] for row in rows]))  # fmt: skip
    known = np.isfinite(np.asarray(index.value, dtype=float))
    if known.sum() < LEAST:
        return []
    day = [row["day"] for row, good in zip(rows, known, strict=True) if good]
    found = journal.run("dated_forecast", day, Result(np.asarray(index.value, dtype=float)[known], index.run))
    distance = float(rows[-1]["distance"])
    times = {}
    # a higher index is a shorter time
    for name, of in (("mean", "mean"), ("low", "high"), ("high", "low")):
        if len(found[of]):
            times[name] = plain(journal.run("daniels_gilbert_time", float(found[of][0]), distance).value)
    return [_insight("race", found, {"distance": distance, **times})]


def _insight(subject: str, found: Result, more: Mapping[str, Any]) -> Insight:
    if found["verdict"] == "insufficient":
        values = {"subject": subject, "n": int(found["n"]), "needed": int(found["needed"])}
        return Insight(section=Section.FORECAST, code="forecast_capacity_insufficient", values=values,
                       run_ids=(found.run.id,), subject=subject, level=Level.MISSING)  # fmt: skip
    values = {
        "subject": subject, "n": int(found["n"]),
        **{key: plain(found[key][0]) for key in ("day", "mean", "low", "high")},
        **pick(found.value, "nominal", "achieved", "achieved_low", "achieved_high", "n_tests", "model", "mase",
               "mase_naive", "mase_seasonal_naive"), **more,
    }  # fmt: skip
    code = "forecast_capacity" if found["verdict"] == "model" else "forecast_capacity_naive"
    return Insight(section=Section.FORECAST, code=code, values=values, run_ids=(found.run.id,), subject=subject)
