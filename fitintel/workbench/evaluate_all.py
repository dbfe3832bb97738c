"""evaluate_all(): every figure that is aimed at, from one run on a squad with known truth and on the histories here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fitintel.core import snapshot
from fitintel.core.answers import LEVELS
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import VERSION
from fitintel.intelligence.registry import catalogue
from fitintel.intelligence.simulate import REPORT_SEED, simulate_squad
from fitintel.workbench.dated_figures import dated_figures
from fitintel.workbench.evaluate_alerts import AlertScore, evaluate_alerts
from fitintel.workbench.evaluate_classification import END_DAY, ClassificationScore, evaluate_classification
from fitintel.workbench.evaluate_detectors import DetectorScore, evaluate_detectors
from fitintel.workbench.figures import NONE, SHARE, Figure, Target
from fitintel.workbench.forecast_figures import forecast_figures
from fitintel.workbench.measures import Measure
from fitintel.workbench.simulated import checked
from fitintel.workbench.weekly_series import weekly_series
from fitintel.workbench.wellness import nights

SQUAD, HISTORY = "squad", "history"
CLASSES = {"macro_f1": ("macro-F1 of the answers given", Target(least=0.9)),
           "abstained": ("workouts left unsure", Target(most=0.1)),
           "ece": ("calibration error (ECE)", Target(most=0.05)), "brier": ("Brier score", NONE),
           "accuracy": ("accuracy of the answers given", NONE)}  # fmt: skip
METHODS = {"majority": "always the most frequent", "rule": "a coach's rule", "before": "before labels",
           "after": "after labels"}  # fmt: skip
AREAS = {"change": "changes of habit", "days that": "changes of habit", "dated": "changes of habit",
         "entry": "entry errors and sensor faults", "sensor": "entry errors and sensor faults",
         "flagged": "entry errors and sensor faults", "false alerts": "alerts", "illness": "alerts"}  # fmt: skip
FAULTS = "sensor faults flagged"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured."""

    athletes: int = 24
    years: float = 3.0
    replicates: int = 2
    """shuffled histories per athlete"""
    replay_days: int = 365


FULL, QUICK = Scale(), Scale(athletes=4, replicates=1, replay_days=60)
"""The reported figures; a look at whether everything runs."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one run, and what they were made with. `id` follows from everything but times."""

    seed: int
    scale: Scale
    end_day: int
    figures: tuple[Figure, ...]
    athletes: Mapping[str, Sequence[Mapping[str, Any]]]
    """squad, history -> one row per athlete and subject of forecasts"""
    inputs: Mapping[str, str]
    """history -> digest of its workouts"""
    versions: Mapping[str, str]
    """algorithm -> version, and `brief`"""
    code: str
    """digest of the package's source"""
    at: datetime
    seconds: float
    id: str = field(init=False)

    def __post_init__(self) -> None:
        """The id: equal seeds, code and histories have one."""
        made = self.as_dict()
        object.__setattr__(self, "id", "e-" + snapshot.digest({k: made[k] for k in made if k not in TIMES})[:20])

    def as_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            **{name: getattr(self, name) for name in ("seed", "end_day", "code", "seconds")},
            **({"id": self.id} if hasattr(self, "id") else {}), "at": self.at.isoformat(timespec="seconds"),
            "scale": asdict(self.scale), "figures": [figure.as_dict() for figure in self.figures],
            "athletes": {name: [dict(row) for row in rows] for name, rows in self.athletes.items()},
            "inputs": dict(self.inputs), "versions": dict(self.versions),
        }  # fmt: skip

    def figure(self, of: str, area: str, name: str, group: str = "all") -> Figure:
        """The figure of that name."""
        return next(each for each in self.figures if (each.of, each.area, each.name, each.group)
                    == (of, area, name, group))  # fmt: skip


TIMES = ("id", "at", "seconds")


def evaluate_all(
    histories: Mapping[str, Workouts], *, seed: int = REPORT_SEED, scale: Scale = FULL, end_day: int = END_DAY,
    progress: Progress | None = None,
) -> Evaluation:  # fmt: skip
    """Measure forecasts, classification, detectors and alerts.

    `histories`: name -> workouts of people (all columns); of them truth is known for forecasts and for shuffled weeks
    only. The squad is made from `seed`, which also draws the bootstraps and the orders of shuffled weeks.
    """
    began = datetime.now(UTC)
    figures, rows = _squad(seed, scale, end_day, progress)
    people, more = _history(histories, seed, scale, progress)
    versions = {name: found.card.version for name, found in catalogue().items()} | {"brief": VERSION}
    return Evaluation(
        seed, scale, end_day, (*figures, *people), {SQUAD: rows, HISTORY: more},
        {name: snapshot.digest(workouts) for name, workouts in sorted(histories.items())}, versions, code_digest(),
        began, round((datetime.now(UTC) - began).total_seconds(), 1),
    )  # fmt: skip


@cache
def code_digest() -> str:
    """SHA-256 over the names and bytes of the package's own source."""
    root = Path(__file__).parents[1]
    whole = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        whole.update(file.relative_to(root).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def _squad(
    seed: int, scale: Scale, end_day: int, progress: Progress | None
) -> tuple[list[Figure], list[dict[str, Any]]]:
    size = {"seed": seed, "athletes": scale.athletes, "years": scale.years, "end_day": end_day}
    squad = simulate_squad(**size)  # type: ignore[arg-type]
    histories = {one.athlete.id: checked(one).workouts for one in squad}
    figures, rows = forecast_figures(SQUAD, {name: weekly_series(each) for name, each in histories.items()}, seed=seed)
    figures += dated_figures(SQUAD, squad, seed=seed)
    figures += _classes(evaluate_classification(**size, progress=progress))  # type: ignore[arg-type]
    detected = evaluate_detectors(**size, replay_days=scale.replay_days, progress=progress)  # type: ignore[arg-type]
    figures += _detected(detected)
    bodies = {one.athlete.id: nights(one.wellness, end_day) for one in squad if one.wellness}
    figures += _alerts(SQUAD, evaluate_alerts(histories, seed=seed, replicates=scale.replicates, nights=bodies,
                                              replay_days=scale.replay_days, progress=progress))  # fmt: skip
    return figures, rows


def _history(
    histories: Mapping[str, Workouts], seed: int, scale: Scale, progress: Progress | None
) -> tuple[list[Figure], list[dict[str, Any]]]:
    if not histories:
        return [], []
    series = {name: weekly_series(each) for name, each in histories.items()}
    figures, rows = forecast_figures(HISTORY, series, seed=seed)
    figures += _alerts(HISTORY, evaluate_alerts(histories, seed=seed, replicates=scale.replicates,
                                                replay_days=scale.replay_days, progress=progress))  # fmt: skip
    return figures, rows


def _classes(score: ClassificationScore) -> Iterator[Figure]:
    for level in LEVELS:
        for method, said in METHODS.items():
            one = score.score(level, method)
            for key, (name, target) in CLASSES.items():
                # baselines are there to compare with: nothing is aimed at for them
                aim = target if method in ("before", "after") else NONE
                unit = SHARE if key in ("abstained", "accuracy") else "of 1"
                yield Figure(SQUAD, f"classification: {level}", name, said, getattr(one, key), None, None, one.n,
                             "workouts", unit, aim)  # fmt: skip


def _detected(score: DetectorScore) -> Iterator[Figure]:
    for one in score.measures:
        area = next((area for word, area in AREAS.items() if word in one.name), "detectors")
        target = Target(least=0.95) if (one.name, one.group) == (FAULTS, "all") else _target(one)
        unit_n = "cases" if one.unit == SHARE else one.unit.removeprefix("per ") + "s"
        yield Figure(SQUAD, area, one.name, one.group, one.value, one.low, one.high, round(one.total, 2), unit_n,
                     one.unit, target)  # fmt: skip


def _target(one: Measure) -> Target:
    """The aim of a measure, which is written as `>= 95 %` or `<= 1`."""
    if not one.target:
        return NONE
    sign, number, *percent = one.target.split()
    bound = float(number) / (100 if percent else 1)
    return Target(least=bound) if sign == ">=" else Target(most=bound)


def _alerts(of: str, score: AlertScore) -> list[Figure]:
    months = sum(one.months for one in score.athletes)
    return [Figure(of, "alerts", "false alerts on shuffled weeks of the own history", "all", score.value, score.low,
                   score.high, round(months, 2), "athlete-months", "per athlete-month",
                   Target(most=score.target))]  # fmt: skip
