"""Whether two workouts are the same one from two sources: evidence in points, each with its reason in words.

The points are those of probabilistic record linkage (Fellegi and Sunter 1969): about log2 of how many times likelier a
finding is of one workout recorded twice than of two workouts of the same person. They add up; from `CLEAR` on two
workouts are one, from `DOUBTFUL` on a person is asked. What is missing on either side says nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from fitintel.core.sports import ON_FOOT
from fitintel.ingest import shared_samples
from fitintel.ingest.shared_samples import Agreement

VERSION = "1"
CLEAR, DOUBTFUL = 7.0, 2.0
"""points"""
HOUR, QUARTER = 3600.0, 900.0
OFFSETS = (-12 * HOUR, 14 * HOUR)
"""s. Zones lie between these offsets from UTC, on whole quarters of an hour."""

Steps = tuple[tuple[float, float], ...]
START: Steps = ((5.0, 11.0), (30.0, 10.0), (120.0, 9.0), (300.0, 7.0), (600.0, 4.0), (1800.0, 1.0))
"""s apart, both clocks known -> points. Nobody does two workouts at once; services differ by up to 2 min."""
ZONE: Steps = ((5.0, 5.0), (30.0, 4.0), (120.0, 3.0), (300.0, 1.0))
"""s apart, when one is in UTC and the other on a local clock of unknown zone: 27 hours could be the right one"""
SHIFT: Steps = ((5.0, 3.0), (60.0, 2.0), (120.0, 1.0))
"""s apart, after a whole-zone difference between two clocks that claim to be the same"""
FAR = -4.0
OVERLAP: Steps = ((0.1, 2.0), (0.2, 0.0), (0.3, -3.0), (0.5, -4.0), (1.0, -12.0))
"""share of their whole time in which only one of them runs -> points; with none in common they are two"""
DURATION: Steps = ((0.01, 3.0), (0.03, 1.5), (0.1, 0.0), (0.2, -2.0), (0.4, -6.0))
DURATION_ROUNDING, DURATION_EQUAL = 1.5, 5.0
DISTANCE: Steps = ((0.01, 2.5), (0.03, 1.5), (0.1, 0.0), (0.2, -2.0), (0.4, -4.0))
DISTANCE_ROUNDING, DISTANCE_EQUAL = 17.0, 4.0
"""share -> points; and s or m within which figures are equal but for rounding (0.01 mi is 16 m), and their points"""
TOO_DIFFERENT = -8.0
SAME_DAY, NEXT_DAY = 1.0, -4.0
SHARE_TOLD = 0.01
"""A match after a zone difference is thought of only where duration and distance agree to this share."""
SAME_SPORT, FAMILY, OTHER_SPORT, PART_OF_SEVERAL = 1.0, 0.5, -2.0, -8.0
VAGUE = ("other", "machine")
FIGURES = ("speed_max", "elevation_gain", "hr_mean", "hr_max", "cadence", "steps", "energy")
FIGURE_SHARE, FIGURES_COUNTED = 0.002, 3
SAMPLES_DECIDE = 6.0
"""points of shared samples that settle the zone"""


@dataclass(frozen=True, slots=True)
class Side:
    """A workout as matching sees it. SI; NaN is missing."""

    id: str
    day: int
    start: float
    """s since 1970: UTC where `recorded` or the offset is known, else local clock"""
    utc_offset: float
    sport: str
    import_id: str = ""
    recorded: bool = False
    """read from a recording, whose times are UTC"""
    durations: tuple[float, ...] = ()
    """timer, elapsed ...: any that its source states [s]"""
    distances: tuple[float, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def zoned(self) -> bool:
        """Whether its offset from UTC is known."""
        return not math.isnan(self.utc_offset)


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison adds to the score."""

    part: str
    points: float
    says: str


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two workouts are."""

    score: float
    clear: bool
    shift: float
    """s by which the clock of the second is behind the first's"""
    reasons: tuple[Reason, ...]

    @property
    def doubtful(self) -> bool:
        """Whether a person should be asked."""
        return not self.clear and self.score >= DOUBTFUL


@dataclass(frozen=True, slots=True)
class _Clock:
    kind: str
    """same, zone, shifted or none"""
    later: float
    """s by which the second starts after the first, when its clock is set right"""
    shift: float

    @property
    def gap(self) -> float:
        """s between the starts"""
        return abs(self.later)


Compare = Callable[[float], Agreement | None]
"""shift [s] -> agreement of the samples of both"""


def match(first: Side, second: Side, compare: Compare | None = None) -> Match | None:
    """How alike two workouts are; None where they cannot be one. `match(a, b)` and `match(b, a)` have one score.

    >>> watch = Side("a", 20000, 1728000000.0, 7200.0, "running", durations=(1800.0,), distances=(5000.0,))
    >>> scale = Side("b", 20000, 1728000090.0, 7200.0, "other", durations=(1740.0,))
    >>> found = match(watch, scale)
    >>> found.clear, [reason.says for reason in found.reasons][:2]
    (True, ['they start 1.5 min apart', 'they run together for 93 % of their time'])
    """
    if first.id == second.id:
        return None
    ordered = first.id < second.id
    one, two = (first, second) if ordered else (second, first)
    found = [made for clock in _clocks(one, two) if (made := _judged(one, two, clock, compare)) is not None]
    if not found:
        return None
    best = max(found, key=lambda made: (made.clear, made.score, -abs(made.shift)))
    return best if ordered else Match(best.score, best.clear, -best.shift, best.reasons)


def _clocks(one: Side, two: Side) -> list[_Clock]:
    """The ways in which their clocks can be read together."""
    if math.isnan(one.start) or math.isnan(two.start):
        return [_Clock("none", math.nan, 0.0)]
    if (one.recorded or one.zoned) and (two.recorded or two.zoned):
        apart, surely = one.start - two.start, one.zoned and two.zoned
    elif (one.zoned or not one.recorded) and (two.zoned or not two.recorded):
        apart, surely = _local(one) - _local(two), False
    else:
        return _with_zone(one, two)
    found = [_Clock("same", -apart, 0.0)]
    shift = round(apart / QUARTER) * QUARTER
    if not surely and shift and abs(shift) <= OFFSETS[1] - OFFSETS[0]:
        found.append(_Clock("shifted", shift - apart, shift))
    return found


def _local(side: Side) -> float:
    return side.start + (side.utc_offset if side.zoned else 0.0)


def _with_zone(one: Side, two: Side) -> list[_Clock]:
    apart = one.start - two.start
    shift = round(apart / QUARTER) * QUARTER
    offset = shift if two.recorded else -shift
    within = OFFSETS[0] <= offset <= OFFSETS[1]
    return [_Clock("zone", shift - apart, shift)] if within else []


def _judged(one: Side, two: Side, clock: _Clock, compare: Compare | None) -> Match | None:
    reasons: list[Reason] = []
    if clock.kind == "none":
        days = abs(one.day - two.day)
        if days > 1 or (days and (one.zoned or two.zoned or not (one.recorded or two.recorded))):
            return None
        said = "the same day; one of them has no time" if not days else "a day apart; neither zone is known"
        reasons.append(Reason("start", NEXT_DAY if days else SAME_DAY, said))
    else:
        reasons.append(_start(clock))
        shared = overlap(one.durations, two.durations, clock.later)
        if shared == 0.0 or clock.gap > 2 * HOUR:
            return None
        if shared == shared:
            said = f"they run together for {100 * shared:.0f} % of their time"
            reasons.append(Reason("overlap", _points(OVERLAP, 1.0 - shared, TOO_DIFFERENT), said))
    time = _closest(one.durations, two.durations)
    way = _closest(one.distances, two.distances)
    if time:
        told_twice = any(reason.part == "overlap" for reason in reasons)
        reasons.append(_figure("duration", time, "s", least=0.0 if told_twice else TOO_DIFFERENT))
    if way:
        reasons.append(_figure("distance", way, "m"))
    reasons.append(_sport(one, two))
    equal = _equal_figures(one, two)
    if equal:
        points = float(min(len(equal), FIGURES_COUNTED))
        reasons.append(Reason("figures", points, f"equal: {', '.join(equal)}"))
    agreement = compare(clock.shift) if compare and clock.kind != "none" else None
    reasons += [Reason(*found) for found in agreement.reasons()] if agreement else []
    samples = sum(reason.points for reason in reasons if reason.part.startswith("samples"))
    score = round(sum(reason.points for reason in reasons), 3)
    settled = samples >= SAMPLES_DECIDE or len(equal) >= FIGURES_COUNTED
    told = _share(time) <= SHARE_TOLD and _share(way) <= SHARE_TOLD
    if clock.kind in ("shifted", "zone") and not (told or samples >= SAMPLES_DECIDE):
        return None
    if clock.kind == "none" and not time and not way:
        return None
    rounded = bool(time and way) and _rounded(time, DURATION_ROUNDING) and _rounded(way, DISTANCE_ROUNDING)
    sure = {"same": True, "shifted": (settled and told) or samples >= SAMPLES_DECIDE,
            "zone": settled or rounded, "none": rounded or (settled and told)}[clock.kind]  # fmt: skip
    elsewhere = any(reason.part == shared_samples.POSITION and reason.points < 0 for reason in reasons)
    return Match(score, score >= CLEAR and sure and not elsewhere, clock.shift, tuple(reasons))


def _start(clock: _Clock) -> Reason:
    said = f"they start {_duration(clock.gap)} apart"
    if clock.kind == "same":
        return Reason("start", _points(START, clock.gap, FAR), said)
    if clock.kind == "zone":
        hours = abs(clock.shift) / HOUR
        return Reason("start", _points(ZONE, clock.gap, FAR), f"{said}, if the zone is {hours:g} h from UTC")
    said += f", if one clock is {abs(clock.shift) / HOUR:g} h off"
    odd = 0.0 if clock.shift % HOUR == 0 else -1.0
    return Reason("start", _points(SHIFT, clock.gap, FAR) + odd, said)


def overlap(ones: tuple[float, ...], twos: tuple[float, ...], later: float) -> float:
    """Largest share of their whole time in which both run (0-1); NaN where a duration is missing.

    Args:
        ones, twos: durations that the sources state [s].
        later: s by which the second starts after the first; may be negative.

    >>> overlap((100.0,), (100.0,), 0.0), overlap((100.0,), (50.0,), 50.0), overlap((100.0,), (50.0,), 100.0)
    (1.0, 0.5, 0.0)
    """
    shares = []
    for first in ones:
        for second in twos:
            both = max(0.0, min(first, later + second) - max(0.0, later))
            whole = max(first, later + second) - min(0.0, later)
            shares.append(both / whole if whole > 0 else 0.0)
    return max(shares, default=math.nan)


def _closest(ones: tuple[float, ...], twos: tuple[float, ...]) -> tuple[float, float] | None:
    pairs = [(min(x, y), max(x, y)) for x in ones for y in twos if x > 0 and y > 0]
    return min(pairs, key=lambda pair: (pair[1] - pair[0], pair), default=None)


def _share(pair: tuple[float, float] | None) -> float:
    return (pair[1] - pair[0]) / pair[1] if pair else 1.0


def _rounded(pair: tuple[float, float] | None, most: float) -> bool:
    return pair is not None and pair[1] - pair[0] <= most


def _figure(name: str, pair: tuple[float, float], unit: str, *, least: float = TOO_DIFFERENT) -> Reason:
    steps, most, equal = (
        (DURATION, DURATION_ROUNDING, DURATION_EQUAL) if name == "duration"
        else (DISTANCE, DISTANCE_ROUNDING, DISTANCE_EQUAL)
    )  # fmt: skip
    if _rounded(pair, most) and _share(pair) <= SHARE_TOLD:
        return Reason(name, equal, f"{name} {pair[1]:.0f} {unit} in both")
    says = f"{name} {pair[0]:.0f} and {pair[1]:.0f} {unit}, {100 * _share(pair):.1f} % apart"
    return Reason(name, max(least, _points(steps, _share(pair), TOO_DIFFERENT)), says)


def _sport(one: Side, two: Side) -> Reason:
    names = sorted((one.sport, two.sport))
    if names[0] == names[1]:
        return Reason("sport", 0.0 if names[0] in VAGUE else SAME_SPORT, f"both {names[0]}")
    said = f"{names[0]} and {names[1]}"
    if "multisport" in names:
        return Reason("sport", PART_OF_SEVERAL, f"{said}: one may be a part of the other")
    if all(name in ON_FOOT for name in names):
        return Reason("sport", FAMILY, f"{said}: both on foot")
    vague = any(name in VAGUE for name in names)
    return Reason("sport", 0.0 if vague else OTHER_SPORT, said)


def _equal_figures(one: Side, two: Side) -> list[str]:
    found = []
    for name in FIGURES:
        first, second = one.figures.get(name, math.nan), two.figures.get(name, math.nan)
        if first > 0 and second > 0 and abs(first - second) <= FIGURE_SHARE * max(first, second):
            found.append(name)
    return found


def _points(steps: Steps, value: float, beyond: float) -> float:
    return next((points for limit, points in steps if value <= limit), beyond)


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds / 60:.1f} min"
