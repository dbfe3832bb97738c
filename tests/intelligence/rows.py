"""Rows of workouts, and what the detector finds in them."""

from __future__ import annotations

import numpy as np

from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

workout_anomaly, workout_type = get("workout_anomaly"), get("workout_type")


def workouts(*rows):
    return Workouts.from_rows([{"id": f"w{i:04}", "day": 20000 + i, "sport": "running", "flags": "", **row}
                               for i, row in enumerate(rows)])  # fmt: skip


def habit(n=60, speed=3.0, seed=0, spread=0.06, **more):
    """An athlete's ordinary workouts: log speed and log duration vary by `spread` and 0.3."""
    rng = np.random.default_rng(seed)
    duration = 2700.0 * np.exp(rng.normal(0, 0.3, n))
    distance = duration * speed * np.exp(rng.normal(0, spread, n))
    return [{"duration": t, "distance": d, **more} for t, d in zip(duration, distance, strict=True)]


def find(*rows):
    w = workouts(*rows)
    found = workout_anomaly(w, workout_type(w))
    return {
        int(name[1:]): (kind, field, value, expected)
        for name, kind, field, value, expected in zip(
            *(found[key] for key in ("id", "kind", "field", "value", "expected")), strict=True
        )
    }


def last(rows, **row):
    """What is found of `row` after the ordinary `rows`."""
    return find(*rows, row).get(len(rows))
