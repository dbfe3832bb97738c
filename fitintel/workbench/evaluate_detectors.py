"""What the detectors find of what was planted in a simulated squad, and how often they cry wolf on the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fitintel.core.rules import RULES
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.brief import main_subject
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.lap_pulse import with_pulse
from fitintel.intelligence.possible import possible_changes
from fitintel.intelligence.registry import Journal, get
from fitintel.intelligence.simulate import REPORT_SEED, SimulatedAthlete, simulate_squad
from fitintel.intelligence.simulate.planted import EntryError, SensorFault, Stretch
from fitintel.workbench.evaluate_changes import POSSIBLE, ToldChanges, change_measures
from fitintel.workbench.kept_laps import laps_of
from fitintel.workbench.measures import Measure, rate, share
from fitintel.workbench.replayed_alerts import replay_alerts
from fitintel.workbench.simulated import checked, recorded
from fitintel.workbench.wellness import nights

END_DAY = 20366
"""Last day of the squad of the reported figures, Sunday 5 October 2025: the same figures on any day."""
AT_IMPORT = "flagged at import"
PRECISION = {
    "flagged as entry error or sensor fault, and planted": ("entry error", "sensor fault", AT_IMPORT),
    "flagged as unusual workout, and planted": ("unusual workout",),
}
DAYS_PER_MONTH = 30.4375
ILLNESS, WELLNESS = "illness", "alert_wellness"
AFTER = 7
"""d. So long after an illness an alert of wellness still tells of it: it looks at nights of a week."""


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


@dataclass(frozen=True, slots=True)
class _Case:
    """One athlete with what the detectors say of the whole history."""

    one: SimulatedAthlete
    workouts: Workouts
    anomalies: dict[str, str]
    """workout id -> kind, rules of the import included"""
    habit: ToldChanges


def evaluate_detectors(
    *, seed: int = REPORT_SEED, athletes: int = 24, years: float = 3.0, end_day: int = END_DAY, replay_days: int = 365,
    progress: Callable[[int, int, str], None] | None = None,
) -> DetectorScore:  # fmt: skip
    """Make a squad and measure what is found in it.

    Changes: `change_points` on the whole history, on the series and at the levels that the brief tells. Errors: flagged
    by a rule of the import, by `workout_anomaly` or, of workouts with laps, by `lap_anomaly`, as any kind. False
    alerts: what the briefs of the last `replay_days` raise anew on athletes without planted events, each day seeing
    only its past.
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
    illness: list[bool] = []
    for done, case in enumerate(calm):
        if progress:
            progress(len(squad) + 2 * done, 2 * len(squad), f"replaying briefs of {case.one.athlete.id}")
        first = end_day - replay_days + 1
        raised = replay_alerts(case.workouts, first, end_day, nights(case.one.wellness, end_day))
        ill = [each for each in case.one.truth.stretches if each.kind == ILLNESS]
        right = {alert for alert in raised if alert.code == WELLNESS and any(_during(alert.day, each) for each in ill)}
        alerts += [alert.code for alert in raised if alert not in right]
        illness += [any(_during(alert.day, each) for alert in right) for each in ill
                    if each.first >= first and _measured(case.one, each)]  # fmt: skip
    if progress:
        progress(2 * len(squad), 2 * len(squad), "measured")
    measures = [*change_measures([case.habit for case in planted], [case.habit for case in calm], years),
                *_errors(planted), *_precision(cases),
                *_false_alerts(alerts, len(calm) * replay_days / DAYS_PER_MONTH),
                share("illnesses with measured nights of which an alert of wellness told", "all", sum(illness),
                      len(illness))]  # fmt: skip
    return DetectorScore(seed, end_day, len(cases), len(planted), replay_days, tuple(measures))


def _case(one: SimulatedAthlete, end_day: int) -> _Case:
    taken = checked(one)
    workouts = taken.workouts.select(ANALYSIS)
    journal = Journal()
    daily = journal.run("daily_totals", workouts, end_day)
    weekly = journal.run("weekly_totals", daily)
    found = get("workout_anomaly")(workouts, classify(plainly, workouts, {}).types)
    beats = with_pulse(laps_of(recorded(one, taken, import_id="", sha256="")), workouts["id"].tolist())
    if beats:
        found = get("lap_anomaly")(workouts, found, beats)
    kinds = dict(zip(map(str, found["id"]), map(str, found["kind"]), strict=True))
    for name, flags in zip(workouts["id"], workouts["flags"], strict=True):
        if any(flag in RULES for flag in flags.split()):
            kinds.setdefault(str(name), AT_IMPORT)
    loads = get("daily_load")(get("session_load")(workouts), end_day)
    series = {name: weekly[name] for name in ("distance", "duration", "sessions")}
    series["load"] = _by_week(loads["day"], loads["load"], weekly["week"])
    main = main_subject(workouts, end_day)
    changes = {name: get("change_points")(weekly["week"], values) for name, values in series.items()}
    hinted = possible_changes(journal, daily, weekly, main)
    changes |= {"main": changes[main], **dict(zip(POSSIBLE, (each.value for each in hinted.values()), strict=True))}
    told = ToldChanges(one.truth.changes, workouts, weekly["week"], series["load"], end_day, changes)
    return _Case(one, workouts, kinds, told)


def _by_week(day: Any, load: Any, week: Any) -> Any:
    return np.array([np.nansum(load[(day >= monday) & (day < monday + 7)]) for monday in week])


def _during(day: int, ill: Stretch) -> bool:
    return ill.first <= day <= ill.last + AFTER


def _measured(one: SimulatedAthlete, ill: Stretch) -> bool:
    """Whether resting heart rate was known on at least half of the nights of an illness."""
    known = {value.day for value in one.wellness if value.metric == "resting_hr" and ill.first <= value.day <= ill.last}
    return 2 * len(known) > ill.last - ill.first


def _errors(planted: Sequence[_Case]) -> list[Measure]:
    errors = [(case, error) for case in planted for error in case.one.truth.errors]
    faults = [(case, fault) for case in planted for fault in case.one.truth.faults]
    rows: list[Measure] = []
    rows += _by_kind("gross entry errors flagged", [(c, e) for c, e in errors if e.gross], ">= 95 %")
    rows += _by_kind("subtle entry errors flagged", [(c, e) for c, e in errors if not e.gross])
    # nobody can find so many of all sizes, see docs/decisions/sensor-fault-power.md
    rows += _by_kind("sensor faults flagged", faults, ">= 95 %")
    for size, target in (("large", ">= 95 %"), ("medium", ""), ("small", "")):
        rows += _by_kind(f"{size} sensor faults flagged", [(c, f) for c, f in faults if f.size == size], target)
    return rows


def _by_kind(name: str, planted: Sequence[tuple[_Case, EntryError | SensorFault]], target: str = "") -> list[Measure]:
    hits = [(item.kind, item.workout_id in case.anomalies) for case, item in planted]
    rows = [share(name, "all", sum(hit for _, hit in hits), len(hits), target)]
    for kind in sorted({kind for kind, _ in hits}):
        some = [hit for each, hit in hits if each == kind]
        rows.append(share(name, kind, sum(some), len(some)))
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
        rows.append(share(name, "all", right, total, ">= 90 %" if AT_IMPORT in kinds else ""))
    return rows


def _false_alerts(codes: Sequence[str], months: float) -> list[Measure]:
    name = "false alerts on athletes without planted events"
    rows = [rate(name, "all", len(codes), months, "per athlete-month", "<= 0.5")]
    for code in sorted(set(codes)):
        group = code.removeprefix("alert_").replace("_", " ")
        rows.append(rate(name, group, codes.count(code), months, "per athlete-month"))
    return rows
