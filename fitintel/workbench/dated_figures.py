"""Figures of dated capacities on a squad: how far the next threshold and the next race are from what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from fitintel.core.stated import Threshold
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import SimulatedAthlete
from fitintel.workbench.figures import DRAWS, SHARE, Figure, share

THRESHOLD, RACE = "forecast of threshold speed", "forecast of race time"
ENOUGH = "athletes with the dated values that a choice of model needs"


def dated_figures(of: str, squad: Sequence[SimulatedAthlete], *, seed: int) -> list[Figure]:
    """Of each athlete's stated thresholds and races, in order: the error of the naive forecast, which is what is shown
    until there are enough of them to choose a model, and how many athletes have enough."""  # fmt: skip
    tests = {one.athlete.id: _speeds(one) for one in squad}
    races = {one.athlete.id: [(race.day, race.distance, race.time) for race in one.truth.races] for one in squad}
    index, time = get("daniels_gilbert"), get("daniels_gilbert_time")
    speed_errors = [
        abs(float(np.log(value / one.truth.fitness.speed_on(day))))
        for one in squad
        for (_, value), (day, _) in pairwise(tests[one.athlete.id])
    ]
    race_errors = [
        abs(float(np.log(time(index(before[1], before[2]), after[1]) / after[2])))
        for each in races.values() for before, after in pairwise(each)
    ]  # fmt: skip
    found = []
    for area, errors, dated in ((THRESHOLD, speed_errors, tests.values()), (RACE, race_errors, races.values())):
        found.append(_median(of, area, errors, seed))
        found.append(share(of, area, ENOUGH, _enough(dated), sum(len(each) > 0 for each in dated), "athletes"))
    return found


def _speeds(one: SimulatedAthlete) -> list[tuple[int, float]]:
    return sorted((each.valid_from, each.value) for each in one.stated
                  if isinstance(each, Threshold) and each.kind == "speed" and each.value)  # fmt: skip


def _enough(dated: Iterable[Sequence[object]]) -> int:
    forecast = get("dated_forecast")
    needed = int(forecast([0], [1.0])["needed"])
    return sum(len(each) >= needed for each in dated)


def _median(of: str, area: str, errors: Sequence[float], seed: int) -> Figure:
    name = "median error of the naive forecast: the last value holds"
    if not errors:
        return Figure(of, area, name, "all", None, None, None, 0, "cases", SHARE)
    rng = np.random.default_rng([seed, len(errors)])
    medians = np.median(rng.choice(np.array(errors), (DRAWS, len(errors))), axis=1)
    low, high = (float(each) for each in np.quantile(medians, (0.025, 0.975)))
    return Figure(of, area, name, "all", float(np.median(errors)), low, high, len(errors), "cases", SHARE)
