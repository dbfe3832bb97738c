"""What the detectors find of what was planted in a simulated squad, and how often they cry wolf on the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from fitintel.core.rules import RULES
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.brief import POSSIBLE, main_subject
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.conformal import wilson_interval
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import REPORT_SEED, SimulatedAthlete, simulate_squad
from fitintel.intelligence.simulate.planted import Change, EntryError, SensorFault
from fitintel.workbench.replayed_alerts import SAME_CHANGE, replay_alerts
from fitintel.workbench.simulated import checked

END_DAY = 20366
"""Last day of the squad of the reported figures, Sunday 5 October 2025: the same figures on any day."""
NEAR = 14
"""d. A change whose stated interval comes this close to the planted day has been found
(docs/decisions/change-point-accuracy.md)."""
SURE, ALL_TOLD = ("main", "sessions"), ("main", "sessions", "possible")
"""Series whose changes a brief tells: as lasting ones; with those that are only possible."""
AT_IMPORT = "flagged at import"
PRECISION = {
    "flagged as entry error or sensor fault, and planted": ("entry error", "sensor fault", AT_IMPORT),
    "flagged as unusual workout, and planted": ("unusual workout",),
}
DAYS_PER_MONTH = 30.4375
SIZES = ((0.3, 0.4), (0.4, 0.5), (0.5, 0.61))
"""Classes of the size of a planted change."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: a share (`found` of `total`) with a Wilson interval, or a rate (`found` per unit) with an exact
    Poisson interval; None where there is nothing to count."""  # fmt: skip

    name: str
    group: str
    """all, or the class of what was planted"""
    found: int
    total: float
    """cases, or athlete-months or athlete-years"""
    value: float | None
    low: float | None
    high: float | None
    unit: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class DetectorScore:
    """All figures of one squad."""

    seed: int
    end_day: int
    athletes: int
    planted: int
    replay_days: int
    measures: tuple[Measure, ...]

    def measure(self, name: str, group: str = "all") -> Measure:
        """The figure of that name and group."""
        return next(each for each in self.measures if (each.name, each.group) == (name, group))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "measures": [asdict(each) for each in self.measures]}


class _Told(NamedTuple):
    """A change as a detector tells it: best guess and interval [day numbers], direction."""

    day: int
    low: int
    high: int
    up: bool


@dataclass(frozen=True, slots=True)
class _Case:
    """One athlete with what the detectors say of the whole history."""

    one: SimulatedAthlete
    end_day: int
    workouts: Workouts
    anomalies: dict[str, str]
    """workout id -> kind, rules of the import included"""
    changes: dict[str, dict[str, Any]]
    """series -> change points"""

    def dated(self, change: Change, series: Iterable[str]) -> bool:
        """Whether the best guess for a change of that direction is within NEAR days."""
        return any(abs(each.day - change.day) <= NEAR for each in self.told(series) if each.up == (change.factor > 1))

    def spanned(self, change: Change, series: Iterable[str]) -> bool:
        """Whether the stated interval for a change of that direction comes within NEAR days."""
        return any(each.low - NEAR <= change.day <= each.high + NEAR
                   for each in self.told(series) if each.up == (change.factor > 1))  # fmt: skip

    def told(self, series: Iterable[str]) -> Iterator[_Told]:
        """The changes told of these series."""
        for name in series:
            found = self.changes[name]
            columns = (found[key] for key in ("week", "low", "high", "relative"))
            for day, low, high, relative in zip(*columns, strict=True):
                yield _Told(day, low, high, relative > 0)

    def distinct(self, series: Iterable[str]) -> int:
        """How many changes are told, those of several series at one time counted once."""
        days = sorted(each.day for each in self.told(series))
        return len(days) - sum(after - before <= SAME_CHANGE for before, after in pairwise(days))

    def covered(self, series: Sequence[str], years: float) -> float:
        """Share of days and directions for which `spanned` would hold: what chance finds."""
        days = self.end_day - np.arange(round(years * 365.25))
        shares = [np.any([(days >= each.low - NEAR) & (days <= each.high + NEAR) for each in self.told(series)
                          if each.up == up] or [days < 0], axis=0).mean() for up in (True, False)]  # fmt: skip
        return float(np.mean(shares))


def evaluate_detectors(
    *, seed: int = REPORT_SEED, athletes: int = 24, years: float = 3.0, end_day: int = END_DAY, replay_days: int = 365,
    progress: Callable[[int, int, str], None] | None = None,
) -> DetectorScore:  # fmt: skip
    """Make a squad and measure what is found in it.

    Changes: `change_points` on the whole history, on the series and at the levels that the brief tells. Errors: flagged
    by a rule of the import or by `workout_anomaly`, as any kind. False alerts: what the briefs of the last
    `replay_days` raise anew on athletes without planted events, each day seeing only its past.
    """
    squad = simulate_squad(seed=seed, athletes=athletes, years=years, end_day=end_day)
    cases = []
    for done, one in enumerate(squad):
        if progress:
            progress(done, 2 * len(squad), f"detecting {one.athlete.id}")
        cases.append(_case(one, end_day))
    planted = [case for case in cases if case.one.truth.planted]
    calm = [case for case in cases if not case.one.truth.planted]
    alerts: list[str] = []
    for done, case in enumerate(calm):
        if progress:
            progress(len(squad) + 2 * done, 2 * len(squad), f"replaying briefs of {case.one.athlete.id}")
        alerts += [alert.code for alert in replay_alerts(case.workouts, end_day - replay_days + 1, end_day)]
    if progress:
        progress(2 * len(squad), 2 * len(squad), "measured")
    measures = [*_changes(planted, calm, years), *_errors(planted), *_precision(cases),
                *_false_alerts(alerts, len(calm) * replay_days / DAYS_PER_MONTH)]  # fmt: skip
    return DetectorScore(seed, end_day, len(cases), len(planted), replay_days, tuple(measures))


def _case(one: SimulatedAthlete, end_day: int) -> _Case:
    workouts = checked(one).workouts.select(ANALYSIS)
    daily = get("daily_totals")(workouts, end_day)
    weekly = get("weekly_totals")(daily)
    found = get("workout_anomaly")(workouts, classify(plainly, workouts, {}).types)
    kinds = dict(zip(map(str, found["id"]), map(str, found["kind"]), strict=True))
    for name, flags in zip(workouts["id"], workouts["flags"], strict=True):
        if any(flag in RULES for flag in flags.split()):
            kinds.setdefault(str(name), AT_IMPORT)
    loads = get("daily_load")(get("session_load")(workouts), end_day)
    series = {name: weekly[name] for name in ("distance", "duration", "sessions")}
    series["load"] = _by_week(loads["day"], loads["load"], weekly["week"])
    main = main_subject(workouts, end_day)
    changes = {name: get("change_points")(weekly["week"], values) for name, values in series.items()}
    changes |= {"main": changes[main], "possible": get("change_points")(weekly["week"], series[main], **POSSIBLE)}
    return _Case(one, end_day, workouts, kinds, changes)


def _by_week(day: Any, load: Any, week: Any) -> Any:
    return np.array([np.nansum(load[(day >= monday) & (day < monday + 7)]) for monday in week])


def _changes(planted: Sequence[_Case], calm: Sequence[_Case], years: float) -> list[Measure]:
    pairs = [(case, change) for case in planted for change in case.one.truth.changes]
    rows = []
    for level, series, target in (("lasting or possible", ALL_TOLD, ">= 80 %"), ("lasting", SURE, "")):
        name = f"planted changes found within 14 days ({level})"
        hits = [case.spanned(change, series) for case, change in pairs]
        rows.append(_share(name, "all", sum(hits), len(pairs), target))
        for sign, (low, high) in ((sign, size) for sign in "+-" for size in SIZES):
            some = [hit for hit, (_, change) in zip(hits, pairs, strict=True)
                    if (change.factor > 1) == (sign == "+") and low <= abs(change.factor - 1) < high]  # fmt: skip
            rows.append(_share(name, f"{sign}{low:.0%} to {sign}{min(high, 0.6):.0%}", sum(some), len(some)))
        dated = sum(case.dated(change, series) for case, change in pairs)
        rows.append(_share(f"planted changes whose best guess is within 14 days ({level})", "all", dated, len(pairs)))
        # by the same intervals on athletes without planted changes: wide intervals find much by chance
        by_chance = float(np.mean([case.covered(series, years) for case in calm])) if calm else None
        rows.append(Measure(f"days that would be found by chance ({level})", "all", 0, len(calm), by_chance, None, None,
                            "share"))  # fmt: skip
        false = sum(case.distinct(series) for case in calm)
        rows.append(_rate(f"changes told where none was planted ({level})", "all", false, len(calm) * years,
                          "per athlete-year"))  # fmt: skip
    for name in ("distance", "duration", "load"):
        dated = sum(case.spanned(change, (name,)) for case, change in pairs)
        rows.append(_share("planted changes found within 14 days (lasting)", f"weekly {name} alone", dated, len(pairs)))
    return rows


def _errors(planted: Sequence[_Case]) -> list[Measure]:
    errors = [(case, error) for case in planted for error in case.one.truth.errors]
    faults = [(case, fault) for case in planted for fault in case.one.truth.faults]
    rows: list[Measure] = []
    rows += _by_kind("gross entry errors flagged", [(c, e) for c, e in errors if e.gross], ">= 95 %")
    rows += _by_kind("subtle entry errors flagged", [(c, e) for c, e in errors if not e.gross])
    rows += _by_kind("sensor faults flagged", faults)
    for size, target in (("large", ">= 95 %"), ("medium", ""), ("small", "")):
        rows += _by_kind(f"{size} sensor faults flagged", [(c, f) for c, f in faults if f.size == size], target)
    return rows


def _by_kind(name: str, planted: Sequence[tuple[_Case, EntryError | SensorFault]], target: str = "") -> list[Measure]:
    hits = [(item.kind, item.workout_id in case.anomalies) for case, item in planted]
    rows = [_share(name, "all", sum(hit for _, hit in hits), len(hits), target)]
    for kind in sorted({kind for kind, _ in hits}):
        some = [hit for each, hit in hits if each == kind]
        rows.append(_share(name, kind, sum(some), len(some)))
    return rows


def _precision(cases: Sequence[_Case]) -> list[Measure]:
    rows = []
    for name, kinds in PRECISION.items():
        right = total = 0
        for case in cases:
            truth = case.one.truth
            wrong = {error.workout_id for error in truth.errors} | {fault.workout_id for fault in truth.faults}
            told = {workout for workout, kind in case.anomalies.items() if kind in kinds}
            right, total = right + len(told & wrong), total + len(told)
        rows.append(_share(name, "all", right, total, ">= 90 %" if AT_IMPORT in kinds else ""))
    return rows


def _false_alerts(codes: Sequence[str], months: float) -> list[Measure]:
    name = "false alerts on athletes without planted events"
    rows = [_rate(name, "all", len(codes), months, "per athlete-month", "<= 0.5")]
    for code in sorted(set(codes)):
        group = code.removeprefix("alert_").replace("_", " ")
        rows.append(_rate(name, group, codes.count(code), months, "per athlete-month"))
    return rows


def _share(name: str, group: str, found: int, total: int, target: str = "") -> Measure:
    low, high = wilson_interval(found, total) if total else (None, None)
    return Measure(name, group, found, total, found / total if total else None, low, high, "share", target)


def _rate(name: str, group: str, found: int, exposure: float, unit: str, target: str = "") -> Measure:
    from scipy.stats import chi2

    # exact Poisson interval, Garwood 1936, Biometrika 28:437
    low = float(chi2.ppf(0.025, 2 * found)) / 2 / exposure if found else 0.0
    high = float(chi2.ppf(0.975, 2 * found + 2)) / 2 / exposure
    return Measure(name, group, found, exposure, found / exposure, low, high, unit, target)
