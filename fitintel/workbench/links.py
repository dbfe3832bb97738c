"""The links that say which workouts are one: worked out anew from scores and decisions, stored where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np

from fitintel.core.recorded import Link, LinkState
from fitintel.core.workouts import Workouts
from fitintel.ingest import grouping, matching, merging, pairs
from fitintel.ingest.grouping import Pair, pair
from fitintel.ingest.matching import Match
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import questions
from fitintel.workbench.twins import Twins

RULES = "matching "
RULE = RULES + matching.VERSION
"""who decides where no person did"""


@dataclass(frozen=True, slots=True)
class Matched:
    """What looking for duplicates has changed."""

    merged: int = 0
    """workouts that are newly hidden behind another"""
    doubtful: int = 0
    """pairs that newly wait for a decision"""
    undone: int = 0
    """pairs that are no longer held to be one, or no longer asked about"""


def settle(
    store: Store, blobs: Blobs, athlete_id: str, rows: Workouts, before: Sequence[Link], ids: set[str], *,
    decisions: Sequence[Link] | None = None,
) -> Matched:  # fmt: skip
    """Find the groups that `ids` are in, and store what has changed, in one transaction."""
    twins = Twins(store, blobs, athlete_id, rows)
    links = [link for link in (before if decisions is None else decisions)
             if link.workout_id in twins.place and link.other_id in twins.place]  # fmt: skip
    was = {pair(link.workout_id, link.other_id) for link in links if link.state is LinkState.MERGED
           and link.reasons.get("clear")}  # fmt: skip
    scored, reached = _scored(twins, rows, ids & set(twins.place), links, was)
    if not scored and not any({link.workout_id, link.other_id} & reached for link in links):
        return Matched()
    by_people = [link for link in links if {link.workout_id, link.other_id} & reached
                 and not link.decided_by.startswith(RULES)]  # fmt: skip
    by_people.sort(key=lambda link: (-link.at.timestamp(), link.workout_id, link.other_id))
    found = grouping.grouped(
        {each: (one.score, one.clear) for each, one in scored.items()},
        [(pair(link.workout_id, link.other_id), link.state is LinkState.MERGED) for link in by_people
         if link.state is not LinkState.DOUBTFUL],
        lambda one, two: pair(one, two) not in scored and twins.apart(one, two),
    )  # fmt: skip
    wanted = _wanted(twins, found, scored, by_people, before)
    # a decision about a workout that is not here now is kept: it may come back
    touched = [link for link in before if {link.workout_id, link.other_id} & reached
               and {link.workout_id, link.other_id} <= set(twins.place)]  # fmt: skip
    return _store(store, athlete_id, touched, wanted)


def _scored(
    twins: Twins, rows: Workouts, ids: set[str], links: Sequence[Link], was: set[Pair]
) -> tuple[dict[Pair, Match], set[str]]:
    """Scores of all pairs in every group that `ids` may belong to, and the workouts that were reached."""
    names = rows["id"].tolist()
    reached: set[str] = set()
    scored: dict[Pair, Match] = {}
    wave = set(ids)
    beside: dict[str, set[str]] = {}
    for link in links:
        beside.setdefault(link.workout_id, set()).add(link.other_id)
        beside.setdefault(link.other_id, set()).add(link.workout_id)
    while wave:
        reached |= wave
        fresh = np.fromiter((name in wave for name in names), bool, len(names))
        partners = {other for name in wave for other in beside.get(name, ())}
        for one, two in pairs.pairs(rows, fresh):
            each = pair(names[one], names[two])
            if each in scored:
                continue
            found = twins.match(*each)
            if found is not None and found.score >= matching.DOUBTFUL:
                # what was clear before its source changed a label or a minute stays one
                scored[each] = found if each not in was else Match(found.score, True, found.shift, found.reasons)
                partners.update(each)
        wave = partners - reached
    return scored, reached


def _wanted(
    twins: Twins, found: grouping.Grouped, scored: Mapping[Pair, Match], by_people: Sequence[Link],
    before: Sequence[Link],
) -> list[Link]:  # fmt: skip
    """The links that say all this."""
    said = {pair(link.workout_id, link.other_id): link for link in by_people}
    old = {pair(link.workout_id, link.other_id): link for link in before}
    group_of = {name: number for number, group in enumerate(found.groups) for name in group}
    now = datetime.now(UTC)
    made: dict[Pair, Link] = {}

    def link(first: str, second: str, state: LinkState, taken: Mapping[str, Any]) -> None:
        each = pair(first, second)
        one = scored.get(each)
        person = said.get(each)
        if person is not None and person.state is not state:
            person = None  # a newer decision has overruled it
        known = old.get(each)
        score = one.score if one else person.score if person else 0.0
        reasons: dict[str, Any] = {"parts": [], "shift": 0.0, "clear": False}
        if one is not None:
            shift = one.shift if first < second else -one.shift
            parts = [[each.part, each.points, each.says] for each in one.reasons]
            reasons = {"parts": parts, "shift": shift, "clear": one.clear}
        by = person.decided_by if person else RULE
        same = known is not None and known.state is state and known.decided_by == by
        at = person.at if person else known.at if known is not None and same else now
        made[each] = Link(first, second, state, score, {**reasons, **taken}, by, at)

    for group in found.groups:
        parts = [twins.part(name) for name in group]
        chosen = merging.merged(parts)
        for other in (part.id for part in merging.ranked(parts) if part.id != chosen.leader):
            taken = {"columns": chosen.columns.get(other, ()), "channels": chosen.channels.get(other, ())}
            link(chosen.leader, other, LinkState.MERGED, {name: list(names) for name, names in taken.items()})
    for each in found.doubtful:
        link(*_by_rank(twins, each), LinkState.DOUBTFUL, {})
    for each, person in said.items():
        together = each[0] in group_of and group_of[each[0]] == group_of.get(each[1])
        if each not in made and together == (person.state is LinkState.MERGED):
            link(*_by_rank(twins, each), person.state, {})
    return list(made.values())


def _by_rank(twins: Twins, each: Pair) -> tuple[str, str]:
    first, second = merging.ranked([twins.part(name) for name in each])
    return first.id, second.id


def _store(store: Store, athlete_id: str, before: Sequence[Link], wanted: Sequence[Link]) -> Matched:
    old = {pair(link.workout_id, link.other_id): link for link in before}
    new = {pair(link.workout_id, link.other_id): link for link in wanted}
    gone = sorted(set(old) - set(new))
    changed = [link for each, link in sorted(new.items()) if not _equal(old.get(each), link)]
    store.put_links(athlete_id, changed, removed=gone)
    questions.answer(store, athlete_id)
    hidden, was = ({link.other_id for link in some if link.state is LinkState.MERGED} for some in (wanted, before))
    asked = {each for each, link in new.items() if link.state is LinkState.DOUBTFUL}
    asked_before = {each for each, link in old.items() if link.state is LinkState.DOUBTFUL}
    return Matched(len(hidden - was), len(asked - asked_before), len(gone))


def _equal(one: Link | None, two: Link) -> bool:
    def plain(link: Link) -> tuple[Any, ...]:
        return link.workout_id, link.other_id, link.state, link.score, dict(link.reasons), link.decided_by, link.at

    return one is not None and plain(one) == plain(two)
