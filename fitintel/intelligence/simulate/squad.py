"""The squad: athletes with histories whose truth is known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fitintel.core.days import today, week_start
from fitintel.core.stated import Stated
from fitintel.core.workouts import Workouts
from fitintel.intelligence.simulate.details import draw_details
from fitintel.intelligence.simulate.device import Days, Written, write_down
from fitintel.intelligence.simulate.faults import plant_errors, spread_of
from fitintel.intelligence.simulate.fitness import Floats, condition, daily_load, log_fitness
from fitintel.intelligence.simulate.habit import draw_habit
from fitintel.intelligence.simulate.person import draw_person
from fitintel.intelligence.simulate.plans import draw_plans
from fitintel.intelligence.simulate.records import Fitness, Race, SimulatedAthlete, Truth
from fitintel.intelligence.simulate.regimes import phases
from fitintel.intelligence.simulate.sensors import plant_sensor_faults
from fitintel.intelligence.simulate.sessions import Draft, draw_drafts, form_by_day
from fitintel.intelligence.simulate.stated import draw_excuses, draw_goals, draw_thresholds
from fitintel.intelligence.simulate.traits import Traits, draw_traits
from fitintel.intelligence.simulate.wellness import draw_wellness

DEVELOPMENT_SEED = 20131
"""The squad that detectors may be developed on; also the demo's."""
REPORT_SEED = 99300
"""The squad of the reported figures; nothing may be chosen by looking at it."""
SOURCE = "simulator"
ACTIVITY = {"cycling": "ride", "swimming": "swim"}
"""Our words of core.answers where they differ from the simulator's."""


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
    who, life, plant, body, traits_of, turn, pen, strap, night, desk, card = (
        np.random.default_rng([seed, index, stream]) for stream in range(11)
    )
    athlete, person = draw_person(who, index)
    traits = draw_traits(traits_of, person, athlete.units)
    # athletes of every kind are planted: the kinds repeat every six, the planted ones alternate and swap each round
    planted = (index + index // 6) % 2 == 1
    # half of each kind of athlete, planted or not, measure wellness; half plan, half state thresholds
    measures, plans_ahead, tests = (index // every % 2 == 0 for every in (2, 4, 3))
    days = round(years * 365.25)
    first = end - days + 1
    habit = draw_habit(life, plant, turn, person, traits, first, days, planted=planted)
    drafts = draw_drafts(body, person, traits, habit, phases(person, traits, habit.regimes, first))
    load = daily_load(drafts, days)
    ill, strained = condition(habit.stretches, first, days)
    fit = log_fitness(load, traits, ill, strained)
    written = write_down(pen, person, traits, habit, drafts, Days(fit, form_by_day(body, days), ill, strained),
                         athlete.id)  # fmt: skip
    ids = [str(row["id"]) for row in written.rows]
    races = _races(habit.race_days, drafts, written)
    activities = {name: ACTIVITY.get(draft.activity, draft.activity) for name, draft in zip(ids, drafts, strict=True)}
    sessions = {name: draft.session for name, draft in zip(ids, drafts, strict=True) if draft.session is not None}
    plans, became = draw_plans(desk, person, habit, drafts, written.rows, athlete.id) if plans_ahead else ([], {})
    errors = plant_errors(plant, person, written, [race.workout_id for race in races]) if planted else ()
    spoiled = [error.workout_id for error in errors]
    faults = plant_sensor_faults(strap, spread_of(person), written, spoiled) if planted else ()
    types = activities | {error.workout_id: "outlier" for error in errors if error.gross}
    for place, row in enumerate(written.rows, start=1):
        row.update(source=SOURCE, row=float(place))
    fitness = _fitness(first, person.speed["run"] / traits.easy * np.exp(fit), traits)
    thresholds, right = draw_thresholds(desk, traits, fitness, athlete.id) if tests else ([], {})
    stated: tuple[Stated, ...] = (
        *thresholds,
        *draw_goals(desk, person, races, end, first, athlete.id),
        *plans,
        *draw_excuses(desk, habit.stretches, first, end, athlete.id),
    )
    values, wrong = (
        draw_wellness(night, athlete.id, first, load, ill, strained, traits.hr_rest, faulty=planted)
        if measures
        else ((), ())
    )
    truth = Truth(planted, habit.changes, errors, faults, habit.stretches, races, types, activities, sessions, fitness,
                  habit.regimes, wrong, right, became)  # fmt: skip
    workouts = Workouts.from_rows(written.rows).ordered()
    return SimulatedAthlete(athlete, workouts, truth, written.laps, written.names, values, stated,
                            *draw_details(card, end))  # fmt: skip


def _fitness(first: int, speed: Floats, traits: Traits) -> Fitness:
    return Fitness(first, tuple(np.round(speed, 4).tolist()), round(traits.hr_rest, 1), round(traits.hr_threshold, 1),
                   round(traits.hr_max, 1), round(traits.tau_fitness, 1), round(traits.tau_fatigue, 1),
                   round(traits.gain, 4), round(traits.cost, 4))  # fmt: skip


def _races(race_days: Sequence[int], drafts: Sequence[Draft], written: Written) -> tuple[Race, ...]:
    raced = [(row, draft) for row, draft in zip(written.rows, drafts, strict=True) if draft.race is not None]
    found = {row["day"]: Race(row["day"], str(row["id"]), float(draft.race or 0.0),
                              round(written.expected[str(row["id"])], 1), float(row["duration"]))
             for row, draft in raced}  # fmt: skip
    return tuple(found[day] for day in race_days)
