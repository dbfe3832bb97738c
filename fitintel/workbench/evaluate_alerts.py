"""How often alerts are false: on the athletes' own weeks in another order, in which nothing can be news."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fitintel.core.workouts import Workouts
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.null_history import BLOCK_WEEKS, shuffled, shuffled_nights
from fitintel.intelligence.registry import get
from fitintel.workbench.replayed_alerts import replay_alerts

DAYS_PER_MONTH = 30.4375
TARGET = 0.5
"""false alerts per athlete-month that a squad may have"""
LEAST_DAYS = 182
"""d. Of a shorter history no rate is told: its first half year is the past that the checks need."""
SEED = 40961
"""of the orders drawn, unless another is named"""


@dataclass(frozen=True, slots=True)
class FalseAlerts:
    """What was raised on one athlete's shuffled histories."""

    athlete: str
    alerts: int
    days: int
    """replayed, all histories together"""
    rate: float
    """per month"""
    low: float
    high: float
    """95 % interval, exact for a Poisson count"""
    kinds: Mapping[str, int]
    """code -> how many"""

    @property
    def months(self) -> float:
        """Months replayed."""
        return self.days / DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class AlertScore:
    """False alerts of several athletes. `value`, `low` and `high` are per athlete-month over all of them."""

    seed: int
    replicates: int
    block_weeks: int
    replay_days: int
    alerts: int
    days: int
    value: float | None
    low: float | None
    high: float | None
    target: float
    athletes: tuple[FalseAlerts, ...]
    too_short: tuple[str, ...]
    """athletes whose history is too short to tell"""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "athletes": [{**asdict(one), "months": one.months} for one in self.athletes],
                "too_short": list(self.too_short)}  # fmt: skip


def evaluate_alerts(
    histories: Mapping[str, Workouts], *, seed: int = SEED, replicates: int = 2, replay_days: int = 365,
    nights: Mapping[str, Mapping[str, Any]] | None = None, progress: Callable[[int, int, str], None] | None = None,
) -> AlertScore:  # fmt: skip
    """Replay the briefs' alerts on shuffled histories: athlete -> workouts (columns of ANALYSIS), and the `nights` of
    those who measure (columns `day`, `metric`, `value`, `source`).

    Workouts that look wrong are taken out first: an alert on them would be right. Then whole weeks, BLOCK_WEEKS at a
    time, are drawn in another order (`replicates` times; equal seeds, equal orders), and the alerts of the last
    `replay_days` are counted. Every one of them is taken for false, also one on nights of an illness, which is in the
    own history somewhere.
    """
    found: list[FalseAlerts] = []
    short: list[str] = []
    for place, (athlete, workouts) in enumerate(sorted(histories.items())):
        if progress:
            progress(place, len(histories), f"replaying shuffled histories of {athlete}")
        clean = without_errors(workouts)
        raised: Counter[str] = Counter()
        days = 0
        for number in range(replicates):
            # by the name, not the place: another athlete in the squad changes nothing
            rng = np.random.default_rng([seed, number, *athlete.encode()])
            history = shuffled(clean, rng)
            body = shuffled_nights(nights[athlete], rng) if nights and athlete in nights else None
            if not len(history) or int(history["day"][-1] - history["day"][0]) < 2 * LEAST_DAYS:
                break
            last = int(history["day"][-1])
            first = max(last - replay_days + 1, int(history["day"][0]) + LEAST_DAYS)
            raised.update(alert.code for alert in replay_alerts(history, first, last, body))
            days += last - first + 1
        if days:
            found.append(_of(athlete, raised, days))
        else:
            short.append(athlete)
    alerts, days = sum(one.alerts for one in found), sum(one.days for one in found)
    whole = _of("", Counter({"all": alerts}), days) if days else None
    value, low, high = (whole.rate, whole.low, whole.high) if whole is not None else (None, None, None)
    return AlertScore(seed, replicates, BLOCK_WEEKS, replay_days, alerts, days, value, low, high, TARGET, tuple(found),
                      tuple(short))  # fmt: skip


def without_errors(workouts: Workouts) -> Workouts:
    """The workouts without those that an import rule or `workout_anomaly` calls wrong."""
    rows = workouts.ordered()
    if not len(rows):
        return rows
    found = get("workout_anomaly")(rows, classify(plainly, rows, {}).types)
    wrong = {str(name) for name, kind in zip(found["id"], found["kind"], strict=True) if kind != "unusual workout"}
    return rows.take(np.array([str(name) not in wrong for name in rows["id"]], dtype=bool))


def _of(athlete: str, raised: Counter[str], days: int) -> FalseAlerts:
    from scipy.stats import chi2

    alerts = sum(raised.values())
    months = days / DAYS_PER_MONTH
    # exact Poisson interval, Garwood 1936, Biometrika 28:437
    low = float(chi2.ppf(0.025, 2 * alerts)) / 2 / months if alerts else 0.0
    high = float(chi2.ppf(0.975, 2 * alerts + 2)) / 2 / months
    return FalseAlerts(athlete, alerts, days, alerts / months, low, high, dict(sorted(raised.items())))
