"""Syncing connected accounts: what is new or changed is fetched, kept raw, read, stored; what is gone is hidden.

Order of writing for each workout: raw bytes, their payload row, the import with its ledger row, then payload row and
cursor in one transaction. A crash between two of them repeats at most the last step; nothing is doubled, because the
workout's id is made of the service's id, and nothing is missed, because the cursor moves last.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.connections import Connection, ConnectionState, Payload, Tombstone
from fitintel.core.errors import (
    AccessLost,
    AskedToWait,
    DataError,
    SealBroken,
    UpstreamError,
    UsageError,
)
from fitintel.ingest.connectors.catalogue import known
from fitintel.workbench import fetched
from fitintel.workbench.accounts import Office, access
from fitintel.workbench.duplicates import match_new
from fitintel.workbench.synced import SyncReport

if TYPE_CHECKING:
    from fitintel.ingest.connectors.access import Access
    from fitintel.ingest.connectors.contract import Connector, Listed
    from fitintel.workbench.door import AthleteDoor

Progress = Callable[[int, int, str], None]
OVERLAP = 30 * 86_400.0
"""s before the cursor that are listed again: edits, late uploads and deletions of this time are seen."""
TOGETHER = 16
"""payloads that are read at once: one child process reads them all"""
REPORTED = (UpstreamError, DataError, SealBroken, UsageError)
"""Failures of one account; the others are synced all the same."""


def chosen(bench: AthleteDoor, athlete_id: str | None, provider: str | None) -> tuple[Connection, ...]:
    """The finished connections of an athlete, or of everybody, at one service or all."""
    which = None if athlete_id is None else bench.athlete(athlete_id).id
    found = bench.store.connections(which, None if provider is None else known(provider))
    return tuple(each for each in found if each.state is not ConnectionState.STARTED)


def moment(since: str | int | None) -> float | None:
    """The beginning of a day [s since 1970-01-01 UTC], half a day early: it has begun somewhere.

    >>> moment("2024-02-29"), moment(None)
    (1709121600.0, None)
    """
    if since is None:
        return None
    if isinstance(since, str):
        try:
            since = days.number(date.fromisoformat(since))
        except ValueError as error:
            raise UsageError(f"{since!r} is not a day", next="write it as 2024-02-29") from error
    return since * 86_400.0 - 43_200.0


def sync(
    office: Office, connections: Sequence[Connection], *, since: float | None = None, progress: Progress | None = None
) -> tuple[SyncReport, ...]:
    """Sync accounts, one report each; a failure of one does not stop the others. `since` is in s since 1970 UTC."""
    reports: list[SyncReport] = []
    for provider in dict.fromkeys(connection.provider for connection in connections):
        mine = [connection for connection in connections if connection.provider == provider]
        try:
            with office.connector(provider) as connector:  # one for all: limits count per application
                reports += [_reported(office, connector, each, since, progress) for each in mine]
        except UsageError as error:
            reports += [SyncReport(each.athlete_id, provider, error=error) for each in mine]
    return tuple(reports)


def _reported(
    office: Office, connector: Connector, connection: Connection, since: float | None, progress: Progress | None
) -> SyncReport:
    athlete_id, provider = connection.athlete_id, connection.provider
    report = SyncReport(athlete_id, provider)
    now = datetime.now(UTC)
    note: dict[str, Any] = {}
    if connection.retry_at is not None and connection.retry_at > now:
        report.waits_until = connection.retry_at
        report.error = AskedToWait(f"{connector.title} has asked to wait", until=connection.retry_at.timestamp(),
                                   next="run fitintel sync again then")  # fmt: skip
        return report
    account: _Account | None = None
    try:
        account = _Account(office, connector, connection, report, since, progress)
        account.sync()
        note["at"] = datetime.now(UTC)
    except REPORTED as error:
        report.error = error
        note["error"] = str(error)[:1000]
        if isinstance(error, AskedToWait):
            report.waits_until = note["retry_at"] = datetime.fromtimestamp(error.until, UTC)
        if isinstance(error, AccessLost):
            report.reconnect = True
            if connection.state is not ConnectionState.STARTED:
                note["state"] = ConnectionState.LOST
    if account is not None and account.touched:
        # what came or went may be a copy of what another source has, or have hidden one
        match_new(office.store, office.blobs, athlete_id, account.touched)
    office.store.note_sync(athlete_id, provider, **note)
    return report


class _Account:
    """One account while it is synced."""

    def __init__(
        self, office: Office, connector: Connector, connection: Connection, report: SyncReport, since: float | None,
        progress: Progress | None,
    ) -> None:  # fmt: skip
        self.office, self.connector, self.connection, self.report = office, connector, connection, report
        self.athlete_id, self.provider = connection.athlete_id, connection.provider
        cursor = connection.cursor
        self.since = since if since is not None else (cursor - OVERLAP if cursor is not None else None)
        # what lies between the cursor and a later `since` is not listed now, so the cursor must not pass it
        self.moves_cursor = cursor is None or self.since is None or self.since <= cursor
        self._progress = progress
        self._done, self._total = 0, 0
        self._waiting: list[tuple[Payload, Payload | None]] = []
        """fetched, with what was fetched before; not yet read"""
        self._reached: float | None = None
        self.touched: set[str] = set()
        """ids of workouts that came, changed, went or came back"""
        self.access: Access = access(office, connector, connection)

    def tell(self, text: str) -> None:
        """Say what is being done."""
        if self._progress is not None:
            self._progress(self._done, max(self._total, 1), text)

    def sync(self) -> None:
        """List, fetch, store; then what is gone; then wellness."""
        store = self.office.store
        listed = self.connector.listed(self.access, self.since, self.tell)
        kept = {each.external_id: each for each in store.payloads(self.athlete_id, self.provider)
                if each.kind != "wellness"}  # fmt: skip
        buried = {each.external_id: each for each in store.tombstones(self.athlete_id, self.provider)}
        self.report.listed, self._total = len(listed), len(listed)
        try:
            for item in listed:
                self.tell(f"{self.connector.title} {item.external_id}")
                self._one(item, kept.get(item.external_id), buried.get(item.external_id))
                self._done += 1
            self._awaited({item.external_id for item in listed}, kept, buried)
        finally:
            self._read_waiting()  # what was paid for with requests is kept, whatever went wrong after it
        self._gone({item.external_id for item in listed}, kept, buried)
        self.report.wellness = fetched.keep_wellness(
            self.office, self.athlete_id, self.provider, self.connector.wellness(self.access, self.since, self.tell)
        )

    def _one(self, item: Listed, before: Payload | None, buried: Tombstone | None) -> None:
        if item.withheld:
            self.report.withheld += 1
            self.report.withheld_why = item.withheld
            return
        if buried is not None:
            # a list may be older than the deletion: the workout itself must be there
            if self.connector.gone(self.access, item.external_id):
                return
            self.office.store.unbury(buried)
            self.touched.update(buried.workout_ids)
            self.report.restored += 1
        if before is not None and before.listed == item.digest and fetched.is_imported(self.office, before):
            self.report.unchanged += 1
            self._reached = item.start if item.start is not None else self._reached
            return
        if before is not None and before.listed == item.digest:
            self._wait(before, None)  # fetched before a crash, and not yet read
            return
        self._fetch(item.external_id, before, item)

    def _fetch(self, external_id: str, before: Payload | None, item: Listed | None) -> None:
        found = self.connector.fetch(self.access, external_id)
        if found is not None:
            kept = fetched.keep_raw(self.office, self.athlete_id, self.provider, found, item, before)
            self._wait(kept, before)
        elif before is not None:
            self._bury(before)

    def _wait(self, payload: Payload, before: Payload | None) -> None:
        self._waiting.append((payload, before))
        if len(self._waiting) >= TOGETHER:
            self._read_waiting()

    def _read_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for taken in fetched.take_in(self.office, self.athlete_id, waiting) if waiting else ():
            self.office.store.put_payload(taken.payload, cursor=self._cursor(taken.payload.start))
            self.touched.update(taken.payload.workout_ids)
            self.report.count(taken)
        cursor = self._cursor(self._reached)
        if cursor is not None and cursor > (self.connection.cursor or float("-inf")):
            self.office.store.note_sync(self.athlete_id, self.provider, cursor=cursor)

    def _cursor(self, start: float | None) -> float | None:
        # a workout from the future must not push the cursor past those of today
        return min(start, time.time()) if self.moves_cursor and start is not None else None

    def _awaited(self, listed: set[str], kept: dict[str, Payload], buried: dict[str, Tombstone]) -> None:
        """What webhooks named: where the list did not reach, each is looked at."""
        store = self.office.store
        for external_id in store.awaited(self.athlete_id, self.provider):
            if external_id not in listed and external_id not in buried:
                self._fetch(external_id, kept.get(external_id), None)
            elif external_id in buried and not self.connector.gone(self.access, external_id):
                store.unbury(buried[external_id])
                self.touched.update(buried[external_id].workout_ids)
                self.report.restored += 1
            store.settle_awaited(self.athlete_id, self.provider, [external_id])

    def _gone(self, listed: set[str], kept: dict[str, Payload], buried: dict[str, Tombstone]) -> None:
        """What was there and is not listed any more: hidden, once the service says that it does not exist."""
        for external_id, payload in kept.items():
            inside = self.since is None or (payload.start is not None and payload.start >= self.since)
            if not inside or external_id in listed or external_id in buried or payload.deleted_at is not None:
                continue
            if self.connector.gone(self.access, external_id):
                self._bury(payload)

    def _bury(self, payload: Payload) -> None:
        stone = Tombstone(self.athlete_id, self.provider, payload.external_id, datetime.now(UTC), payload.workout_ids)
        self.office.store.bury(stone)
        self.touched.update(stone.workout_ids)
        self.report.deleted += 1


def reparse(
    office: Office, connections: Sequence[Connection], progress: Progress | None = None
) -> tuple[SyncReport, ...]:
    """Read everything that was fetched again, from the kept raw bytes; the services are not asked."""
    reports = []
    for connection in connections:
        report = SyncReport(connection.athlete_id, connection.provider)
        kept = list(_readable(office, connection))
        touched: set[str] = set()
        report.listed = len(kept)
        for done in range(0, len(kept), TOGETHER):
            if progress is not None:
                progress(done, len(kept), kept[done].name)
            part = [(payload, payload) for payload in kept[done : done + TOGETHER]]
            for taken in fetched.take_in(office, connection.athlete_id, part):
                office.store.put_payload(taken.payload)
                touched.update(taken.payload.workout_ids)
                report.count(taken)
        if touched:
            match_new(office.store, office.blobs, connection.athlete_id, touched)
        reports.append(report)
    return tuple(reports)


def _readable(office: Office, connection: Connection) -> Iterator[Payload]:
    for payload in office.store.payloads(connection.athlete_id, connection.provider):
        if payload.kind != "wellness" and payload.deleted_at is None:
            yield payload
