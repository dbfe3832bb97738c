"""Workouts that are one: found after an import, merged or asked about, decided and undone by people.

Every decision is kept under the ids of the workouts, which come from their content: it holds when a file is imported
again. What a rule found is found anew whenever something near it changes; what a person decided is never overruled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.recorded import Link, LinkState
from fitintel.core.workouts import Workouts
from fitintel.ingest.grouping import Pair, pair
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import looked
from fitintel.workbench.links import Matched, settle
from fitintel.workbench.questions import waiting
from fitintel.workbench.twins import COLUMNS

if TYPE_CHECKING:
    from fitintel.ingest.report import ImportReport
    from fitintel.workbench.errands import Desk

PERSON = "person"
SHOWN = ("id", "day", "start", "utc_offset", "sport", "source_sport", "duration", "distance", "source")
BESIDE = 7
"""d around what an import brought in which workouts are looked at"""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What is held of an athlete's workouts that may be one."""

    athlete_id: str
    links: tuple[Link, ...]
    workouts: Workouts
    """as their sources have them; those that the links and the questions name"""
    asked: tuple[Pair, ...] = ()
    """pairs that an import found alike, about which nothing is held"""

    def of(self, state: LinkState) -> tuple[Link, ...]:
        """The links in one state."""
        return tuple(link for link in self.links if link.state is state)


def listed(store: Store, athlete_id: str) -> Duplicates:
    """Every decision and open question about workouts that are here."""
    links = store.links(athlete_id)
    held = {pair(link.workout_id, link.other_id) for link in links}
    asked = [each for each in waiting(store, athlete_id, links) if pair(*each) not in held]
    rows = store.workouts(athlete_id, columns=SHOWN, twins=True) if links or asked else Workouts.empty(SHOWN)
    there = set(rows["id"].tolist())
    here = tuple(link for link in links if {link.workout_id, link.other_id} <= there)
    open_ = tuple(each for each in asked if set(each) <= there)
    named = {name for link in here for name in (link.workout_id, link.other_id)} | {name for e in open_ for name in e}
    kept = rows.take(np.array([name in named for name in rows["id"].tolist()], bool))
    return Duplicates(athlete_id, here, kept, open_)


def match_new(store: Store, blobs: Blobs, athlete_id: str, ids: Collection[str] | None = None) -> Matched:
    """Compare these workouts (default: all) with the others, and merge or ask; a second call changes nothing.

    Where an earlier import did not get so far, all are compared.
    """
    seen = looked.brought(store, athlete_id)
    links = store.links(athlete_id)
    rows = store.workouts(athlete_id, columns=COLUMNS, twins=True)
    wanted = set(rows["id"].tolist())
    if ids is not None:
        here = np.isin(rows["id"].astype(str), list(ids))
        if not looked.unfinished(store, athlete_id, seen - set(rows["import_id"][here].tolist())):
            wanted &= set(ids)
    found = settle(store, blobs, athlete_id, rows, links, wanted)
    looked.finish(store, athlete_id, seen)
    return found


def match_reports(desk: Desk, reports: Sequence[ImportReport]) -> Matched:
    """Compare what an import has brought or changed with the rest; with it what an import before did not get to."""
    new = {report.record.id: report for report in reports if report.totals.workouts and not report.dry_run}
    store, athlete_id = desk.store, desk.athlete_id
    if desk.dry_run:
        return Matched()
    seen = looked.brought(store, athlete_id)
    others = seen - set(new)
    # a single import that nothing came after has nothing to be compared with but itself
    if (new or len(others) > 1) and looked.unfinished(store, athlete_id, others):
        return match_new(store, desk.blobs, athlete_id)
    if not new or (not others and _alone(new)):
        return Matched()
    since = min(report.first_day for report in new.values() if report.first_day is not None) - BESIDE
    until = max(report.last_day for report in new.values() if report.last_day is not None) + BESIDE
    links = store.links(athlete_id)
    rows = store.workouts(athlete_id, columns=COLUMNS, since=since, until=until, twins=True)
    there = set(rows["id"].tolist())
    if any((link.workout_id in there) != (link.other_id in there) for link in links):
        rows = store.workouts(athlete_id, columns=COLUMNS, twins=True)  # a person joined what lies far apart
    ids = rows["id"][np.isin(rows["import_id"].astype(str), list(new))]
    found = settle(store, desk.blobs, athlete_id, rows, links, set(ids.tolist()))
    looked.finish(store, athlete_id, seen)
    return found


def _alone(new: Mapping[str, ImportReport]) -> bool:
    """Whether a first import has nothing to compare with: workouts without times of day."""
    return sum(report.totals.timed for report in new.values()) < 2 and len(new) == 1


def decide(store: Store, blobs: Blobs, athlete_id: str, what: str, ids: Sequence[str]) -> Matched:
    """Carry out `merge A B`, `keep A B` or `split A`; raises UnknownName, UsageError or NotFound."""
    known = {"merge": 2, "keep": 2, "split": 1}
    if what not in known:
        raise UnknownName("decision", what, known)
    if len(ids) != known[what]:
        raise UsageError(f"{what} takes {known[what]} workout ids, {len(ids)} were given")
    if what == "split":
        return split(store, blobs, athlete_id, ids[0])
    return (merge if what == "merge" else keep)(store, blobs, athlete_id, ids[0], ids[1])


def merge(store: Store, blobs: Blobs, athlete_id: str, first: str, second: str, *, by: str = PERSON) -> Matched:
    """A person says that two workouts are one. Raises NotFound."""
    return _decide(store, blobs, athlete_id, [(first, second)], LinkState.MERGED, by)


def keep(store: Store, blobs: Blobs, athlete_id: str, first: str, second: str, *, by: str = PERSON) -> Matched:
    """A person says that two workouts are two; it is not asked again. Raises NotFound."""
    return _decide(store, blobs, athlete_id, [(first, second)], LinkState.SEPARATE, by)


def split(store: Store, blobs: Blobs, athlete_id: str, workout_id: str, *, by: str = PERSON) -> Matched:
    """A person says that a workout is none of those it was merged with.

    Raises NotFound, or UsageError where it is not merged.
    """
    group = _groups(store.links(athlete_id)).get(workout_id, {workout_id})
    said = [(workout_id, other) for other in sorted(group) if other != workout_id]
    if not said:
        _known(store, athlete_id, [workout_id])
        raise UsageError(f"The workout {workout_id} is not merged with another", next="see: fitintel duplicates")
    return _decide(store, blobs, athlete_id, said, LinkState.SEPARATE, by)


def _decide(
    store: Store, blobs: Blobs, athlete_id: str, said: Sequence[Pair], state: LinkState, by: str
) -> Matched:  # fmt: skip
    for first, second in said:
        if first == second:
            raise UsageError("A workout cannot be compared with itself", next="name two ids")
    rows = _known(store, athlete_id, [name for each in said for name in each])
    before = store.links(athlete_id)
    old = {pair(link.workout_id, link.other_id): link for link in before}
    now = datetime.now(UTC)
    made = []
    for first, second in said:
        link = old.get(pair(first, second))
        score, reasons = (link.score, link.reasons) if link else (0.0, {})
        made.append(Link(first, second, state, score, reasons, by, now))
    decided = {pair(link.workout_id, link.other_id) for link in made}
    kept = [link for link in before if pair(link.workout_id, link.other_id) not in decided]
    touched = {name for each in said for name in each}
    return settle(store, blobs, athlete_id, rows, before, touched, decisions=[*kept, *made])


def _known(store: Store, athlete_id: str, ids: Iterable[str]) -> Workouts:
    rows = store.workouts(athlete_id, columns=COLUMNS, twins=True)
    there = set(rows["id"].tolist())
    for name in ids:
        if name not in there:
            raise NotFound(f"There is no workout {name!r} of athlete {athlete_id!r}", next="see: fitintel duplicates")
    return rows


def _groups(links: Iterable[Link]) -> dict[str, set[str]]:
    """Workout id -> the ids that are one with it."""
    found: dict[str, set[str]] = {}
    for link in links:
        if link.state is LinkState.MERGED:
            joined = found.get(link.workout_id, {link.workout_id}) | found.get(link.other_id, {link.other_id})
            for name in joined:
                found[name] = joined
    return found
