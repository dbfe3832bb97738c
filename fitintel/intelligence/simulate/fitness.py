"""What training does to an athlete: threshold speed by an impulse-response model, with illness and overreaching.

log speed = gain * (g - m) / m - cost * (h - m) / m + condition, where g and h are means of daily load weighted by
exp(-age / tau) with a long and a short tau, and m is the mean load of the history (Banister 1975; Morton, Fitz-Clarke &
Banister 1990, J Appl Physiol 69:1171). Daily load is 100 for an hour at threshold, by the square of intensity. Sizes:
stopping altogether costs 6-14 % in the long run (Mujika & Padilla 2000, Sports Med 30:79, 4-25 % within eight weeks
and more), half the load for two weeks gains about 2 % (Bosquet et al. 2007, Med Sci Sports Exerc 39:1358).
Overreaching lowers performance by 2-5 % until some days after it (Halson & Jeukendrup 2004, Sports Med 34:967).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.intelligence.simulate.planted import Stretch
from fitintel.intelligence.simulate.traits import Traits

Floats = NDArray[np.float64]


def condition(stretches: Iterable[Stretch], first: int, days: int) -> tuple[Floats, Floats]:
    """(illness, overreaching) of each day, 0 to 1: how far the athlete is out of order.

    Illness rises within two days, stands as long as it lasts and fades within a week; overreaching builds up over its
    days and fades within about ten.
    """
    ill, strained = np.zeros(days), np.zeros(days)
    day = first + np.arange(days)
    for stretch in stretches:
        after = day - stretch.last
        if stretch.kind == "illness":
            before = np.clip((day - stretch.first + 2.0) / 2.0, 0.0, 1.0)
            ill = np.maximum(ill, np.where(after > 0, np.exp(-np.maximum(after, 0) / 3.0), before))
        elif stretch.kind == "overreaching":
            length = stretch.last - stretch.first + 1
            before = np.clip((day - stretch.first + 1.0) / length, 0.0, 1.0)
            strained = np.maximum(strained, np.where(after > 0, np.exp(-np.maximum(after, 0) / 5.0), before))
    return ill, strained


def weighted_means(load: Floats, tau: float) -> Floats:
    """Exponentially weighted mean of the loads of earlier days, shape (n,); begins at the mean of three months."""
    keep = float(np.exp(-1.0 / tau))
    value = float(load[:90].mean()) if load.size else 0.0
    out = np.empty(load.size)
    for place, each in enumerate(load.tolist()):
        out[place] = value
        value = keep * value + (1.0 - keep) * each
    return out


def log_fitness(load: Floats, traits: Traits, ill: Floats, strained: Floats) -> Floats:
    """Log of threshold speed over its reference, by day, from daily loads, illness and overreaching."""
    mean = max(float(load.mean()), 1e-9) if load.size else 1.0
    gained = traits.gain * (weighted_means(load, traits.tau_fitness) - mean) / mean
    tired = traits.cost * (weighted_means(load, traits.tau_fatigue) - mean) / mean
    out: Floats = np.clip(gained - tired, -0.25, 0.25) - 0.03 * ill - 0.035 * strained
    return out


def daily_load(drafts: Iterable[Any], days: int) -> Floats:
    """Load of each day; `drafts` have `place` (days since the first) and `load`."""
    load = np.zeros(days)
    for draft in drafts:
        load[draft.place] += draft.load
    return load
