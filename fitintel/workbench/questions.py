"""Workouts that an import found alike: what is still asked about them, and what a decision has answered.

A question is a `possible_duplicate` problem about two workouts. It is closed by the decision about them, whoever made
it, and open again when that is undone; the flag of a workout says that a question about it is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from fitintel.core.recorded import Link, LinkState
from fitintel.core.records import Outcome, Problem, ProblemStatus
from fitintel.ingest.grouping import Pair, pair
from fitintel.storage.store import Store

ASKED = "possible_duplicate"
NAMED = 3
"""At most this many pairs are named, the newest first."""


def answer(store: Store, athlete_id: str) -> None:
    """Close each question that a decision answers, open it again where the decision is gone, and mend the flags."""
    every = _asked(store, athlete_id, None)
    if not every:
        return
    links = store.links(athlete_id)
    wanted = {one.id: _status(one, links) for one in every}
    for status in ProblemStatus:
        changed = [one.id for one in every if wanted[one.id] is status and one.status is not status]
        if changed:
            store.settle_problems(changed, status)
    open_ = {name for one in every if wanted[one.id] is ProblemStatus.OPEN for name in _about(one)}
    rows = store.workouts(athlete_id, columns=("id", "flags"), twins=True)
    flags = {}
    for name, text in zip(rows["id"].tolist(), rows["flags"].tolist(), strict=True):
        words = set((text or "").split())
        asked = words | {ASKED} if name in open_ else words - {ASKED}
        if asked != words:
            flags[name] = " ".join(sorted(asked))
    named = {name for one in every for name in _about(one)}
    mended = {name: text for name, text in flags.items() if name in named}
    if mended:
        store.update_flags(athlete_id, mended)


def waiting(store: Store, athlete_id: str, links: Iterable[Link]) -> list[Pair]:
    """Pairs of workouts that wait for a decision: doubtful matches, and those that an import found alike."""
    asked = [_about(one) for one in _asked(store, athlete_id, ProblemStatus.OPEN)]
    doubtful = [(link.workout_id, link.other_id) for link in links if link.state is LinkState.DOUBTFUL]
    return list({pair(*each): each for each in (*asked, *doubtful)}.values())


def alike(store: Store, athlete_id: str, day: int) -> dict[str, Any]:
    """Workouts up to a day that may be or are held to be one, as `compose` takes it.

    `undecided`: how many workouts wait for a decision; `pairs`: the newest of them; `merged`: how many are not counted
    because they are held to be one with another.
    """
    links = store.links(athlete_id)
    rows = store.workouts(athlete_id, columns=("id", "day"), until=day, twins=True)
    day_of = dict(zip(rows["id"].tolist(), rows["day"].tolist(), strict=True))
    # in one order whichever of the two was imported first
    found = [pair(*each) for each in waiting(store, athlete_id, links)]
    pairs = [each for each in found if each[0] in day_of and each[1] in day_of]
    pairs.sort(key=lambda each: (-max(day_of[each[0]], day_of[each[1]]), each))
    merged = {link.other_id for link in links if link.state is LinkState.MERGED
              and link.workout_id in day_of and link.other_id in day_of}  # fmt: skip
    return {
        "undecided": len({name for each in pairs for name in each}),
        "pairs": [list(each) for each in pairs[:NAMED]],
        "merged": len(merged),
    }


def _asked(store: Store, athlete_id: str, status: ProblemStatus | None) -> Sequence[Problem]:
    found = store.problems(athlete_id=athlete_id, outcome=Outcome.WARNED.value, status=status)
    return [one for one in found if one.rule == ASKED and one.workout_id]


def _about(one: Problem) -> Pair:
    return str(one.workout_id), one.value


def _status(one: Problem, links: Sequence[Link]) -> ProblemStatus:
    first, second = _about(one)
    for link in links:
        if link.state is LinkState.SEPARATE and {link.workout_id, link.other_id} == {first, second}:
            return ProblemStatus.DISMISSED
    hidden = {link.other_id: link.workout_id for link in links if link.state is LinkState.MERGED}
    together = hidden.get(first, first) == hidden.get(second, second)
    return ProblemStatus.RESOLVED if together else ProblemStatus.OPEN
