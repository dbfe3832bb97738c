"""What followed weeks in which the athlete kept to given weekdays, beside what followed the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.own_weeks import weeks_of
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="after_kept_days",
    version="1.0.0",
    inputs={"daily": "daily_totals", "weekdays": "weekdays, Monday is 0"},
    output=("training days of the week after", "d"),
    source="Difference of two means with a bootstrap over weeks: Efron & Tibshirani 1993, An Introduction to the "
    "Bootstrap, 6",
    validity=Validity.ROUGH,
    limits=(
        "weeks that go well follow each other: the difference says what went together, not what one week did to the "
        "next",
        "nothing is said below eight weeks of each kind",
    ),
    title="After weeks with fixed days",
)
def after_kept_days(
    daily: Mapping[str, Any], weekdays: Sequence[int], *, kept: float = 0.75, weeks: int = 104, least: int = 8,
    nominal: float = 0.8, resamples: int = 400, seed: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """After weeks with fixed days.

    Training days of the weeks that followed weeks in which at least the share `kept` of `weekdays` held training, less
    those that followed the others, over the last `weeks` complete weeks.

    Parameters: `kept` [1]; `weeks` [1]; `least` weeks of each kind; `nominal` [1] level of the interval; `resamples`,
    `seed` of the bootstrap.
    Returns `value`, `low`, `high` [d] (None with too few weeks), `n` weeks that kept to the days, `others` that did
    not, and the means `after_kept`, `after_others`.

    >>> training = np.tile([[1, 1, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0]], (10, 1)).ravel().astype(float)
    >>> found = after_kept_days({"day": np.arange(20367, 20367 + 140), "training": training}, [0, 1])
    >>> found["value"], found["n"], found["others"]
    (-1.0, 10, 9)
    """
    week = weeks_of(daily["day"], daily["training"])[-weeks - 1 :]
    total = week.sum(axis=1)
    chosen = sorted(set(weekdays))
    share = week[:-1, chosen].mean(axis=1) if chosen and len(week) > 1 else np.zeros(max(len(week) - 1, 0))
    one, other = total[1:][share >= kept], total[1:][share < kept]
    found: dict[str, Any] = {"value": None, "low": None, "high": None, "n": len(one), "others": len(other),
                             "after_kept": None, "after_others": None}  # fmt: skip
    if min(len(one), len(other)) < least:
        return found
    chance = np.random.default_rng(seed)
    drawn = [part[chance.integers(0, len(part), (resamples, len(part)))].mean(axis=1) for part in (one, other)]
    low, high = np.quantile(drawn[0] - drawn[1], (0.5 - nominal / 2, 0.5 + nominal / 2)).tolist()
    means = float(one.mean()), float(other.mean())
    return {**found, "value": means[0] - means[1], "low": low, "high": high, "after_kept": means[0],
            "after_others": means[1]}  # fmt: skip
