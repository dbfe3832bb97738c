"""The quality of recordings in a brief: load gets an interval that it widens, and a workout says how good it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fitintel.core.quality import LOADS
from fitintel.core.records import Insight
from fitintel.intelligence.registry import Journal, Result

LOW = 80.0
"""A workout of less quality than this is named where it widens an interval."""
WINDOW = 42
"""d in which workouts are looked for that do: the time constant of CTL"""
NAMED = 3
"""At most this many are named, the worst first."""
NOTHING: dict[str, Any] = {name: [] for name in ("id", "score", "why", *LOADS)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What the quality of recordings leaves open in the load of a day."""

    loads: Result
    workouts: Result
    """load_interval"""
    smoothed: Result
    """pmc_interval"""
    quality: Mapping[str, Any]
    day: int


def doubt(journal: Journal, loads: Result, quality: Mapping[str, Any] | None, day: int) -> Doubt:
    """Run what turns quality into intervals of load. `quality`: columns `id`, `score`, `why`, and those of LOADS."""
    quality = quality or NOTHING
    workouts = journal.run("load_interval", loads, {name: quality[name] for name in ("id", *LOADS)})
    return Doubt(loads, workouts, journal.run("pmc_interval", workouts, day), quality, day)


def of_load(said: Iterable[Insight], found: Doubt) -> list[Insight]:
    """The insights, `load_state` with half-widths, the share of workouts that were judged, and the worst of them."""
    made = []
    for insight in said:
        if insight.code == "load_state":
            values = {f"{name}_half": found.smoothed[name] for name in ("ctl", "atl", "tsb")}
            values |= {"judged": _judged(found), "low": _worst(found)}
            insight = _with(insight, values, found.smoothed, found.workouts)
        made.append(insight)
    return made


def of_workouts(said: Iterable[Insight], found: Doubt) -> list[Insight]:
    """The insights, each of a workout whose quality is known with it, and with the reasons."""
    place = {str(one): index for index, one in enumerate(found.quality["id"])}
    made = []
    for insight in said:
        at = place.get(insight.values.get("id", ""))
        if at is not None:
            values = {"quality": float(found.quality["score"][at]), "why": str(found.quality["why"][at])}
            insight = _with(insight, values, found.workouts)
        made.append(insight)
    return made


def _with(insight: Insight, values: Mapping[str, Any], *results: Result) -> Insight:
    runs = tuple(dict.fromkeys((*insight.run_ids, *(result.run.id for result in results))))
    return replace(insight, values={**insight.values, **values}, run_ids=runs)


def _recent(found: Doubt) -> Any:
    days = np.asarray(found.workouts["day"])
    return np.flatnonzero((days > found.day - WINDOW) & (days <= found.day))


def _judged(found: Doubt) -> float:
    score = np.asarray(found.workouts["quality"])[_recent(found)]
    return float(np.mean(~np.isnan(score))) if len(score) else 0.0


def _worst(found: Doubt) -> list[dict[str, Any]]:
    score, ids = np.asarray(found.workouts["quality"]), found.loads["id"]
    why = dict(zip(map(str, found.quality["id"]), found.quality["why"], strict=True))
    low = [place for place in _recent(found).tolist() if score[place] < LOW]
    low.sort(key=lambda place: (score[place], str(ids[place])))
    return [{"day": int(found.workouts["day"][place]), "quality": float(score[place]), "why": why[str(ids[place])]}
            for place in low[:NAMED]]  # fmt: skip
