"""Events: what has happened, for front ends that are open while it does. Each has an id that only ever grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Topic(StrEnum):
    """What somebody can follow."""

    IMPORTS = "imports"
    BRIEFS = "briefs"
    ALERTS = "alerts"
    PROMOTIONS = "promotions"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has happened. It names records and holds no figures: who follows it asks for them."""

    topic: Topic
    kind: str
    """what happened: made, progress, done, opened, closed, promoted ..."""
    athlete_id: str | None
    """None: it is of nobody"""
    at: datetime
    detail: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0
    """given by the store, in the order in which events can be read"""
