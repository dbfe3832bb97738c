"""The squad: athletes with histories whose truth is known."""

from __future__ import annotations

import numpy as np

from fitintel.core.days import today, week_start
from fitintel.core.workouts import Workouts
from fitintel.intelligence.simulate.faults import plant_errors, plant_sensor_faults
from fitintel.intelligence.simulate.habit import draw_habit
from fitintel.intelligence.simulate.person import draw_person
from fitintel.intelligence.simulate.records import Race, SimulatedAthlete, Truth
from fitintel.intelligence.simulate.sessions import draw_rows

DEVELOPMENT_SEED = 20131
"""The squad that detectors may be developed on; also the demo's."""
REPORT_SEED = 71993
"""The squad of the reported figures; nothing may be chosen by looking at it."""
SOURCE = "simulator"


def last_sunday(day: int) -> int:
    """The latest Sunday before `day`.

    >>> last_sunday(20368)
    20366
    """
    return week_start(day) - 1


def simulate_squad(
    *, seed: int = DEVELOPMENT_SEED, athletes: int = 24, years: float = 3.0, end_day: int | None = None
) -> tuple[SimulatedAthlete, ...]:
    """Athletes `demo-01`, `demo-02`, ... with workouts until `end_day` (default: last Sunday) and the truth.

    Every second athlete has planted events: lasting changes of weekly load by 30-60 %, an injury, tapers and races,
    entry errors and sensor faults. The others have life's noise only: mood, season, blocks, illness, holidays. Equal
    arguments give equal workouts. The simulator knows nothing of the detectors.

    >>> squad = simulate_squad(seed=1, athletes=2, years=1, end_day=20000)
    >>> [one.athlete.id for one in squad], [one.truth.planted for one in squad]
    (['demo-01', 'demo-02'], [False, True])
    """
    end = last_sunday(today()) if end_day is None else end_day
    return tuple(_athlete(seed, index, years, end) for index in range(athletes))


def _athlete(seed: int, index: int, years: float, end: int) -> SimulatedAthlete:
    who, life, plant, body = (np.random.default_rng([seed, index, stream]) for stream in range(4))
    athlete, person = draw_person(who, index)
    # athletes of every kind are planted: the kinds repeat every six, the planted ones alternate and swap each round
    planted = (index + index // 6) % 2 == 1
    days = round(years * 365.25)
    first = end - days + 1
    habit = draw_habit(life, plant, person, first, days, planted=planted)
    rows = draw_rows(body, person, habit, athlete.id)
    types = {row["id"]: row.pop("type") for row in rows}
    raced = {row["day"]: row["id"] for row in rows if row["day"] in habit.race_days}
    races = tuple(Race(day, raced[day]) for day in habit.race_days)
    errors = plant_errors(plant, person, rows, list(raced.values())) if planted else ()
    faults = plant_sensor_faults(plant, rows, [error.workout_id for error in errors]) if planted else ()
    for place, row in enumerate(rows, start=1):
        row.update(source=SOURCE, row=float(place))
    truth = Truth(planted, habit.changes, errors, faults, habit.stretches, races, types)
    return SimulatedAthlete(athlete, Workouts.from_rows(rows).ordered(), truth)
