"""What a workout is taken for on one level, and the run that says so."""

from __future__ import annotations

from dataclasses import dataclass

from fitintel.core.card import Card
from fitintel.core.records import Run


@dataclass(frozen=True, slots=True)
class Taken:
    """One level of one workout."""

    label: str
    """one of core.answers.LEVELS, or unsure"""
    confidence: float
    """probability, 0-1"""
    said: bool
    """a person said so"""
    run: Run
    card: Card
    """of the run's algorithm"""
