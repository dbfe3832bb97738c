"""What of a person decides how sessions look: physiology, kinds of session, response to training, device habits.

Sources: heart rate reserve follows oxygen uptake (Swain & Leutholtz 1997, Med Sci Sports Exerc 29:410), so heart rate
is taken as linear in speed; threshold at about 86 % of the reserve. Easy running at 0.76-0.85 of threshold speed
(Daniels: 72 % against 90 % of the speed at VO2max). Three quarters to four fifths of sessions are easy, the others
polarised or pyramidal (Seiler & Kjerland 2006, Scand J Med Sci Sports 16:49; Stoeggl & Sperlich 2015, Front Physiol
6:295; Casado et al. 2022, Int J Sports Physiol Perform 17:820). Time constants of fitness and fatigue scatter widely
around 42 and 11 d (Clarke & Skiba 2013, Adv Physiol Educ 37:134; Hellard et al. 2006, J Sports Sci 24:509).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fitintel.core.units import METRE_PER_MILE, UnitSystem
from fitintel.intelligence.simulate.person import Person

HARD = {"beginner": (0.08, 0.16), "walker": (0.03, 0.10), "recreational": (0.14, 0.24), "competitive": (0.19, 0.27),
        "outdoor": (0.06, 0.15), "multisport": (0.15, 0.25)}  # fmt: skip
"""Range of the share of hard sessions by archetype."""
RECOVERY = {"competitive": 0.12, "multisport": 0.08, "recreational": 0.06}
THRESHOLD_RESERVE = 0.86
"""Share of heart rate reserve at threshold."""


@dataclass(frozen=True, slots=True)
class Traits:
    """One athlete's body and habits of recording. Heart rates in bpm, shares as fractions."""

    easy: float
    """speed of an easy run over threshold speed"""
    hr_rest: float
    hr_threshold: float
    hr_max: float
    hard: float
    """share of hard sessions that the athlete means to do"""
    tempo: float
    """share of tempo among the hard ones: pyramidal about 0.65, polarised about 0.3"""
    recovery: float
    long_day: int
    """weekday of the long session, Monday 0"""
    long: float
    """probability that training on that day is a long session"""
    tau_fitness: float
    tau_fatigue: float
    gain: float
    cost: float
    lapping: str
    """none, distance (the device laps every kilometre or mile), sessions (also every part of structured sessions)"""
    lap_length: float
    named: bool
    """structured sessions and races have a name"""
    default_sport: float
    """share of walks, hikes and run-walks that are recorded under the app's default sport, running. Of 2,774 real
    workouts 2,665 are runs by name"""
    ftp: float | None
    """W at threshold; None: no power meter"""

    def heart_rate(self, intensity: float) -> float:
        """Steady heart rate [bpm] at an intensity [speed over threshold speed]."""
        wanted = self.hr_rest + (self.hr_threshold - self.hr_rest) * intensity
        return min(wanted, 0.985 * self.hr_max)


def draw_traits(rng: np.random.Generator, person: Person, units: UnitSystem) -> Traits:
    """The traits of a person."""
    easy = rng.uniform(0.76, 0.85)
    rest = rng.uniform(44.0, 66.0)
    threshold = rest + (person.hr_easy - rest) / easy
    device = person.hr or person.cadence
    lapping = str(rng.choice(("none", "distance", "sessions"), p=(0.25, 0.4, 0.35))) if device else "none"
    gain = rng.uniform(0.06, 0.14)
    return Traits(
        easy=easy, hr_rest=rest, hr_threshold=threshold, hr_max=rest + (threshold - rest) / THRESHOLD_RESERVE,
        hard=rng.uniform(*HARD[person.archetype]),
        tempo=float(np.clip(rng.normal(0.65 if rng.random() < 0.6 else 0.3, 0.1), 0.1, 0.9)),
        recovery=RECOVERY.get(person.archetype, 0.03) * rng.uniform(0.4, 1.6),
        long_day=5 + int(rng.random() < 0.6), long=rng.uniform(0.3, 0.8),
        tau_fitness=rng.uniform(35.0, 50.0), tau_fatigue=rng.uniform(7.0, 15.0), gain=gain,
        cost=gain * rng.uniform(0.4, 0.8), lapping=lapping,
        lap_length=METRE_PER_MILE if units is UnitSystem.IMPERIAL else 1000.0, named=bool(rng.random() < 0.4),
        default_sport=rng.uniform(0.2, 0.9) if rng.random() < 0.4 else 0.0,
        ftp=rng.uniform(160.0, 300.0) if "cycling" in person.mix and rng.random() < 0.4 else None,
    )  # fmt: skip
