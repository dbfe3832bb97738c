"""What is to be taken in, and what is known of its bytes already: the ledger is asked before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from fitintel.core.records import ImportRecord, Outcome, Problem, ProblemStatus
from fitintel.ingest import ledger
from fitintel.ingest.arrival import Arrival
from fitintel.ingest.options import Options
from fitintel.ingest.source import readers, version_of
from fitintel.ingest.sources import manual, typed_wellness
from fitintel.storage.store import Blobs, Store

ARCHIVE, ARCHIVE_VERSION = "zip", "1"
"""source of an archive's own ledger row; its members have theirs"""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an import writes."""

    store: Store
    blobs: Blobs
    athlete_id: str
    today: int | None = None
    dry_run: bool = False
    saved_as: str | None = None
    tell: Callable[[int, str], None] = lambda stage, text: None
    later: list[ImportRecord] = field(default_factory=list)
    """ledger rows of files that brought nothing: many are written at once"""

    def flush(self) -> None:
        """Write the ledger rows that wait."""
        self.store.note_imports(self.later)
        self.later.clear()


@dataclass(frozen=True, slots=True)
class Errand:
    """One file to take in, how to read it, and what is known of its bytes."""

    arrival: Arrival
    options: Options
    import_id: str
    retry_of: str | None = None
    before: tuple[ImportRecord, ...] = ()
    """ledger rows of the same bytes"""
    earlier: tuple[Problem, ...] = ()
    """their quarantined problems, of any status"""
    already: ImportRecord | None = None
    """the row of them that read the bytes in the same way"""
    corrects: bool = False
    """its source is the authority: whatever has changed, its workouts take the place of the stored ones"""


def errand(desk: Desk, arrival: Arrival, options: Options, *, retry_of: str | None = None) -> Errand:
    """What is known of the bytes of a file."""
    return errands(desk, [arrival], options, retry_of=retry_of)[0]


def errands(
    desk: Desk, arrivals: Sequence[Arrival], options: Options, *, retry_of: str | None = None
) -> list[Errand]:  # fmt: skip
    """The same for several, asked at once."""
    before: dict[str, list[ImportRecord]] = {}
    for record in desk.store.imports(desk.athlete_id, sha256=sorted({each.sha256 for each in arrivals})):
        before.setdefault(record.sha256, []).append(record)
    bad = {record.id: record.sha256 for rows in before.values() for record in rows
           if record.quarantined or "refused" in record.profile}  # fmt: skip
    earlier: dict[str, list[Problem]] = {}
    found = desk.store.problems(import_id=sorted(bad), outcome=Outcome.QUARANTINED.value, status=None) if bad else ()
    for problem in found:
        earlier.setdefault(bad[problem.import_id], []).append(problem)
    return [
        _errand(desk, each, options, retry_of, before.get(each.sha256, []), earlier.get(each.sha256, []))
        for each in arrivals
    ]


def _errand(
    desk: Desk, arrival: Arrival, options: Options, retry_of: str | None, before: Sequence[ImportRecord],
    earlier: Sequence[Problem],
) -> Errand:  # fmt: skip
    if not arrival.sha256:  # members and files that were never read have no hash, only a name
        before = [record for record in before if record.file_name == arrival.name]
        names = {record.id for record in before}
        earlier = [problem for problem in earlier if problem.import_id in names]
    already = None
    if retry_of is None and desk.saved_as is None:
        already = next((record for record in before if ledger.same_reading(record, options, _version(record))), None)
    if already is not None:
        options = options.over(already.profile.get("options") or {})
    return Errand(arrival, options, ledger.new_import_id(), retry_of, tuple(before), tuple(earlier), already)


def _version(record: ImportRecord) -> str | None:
    typed = typed_wellness.SOURCE
    own = {manual.SOURCE.name: manual.SOURCE.version, typed.name: typed.version, ARCHIVE: ARCHIVE_VERSION}
    return own.get(record.source) or version_of(record.source)


def is_settled(desk: Desk, one: Errand) -> bool:
    """Whether a file needs no reading: it was read before, or it cannot be read."""
    return one.arrival.refused is not None or good_before(desk, one) or refused_before(desk, one) is not None


def good_before(desk: Desk, one: Errand) -> bool:
    """Whether the bytes were read before in the same way, and nothing of them waits."""
    # with rows still waiting it is read again: a crash may have kept one from being marked as resolved
    return one.already is not None and not any(problem.status is ProblemStatus.OPEN for problem in one.earlier)


def refused_before(desk: Desk, one: Errand) -> ImportRecord | None:
    """The ledger row of the same file that no reader of today could read either."""
    if one.retry_of is not None or desk.saved_as is not None:
        return None
    same = (record for record in one.before if record.file_name == one.arrival.name)
    again = next((record for record in same if ledger.same_refusal(record, one.options, readers())), None)
    return again if any(problem.status is not ProblemStatus.RESOLVED for problem in one.earlier) else None
