"""The policy of promotions and fairness: `registry/policy.toml`, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from fitintel.core import snapshot
from fitintel.core.card import FAMILIES, Card
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.workbench.registry_file import registry_file

PATH = registry_file("policy.toml")
METRICS = {"forecast": ("interval_score", "mase"), "classification": ("macro_f1", "brier"),
           "planted_faults": ("f1",), "planted_changes": ("f1",), "none": ("",)}  # fmt: skip
"""outcome -> metrics that can be stated for it"""
GROUPS = ("sex", "age_band", "sport", "device_class", "history_length")


@dataclass(frozen=True, slots=True)
class Intervals:
    """How every interval is drawn: by resampling athletes."""

    confidence: float
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Squad:
    """The simulated histories that challengers are tried on."""

    seed: int
    athletes: int
    years: float
    end_day: int


@dataclass(frozen=True, slots=True)
class Groups:
    """Which groups are monitored, and from which size on anything is said of them."""

    monitored: tuple[str, ...]
    min_athletes: int
    min_events: int
    alarm_athletes: int
    smallest_told: int


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The widest gap between two groups: ratios of error and alerts, differences of shares."""

    error_ratio: float
    coverage: float
    alert_ratio: float
    abstain: float


@dataclass(frozen=True, slots=True)
class Contest:
    """What a challenger of one algorithm is judged by."""

    outcome: str
    metric: str = ""
    margin: float = 0.0
    group_loss: float = 0.0
    abstain: float = 0.0
    coverage: float = 0.0
    """how far the share of outcomes inside may be from what intervals promise; 0: not asked"""
    step: int = 4
    """periods (weeks, days) between the origins of forecasts"""
    why: str = ""
    """of outcome `none`: why there is none"""


@dataclass(frozen=True, slots=True)
class Policy:
    """All of it."""

    interval: Intervals
    squad: Squad
    groups: Groups
    tolerance: Tolerance
    family: Mapping[str, Contest]
    algorithm: Mapping[str, Contest]
    digest: str
    """of the whole: a decision says which policy it was made under"""

    def contest(self, card: Card) -> Contest:
        """What the algorithm is judged by: its own entry, else that of its family."""
        return self.algorithm.get(card.id) or self.family[card.family]


def read(path: Path | None = None) -> Policy:
    """The policy in a file (default: the project's); raises UsageError naming what is wrong in it."""
    path = path or PATH
    if not path.is_file():
        raise NotFound("There is no policy of promotions", where=str(path), next="install the package anew")
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError("The policy is not TOML", where=str(path), why=str(error)) from error


def parse(given: Mapping[str, Any]) -> Policy:
    """The same of what a file says; raises UsageError."""
    parts = {"interval": Intervals, "squad": Squad, "groups": Groups, "tolerance": Tolerance}
    _only(given, {*parts, "family", "algorithm"}, "the policy", needed={*parts, "family"})
    made: dict[str, Any] = {name: _made(kind, given[name], name) for name, kind in parts.items()}
    family = {name: _contest(said, f"family.{name}") for name, said in given["family"].items()}
    _only(family, set(FAMILIES), "family", needed=set(FAMILIES))
    own = {name: _contest(said, f"algorithm.{name}") for name, said in given.get("algorithm", {}).items()}
    for name in made["groups"].monitored:
        if name not in GROUPS:
            raise UnknownName("monitored group", name, GROUPS)
    _within("interval.confidence", made["interval"].confidence, 0.5, 0.999)
    _within("interval.draws", made["interval"].draws, 100, 100_000)
    _within("groups.min_athletes", made["groups"].min_athletes, made["groups"].smallest_told, 10_000)
    _within("tolerance.error_ratio", made["tolerance"].error_ratio, 1, 10)
    _within("tolerance.alert_ratio", made["tolerance"].alert_ratio, 1, 10)
    return Policy(**made, family=family, algorithm=own, digest=snapshot.digest(dict(given)))


def _contest(said: Mapping[str, Any], where: str) -> Contest:
    made: Contest = _made(Contest, said, where)
    if made.outcome not in METRICS:
        raise UnknownName(f"outcome in {where}", made.outcome, METRICS)
    if made.metric not in METRICS[made.outcome]:
        raise UnknownName(f"metric of {made.outcome} in {where}", made.metric, METRICS[made.outcome])
    if made.outcome == "none" and not made.why:
        raise UsageError(f"The policy does not say why nothing can be compared in {where}", next="give it a why")
    _within(f"{where}.step", made.step, 1, 365)
    for name in ("margin", "group_loss", "abstain", "coverage"):
        _within(f"{where}.{name}", getattr(made, name), 0, 1)
    return made


def _made(kind: Any, said: Any, where: str) -> Any:
    if not isinstance(said, Mapping):
        raise UsageError(f"{where} of the policy is no table")
    known = {each.name: each for each in fields(kind)}
    needed = {name for name in known if kind is not Contest or name == "outcome"}
    _only(said, set(known), where, needed=needed)
    values = {}
    for name, value in said.items():
        wanted = str(known[name].type)
        fits = {"int": type(value) is int, "float": type(value) in (int, float), "str": isinstance(value, str)}
        if not fits.get(wanted, isinstance(value, list)):
            raise UsageError(f"{where}.{name} of the policy is {value!r}", why=f"it should be of type {wanted}")
        values[name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _only(said: Mapping[str, Any], known: set[str], where: str, *, needed: set[str]) -> None:
    for name in sorted(set(said) - known):
        raise UnknownName(f"entry of {where} in the policy", name, known)
    for name in sorted(needed - set(said)):
        raise UsageError(f"The policy does not say {name}", where=where)


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise UsageError(f"{name} of the policy is {value}", why=f"it should be from {least:g} to {most:g}")
