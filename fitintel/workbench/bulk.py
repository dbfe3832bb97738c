"""Many files on their way: tables are read here, recorded files by child processes; all are kept in their order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from fitintel.core.errors import DataError
from fitintel.core.records import Outcome
from fitintel.core.workouts import Workouts
from fitintel.ingest import recorded
from fitintel.ingest.arrival import Arrival
from fitintel.ingest.format import Format, contradiction, format_of
from fitintel.ingest.intake import Finding, shown
from fitintel.ingest.options import Options
from fitintel.ingest.packed import gunzipped
from fitintel.ingest.report import ImportReport
from fitintel.ingest.sandbox import Answer, Sandbox
from fitintel.storage import streams
from fitintel.storage.store import Store
from fitintel.workbench import desk as at
from fitintel.workbench import parsing
from fitintel.workbench.errands import Desk, Errand, errand, errands, is_settled
from fitintel.workbench.staged import Staged

Progress = Callable[[int, int, str], None]
STAGES = 3
"""steps per file that progress counts: reading, comparing, storing"""
AT_ONCE, AT_ONCE_BYTES = 64, 16 * 1024 * 1024
"""files that are looked up in the ledger at once, by number and size"""
TOGETHER, TOGETHER_BYTES = 32, 32 * 1024 * 1024
"""recorded files whose bytes are written at once, by number and size: one wait for the disk serves all"""


def take_all(
    desk: Desk, waiting: Iterator[Errand], progress: Progress | None, files: int, workers: int
) -> Iterator[ImportReport]:
    """Take in one file after the other; recorded ones are read by children meanwhile."""
    done = 0

    def jobs() -> Iterator[tuple[_Prepared, bytes | None]]:
        off: Mapping[str, Collection[str]] | None = None
        for one in waiting:
            prepared = _prepared(desk, one)
            if prepared.recorded and off is None:
                parsing.ready()
                off = at.turned_off(desk.store, desk.athlete_id)
            yield prepared, prepared.job(desk, off or {}) if prepared.recorded else None

    together: list[tuple[_Prepared, Answer]] = []
    size = 0
    seen: set[str] = set()
    with Sandbox(parsing.read, workers=workers) as children:
        for prepared, answer in children.each(jobs()):
            sha256 = prepared.errand.arrival.sha256
            if sha256 in seen:  # a file before it had the same bytes, and may not have been kept when it was looked up
                yield from _keep_together(_telling(desk, progress, done, files), together)
                done, together, size = done + len(together), [], 0
                prepared.look_again(desk)
            seen.add(sha256)
            if len(desk.later) >= AT_ONCE:
                desk.flush()
            if prepared.recorded:
                together.append((prepared, answer))
                size += len(answer.data) + len(prepared.errand.arrival.data)
                if len(together) < TOGETHER and size < TOGETHER_BYTES:
                    continue
            yield from _keep_together(_telling(desk, progress, done, files), together)
            done, together, size = done + len(together), [], 0
            if not prepared.recorded:
                yield prepared.finish(_telling(desk, progress, done, files))
                done += 1
        yield from _keep_together(_telling(desk, progress, done, files), together)
    desk.flush()


def looked_up(desk: Desk, arrivals: Iterable[Arrival], options: Options) -> Iterator[Errand]:
    """Errands of files as they arrive."""
    some: list[Arrival] = []
    size = 0
    for arrival in arrivals:
        some.append(arrival)
        size += len(arrival.data)
        if len(some) >= AT_ONCE or size >= AT_ONCE_BYTES:
            yield from errands(desk, some, options)
            some, size = [], 0
    yield from errands(desk, some, options)


class _Prepared:
    """A file on its way: settled, a table to be read here, or a recorded file to be read by a child."""

    def __init__(self, errand: Errand, content: bytes = b"", refused: DataError | None = None) -> None:
        self.errand, self.content, self.refused = errand, content, refused
        self.recorded = False

    def look_again(self, desk: Desk) -> None:
        """Ask anew what is known of these bytes; a child may have read them under the import's id already."""
        one = self.errand
        asked = errand(desk, one.arrival, one.options, retry_of=one.retry_of)
        self.errand = replace(asked, import_id=one.import_id)
        self.recorded = self.recorded and not is_settled(desk, self.errand)

    def job(self, desk: Desk, off: Mapping[str, Collection[str]]) -> bytes:
        """What a child is told."""
        one = self.errand
        content, self.content = self.content, b""
        return parsing.job(content, name=one.arrival.name, athlete_id=desk.athlete_id, import_id=one.import_id,
                           sha256=one.arrival.sha256, options=one.options, today=desk.today, off=off)  # fmt: skip

    def finish(self, desk: Desk) -> ImportReport:
        """The report of what no child reads."""
        one = self.errand
        whole = bool(one.arrival.sha256) and len(one.arrival.data) == one.arrival.size
        if not desk.dry_run and whole and not one.before:
            desk.blobs.of(desk.athlete_id).put("raw", one.arrival.data)
        found = at.settled(desk, one)
        if found is not None:
            return found
        if one.arrival.archive is not None:
            return at.keep_archive(desk, one, one.arrival.archive)
        if self.refused is not None:
            return at.refuse(desk, one, self.refused)
        odd = contradiction(one.arrival.name, Format.TABLE)
        said = [Finding(0, 1, "", "extension_mismatch", shown(odd), odd, Outcome.WARNED)] if odd else []
        return at.read_table(desk, one, self.content, said)


def _prepared(desk: Desk, errand: Errand) -> _Prepared:
    arrival = errand.arrival
    if arrival.refused is not None or arrival.archive is not None or is_settled(desk, errand):
        return _Prepared(errand)
    try:
        content = _content(arrival)
    except DataError as error:
        return _Prepared(errand, refused=error)
    found = _Prepared(errand, content)
    found.recorded = recorded.is_recorded(content, errand.options)
    return found


def _content(arrival: Arrival) -> bytes:
    if format_of(arrival.data) is not Format.GZIP:
        return arrival.data
    return gunzipped(arrival.data, arrival.name)


def _keep_together(desk: Desk, answers: Sequence[tuple[_Prepared, Answer]]) -> Iterator[ImportReport]:
    """Write the raw bytes and samples of some recorded files at once, then their rows."""
    if not answers:
        return
    found: list[tuple[Errand, parsing.Reading | DataError]] = []
    for prepared, answer in answers:
        try:
            found.append((prepared.errand, parsing.answered(answer)))
        except DataError as error:
            found.append((prepared.errand, error))
    if not desk.dry_run:
        blobs = desk.blobs.of(desk.athlete_id)
        blobs.put_many("raw", {one.arrival.sha256: one.arrival.data for one, _ in found})
        files = {digest: data for _, read in found if isinstance(read, parsing.Reading)
                 for digest, data in read.files.items()}  # fmt: skip
        blobs.put_many(streams.KIND, files)
    rows = [read.intake.workouts for _, read in found if isinstance(read, parsing.Reading)]
    expected = Workouts.concat(rows) if rows else Workouts.empty()
    staged = Staged(desk.store, desk.athlete_id, expected, at.COMPARED)
    beside = replace(desk, store=cast("Store", staged))
    reports = [
        at.refuse(beside, one, read) if isinstance(read, DataError)
        else at.keep(beside, one, read.intake, read.recordings, read.seconds)
        for one, read in found
    ]  # fmt: skip
    staged.commit()
    yield from reports


def _telling(desk: Desk, progress: Progress | None, done: int, files: int) -> Desk:
    if progress is None:
        return desk
    total = STAGES * max(files, done + 1)  # members of archives are found on the way
    return replace(desk, tell=lambda stage, text: progress(STAGES * done + stage, total, text))
