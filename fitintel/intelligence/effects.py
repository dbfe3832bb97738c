"""What to expect of a recommendation: from the athlete's own past, or said to be unknown; and until when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fitintel.core.days import week_start
from fitintel.core.records import Insight
from fitintel.intelligence.findings import pick
from fitintel.intelligence.registry import Journal, Result


def with_effects(
    journal: Journal, said: Sequence[Insight], day: int, daily: Result, daily_load: Result, pmc: Result
) -> list[Insight]:
    """Each recommendation with its `effect` (value, low, high, n; None: not known) and the last day it is meant for."""
    return [_with(journal, one, day, daily, daily_load, pmc) for one in said]


def _with(
    journal: Journal, one: Insight, day: int, daily: Result, daily_load: Result, pmc: Result
) -> Insight:  # fmt: skip
    run: Result | None = None
    if one.code == "recommend_anchor_days":
        run = journal.run("after_kept_days", daily, list(one.values["weekdays"]))
    elif one.code == "recommend_ease":
        run = journal.run("eased_weeks", daily_load, pmc)
    elif one.code == "recommend_restart":
        run = journal.run("after_gaps", daily)
    values: dict[str, Any] = {"until": week_start(day) + 6 if day < week_start(day) + 6 else day + 7}
    if run is None:
        return replace(one, values={**one.values, **values})
    effect = pick(run.value, "value", "low", "high", "n")
    values["effect"] = effect if effect["value"] is not None else None
    return replace(one, values={**one.values, **values}, run_ids=tuple(dict.fromkeys((*one.run_ids, run.run.id))))
