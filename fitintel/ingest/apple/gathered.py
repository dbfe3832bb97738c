"""What is kept of an export while it streams by: a few bytes a sample, a record a workout."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fitintel.core import days
from fitintel.core.rules import RULES
from fitintel.core.units import JOULE_PER_KCAL, METRE_PER_MILE
from fitintel.core.wellness import METRICS, Measured
from fitintel.ingest.apple.moments import moment, number

QUANTITY, CATEGORY, ACTIVITY = "HKQuantityTypeIdentifier", "HKCategoryTypeIdentifier", "HKWorkoutActivityType"
FACTORS: dict[str, float] = {
    "count/min": 1.0, "bpm": 1.0, "ms": 1.0, "s": 1.0, "min": 60.0, "hr": 3600.0, "count": 1.0, "kg": 1.0, "g": 0.001,
    "lb": 0.45359237, "st": 6.35029318, "m": 1.0, "km": 1000.0, "mi": METRE_PER_MILE, "ft": 0.3048, "yd": 0.9144,
    "kcal": JOULE_PER_KCAL, "Cal": JOULE_PER_KCAL, "kJ": 1000.0, "J": 1.0, "%": 1.0,
}  # fmt: skip
"""unit as Apple writes it -> factor to ours (ms stays ms, as the metric has it)."""
READINGS = {"RestingHeartRate": "resting_hr", "HeartRateVariabilitySDNN": "hrv_sdnn", "BodyMass": "weight"}
"""kind of record -> metric; every reading is kept. Apple's heart rate variability is the SDNN."""
SLEEP = CATEGORY + "SleepAnalysis"
ASLEEP = "Asleep"
HEART = METRICS["hr_low"]
HALF, THOUSAND, DAY = 32, 1000, 86_400.0
MOST_STEPS = 1e6
"""of one record"""
SAMPLED = ("t", "lat", "lon", "elevation", "speed", "hr")
"""what a `Sample` of a workout split before may hold"""
CHARACTERISTIC = ("Me", "ExportDate", "HealthData")


@dataclass(slots=True)
class Intervals:
    """Intervals with a number, of one source: start, end [s], offset [s], value."""

    start: array[float] = field(default_factory=lambda: array("d"))
    end: array[float] = field(default_factory=lambda: array("d"))
    offset: array[float] = field(default_factory=lambda: array("f"))
    value: array[float] = field(default_factory=lambda: array("f"))

    def add(self, start: float, end: float, offset: float, value: float) -> None:
        """One more."""
        self.start.append(start)
        self.end.append(end)
        self.offset.append(offset)
        self.value.append(value)


@dataclass(slots=True)
class Reading:
    """One measured value."""

    metric: str
    at: float
    offset: float
    value: float


@dataclass(slots=True)
class Gathered:
    """All that is used of an export."""

    readings: list[Reading] = field(default_factory=list)
    steps: dict[str, Intervals] = field(default_factory=lambda: defaultdict(Intervals))
    sleep: dict[str, Intervals] = field(default_factory=lambda: defaultdict(Intervals))
    """source -> intervals asleep"""
    heart: array[int] = field(default_factory=lambda: array("Q"))
    """heart rate samples, 8 bytes each: second since 1970 in the upper half, thousandths of bpm in the lower"""
    lowest: dict[int, float] = field(default_factory=dict)
    """local day -> lowest heart rate that can be of a person"""
    workouts: list[dict[str, Any]] = field(default_factory=list)
    unused: Counter[str] = field(default_factory=Counter)
    given: list[Measured] = field(default_factory=list)
    """values that an export split before has already"""
    said: list[tuple[str, str]] = field(default_factory=list)
    bad: Counter[str] = field(default_factory=Counter)
    """rule -> records that breach it"""
    open_: dict[str, Any] | None = None
    """the workout whose elements are being read"""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "Record":
            self._record(attributes)
        elif name == "Workout":
            self.open_ = {"attributes": dict(attributes), "statistics": [], "events": [], "routes": [], "points": [],
                          "samples": [], "remarks": [], "metadata": {}}  # fmt: skip
        elif name == "Value":
            self._value(attributes)
        elif name == "Remark" and self.open_ is None:
            if attributes.get("rule", "") in RULES:
                self.said.append((attributes["rule"], attributes.get("detail", "")[:400]))
        elif self.open_ is not None:
            self._of_workout(self.open_, name, attributes)
        elif name not in ("MetadataEntry", *CHARACTERISTIC):
            self.unused[name] += 1

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "Workout" and self.open_ is not None:
            self.workouts.append(self.open_)
            self.open_ = None

    def _of_workout(self, workout: dict[str, Any], name: str, attributes: Mapping[str, str]) -> None:
        if name == "MetadataEntry":
            workout["metadata"].setdefault(attributes.get("key", ""), attributes.get("value", ""))
        elif name == "WorkoutStatistics":
            workout["statistics"].append(dict(attributes))
        elif name == "WorkoutEvent":
            workout["events"].append(dict(attributes))
        elif name == "FileReference":
            workout["routes"].append(attributes.get("path", ""))
        elif name == "Remark":
            if attributes.get("rule", "") in RULES:
                workout["remarks"].append((attributes["rule"], attributes.get("detail", "")[:400]))
        elif name == "Sample":
            workout["samples"].append({key: number(value) for key, value in attributes.items() if key in SAMPLED})
        elif name == "Location":
            at = moment(attributes.get("date"))
            place = [number(attributes.get(key)) for key in ("latitude", "longitude", "altitude", "speed")]
            if at is not None and place[0] is not None and place[1] is not None:
                workout["points"].append((at[0], *place))

    def _beat(self, at: float, offset: float, rate: float) -> None:
        if not HEART.low <= rate <= HEART.high or not 0 <= at < 2**HALF:
            self.bad["heart_rate_impossible"] += 1
            return
        self.heart.append(int(at) << HALF | round(rate * THOUSAND))
        day = int((at + offset) // DAY)
        if rate < self.lowest.get(day, HEART.high + 1):
            self.lowest[day] = rate

    def _value(self, attributes: Mapping[str, str]) -> None:
        value, name = number(attributes.get("value")), attributes.get("metric", "")
        at, offset = number(attributes.get("at")), number(attributes.get("offset"))
        if value is None or name not in METRICS:
            self.bad["optional_cell_unreadable"] += 1
            return
        try:
            day = days.number(date.fromisoformat(attributes.get("day", "")))
        except ValueError:
            self.bad["date_unreadable"] += 1
            return
        self.given.append(Measured(day, name, value, at, offset))

    def _record(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("type", "")
        short = kind.removeprefix(QUANTITY)
        used = short in READINGS or short in ("HeartRate", "StepCount") or kind == SLEEP
        if not used:
            self.unused[short.removeprefix(CATEGORY)] += 1
            return
        begun = moment(attributes.get("startDate"))
        if begun is None:
            self.bad["date_unreadable"] += 1
            return
        # a heart rate is of a moment: its end is not worth reading
        ended = begun if short == "HeartRate" and "endDate" in attributes else moment(attributes.get("endDate"))
        if ended is None:
            self.bad["end_missing"] += 1
            ended = begun
        if kind == SLEEP:
            if ASLEEP in attributes.get("value", "") and ended[0] > begun[0]:
                self.sleep[attributes.get("sourceName", "")].add(begun[0], ended[0], ended[1], 0.0)
            return
        value = number(attributes.get("value"))
        factor = FACTORS.get(attributes.get("unit", ""))
        if value is None or factor is None:
            self.bad["optional_cell_unreadable"] += 1
        elif short == "HeartRate":
            self._beat(begun[0], begun[1], value * factor)
        elif short == "StepCount" and not 0 <= value <= MOST_STEPS:
            self.bad["wellness_impossible"] += 1
        elif short == "StepCount":
            self.steps[attributes.get("sourceName", "")].add(begun[0], ended[0], begun[1], value)
        else:
            self.readings.append(Reading(READINGS[short], begun[0], begun[1], value * factor))
