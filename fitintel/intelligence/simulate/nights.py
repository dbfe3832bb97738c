"""Who measures wellness and how their body answers to load, illness, stress and late nights; values by day.

A latent fatigue (load of the last days), a stress of life that comes and goes, illness and overreaching drive all
values; every person has their own level, sensitivity and noise. Sizes: RMSSD 20-100 ms between people (Nunan et al.
2010, Pacing Clin Electrophysiol 33:1407), from day to day 10-20 % (Buchheit 2014, Front Physiol 5:73), lower for
24-48 h after hard work (Stanley et al. 2013, Sports Med 43:1259), lower in illness with resting heart rate up 3-10
bpm (Mishra et al. 2020, Nat Biomed Eng 4:1208), either way in overreaching (Bellenger et al. 2016, Sports Med
46:1461); resting heart rate 1-3 bpm from day to day (Quer et al. 2020, PLoS ONE 15:e0227709); alcohol (Pietilae et
al. 2018, JMIR Ment Health 5:e23); menstrual cycle (Schmalenberger et al. 2019, J Clin Med 8:1946); sleep differs by
about an hour from night to night and is longer at weekends (Bei et al. 2016, Sleep Med Rev 28:108); ratings of
wellness answer more clearly than what is measured (Saw et al. 2016, Br J Sports Med 50:281); weight moves by 0.3-0.7
% (Orsama et al. 2014, Obes Facts 7:36).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.simulate.fitness import weighted_means

Floats = NDArray[np.float64]
HOOPER = ("sleep_quality", "stress", "fatigue", "soreness", "mood")
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Body:
    """What drives a person's wellness, by day of the history; shape (n,) each, in SD or of their mean."""

    weekday: NDArray[np.int64]
    """of the day on which the night ended, Monday 0"""
    recent: Floats
    """load of the last two or three days over the mean, less 1"""
    weeks: Floats
    """load of the last week or two over the mean, less 1"""
    stress: Floats
    late: Floats
    """0, or how bad a late night was, up to 1"""
    cycle: Floats
    ill: Floats
    strained: Floats


def body(rng: np.random.Generator, first: int, load: Floats, ill: Floats, strained: Floats) -> Body:
    """The drivers of a person's days."""
    days, mean = load.size, max(float(load.mean()), 1e-9)
    weekday = (first + np.arange(days) + 3) % 7
    stress = wander(rng, days, 1.0, rng.uniform(3.0, 12.0))
    late = rng.random(days) < rng.uniform(0.02, 0.08) * np.where(weekday >= 5, 2.2, 0.7)
    women = rng.random() < 0.45
    period = rng.uniform(26.0, 31.0)
    cycle = np.sin(2 * np.pi * (np.arange(days) + rng.uniform(0, period)) / period) * float(women)
    return Body(weekday, weighted_means(load, 1.5) / mean - 1, weighted_means(load, 8.0) / mean - 1, stress,
                late * rng.uniform(0.3, 1.0, days), cycle, ill, strained)  # fmt: skip


def device_values(rng: np.random.Generator, of: Body, hr_rest: float) -> dict[str, Floats]:
    """What a watch or ring measures overnight: metric -> value of every day."""
    days = of.stress.size
    slow = wander(rng, days, 1.0, 60.0)
    answers = rng.uniform(0.3, 1.2)
    down = of.late * rng.uniform(0.2, 0.5) + of.ill * rng.uniform(0.1, 0.4)
    down += of.strained * (rng.uniform(0.08, 0.25) if rng.random() < 0.75 else -rng.uniform(0.05, 0.15))
    down += 0.03 * answers * of.recent + 0.03 * answers * of.weeks + 0.02 * of.stress + 0.035 * of.cycle
    log = rng.normal(3.95, 0.4) - down + 0.05 * slow + rng.uniform(0.08, 0.2) * noise(rng, days)
    up = 5.0 * of.late * answers + of.ill * rng.uniform(2.5, 9.0) + of.strained * rng.uniform(-1.0, 4.0)
    up += answers * (0.5 * of.recent + 0.6 * of.weeks + 0.3 * of.stress) + 1.3 * of.cycle - 0.8 * slow
    rest = hr_rest + up + rng.uniform(0.9, 2.2) * noise(rng, days)
    usual, spread = rng.uniform(6.5, 7.8), rng.uniform(0.6, 1.0)
    asleep = usual + np.where(of.weekday >= 5, rng.uniform(0.1, 1.0), 0.0) - 0.2 * of.stress - 1.2 * of.late
    asleep = np.clip(asleep + 0.5 * of.ill + spread * 0.8 * noise(rng, days), 2.0, 12.0)
    wake = rng.uniform(5.5, 7.5) + np.where(of.weekday >= 5, rng.uniform(0.3, 1.5), 0.0) + 0.4 * noise(rng, days)
    start = wake - asleep - np.abs(rng.normal(0.4, 0.2, days))
    found: dict[str, Floats] = {
        "hrv_rmssd": np.exp(np.clip(log, 1.5, 5.6)).round().astype(np.float64),
        "resting_hr": np.clip(rest, 32, 110).round().astype(np.float64),
        "sleep_duration": 60 * np.round(asleep * 60), "sleep_start": 60 * np.round(start * 60),
        "sleep_end": 60 * np.round(wake * 60),
    }  # fmt: skip
    return found


def ratings(rng: np.random.Generator, of: Body, asleep: Floats) -> dict[str, Floats]:
    """Hooper ratings and mood, 1 best; most people use part of the scale, and some mornings repeat the last answer."""
    slept = (asleep - asleep.mean()) / max(float(asleep.std()), 1e-9)
    drive = {
        "sleep_quality": -0.8 * slept + 0.3 * of.stress + 0.6 * of.ill + 0.5 * of.strained + 0.8 * of.late,
        "stress": 0.9 * of.stress + 0.4 * of.strained,
        "fatigue": 0.5 * of.recent + 0.5 * of.weeks + 2.0 * of.ill + 1.8 * of.strained - 0.3 * slept + of.late,
        "soreness": 0.8 * of.recent + 0.2 * of.weeks + 0.8 * of.ill + 1.2 * of.strained,
        "mood": 0.6 * of.stress + 1.0 * of.ill + 0.9 * of.strained,
    }
    scale, level = rng.uniform(0.5, 1.1), rng.normal(2.8, 0.5)
    again = rng.random(of.stress.size) < rng.uniform(0.0, 0.25)
    found = {}
    for name in HOOPER:
        felt = level + rng.normal(0.0, 0.4) + scale * (drive[name] + 0.7 * rng.standard_normal(of.stress.size))
        values = np.clip(np.round(felt), 1, 7)
        last = np.maximum.accumulate(np.where(again, 0, np.arange(values.size)))
        found[name] = values[last]
    return found


def weights(rng: np.random.Generator, of: Body) -> dict[str, Floats]:
    """Body mass [kg]."""
    days = of.stress.size
    usual = rng.uniform(52.0, 92.0)
    swing = wander(rng, days, rng.uniform(0.008, 0.02), 90.0) + rng.uniform(0.003, 0.007) * noise(rng, days)
    # heaviest after the weekend
    return {"weight": np.round(usual * (1 + swing + 0.0015 * np.cos(2 * np.pi * of.weekday / 7)), 1)}


def noise(rng: np.random.Generator, days: int) -> Floats:
    """Day-to-day scatter with SD 1 and a few days far out (Student's t with 5 degrees of freedom)."""
    return rng.standard_t(5.0, days) * float(np.sqrt(3 / 5))


def wander(rng: np.random.Generator, days: int, sd: float, timescale: float) -> Floats:
    """A stationary first-order autoregressive series with this SD and e-folding time [d]."""
    keep = float(np.exp(-1 / timescale))
    value, out = float(rng.normal()), np.empty(days)
    for place, step in enumerate(rng.normal(0.0, np.sqrt(1 - keep**2), days).tolist()):
        value = keep * value + step
        out[place] = value
    return sd * out
