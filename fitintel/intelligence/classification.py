"""What workouts were, on both levels, and what a person's labels have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

Execute = Callable[..., Any]
"""Runs an algorithm by id: `Journal.run`, or `plainly`"""
NO_LAPS: Mapping[str, Sequence[Any]] = {"id": [], "duration": [], "distance": []}


def plainly(algorithm_id: str, *inputs: Any, **parameters: Any) -> Any:
    """Compute without an audit row."""
    return get(algorithm_id)(*inputs, **parameters)


@dataclass(frozen=True, slots=True)
class Classified:
    """Results (or plain values) of the seven algorithms."""

    evidence: Any
    model: Any
    types: Any
    """of `activity_type`"""
    session_evidence: Any
    session_context: Any
    session_model: Any
    sessions: Any
    """of `session_kind`"""


def classify(
    run: Execute, workouts: Workouts, labels: Mapping[str, Mapping[str, str]], *, laps: Mapping[str, Any] = NO_LAPS,
    thresholds: Sequence[Mapping[str, Any]] = (), events: Iterable[int] = (), names: Mapping[str, str] | None = None,
    plans: Sequence[Mapping[str, Any]] = (),
) -> Classified:  # fmt: skip
    """Both levels. `labels`: level -> workout id -> label; `laps`, `thresholds`, `events` and `names` as
    `session_evidence` takes them, `plans` as `session_context` does.

    >>> w = Workouts.from_rows([{"id": "a", "day": 1, "sport": "running", "duration": 2700.0, "distance": 3600.0}])
    >>> classify(plainly, w, {"activity": {"a": "hike"}}).types["label"]
    array(['hike'], dtype=object)
    """
    activity, session = (dict(sorted(labels.get(level, {}).items())) for level in ("activity", "session"))
    evidence = run("activity_evidence", workouts, activity)
    model = run("activity_model", evidence, activity)
    types = run("activity_type", evidence, model, activity)
    speeds = [dict(one) for one in thresholds if one["kind"] == "speed"]
    named = dict(sorted((names or {}).items()))
    beside = run("session_evidence", workouts, types, laps, speeds, sorted(events), named)
    context = run("session_context", workouts, types, beside, laps, named, [dict(plan) for plan in plans])
    own = run("session_model", context, session)
    kinds = run("session_kind", context, own, session)
    return Classified(evidence, model, types, beside, context, own, kinds)


def by_level(labels: Iterable[Mapping[str, Any]], *, without: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """Labels (`workout_id`, `level`, `value`) as `classify` takes them, but for those about some workouts."""
    left = set(without)
    found: dict[str, dict[str, str]] = {"activity": {}, "session": {}}
    for one in labels:
        if one["workout_id"] not in left:
            found[one["level"]][one["workout_id"]] = one["value"]
    return found
