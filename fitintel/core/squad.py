"""A squad's day: each athlete's brief, and why somebody should look at it first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fitintel.core.answers import Told
from fitintel.core.records import Insight, OpenBrief


@dataclass(frozen=True, slots=True)
class SquadRow:
    """One athlete of a squad."""

    opened: OpenBrief
    score: int
    """how much it needs a look; of use for the order alone"""
    reasons: tuple[Insight, ...]
    """at most two, the weightiest first; insights of the brief"""


@dataclass(frozen=True, slots=True)
class Review:
    """A week that is over: the brief of its last day, and what became of what was told in it."""

    opened: OpenBrief
    week: int
    """day number of its Monday"""
    became: Sequence[Told]
    """recommendations, plans and forecasts of which it is known what became, oldest first"""
