"""The wellness of an athlete as it reaches a store: who measures what, which nights are missing, which are wrong.

Nights are missing one by one and in runs (the watch off, its battery empty), some
begin later than their history, vendors fail for weeks, and the habit of answering questions wears off.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.wellness import Wellness
from fitintel.intelligence.simulate.nights import Floats, body, device_values, ratings, weights
from fitintel.intelligence.simulate.planted import WellnessFault, size_class

SOURCE = "simulator"
FAULTS = ("loose contact", "taken off at night", "of another person", "stuck")
METRICS = {"loose contact": ("hrv_rmssd",), "taken off at night": ("sleep_duration",),
           "of another person": ("hrv_rmssd", "resting_hr"), "stuck": ("resting_hr",)}  # fmt: skip


def draw_wellness(
    rng: np.random.Generator, athlete_id: str, first: int, load: Floats, ill: Floats, strained: Floats,
    hr_rest: float, *, faulty: bool,
) -> tuple[tuple[Wellness, ...], tuple[WellnessFault, ...]]:  # fmt: skip
    """Values by day and metric of an athlete who measures, and those that the device got wrong."""
    days = load.size
    of = body(rng, first, load, ill, strained)
    measured = device_values(rng, of, hr_rest)
    rated = ratings(rng, of, measured["sleep_duration"])
    weighed = weights(rng, of)
    worn = _worn(rng, days)
    kind = str(rng.choice(("watch and answers", "watch", "watch without variability", "answers"),
                          p=(0.5, 0.3, 0.1, 0.1)))  # fmt: skip
    kept: dict[str, tuple[Floats, NDArray[np.bool_]]] = {}
    if "watch" in kind:
        kept |= {name: (values, worn) for name, values in measured.items()
                 if name != "hrv_rmssd" or "without" not in kind}  # fmt: skip
    if "answers" in kind:
        wearing_off = np.exp(-np.arange(days) / rng.uniform(400.0, 4000.0))
        answered = (rng.random(days) < rng.uniform(0.7, 0.97) * wearing_off) & _worn(rng, days)
        kept |= {name: (values, answered) for name, values in rated.items()}
    if rng.random() < 0.4:
        kept |= {name: (values, rng.random(days) < rng.uniform(0.1, 0.9)) for name, values in weighed.items()}
    faults = _spoil(rng, athlete_id, first, kept) if faulty else ()
    found = [Wellness(_id(athlete_id, day, name), athlete_id, day, name, value, SOURCE)
             for name, (values, there) in kept.items()
             for day, value in zip((first + np.flatnonzero(there)).tolist(), values[there].tolist(),
                                   strict=True)]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.day, each.metric))), faults


def _worn(rng: np.random.Generator, days: int) -> NDArray[np.bool_]:
    """Nights with a value: off in runs of a few nights, now and then a single one, vendor gaps, a late beginning."""
    chance, off = rng.random(days), False
    leaves, returns = rng.uniform(0.01, 0.06), rng.uniform(0.3, 0.6)
    worn = np.ones(days, dtype=bool)
    for place, each in enumerate(chance.tolist()):
        off = each < leaves if not off else each > returns
        worn[place] = not off
    worn &= rng.random(days) > rng.uniform(0.01, 0.06)
    for _ in range(rng.poisson(0.8 * days / 365.25)):
        start = int(rng.integers(days))
        worn[start : start + int(rng.integers(7, 36))] = False
    if rng.random() < 0.35:
        worn[: int(days * rng.uniform(0.1, 0.6))] = False
    return worn


def _spoil(
    rng: np.random.Generator, athlete_id: str, first: int, kept: dict[str, tuple[Floats, NDArray[np.bool_]]]
) -> tuple[WellnessFault, ...]:
    """About five occasions on which the device was wrong, changed in place."""
    found: dict[str, WellnessFault] = {}
    for kind in (str(rng.choice(FAULTS)) for _ in range(5)):
        nights = int(rng.integers(6, 15)) if kind == "stuck" else int(rng.integers(1, 3))
        able = np.flatnonzero(kept[METRICS[kind][0]][1]) if METRICS[kind][0] in kept else np.array([], dtype=int)
        if able.size < 60:
            continue
        at = int(rng.integers(able.size - nights))
        for metric in METRICS[kind]:
            if metric not in kept:
                continue
            values, there = kept[metric]
            places = [int(place) for place in able[at : at + nights] if there[place]]
            spread = float(np.std(values[there]))
            wrong = _wrong(rng, kind, metric, [float(values[place]) for place in places])
            for place, value in zip(places, wrong, strict=True):
                effect = value - float(values[place])
                values[place] = value
                name = _id(athlete_id, first + place, metric)
                if effect:
                    found[name] = WellnessFault(name, first + place, metric, kind, round(effect, 2),
                                                size_class(abs(effect) / max(spread, 1e-9), 2.0, 4.0))  # fmt: skip
    return tuple(sorted(found.values(), key=lambda fault: (fault.day, fault.metric)))


def _wrong(rng: np.random.Generator, kind: str, metric: str, true: list[float]) -> list[float]:
    if kind == "stuck":
        return [true[0]] * len(true)
    if kind == "taken off at night":
        return [60.0 * round(value * rng.uniform(0.15, 0.7) / 60.0) for value in true]
    if kind == "loose contact":
        # beats that are missed or counted twice look like variability
        return [float(min(round(value * rng.uniform(1.3, 3.5)), 350)) for value in true]
    factor = rng.uniform(0.4, 2.2) if metric == "hrv_rmssd" else rng.uniform(0.75, 1.35)
    return [float(round(value * factor)) for value in true]


def _id(athlete_id: str, day: Any, metric: str) -> str:
    return "v" + hashlib.sha256(f"{SOURCE}:{athlete_id}:{day}:{metric}".encode()).hexdigest()[:19]
