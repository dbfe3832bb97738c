"""Records: the fastest that an athlete was over a distance, ever and in the last year, from whole workouts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.sports import ON_FOOT
from fitintel.intelligence.registry import Journal

if TYPE_CHECKING:
    from fitintel.core.records import Athlete
    from fitintel.workbench.door import Door

DISTANCES: dict[str, tuple[float, ...]] = {
    "running": (1_000.0, 3_000.0, 5_000.0, 10_000.0, 15_000.0, 21_097.5, 42_195.0),
    "cycling": (5_000.0, 10_000.0, 20_000.0, 40_000.0, 80_000.0, 100_000.0),
}
"""m. sport -> distances that records are kept of"""
YEAR = 365
NEEDED = ("id", "day", "sport", "duration", "distance", "flags")


def records(bench: Door, athlete: Athlete, day: int) -> dict[str, Any]:
    """The best mean speed [m/s] over each distance, of workouts at least that long, up to a day.

    A workout with a flag counts for nothing: one wrong entry would be a record. `sport` is the one of most workouts
    that has records; `windows` maps `all` and `year` to `best`, `day` and `workout`, one each a distance, None where
    there is none. A whole workout's mean is a lower bound: a fast part of a slower workout is not seen.
    """
    rows = bench.store.workouts(athlete.id, columns=NEEDED, until=day)
    sports = rows["sport"].astype(str)
    sport = max(DISTANCES, key=lambda name: int((sports == name).sum()))
    mine = rows.take((sports == sport) & (rows["flags"].astype(str) == ""))
    distance, duration = (mine[name].astype(float) for name in ("distance", "duration"))
    asked = np.array(DISTANCES[sport])
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = np.where(duration > 0, distance / duration, np.nan)
    curve = np.where(distance[:, None] >= asked[None, :], speed[:, None], np.nan)
    journal = Journal()
    windows = {}
    for name, first in (("all", None), ("year", day - YEAR + 1)):
        found = journal.run("personal_bests", mine["day"], curve, first=first, last=day)
        ids = mine["id"].tolist()
        windows[name] = {
            "best": _known(found["best"]), "day": _known(found["day"]),
            "workout": [None if one is None else ids[int(one)] for one in _known(found["row"])],
            "run_id": found.run.id,
        }  # fmt: skip
    return {"sport": sport, "on_foot": sport in ON_FOOT, "distances": asked.tolist(), "windows": windows}


def _known(values: Any) -> list[float | None]:
    return [None if value != value else float(value) for value in np.asarray(values, dtype=float).tolist()]
