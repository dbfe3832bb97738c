"""All that is known of one algorithm here: what its page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from fitintel.core.card import Card
from fitintel.core.performance import Point
from fitintel.core.promotion import Evaluation, Promotion


@dataclass(frozen=True, slots=True)
class OpenAlgorithm:
    """Card, versions, and how it fared, was judged and came into use."""

    card: Card
    """of the version in use"""
    doc: str
    """docstring of that version: formula, parameters, an example"""
    versions: tuple[Card, ...]
    """every version that can be computed here, oldest first"""
    promotions: tuple[Promotion, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    points: tuple[Point, ...] = ()
    """figures of the days on which it ran, oldest first"""
