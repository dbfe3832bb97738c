"""Wellness: what is measured or felt outside of workouts, one value of one kind for one local day.

`METRICS` is the definition: units, bounds and documentation derive from it. Kinds that are measured in different ways
are different metrics: RMSSD, its logarithm, SDNN and a vendor's score are never pooled under the name of "HRV".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from fitintel.core.errors import UnknownName


@dataclass(frozen=True, slots=True)
class Metric:
    """One kind of value: unit, bounds within which it can be of a person, and what it means."""

    name: str
    unit: str
    low: float
    high: float
    says: str
    whole: bool = False
    """only whole numbers make sense"""


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("sleep_duration", "s", 0.0, 86_400.0, "time asleep in the night that ended on the day"),
        Metric(
            "sleep_start",
            "s",
            -86_400.0,
            86_400.0,
            "falling asleep, after the day's local midnight; negative: the evening before",
        ),
        Metric("sleep_end", "s", -86_400.0, 86_400.0, "waking up, after the day's local midnight"),
        Metric("hrv_rmssd", "ms", 1.0, 400.0, "root mean square of successive differences of RR intervals"),
        Metric("hrv_ln_rmssd", "ln ms", 0.0, 6.0, "natural logarithm of the RMSSD, as its source gives it"),
        Metric("hrv_sdnn", "ms", 1.0, 400.0, "standard deviation of RR intervals; not comparable with the RMSSD"),
        Metric("hrv_score", "1", 0.0, 100.0, "a vendor's own scaling of heart rate variability; of one source only"),
        Metric("resting_hr", "bpm", 25.0, 250.0, "resting heart rate"),
        Metric("hr_low", "bpm", 25.0, 250.0, "lowest heart rate sample of the day"),
        Metric("respiration", "1/min", 4.0, 60.0, "breaths per minute asleep"),
        Metric("spo2", "%", 50.0, 100.0, "blood oxygen saturation"),
        Metric("weight", "kg", 20.0, 350.0, "body mass"),
        Metric("steps", "1", 0.0, 200_000.0, "steps of the day", whole=True),
        Metric("energy", "J", 0.0, 84e6, "energy expended on the day, as the source estimates it"),
        Metric("sleep_quality", "1-7", 1.0, 7.0, "Hooper rating of sleep, 1 is best", whole=True),
        Metric("stress", "1-7", 1.0, 7.0, "Hooper rating of stress, 1 is best", whole=True),
        Metric("fatigue", "1-7", 1.0, 7.0, "Hooper rating of fatigue, 1 is best", whole=True),
        Metric("soreness", "1-7", 1.0, 7.0, "Hooper rating of muscle soreness, 1 is best", whole=True),
        Metric("mood", "1-7", 1.0, 7.0, "rating of mood, 1 is best", whole=True),
        Metric("rpe", "0-10", 0.0, 10.0, "exertion of the day, CR-10"),
        Metric("readiness", "1", 0.0, 100.0, "a vendor's readiness or recovery score; of one source only"),
    )
}
"""Every metric, by name."""


class Measured(NamedTuple):
    """One value of a day as a file holds it, not yet of anybody."""

    day: int
    metric: str
    value: float
    at: float | None = None
    utc_offset: float | None = None


@dataclass(frozen=True, slots=True)
class Wellness:
    """One value. Two sources may each have one for the same day and metric: they are kept apart, never averaged."""

    id: str
    athlete_id: str
    day: int
    """local day number"""
    metric: str
    value: float
    """in the metric's unit"""
    source: str
    at: float | None = None
    """when it was measured, s since 1970-01-01 UTC; local clock where `utc_offset` is None"""
    utc_offset: float | None = None
    """s; None where the source does not say"""
    import_id: str = ""
    row: int = 0
    """row in that import's file, the first data row is 1"""

    def __post_init__(self) -> None:
        metric(self.metric)


def metric(name: str) -> Metric:
    """The metric of that name; raises UnknownName."""
    if name not in METRICS:
        raise UnknownName("wellness metric", name, METRICS)
    return METRICS[name]


def breach(name: str, value: float) -> str | None:
    """The rule of core/rules.py that a value breaches, or None.

    >>> breach("hrv_rmssd", 42.0), breach("weight", 700.0), breach("fatigue", 2.5), breach("steps", float("inf"))
    (None, 'wellness_impossible', 'wellness_impossible', 'not_finite')
    """
    found = metric(name)
    if value != value or value in (float("inf"), float("-inf")):
        return "not_finite"
    if not found.low <= value <= found.high or (found.whole and value != int(value)):
        return "wellness_impossible"
    return None


def allowed(name: str) -> str:
    """What a metric may be, in words.

    >>> allowed("fatigue"), allowed("weight")
    ('whole numbers 1 to 7', '20 to 350 kg')
    """
    found = metric(name)
    unit = "" if found.whole or found.unit[0].isdigit() else f" {found.unit}"
    return f"{'whole numbers ' if found.whole else ''}{found.low:g} to {found.high:g}{unit}"


def of_metric(values: Iterable[Wellness], name: str) -> list[Wellness]:
    """The values of one metric, by day, then time of measurement."""
    metric(name)
    chosen = [value for value in values if value.metric == name]
    return sorted(chosen, key=lambda value: (value.day, value.at or 0.0, value.source, value.id))
