"""Telling those who follow that something has happened. An event names records; who is told asks for them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.events import Event, Topic

if TYPE_CHECKING:
    from fitintel.core.answers import Told
    from fitintel.core.promotion import Promotion
    from fitintel.core.records import Brief
    from fitintel.ingest.report import ImportReport
    from fitintel.workbench.door import Door, Progress

EVERY = 1.0
"""s between two events of progress"""
KINDS = {Topic.IMPORTS: Kind.IMPORT, Topic.BRIEFS: Kind.BRIEF, Topic.ALERTS: Kind.BRIEF,
         Topic.PROMOTIONS: Kind.PROMOTION}  # fmt: skip
"""topic -> what it takes to follow it: to be allowed to read these"""


def event(topic: Topic, kind: str, athlete_id: str | None, **detail: Any) -> Event:
    """Something that happens now."""
    return Event(topic, kind, athlete_id, datetime.now(UTC), detail)


def brief_made(bench: Door, made: Brief, told: Sequence[Told]) -> None:
    """A brief that was not there before, and the alerts that are new with it."""
    happened = [event(Topic.BRIEFS, "made", made.athlete_id, brief=made.id, day=made.day)]
    happened += [event(Topic.ALERTS, "opened", made.athlete_id, key=one.key, code=one.code, day=made.day)
                 for one in told if one.section == "alerts" and one.first_day == made.day]  # fmt: skip
    bench.vault.put_events(happened)


def promoted(bench: Door, step: Promotion) -> Promotion:
    """A step of a promotion; what is passed on."""
    bench.vault.put_events([event(Topic.PROMOTIONS, step.step.value, None, algorithm=step.algorithm,
                                  version=step.version, promotion=step.id)])  # fmt: skip
    return step


def following(bench: Door, athlete_id: str, also: Progress | None) -> Progress:
    """Progress of an import that is told to those who follow, at most once a second, and to `also`."""
    last = 0.0

    def tell(done: int, total: int, text: str) -> None:
        nonlocal last
        if also is not None:
            also(done, total, text)
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            bench.vault.put_events([event(Topic.IMPORTS, "progress", athlete_id, done=done, total=total)])

    return tell


def imported(bench: Door, athlete_id: str, reports: Sequence[ImportReport]) -> None:
    """Files were taken in."""
    bench.vault.put_events([event(Topic.IMPORTS, "done", athlete_id, id=one.record.id, outcome=one.record.outcome.value,
                                  read=one.record.read, imported=one.record.imported, warned=one.record.warned,
                                  duplicate=one.record.duplicate, quarantined=one.record.quarantined)
                            for one in reports if not one.dry_run])  # fmt: skip


def newest(bench: Door) -> int:
    """The id of the newest event of anybody: where following begins. It says nothing of whom."""
    return bench.vault.newest_event()


def may_know(bench: Door, one: Event) -> bool:
    """Whether the actor may know of it now: may read what it names, and has consent for what an alert speaks of."""
    if not bench.permits(Action.READ, one.athlete_id, KINDS[one.topic]):
        return False
    if one.topic is not Topic.ALERTS or one.athlete_id is None:
        return True
    from fitintel.workbench.withheld import seen_key

    return seen_key(bench, one.athlete_id, str(one.detail.get("key", "")))


def since(bench: Door, athlete_id: str, after: int) -> tuple[Event, ...]:
    """What has happened with an athlete after an event, as far as this actor may know of it, oldest first.

    Asked by every open page again and again, so it is no row of the audit chain: an event names records, without any
    figure, and who reads one of those is noted.
    """
    return tuple(one for one in bench.vault.events(after) if one.athlete_id == athlete_id and may_know(bench, one))
