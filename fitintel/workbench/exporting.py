"""Everything an athlete owns as one archive in an open layout, from which the same workspace can be made again."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fitintel.core import days
from fitintel.core.audit import Row
from fitintel.core.connections import Payload
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.people import Part
from fitintel.core.spreadsheet import cell
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, Stated, Threshold
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import exported_rows, portable
from fitintel.workbench.portable import FOLDERS, FORMAT, MANIFEST, READABLE, VERSION, WORKOUTS

LEFT_OUT = (
    "fitted models: they are made again from the data",
    "connected accounts: what opens them stays where it is sealed",
)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""date of every member, so that equal data give equal archives but for the manifest"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    path: Path
    athlete_id: str
    size: int
    counts: dict[str, int]
    absent: tuple[str, ...]
    """files that the records name and that were not kept: over the size limit, or removed"""


def export(
    store: Store, blobs: Blobs, athlete_id: str, out: Path, *, force: bool = False, seen: Sequence[Row] = ()
) -> Exported:  # fmt: skip
    """Write the archive; it appears whole or not at all. `seen`: rows of the audit chain on the athlete.

    Raises:
        UsageError: there is a file already, or no such folder.
        NotFound: there is no such athlete.
    """
    athlete = store.athlete(athlete_id)
    if out.exists() and not force:
        raise UsageError(f"{out.name} is there already", next="choose another name, or say --force")
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}", next="make it, or choose another --out")
    tables = _tables(store, athlete_id)
    tables["athlete.json"] = [athlete]
    details = store.details(athlete_id)
    tables["details.json"] = [] if details is None else [details]
    workouts = store.workouts(athlete_id, columns=tuple(COLUMNS), twins=True)
    to_read = exported_rows.to_read(store, athlete_id, seen)
    files: dict[str, dict[str, Any]] = {}
    absent: list[str] = []
    draft = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:

            def add(name: str, data: bytes) -> None:
                info = zipfile.ZipInfo(name, EPOCH)
                info.compress_type = zipfile.ZIP_STORED if name.startswith(FOLDERS["streams"]) else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
                files[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}

            for name in portable.TABLES:
                add(name, portable.dump(tables[name][0] if name == "athlete.json" else tables[name]))
            add(WORKOUTS, _parquet(workouts))
            add(READABLE, _csv(workouts))
            for name, rows in to_read.items():
                add(name, portable.dump(rows))
            for kind, digest in _digests(tables):
                try:
                    add(FOLDERS[kind] + digest, blobs.get(kind, digest))
                except NotFound:
                    absent.append(FOLDERS[kind] + digest)
            counts = {**{name.removesuffix(".json"): len(tables[name]) for name in portable.TABLES},
                      "workouts": len(workouts)}  # fmt: skip
            manifest = {
                "format": FORMAT, "version": VERSION, "written_by": f"fitintel {version('fitintel')}",
                "athlete": athlete_id, "at": datetime.now(UTC), "counts": counts, "absent": sorted(absent),
                "left_out": LEFT_OUT, "columns": [_column(name) for name in COLUMNS], "files": files,
            }  # fmt: skip
            archive.writestr(zipfile.ZipInfo(MANIFEST, EPOCH), portable.dump(manifest))
        draft.replace(out)
    finally:
        draft.unlink(missing_ok=True)
    return Exported(out, athlete_id, out.stat().st_size, counts, tuple(sorted(absent)))


def _tables(store: Store, athlete_id: str) -> dict[str, list[Any]]:
    fetched = store.rows_of(athlete_id, only=frozenset({"payloads"})).get("payloads", ())
    payloads: list[Payload] = []
    for provider in sorted({row["provider"] for row in fetched}):
        payloads += store.payloads(athlete_id, provider, superseded=True)
    return {
        "imports.json": list(store.imports(athlete_id)),
        "problems.json": list(store.problems(athlete_id=athlete_id, status=None)),
        "recordings.json": list(store.recordings(athlete_id)),
        "repairs.json": list(store.repairs(athlete_id)),
        "decisions.json": list(store.links(athlete_id)),
        "wellness.json": list(store.wellness(athlete_id)),
        "stated.json": [portable.of_stated(each) for each in _stated(store, athlete_id)],
        "deleted.json": list(store.tombstones(athlete_id)),
        "payloads.json": payloads,
        "labels.json": list(store.labels(athlete_id)),
        "told.json": list(store.told(athlete_id)),
        "answers.json": list(store.answers(athlete_id)),
        "comments.json": list(store.comments(athlete_id)),
        "consents.json": list(store.consents(athlete_id)),
        "memberships.json": [one for one in store.memberships(who=athlete_id) if one.part is Part.ATHLETE],
        "preferences.json": [one for one in (store.preferences(athlete_id),) if one is not None],
    }


def _stated(store: Store, athlete_id: str) -> list[Stated]:
    found: list[Stated] = []
    for kind in (Threshold, Goal, PlannedWorkout, ExcusedDays):
        found += store.stated(athlete_id, kind)
    return found


def _digests(tables: dict[str, list[Any]]) -> Iterator[tuple[str, str]]:
    """(kind, digest) of every stored file that the records name, each once."""
    named = {("raw", one.sha256) for one in tables["imports.json"] if one.sha256}
    named |= {("snapshots", one.profile["truth"]) for one in tables["imports.json"] if "truth" in one.profile}
    named |= {("raw", one.sha256) for one in (*tables["recordings.json"], *tables["payloads.json"]) if one.sha256}
    named |= {("streams", digest) for one in tables["recordings.json"] for digest in (one.stream, one.rr) if digest}
    return iter(sorted(named))


def _column(name: str) -> dict[str, str]:
    column = COLUMNS[name]
    return {"name": name, "kind": column.kind, "unit": column.unit, "says": column.says}


def _parquet(workouts: Workouts) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    types = {"day": pa.int64(), "number": pa.float64()}
    arrays = {
        # NaN is how a missing number is kept: it stays one, so that the very same columns come back
        name: pa.array(workouts[name].tolist(), types.get(column.kind, pa.string()))
        for name, column in COLUMNS.items()
    }
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.table(arrays), sink, compression="zstd")
    return bytes(sink.getvalue())


def _csv(workouts: Workouts) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)  # ends lines with CR LF, and so quotes a text that has either of them
    writer.writerow(["date", *COLUMNS])
    for row in workouts.rows():
        writer.writerow([days.iso(row["day"]), *("" if row[name] is None else cell(row[name]) for name in COLUMNS)])
    return text.getvalue().encode()
