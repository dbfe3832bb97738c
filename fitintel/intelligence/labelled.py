"""What the brief says of classification: what each workout was, what a correction has changed, and what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from fitintel.core import days
from fitintel.core.records import Insight, Section
from fitintel.core.workouts import Workouts
from fitintel.intelligence.classification import NO_LAPS, Classified, by_level, classify
from fitintel.intelligence.registry import Journal, Result

SECONDS = 86_400.0
TOLD_DAYS = 7
"""d. What a label has changed is told for this long after it was given."""
TOLD = 3
"""Labels of at most this many values are told, those with the newest first."""

Labels = Sequence[Mapping[str, Any]]
"""`workout_id`, `level`, `value`, `at` [s since 1970-01-01 UTC] of every label that holds"""


@dataclass(frozen=True, slots=True)
class Reading:
    """Both levels of all workouts, and the insights about labels."""

    types: Result
    sessions: Result
    corrections: list[Insight]
    questions: list[Insight]


def read(
    journal: Journal, workouts: Workouts, day: int, labels: Labels = (), *, laps: Mapping[str, Any] | None = None,
    thresholds: Sequence[Mapping[str, Any]] = (), events: Iterable[int] = (), names: Mapping[str, str] | None = None,
    plans: Sequence[Mapping[str, Any]] = (),
) -> Reading:  # fmt: skip
    """Classify the workouts of a brief (canonical order) with the labels that hold."""
    there = set(workouts["id"].tolist())
    held = [one for one in labels if one["workout_id"] in there]
    context: dict[str, Any] = {
        "laps": _of(laps or NO_LAPS, there),
        "thresholds": thresholds,
        "events": events,
        "names": {name: said for name, said in (names or {}).items() if name in there},
        "plans": [plan for plan in plans if plan["day"] <= day],
    }
    found = classify(journal.run, workouts, by_level(held), **context)
    corrections = _corrections(journal, workouts, day, held, found)
    monday = days.week_start(day)
    # the questions of a week are those that Monday's knowledge asks: an answer closes one and opens no other
    earlier = [one for one in held if one["at"] < monday * SECONDS]
    before = found if len(earlier) == len(held) else classify(journal.run, workouts, by_level(earlier), **context)
    asked = journal.run("label_question", workouts["day"], before.types, before.sessions,
                        sorted({str(one["workout_id"]) for one in earlier}), monday)  # fmt: skip
    answered = {one["workout_id"] for one in held}
    return Reading(found.types, found.sessions, corrections, _questions(workouts, asked, answered))


def _of(laps: Mapping[str, Any], there: set[Any]) -> dict[str, Any]:
    mine = [name in there for name in laps["id"]]
    return {name: [value for value, one in zip(laps[name], mine, strict=True) if one] for name in NO_LAPS}


def of_workouts(said: Iterable[Insight], found: Reading) -> list[Insight]:
    """The insights about single workouts, with the kind of session, and whether a person has said so."""
    place = {str(name): at for at, name in enumerate(found.types["id"].tolist())}
    made = []
    for insight in said:
        at = place.get(insight.values.get("id", ""))
        if at is not None:
            values, runs = {**insight.values, "said": bool(found.types["said"][at])}, insight.run_ids
            session, said_so = str(found.sessions["label"][at]), bool(found.sessions["said"][at])
            # that a walk was easy goes without saying
            plain = session == "easy" and values["label"] in ("walk", "hike")
            if session not in ("", "unsure") and (said_so or not plain):
                values |= {"session": session, "session_said": said_so,
                           "session_confidence": float(found.sessions["confidence"][at])}  # fmt: skip
                runs = (*runs, found.sessions.run.id)
            insight = replace(insight, values=values, run_ids=runs)
        made.append(insight)
    return made


def _corrections(
    journal: Journal, workouts: Workouts, day: int, held: Labels, found: Classified
) -> list[Insight]:  # fmt: skip
    """What the newest labels have changed: the workouts that would be read otherwise without those of one value."""
    recent = [one for one in held if one["at"] >= (day - TOLD_DAYS) * SECONDS]
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in sorted(recent, key=lambda one: (-one["at"], one["workout_id"], one["level"])):
        groups.setdefault((one["level"], one["value"]), []).append(one)
    place = {str(name): at for at, name in enumerate(workouts["id"].tolist())}
    said = []
    for (level, value), given in list(groups.items())[:TOLD]:
        with_, without = _effect(journal, workouts, held, found, level, given)
        own = sorted(place[one["workout_id"]] for one in given)
        changed = np.flatnonzero(with_["label"] != without["label"]).tolist()
        others = [other for other in changed if other not in own]
        now = [str(with_["label"][other]) for other in others]
        corrected = [str(without["label"][at]) for at in own if without["label"][at] != value]
        values = {
            "day": int(workouts["day"][own[-1]]), "n": len(own), "level": level, "value": value,
            "corrected": len(corrected), "was": corrected[0] if corrected else value, "alike": now.count(value),
            "others": len(now) - now.count(value),
        }  # fmt: skip
        ids = tuple(str(workouts["id"][at]) for at in (*own, *others))
        said.append(Insight(Section.RECENT, "label_effect", values, (with_.run.id, without.run.id),
                            subject=f"{level}={value}", workout_ids=ids))  # fmt: skip
    return said


def _effect(
    journal: Journal, workouts: Workouts, held: Labels, found: Classified, level: str, given: Labels
) -> tuple[Result, Result]:
    """(what is read now, what would be without these labels), on their level."""
    labels = dict(sorted(by_level([each for each in held if each not in given])[level].items()))
    if level == "session":
        model = journal.run("session_model", found.session_context, labels)
        return found.sessions, journal.run("session_kind", found.session_context, model, labels)
    evidence = journal.run("activity_evidence", workouts, labels)
    model = journal.run("activity_model", evidence, labels)
    return found.types, journal.run("activity_type", evidence, model, labels)


def _questions(workouts: Workouts, asked: Result, answered: set[Any]) -> list[Insight]:
    rows = {row["id"]: row for row in workouts.take(np.isin(workouts["id"].astype(str), asked["id"])).rows()}
    said = []
    for at, name in enumerate(asked["id"]):
        if name in answered:
            continue
        values = {key: rows[name][key] for key in ("id", "day", "sport", "duration", "distance")}
        values |= {"level": asked["level"][at], "likely": list(asked["likely"][at]),
                   "probability": [float(share) for share in asked["probability"][at]]}  # fmt: skip
        said.append(Insight(Section.RECENT, "label_question", values, (asked.run.id,), subject=asked["level"][at],
                            workout_ids=(name,)))  # fmt: skip
    return said
