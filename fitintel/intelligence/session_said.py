"""What people and devices say of a session beside its figures: its name, and what was planned for the day.

How far such words are believed is assumed, not learned: in simulated histories names never lie, and plans seldom.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fitintel.core.answers import SESSIONS

NAME, WORDS, EFFORT = log(100.0), log(20.0), log(10.0)
"""Log odds for the kind of a recording's name (a device names a structured workout after its plan as it is run), of
the words of a plan for the day, and of its planned effort. Assumed: what is planned is mostly what is done, if
anything is (Fokkema et al. 2020, BMJ Open Sport Exerc Med 6:e000793)."""
NAMED: tuple[tuple[str, str], ...] = (
    ("race", r"\b(race|wettkampf|parkrun|carrera|gara|compétition)\b"),
    ("recovery", r"\b(recovery|regeneration\w*|regenerativ\w*|récupération|recuperación|recupero)\b"),
    ("tempo", r"\b(tempo|threshold|cruise|schwelle\w*|seuil|umbral|soglia)\b"),
    ("interval", r"\b(intervals?|intervalle?n?|repeats?|fartlek|fahrtspiel|vo2 ?max|fractionné|ripetute)\b"
                 r"|\b\d{1,2} ?[x×] ?\d+"),
    ("long", r"\b(long run|long ride|lange[rn]? lauf|lange ausfahrt|sortie longue|tirada larga|lunghissimo|lungo)\b"),
)  # fmt: skip
"""kind -> words that name it; the first that is found holds: `2 x 8 min tempo` is a tempo session"""
PLANNED: tuple[tuple[str, str], ...] = (
    ("recovery", r"\b(very easy|sehr locker)\b"),
    ("long", r"\b(long|lang)\b"),
    ("easy", r"\b(easy|locker|facile|suave)\b"),
)
"""kind -> words that say it in a plan, which would say little in a name"""
EFFORTS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (2.5, ("recovery",)), (4.5, ("easy", "long")), (6.5, ("tempo",)), (8.5, ("interval",)), (10.0, ("race",)),
)  # fmt: skip
"""highest planned effort [of 10] -> kinds it is usual for: below the first threshold up to 4, above the second from 7
(Seiler & Kjerland 2006, Scand J Med Sci Sports 16:49)"""

Plan = Mapping[str, Any]


def kind_planned(notes: str) -> str:
    """The kind that the words of a plan name; '' where they name none.

    >>> kind_planned("long, steady"), kind_planned("6 x 800 m"), kind_planned("with Jo")
    ('long', 'interval', '')
    """
    return _first(NAMED, notes) or _first(PLANNED, notes)


def kind_named(name: str) -> str:
    """The kind that a name says; '' where it says none.

    >>> kind_named("2 x 8 min tempo"), kind_named("Langer Lauf"), kind_named("Zurich Running")
    ('tempo', 'long', '')
    """
    return _first(NAMED, name)


def said(
    ids: Sequence[str], day: Sequence[int], sport: Sequence[str], duration: Sequence[float], names: Mapping[str, str],
    plans: Sequence[Plan],
) -> NDArray[np.float64]:  # fmt: skip
    """What words add to the score of each kind [n, 6]; zeros where nothing is said.

    `plans`: `day`, `number`, `sport`, `duration` [s or None], `rpe` [0-10 or None] and `kind` ('' where not said). A
    plan is of the workout of its day and sport that is nearest in duration; a workout has one plan.

    >>> plan = {"day": 3, "number": 1, "sport": "running", "duration": 3600.0, "rpe": None, "kind": "long"}
    >>> found = said(["a", "b"], [3, 3], ["running"] * 2, [1800.0, 3500.0], {}, [plan])
    >>> found.sum(axis=1).round(2), SESSIONS[found[1].argmax()]
    (array([0., 3.]), 'long')
    """
    found = np.zeros((len(ids), len(SESSIONS)))
    for place, name in enumerate(ids):
        kind = kind_named(names.get(name, ""))
        if kind:
            found[place, SESSIONS.index(kind)] += NAME
    for place, plan in _of_plans(day, sport, duration, plans):
        rpe = plan["rpe"]
        if plan["kind"]:
            found[place, SESSIONS.index(plan["kind"])] += WORDS
        elif rpe is not None:
            for kind in next((kinds for highest, kinds in EFFORTS if rpe <= highest), ()):
                found[place, SESSIONS.index(kind)] += EFFORT
    return found


def _of_plans(
    day: Sequence[int], sport: Sequence[str], duration: Sequence[float], plans: Sequence[Plan]
) -> list[tuple[int, Plan]]:
    due = {int(plan["day"]) for plan in plans}
    free: dict[tuple[int, str], list[int]] = {}
    for place, one in enumerate(day):
        if int(one) in due:
            free.setdefault((int(one), str(sport[place])), []).append(place)
    found = []
    for plan in sorted(plans, key=lambda plan: (plan["day"], plan["number"])):
        there = free.get((int(plan["day"]), str(plan["sport"])), [])
        if there:
            wanted = plan["duration"]
            best = min(there, key=lambda at: (abs(duration[at] - wanted) if wanted else 0.0, at))
            there.remove(best)
            found.append((best, plan))
    return found


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    if not text:  # of most workouts nothing is said
        return ""
    lower = text.lower()
    return next((kind for kind, any_of in words if re.search(any_of, lower)), "")
