"""What the audit chain speaks of, as it is stored: briefs, their runs, and the inputs and results of those.

A run's id is made of its algorithm, version, parameters and inputs; the chain holds the digest of all results of a
brief; and each input and result lies under its own digest. So whatever is changed afterwards differs from one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from fitintel.core import snapshot
from fitintel.core.audit import Kind, Row
from fitintel.core.errors import NotFound, ReplayMismatch, StorageError
from fitintel.core.records import Run
from fitintel.core.tampering import Fault, Tampering, Verdict
from fitintel.workbench.outcomes import FAILURES

if TYPE_CHECKING:
    from fitintel.storage.store import Blobs, Store
    from fitintel.workbench.door import Progress


@dataclass(slots=True)
class _Found:
    """What was looked at so far."""

    faults: list[Fault] = field(default_factory=list)
    runs: set[str] = field(default_factory=set)
    snapshots: set[str] = field(default_factory=set)
    gone: int = 0

    def add(self, row: Row, says: str) -> None:
        self.faults.append(Fault(Tampering.STORED, row.number, says))


def hold_against(verdict: Verdict, store: Store, blobs: Blobs, progress: Progress | None = None) -> Verdict:
    """The verdict on the chain, with what differs of the stored briefs, runs and snapshots that its rows speak of.

    Of a chain that is not whole itself the rows are believed as far as they can be read.
    """
    found, athletes = _Found(), {one.id for one in store.athletes()}
    for row in store.audit_rows(kind=Kind.RUNS.value):
        if progress:
            progress(row.number, verdict.rows, f"looking at what row {row.number:,} speaks of")
        try:
            detail: Mapping[str, Any] = row.said["detail"]
        except ValueError:
            continue  # found as an edit of the chain
        _brief(row, detail, store, blobs, found, athletes)
    faults = sorted((*verdict.faults, *found.faults), key=lambda one: one.number)
    return replace(verdict, faults=tuple(faults), runs=len(found.runs), snapshots=len(found.snapshots), gone=found.gone)


def _brief(row: Row, detail: Mapping[str, Any], store: Store, blobs: Blobs, found: _Found, athletes: set[str]) -> None:
    brief_id = str(detail["brief"])
    data = store.kept_brief(brief_id)
    if data is None:
        # an athlete who was forgotten took the briefs along
        if row.subject in athletes:
            found.add(row, f"the brief {brief_id} is missing")
        else:
            found.gone += 1
        return
    # rows of earlier releases do not say what the brief said
    if "said" in detail and snapshot.digest_of(data) != detail["said"]:
        found.add(row, f"the brief {brief_id} was edited: it is not what was made")
    ids = _run_ids(data)
    kept = store.kept_runs(ids)
    strange = [f"the run {name} of {brief_id} is missing" for name in ids if name not in kept]
    for run in kept.values():
        if run.id not in found.runs and run.id != _identity(run):
            strange.append(f"the run {run.id} of {brief_id} was edited: "
                           "its algorithm, version, parameters or inputs are not those of its id")  # fmt: skip
    results = sorted([run.id, run.output] for run in kept.values())
    if snapshot.digest(results) != detail["runs"] and not strange:
        strange = list(_other_results(brief_id, kept.values(), blobs))
        strange = strange or [
            f"the runs of {brief_id} are not those that were made: {len(results)} of {detail['count']}"
        ]
    for says in strange:
        found.add(row, says)
    for run in kept.values():
        if run.id not in found.runs:
            found.runs.add(run.id)
            _snapshots(row, run, blobs, found)


def _run_ids(data: bytes) -> list[str]:
    """Ids of the runs that a brief names; none of one that cannot be read."""
    from fitintel.storage import encode

    try:
        return list(encode.brief_from(data).run_ids)
    except (ValueError, TypeError, KeyError):
        return []


def _identity(run: Run) -> str:
    """The id that a run of this algorithm, version, parameters and inputs has."""
    said = {"algorithm": run.algorithm, "version": run.version, "parameters": dict(run.parameters),
            "inputs": dict(run.inputs)}  # fmt: skip
    return "r-" + snapshot.digest(said)[:20]


def _other_results(brief_id: str, runs: Iterable[Run], blobs: Blobs) -> Iterator[str]:
    """Runs of a brief whose result is not what their inputs give: the chain holds only the digest of all together."""
    from fitintel.intelligence.registry import replay

    for run in runs:
        try:
            replay(run, lambda digest: blobs.get("snapshots", digest))
        except ReplayMismatch:
            yield f"the run {run.id} of {brief_id} was edited: its result is not what its inputs give"
        except (*FAILURES, NotFound, StorageError):
            continue  # said of the snapshot


def _snapshots(row: Row, run: Run, blobs: Blobs, found: _Found) -> None:
    """Every input and result of a run is there, and is what its digest says."""
    for part, digest in (*run.inputs.items(), ("result", run.output)):
        if digest in found.snapshots:
            continue
        found.snapshots.add(digest)
        try:
            blobs.get("snapshots", digest)
        except NotFound:
            found.add(row, f"the snapshot {digest} ({part} of the run {run.id}) is missing")
        except StorageError as error:
            found.add(row, f"the snapshot {digest} ({part} of the run {run.id}): {error.why}")
