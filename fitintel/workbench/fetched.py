"""What was fetched: raw bytes and their payload row, read by the file sources, stored like any file."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from fitintel.core import days
from fitintel.core.connections import Payload, Tombstone
from fitintel.core.records import ImportRecord, Outcome
from fitintel.core.workouts import Workouts
from fitintel.ingest import ledger
from fitintel.ingest.arrival import arrival
from fitintel.ingest.intake import Finding
from fitintel.ingest.options import Options
from fitintel.workbench.bulk import take_all
from fitintel.workbench.errands import Desk, Errand, errand

if TYPE_CHECKING:
    from fitintel.ingest.connectors.contract import Day, Fetched, Listed
    from fitintel.ingest.report import ImportReport
    from fitintel.workbench.accounts import Office

NEAR = 3
"""days around its start in which a workout's row is looked for"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A payload after it was read, and what that changed."""

    payload: Payload
    imported: bool = False
    updated: bool = False
    quarantined: bool = False


def keep_raw(
    office: Office, athlete_id: str, provider: str, found: Fetched, item: Listed | None, before: Payload | None
) -> Payload:
    """Keep the raw bytes and note what they are; from now on they need not be downloaded again."""
    payload = Payload(
        athlete_id, provider, found.kind, found.external_id, office.blobs.of(athlete_id).put("raw", found.data),
        listed=item.digest if item is not None else found.digest,
        start=found.start if found.start is not None else item.start if item is not None else None,
        fetched_at=datetime.now(UTC), name=found.name, workout_ids=before.workout_ids if before is not None else (),
    )  # fmt: skip
    office.store.put_payload(payload)
    return payload


def is_imported(office: Office, payload: Payload) -> bool:
    """Whether the bytes of a payload stand in the import ledger."""
    return bool(office.store.imports(payload.athlete_id, sha256=payload.sha256))


def take_in(office: Office, athlete_id: str, items: Sequence[tuple[Payload, Payload | None]]) -> list[Taken]:
    """Read payloads as any file is read: checked, compared, stored, with a ledger row each.

    With each comes what was fetched before it, if anything: what the service says now takes its place, whatever has
    changed. A workout whose identity has changed leaves its old row behind, hidden.
    """
    desk = Desk(office.store, office.blobs, athlete_id)
    errands = (_errand(desk, payload, before) for payload, before in items)
    reports = list(take_all(desk, errands, None, len(items), 1))
    return [_taken(office, payload, before, report) for (payload, before), report in zip(items, reports, strict=True)]


def _errand(desk: Desk, payload: Payload, before: Payload | None) -> Errand:
    data = desk.blobs.get("raw", payload.sha256)
    one = errand(desk, arrival(payload.name, data), Options())
    if before is None:
        return one
    # bytes that were read long ago may be what the service has gone back to
    return replace(one, corrects=True, already=one.already if before.sha256 == payload.sha256 else None)


def _taken(office: Office, payload: Payload, before: Payload | None, report: ImportReport) -> Taken:
    old = set(before.workout_ids if before is not None else payload.workout_ids)
    new = _workouts_of(office, payload, report)
    for each in sorted(old - new if new else ()):
        left = f"{payload.external_id}#{each}"
        office.store.bury(Tombstone(payload.athlete_id, payload.provider, left[:128], datetime.now(UTC), (each,)))
    changed = bool(report.record.imported or report.record.warned)
    return Taken(
        replace(payload, workout_ids=tuple(sorted(new or old))), imported=changed and not old,
        updated=changed and bool(old), quarantined=report.outcome is Outcome.QUARANTINED,
    )  # fmt: skip


def _workouts_of(office: Office, payload: Payload, report: ImportReport) -> set[str]:
    imports = {report.record.id} | ({report.already.id} if report.already is not None else set())
    day = None if payload.start is None else int(payload.start // 86_400)
    since, until = (None, None) if day is None else (day - NEAR, day + NEAR)
    rows = office.store.workouts(payload.athlete_id, columns=("id", "import_id"), since=since, until=until, twins=True)
    return {str(each) for each, by in zip(rows["id"], rows["import_id"], strict=True) if by in imports}


def keep_wellness(office: Office, athlete_id: str, provider: str, found: Sequence[Day]) -> int:
    """Keep days of wellness that are new or changed, raw and as values; the number of days."""
    from fitintel.ingest.connectors.wellness import read

    store = office.store
    kept = {each.external_id: each for each in store.payloads(athlete_id, provider, kind="wellness")}
    fresh = [day for day in found
             if (before := kept.get(day.external_id)) is None or before.listed != day.digest]  # fmt: skip
    if not fresh:
        return 0
    began, now = time.perf_counter(), datetime.now(UTC)
    whole = b"[%s]" % b",".join(day.data for day in fresh)
    sha256 = office.blobs.of(athlete_id).put("raw", whole)
    office.blobs.of(athlete_id).put_many("raw", {_digest(day.data): day.data for day in fresh})
    import_id = ledger.new_import_id()
    taken = read([json.loads(day.data) for day in fresh], athlete_id=athlete_id, import_id=import_id, source=provider)
    findings = [Finding(row, 0, column, rule, value, detail, Outcome.WARNED)
                for row, column, rule, value, detail in taken.problems]  # fmt: skip
    problems = ledger.problems_of(findings, import_id, athlete_id)
    warned = len({finding.row for finding in findings})
    record = ImportRecord(
        id=import_id, athlete_id=athlete_id, file_name=f"{provider} wellness {fresh[0].external_id} to "
        f"{fresh[-1].external_id}", sha256=sha256, size=len(whole), source=provider, source_version="1", at=now,
        seconds=time.perf_counter() - began, read=len(fresh), imported=len(fresh) - warned, warned=warned, duplicate=0,
        quarantined=0,
    )  # fmt: skip
    store.save_import(record, Workouts.empty(), problems, wellness=taken.values, replaced=[v.id for v in taken.values])
    for day in fresh:
        start = days.number(datetime.fromisoformat(day.external_id).date()) * timedelta(days=1).total_seconds()
        store.put_payload(
            Payload(athlete_id, provider, "wellness", day.external_id, _digest(day.data), day.digest, start, now,
                    record.file_name)
        )  # fmt: skip
    return len(fresh)


def _digest(data: bytes) -> str:
    from fitintel.core.snapshot import digest_of

    return digest_of(data)
