"""How many planted slips are found, and the windows they are judged in."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.rules import MAX_DURATION, MAX_SPEED
from fitintel.core.units import METRE_PER_MILE
from fitintel.intelligence.past import PastWindows
from tests.intelligence.rows import find, habit, last


def _athlete(rng, n=400):
    """Two gaits or one, a slow wave of fitness, long days, and bad days up to a quarter slower."""
    run, share = rng.uniform(2.4, 3.7), rng.choice([0.0, 1.0, 0.5])
    speed = np.where(rng.random(n) < share, run, rng.uniform(1.15, 1.45))
    spread = rng.normal(0, rng.uniform(0.05, 0.1), n) + 0.08 * np.sin(np.arange(n) / 60)
    spread -= np.where(rng.random(n) < 0.03, rng.uniform(0.1, 0.25, n), 0.0)
    duration = np.exp(rng.normal(np.log(2400), 0.35, n)) * np.where(rng.random(n) < 0.12, 1.8, 1.0)
    return duration, duration * speed * np.exp(spread)


def _flags(duration, distance):
    if duration > MAX_DURATION:
        return "duration_over_24h"
    return "speed_impossible" if distance / duration > MAX_SPEED["running"] else ""


SLIPS = {
    "digit more in the distance": lambda t, d, r: (t, 10 * d),
    "digit less in the distance": lambda t, d, r: (t, d / 10),
    "digit more in the duration": lambda t, d, r: (10 * t, d),
    "digit less in the duration": lambda t, d, r: (t / 10, d),
    "minutes for seconds": lambda t, d, r: (t / 60, d),
    "watch left running": lambda t, d, r: (t + r.uniform(3, 10) * 3600, d),
}


def test_gross_slips_are_found_and_ordinary_workouts_hardly_ever_told():
    rng = np.random.default_rng(20)
    found = planted = told = ordinary = 0
    for _ in range(12):
        duration, distance = _athlete(rng)
        at = np.flatnonzero(rng.random(len(duration)) < 0.02)
        at = at[at > 25]
        for i in at:
            duration[i], distance[i] = SLIPS[rng.choice(list(SLIPS))](duration[i], distance[i], rng)
        hits = find(*({"duration": t, "distance": d, "flags": _flags(t, d)}
                      for t, d in zip(duration.tolist(), distance.tolist(), strict=True)))  # fmt: skip
        found += len(hits.keys() & set(at.tolist()))
        told += len(hits.keys() - set(at.tolist()))
        planted, ordinary = planted + len(at), ordinary + len(duration) - len(at)
    assert found / planted >= 0.95
    assert told / ordinary <= 0.006


def test_unit_slips_of_athletes_with_one_gait_are_mostly_found():
    rng = np.random.default_rng(21)
    hits = [
        last(habit(80, speed, seed, spread=0.07), duration=2400.0,
             distance=2400.0 * speed * np.exp(rng.normal(0, 0.07)) * factor) is not None
        for seed, speed in enumerate(rng.uniform(2.5, 3.6, 60))
        for factor in (METRE_PER_MILE / 1000, 1000 / METRE_PER_MILE)
    ]  # fmt: skip
    assert np.mean(hits) >= 0.95


@given(st.lists(st.tuples(st.floats(-5, 5) | st.just(np.nan), st.integers(0, 2)), max_size=40), st.integers(1, 6))
def test_past_windows_equal_a_plain_loop(pairs, width):
    values = np.array([value for value, _ in pairs], dtype=float)
    group = np.array([code for _, code in pairs], dtype=np.int64)
    found = PastWindows(values, group, width=width).past(nearest=1)
    for i in range(len(pairs)):
        before = values[:i][(group[:i] == group[i]) & np.isfinite(values[:i])][-width:]
        assert found.count[i] == len(before)
        if len(before):
            assert found.median[i] == pytest.approx(np.median(before))
            assert found.high[i] == before.max()
        if len(before) and np.isfinite(values[i]):
            assert found.near[i] == np.abs(before - values[i]).min()
        else:
            assert np.isnan(found.near[i])
