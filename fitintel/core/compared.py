"""Two briefs side by side: what a front end needs to say what changed between them, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.records import OpenBrief


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that is otherwise in the later brief: `kind` chooses the words, `values` fill them."""

    kind: str
    """day, new_workouts, late_workouts, changed_workouts, gone_workouts, input, parameter, algorithm, brief_version"""
    values: Mapping[str, Any]
    workout_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """Two opened briefs of one athlete, the causes of their differences, and which cause reaches which run."""

    before: OpenBrief
    after: OpenBrief
    causes: tuple[Cause, ...]
    reaches: Mapping[str, tuple[int, ...]]
    """run id of the later brief -> places in `causes`"""
    made_now: bool = False
    """the earlier brief did not exist and was made from what is known today: late data are in both"""
