"""Who a simulated athlete is: ability, habit, devices. The ranges go from beginner to competitive runner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitintel.core.records import Athlete
from fitintel.core.units import UnitSystem

FIRST = ("Amber", "Basil", "Clover", "Dale", "Ember", "Fern", "Glen", "Hazel", "Ivy", "Jasper", "Kestrel", "Linden",
         "Maple", "Nettle", "Olive", "Perry", "Quill", "Rowan", "Sage", "Thorn", "Umber", "Violet", "Willow",
         "Yarrow")  # fmt: skip
LAST = ("Fauxley", "Mockham", "Testerby", "Samplewick", "Nullingham", "Specimen", "Placeholm", "Dummond")
"""Names that no list of members holds: the squad must never be taken for people."""

GAITS = ("run", "walk", "hike", "mixed")


@dataclass(frozen=True, slots=True)
class Archetype:
    """Ranges from which one kind of athlete is drawn: (low, high), uniform."""

    name: str
    mix: dict[str, float]
    """weights of run, walk, hike, mixed, cycling, strength, swimming, other"""
    day_share: tuple[float, float]
    run_speed: tuple[float, float]
    """m/s on an easy day"""
    run_distance: tuple[float, float]
    """m, median"""
    structured: float
    """probability of training in blocks of three weeks up, one down"""
    races: tuple[int, int]
    """races in a year, when planted"""


ARCHETYPES = (
    Archetype("beginner", {"run": 0.35, "walk": 0.3, "mixed": 0.35, "other": 0.03},
              (0.35, 0.6), (2.1, 2.5), (3000, 4500), 0.1, (0, 1)),
    Archetype("walker", {"walk": 0.85, "hike": 0.1, "run": 0.05},
              (0.5, 0.8), (2.0, 2.4), (2500, 4000), 0.0, (0, 0)),
    Archetype("recreational", {"run": 0.85, "walk": 0.1, "strength": 0.05},
              (0.4, 0.7), (2.4, 3.0), (5000, 8000), 0.4, (1, 2)),
    Archetype("competitive", {"run": 0.9, "strength": 0.06, "cycling": 0.04},
              (0.65, 0.85), (3.1, 3.9), (8000, 12000), 0.9, (2, 4)),
    Archetype("outdoor", {"run": 0.35, "hike": 0.3, "walk": 0.25, "cycling": 0.1, "other": 0.03},
              (0.4, 0.7), (2.3, 2.9), (5000, 8000), 0.1, (0, 1)),
    Archetype("multisport", {"run": 0.4, "cycling": 0.35, "swimming": 0.15, "strength": 0.1, "other": 0.03},
              (0.55, 0.8), (2.7, 3.4), (6000, 9000), 0.6, (1, 3)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One athlete's traits. Speeds in m/s, distances in m, durations in s, shares as fractions."""

    archetype: str
    mix: dict[str, float]
    day_share: float
    """share of days with training, before life gets in the way"""
    weekday: tuple[float, ...]
    """multipliers of day_share, Monday first, mean 1"""
    keeps: float
    """how much a missed day is made up for within the week, 0 not at all"""
    second: float
    """probability of a second workout on a training day"""
    speed: dict[str, float]
    distance: dict[str, float]
    size_sd: float
    """SD of log size from workout to workout; its tails are heavy"""
    pace_sd: float
    """SD of log pace from workout to workout"""
    motivation_sd: float
    motivation_days: float
    """how long a mood lasts"""
    drift_sd: float
    """SD of the slow wandering of the habit over months"""
    season: float
    """amplitude of the year in log load"""
    structured: bool
    races: int
    hr: bool
    cadence: bool
    rpe: bool
    hr_easy: float
    utc_offset: float
    hour: float


def draw_person(rng: np.random.Generator, index: int) -> tuple[Athlete, Person]:
    """The athlete with number `index` (from 0) of a squad."""
    kind = ARCHETYPES[index % len(ARCHETYPES)]
    run = rng.uniform(*kind.run_speed)
    walk = rng.uniform(1.25, 1.6)
    lengths = rng.uniform(*kind.run_distance)
    # some keep their weekdays, some do not: a Dirichlet from spread to peaked
    weekday = rng.dirichlet(np.full(7, rng.uniform(8.0, 90.0))) * 7
    person = Person(
        archetype=kind.name,
        mix={name: weight * rng.uniform(0.6, 1.4) if name != "other" else weight for name, weight in kind.mix.items()},
        day_share=rng.uniform(*kind.day_share),
        weekday=tuple(float(share) for share in weekday),
        keeps=rng.uniform(0.5, 2.0), second=rng.uniform(0.05, 0.45),
        speed={"run": run, "walk": walk, "hike": rng.uniform(0.85, 1.15), "mixed": (run + walk) / 2,
               "cycling": rng.uniform(5.5, 8.0), "swimming": rng.uniform(0.6, 1.1)},
        distance={"run": lengths, "walk": rng.uniform(2500, 4500), "hike": rng.uniform(7000, 12000),
                  "mixed": rng.uniform(3000, 5000), "cycling": rng.uniform(18000, 40000),
                  "swimming": rng.uniform(1000, 2200)},
        size_sd=rng.uniform(0.15, 0.3), pace_sd=rng.uniform(0.045, 0.09),
        motivation_sd=rng.uniform(0.25, 0.5), motivation_days=rng.uniform(15.0, 40.0), drift_sd=rng.uniform(0.03, 0.15),
        season=rng.uniform(0.0, 0.25), structured=bool(rng.random() < kind.structured),
        races=int(rng.integers(kind.races[0], kind.races[1] + 1)), hr=bool(rng.random() < 0.6),
        cadence=bool(rng.random() < 0.5), rpe=bool(rng.random() < 0.3), hr_easy=rng.uniform(128, 152),
        utc_offset=3600.0 * float(rng.choice((-8, -6, -5, 0, 1, 2, 10))), hour=rng.uniform(6.0, 19.0),
    )  # fmt: skip
    name = f"{FIRST[index % len(FIRST)]} {LAST[int(rng.integers(len(LAST)))]}"
    units = UnitSystem.IMPERIAL if rng.random() < 0.3 else UnitSystem.METRIC
    # three in ten have set themselves a goal
    goal = float(np.clip(np.round(7 * person.day_share), 2, 6)) if rng.random() < 0.3 else None
    return Athlete(id=f"demo-{index + 1:02d}", name=name, units=units, goal_days=goal, simulated=True), person
