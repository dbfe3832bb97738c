"""fared(): what a brief's runs say of their algorithms. NumPy only: it is part of making a brief."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.performance import Executed, Expected, Fared
from fitintel.core.records import Brief, Run
from fitintel.core.workouts import Workouts

if TYPE_CHECKING:
    from fitintel.intelligence.registry import Journal

NEWEST = 28
"""values of an input whose mean is kept: drift is of what arrives, not of a whole history"""
COLUMNS = ("duration", "distance", "hr_mean", "load", "value", "values")
"""of an input that is a table, the columns that are looked at"""
FORECASTS = {"weekly_forecast": ("forecast", "week", 7), "daily_forecast": ("forecast_days", "day", 1)}
"""algorithm -> chart of the brief that holds its values, name of the time there, d of one value"""


def fared(brief: Brief, journal: Journal, began: datetime) -> Fared:
    """Runs of each algorithm since `began`, and its forecasts that wait for their truth."""
    from fitintel.intelligence.registry import get

    values = journal.values()
    means: dict[str, dict[str, float]] = {}
    grouped: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for run in journal.runs.values():
        grouped[run.algorithm, run.version].append(run)
    executed = []
    for (algorithm, version), runs in grouped.items():
        units = get(algorithm, version).card.inputs
        inputs: dict[str, list[float]] = defaultdict(list)
        for run in runs:
            for name, digest in run.inputs.items():
                if units[name].startswith("day number"):
                    continue  # it drifts by a day a day
                if digest not in means:
                    means[digest] = dict(_means(values.get(digest)))
                for part, mean in means[digest].items():
                    inputs[f"{name}.{part}" if part else name].append(mean)
        executed.append(Executed(
            brief.athlete_id, brief.id, brief.day, algorithm, version, len(runs),
            sum(_insufficient(values.get(run.output)) for run in runs),
            tuple(round(run.seconds, 6) for run in runs if run.at >= began),
            {name: float(f"{sum(found) / len(found):.6g}") for name, found in inputs.items()},
        ))  # fmt: skip
    return Fared(tuple(executed), tuple(_expected(brief, journal)))


def _expected(brief: Brief, journal: Journal) -> list[Expected]:
    found, values = [], journal.values()
    for run in journal.runs.values():
        chart, time, span = FORECASTS.get(run.algorithm, ("", "", 0))
        shown: Mapping[str, Any] = brief.charts.get(chart, {})
        # the algorithm may have forecast other quantities as well, of which no total is known afterwards
        if not shown or not np.array_equal(values[run.output]["mean"], shown["mean"]):
            continue
        nominal = float(run.parameters.get("nominal", math.nan))
        for due, *said in zip(*(shown.get(name, ()) for name in (time, "mean", "low", "high")), strict=True):
            mean, low, high = map(float, said)
            # the model knows complete weeks only, so the week that has begun is still ahead of it
            if due + span > brief.day and all(map(math.isfinite, (mean, low, high, nominal))):
                found.append(Expected(brief.athlete_id, run.id, int(due), run.algorithm, run.version,
                                      str(brief.charts["subject"]), span, mean, low, high, nominal))  # fmt: skip
    return found


def _insufficient(value: Any) -> bool:
    # of a table the verdict is a column
    verdict = value.get("verdict") if isinstance(value, Mapping) else None
    return isinstance(verdict, str) and str(verdict) == "insufficient"


def _means(value: Any) -> list[tuple[str, float]]:
    """(part, mean of its newest values); nothing of what is no number."""
    if isinstance(value, (Mapping, Workouts)):
        return [(name, mean) for name in COLUMNS if name in value for _, mean in _means(value[name])]
    if isinstance(value, bool) or not isinstance(value, (int, float, np.ndarray, list)):
        return []
    try:
        newest = np.asarray(value[-NEWEST:] if isinstance(value, (list, np.ndarray)) else [value], dtype=float)
    except (TypeError, ValueError):
        return []  # texts, records
    newest = newest[np.isfinite(newest)]
    return [("", float(newest.mean()))] if newest.size else []
