"""An export taken back in. Everything is checked before anything is written; a second time adds nothing."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from fitintel.core.errors import DataError, NotFound, UnknownFormat, UnreadableFile, UsageError
from fitintel.core.records import Athlete
from fitintel.core.workouts import COLUMNS, Workouts, as_column
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import portable
from fitintel.workbench.portable import FOLDERS, FORMAT, MANIFEST, READABLE, VERSION, WORKOUTS

MOST, RATIO = 20 * 1024**3, 200
"""unpacked bytes of an archive (the quota of an athlete), and for one packed byte"""
MANIFEST_MOST = 256 * 1024**2
STEP = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError)
"""what zipfile raises for a damaged, encrypted or exotic archive"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What an export held."""

    athlete_id: str
    counts: dict[str, int]
    absent: tuple[str, ...]


def is_export(path: Path) -> bool:
    """Whether a file is an archive that `fitintel export` wrote."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(MANIFEST) as file:
            return f'"format": "{FORMAT}"'.encode() in file.read(MANIFEST_MOST)
    except (*BROKEN, KeyError, OSError):
        return False


def owner(path: Path) -> str:
    """Whose an export is; raises UnknownFormat or UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as archive:
            return str(_manifest(archive, path.name)["athlete"])
    except BROKEN as error:
        raise _damaged(path.name, str(error)) from error


def restore(
    store: Store, blobs: Blobs, path: Path, *, athlete_id: str | None = None, dry_run: bool = False
) -> Restored:
    """Take an export in: files first, then athlete, imports with their workouts, decisions.

    What is here already is left as it is.

    Raises:
        UsageError: it is another athlete's than the one named.
        UnknownFormat: no export, or one of a newer version.
        UnreadableFile: a member is missing, changed or damaged; nothing was written.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path.name)
            of = str(manifest["athlete"])
            if athlete_id is not None and athlete_id != of:
                raise UsageError(f"This export is of athlete {of!r}, not of {athlete_id!r}",
                                 next="leave --athlete out: the ids of workouts belong to the athlete")  # fmt: skip
            _check(archive, manifest, path.name)
            kept = [name for name in portable.TABLES if name in manifest["files"] or name not in portable.LATER]
            tables: dict[str, list[Any]] = {name: [] for name in portable.LATER}
            tables |= {name: _records(archive, name, path.name) for name in kept}
            workouts = _workouts(archive.read(WORKOUTS), path.name)
            if not dry_run:
                _keep_files(archive, blobs.of(of), manifest)
    except BROKEN as error:
        raise _damaged(path.name, str(error)) from error
    counts = {str(name): int(number) for name, number in manifest["counts"].items()}
    if not dry_run:
        _keep(store, tables, workouts)
    return Restored(of, counts, tuple(manifest["absent"]))


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        info = archive.getinfo(MANIFEST)
    except KeyError:
        raise UnknownFormat("This archive is no export of fitintel", where=name, why=f"it has no {MANIFEST}") from None
    if info.file_size > MANIFEST_MOST:
        raise _damaged(name, f"{MANIFEST} is larger than {MANIFEST_MOST:,} bytes")
    try:
        found = json.loads(archive.read(info))
    except ValueError as error:
        raise _damaged(name, f"{MANIFEST}: {error}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnknownFormat("This archive is no export of fitintel", where=name, why=f"its {MANIFEST} says otherwise")
    if found.get("version") != VERSION:
        raise UnknownFormat("This export has another layout", where=name,
                            why=f"version {found.get('version')}, this program reads {VERSION}",
                            next="use the version of fitintel that the manifest names")  # fmt: skip
    if missing := {"athlete", "counts", "absent", "files"} - set(found):
        raise _damaged(name, f"{MANIFEST} lacks {', '.join(sorted(missing))}")
    return found


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any], name: str) -> None:
    """Every file that the manifest lists is there, as it was written, and no other."""
    listed = dict(manifest["files"])
    there = {info.filename: info for info in archive.infolist()}
    if len(there) != len(archive.infolist()):
        raise _damaged(name, "two members have one name")
    needed = {*portable.TABLES, WORKOUTS, READABLE} - set(portable.LATER)
    for odd, why in ((needed - set(listed), "is not listed"), (set(listed) - set(there), "is missing"),
                     (set(there) - set(listed) - {MANIFEST}, "is not in the manifest")):  # fmt: skip
        if odd:
            raise _damaged(name, f"{min(odd)!r} {why}")
    total = sum(info.file_size for info in there.values())
    packed = sum(info.compress_size for info in there.values())
    if total > MOST or total > RATIO * packed + STEP:
        raise UnreadableFile("The export is too large", where=name, why=f"it unpacks to {total:,} bytes",
                             next="export it again", rule="archive_limit")  # fmt: skip
    for member, said in listed.items():
        if there[member].file_size != said["size"] or _sha256(archive.open(there[member])) != said["sha256"]:
            raise _damaged(name, f"{member!r} is not as it was written")


def _sha256(file: IO[bytes]) -> str:
    found = hashlib.sha256()
    with file:
        while part := file.read(STEP):
            found.update(part)
    return found.hexdigest()


def _records(archive: zipfile.ZipFile, member: str, name: str) -> list[Any]:
    try:
        return list(portable.load(member, archive.read(member)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(name, f"{member}: {type(error).__name__} {error}") from error


def _workouts(data: bytes, name: str) -> Workouts:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(io.BytesIO(data))
        return Workouts({column: as_column(column, table[column].to_pylist()) for column in COLUMNS})
    except (pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise _damaged(name, f"{WORKOUTS}: {error}") from error


def _keep_files(archive: zipfile.ZipFile, blobs: Blobs, manifest: dict[str, Any]) -> None:
    for kind, folder in FOLDERS.items():
        for member in manifest["files"]:
            if member.startswith(folder):
                blobs.put(kind, archive.read(member))


def _keep(store: Store, tables: dict[str, list[Any]], workouts: Workouts) -> None:
    athlete: Athlete = tables["athlete.json"][0]
    try:
        store.athlete(athlete.id)
    except NotFound:
        store.put_athlete(athlete)
    of: dict[str, dict[str, list[Any]]] = {}
    for name in ("problems.json", "recordings.json", "wellness.json"):
        of[name] = defaultdict(list)
        for one in tables[name]:
            of[name][one.import_id].append(one)
    batch = workouts["import_id"].astype(str)
    for record in tables["imports.json"]:
        store.save_import(
            record, workouts.take(np.flatnonzero(batch == record.id)), of["problems.json"][record.id],
            recordings=of["recordings.json"][record.id], wellness=of["wellness.json"][record.id],
        )  # fmt: skip
    store.state(tables["stated.json"])
    store.put_labels(tables["labels.json"])
    store.tell(tables["told.json"])
    store.answer(tables["answers.json"])
    store.put_comments(tables["comments.json"])
    # squads are another workspace's affair: memberships are taken along to be read
    store.put_consents(tables["consents.json"])
    for chosen in tables["preferences.json"]:
        if store.preferences(chosen.who) is None:
            store.put_preferences(chosen)
    for details in tables["details.json"]:
        if store.details(athlete.id) is None:
            store.put_details(details)
    known = {(one.workout_id, one.repair) for one in store.repairs(athlete.id)}
    store.put_repairs(athlete.id, [one for one in tables["repairs.json"] if (one.workout_id, one.repair) not in known])
    decided = {frozenset((one.workout_id, one.other_id)) for one in store.links(athlete.id)}
    links = [one for one in tables["decisions.json"] if frozenset((one.workout_id, one.other_id)) not in decided]
    store.put_links(athlete.id, links)
    for payload in sorted(tables["payloads.json"], key=lambda one: (not one.superseded, one.fetched_at)):
        store.put_payload(payload)
    for tombstone in tables["deleted.json"]:
        store.bury(tombstone)


def _damaged(name: str, why: str) -> DataError:
    return UnreadableFile("The export is damaged", where=name, why=why,
                          next="copy it again, or make a new one; nothing was changed")  # fmt: skip
