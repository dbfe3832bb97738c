"""What is kept of challengers: how they were judged, who put which version in use and why, what ran in the shadow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Champion and challenger on the same histories, and what the gate decided."""

    id: str
    algorithm: str
    champion: str
    challenger: str
    """versions"""
    by: str
    """actor"""
    at: datetime
    policy: str
    """digest of the policy that the gate went by"""
    passed: bool
    document: Mapping[str, Any]
    """figures, groups and each reason of the decision, as plain values"""


@dataclass(frozen=True, slots=True)
class Affected:
    """A figure of an athlete's latest brief that another version changes."""

    athlete_id: str
    day: int
    """of the brief"""
    figure: str
    """section, code, subject and name of the figure in the brief"""
    before: float | None
    """None: only the other version gives it"""
    after: float | None
    version: str

    @property
    def text(self) -> str:
        """In a line."""
        old, new = ("none" if one is None else f"{one:.6g}" for one in (self.before, self.after))
        return f"{self.athlete_id} {self.figure} {old} -> {new} since {self.version}"


class Step(StrEnum):
    """How a version came into use."""

    PROMOTE = "promote"
    ROLL_BACK = "roll back"


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's word on a promotion."""

    promotion_id: str
    by: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Promotion:
    """A version was put in use, or asked to be: it holds once it is approved. Never changed in place."""

    id: str
    algorithm: str
    version: str
    before: str
    """version in use until then"""
    step: Step
    by: str
    at: datetime
    why: str
    evaluation_id: str | None
    alone: bool
    """no second person was asked: a workspace without accounts has one owner, and a way back must not wait"""
    approvals: tuple[Approval, ...] = ()

    @property
    def since(self) -> datetime | None:
        """When it came to hold; None as long as it waits for the approval of somebody else."""
        if self.alone:
            return self.at
        return min((one.at for one in self.approvals if one.by != self.by), default=None)


@dataclass(frozen=True, slots=True)
class Shadow:
    """A version is run beside the one in use, from `at` on (`on`), or no longer."""

    algorithm: str
    version: str
    on: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShadowRun:
    """One run in the shadow, and the run of the brief beside it."""

    athlete_id: str
    day: int
    algorithm: str
    version: str
    beside: str
    """run id of the version in use, on the same inputs"""
    run_id: str | None
    """None: it failed"""
    error: str = ""


def in_force(promotions: Iterable[Promotion]) -> dict[str, Promotion]:
    """Algorithm -> the promotion that holds: the one that came to hold last."""
    held = [(one.since, one.id, one) for one in promotions if one.since is not None]
    return {one.algorithm: one for _, _, one in sorted(held, key=lambda each: each[:2])}


def champions(promotions: Iterable[Promotion]) -> dict[str, str]:
    """Algorithm -> version in use, of those that were ever promoted or rolled back.

    >>> from datetime import UTC
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> one = Promotion("p-1", "pmc", "2.0.0", "1.0.0", Step.PROMOTE, "ann", at, "", None, alone=False)
    >>> champions([one])
    {}
    >>> from dataclasses import replace
    >>> champions([replace(one, approvals=(Approval("p-1", "ben", at),))])
    {'pmc': '2.0.0'}
    """
    return {name: one.version for name, one in sorted(in_force(promotions).items())}


def shadowed(said: Iterable[Shadow]) -> list[tuple[str, str]]:
    """(algorithm, version) of those that are run in the shadow now."""
    last = {(one.algorithm, one.version): one.on for one in sorted(said, key=lambda one: one.at)}
    return sorted(key for key, on in last.items() if on)
