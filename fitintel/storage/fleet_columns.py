"""Everybody's workouts in columns, in Parquet files beside the database: for questions to a whole fleet.

A copy that may be lost at any time. Each file holds the athletes that fall into its part and names the revision of
each; what the store has at another revision is read from there again, and a file that is damaged is made anew. So the
answer is always the store's. Text is kept too, but for ids and notes: what is asked of fleets are figures.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.counted import count
from fitintel.core.errors import UnknownName
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.storage.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
IN_A_FILE = 250
"""athletes in a file, about: at most twice as many are in memory at once"""
KEPT = (*(name for name, column in COLUMNS.items() if column.kind in ("day", "number")), "sport", "flags")
"""columns that are kept"""
HEAD = b"fitintel"
"""key of the metadata that says what a file holds"""


@dataclass(frozen=True, slots=True)
class Part:
    """Some athletes' workouts, one athlete after the other, each in canonical order."""

    athletes: tuple[str, ...]
    start: np.ndarray[Any, np.dtype[np.int64]]
    """row at which each athlete begins, and the number of rows"""
    columns: Mapping[str, np.ndarray[Any, Any]]

    def of(self, athlete_id: str) -> Workouts:
        """One athlete's."""
        at = self.athletes.index(athlete_id)
        rows = slice(int(self.start[at]), int(self.start[at + 1]))
        return Workouts({name: values[rows] for name, values in self.columns.items()})


class FleetColumns:
    """The columns of one database's workouts, in a folder. Needs pyarrow."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder

    def parts(self, columns: Sequence[str]) -> Iterator[Part]:
        """Everybody's workouts, some athletes at a time; raises UnknownName for a column that is not kept."""
        for name in columns:
            if name not in KEPT:
                raise UnknownName("column of a fleet", name, KEPT)
        revisions = self._store.revisions()
        count = 1 << max(0, (len(revisions) - 1) // IN_A_FILE).bit_length()
        members: list[dict[str, int]] = [{} for _ in range(count)]
        for athlete_id, revision in sorted(revisions.items()):
            members[_place(athlete_id, count)][athlete_id] = revision
        for number, mine in enumerate(members):
            if mine:
                yield self._part(self._folder / f"workouts-{count}-{number}.parquet", mine, columns)

    def drop(self) -> None:
        """Remove every file: after somebody was erased nothing of them is left here."""
        for path in self._folder.glob("workouts-*"):
            path.unlink(missing_ok=True)

    def _part(self, path: Path, revisions: dict[str, int], columns: Sequence[str]) -> Part:
        found = _read(path, columns)
        fresh = found is not None and found[0] == revisions
        count("caches", level="columns", outcome="hit" if fresh else "miss")
        if not fresh:
            self._make(path, revisions)
            found = _read(path, columns)
        if found is None:  # the disk does not keep what is written: the store still answers
            return _part([(name, self._store.workouts(name, columns=columns)) for name in revisions], columns)
        _, lengths, table = found
        arrays = {name: _array(name, table) for name in columns}
        return Part(tuple(revisions), np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))), arrays)

    def _make(self, path: Path, revisions: dict[str, int]) -> None:
        """Write the file; of athletes whose revision it knew their rows are taken over."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        before = _read(path, KEPT)
        old: dict[str, Workouts] = {}
        if before is not None:
            known, lengths, table = before
            kept = Part(tuple(known), np.concatenate(([0], np.cumsum(lengths, dtype=np.int64))),
                        {name: _array(name, table) for name in KEPT})  # fmt: skip
            old = {name: kept.of(name) for name, at in known.items() if revisions.get(name) == at}
        rows = [(name, old[name] if name in old else self._store.workouts(name, columns=KEPT)) for name in revisions]
        made = _part(rows, KEPT)
        head = {"format": FORMAT, "revisions": revisions, "lengths": np.diff(made.start).tolist()}
        table = pa.table({name: pa.array(values, from_pandas=False) for name, values in made.columns.items()})
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        pq.write_table(table.replace_schema_metadata({HEAD: json.dumps(head).encode()}), draft, compression="zstd",
                       write_page_checksum=True, use_dictionary=["sport", "flags"])  # fmt: skip
        os.replace(draft, path)


def _read(path: Path, columns: Sequence[str]) -> tuple[dict[str, int], list[int], pa.Table] | None:
    """(revisions, rows of each athlete, columns) of a file; None for one that is not there, damaged or of another
    format."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, columns=list(columns), page_checksum_verification=True, use_threads=False)
        head = json.loads((table.schema.metadata or {})[HEAD])
        revisions, lengths = dict(head["revisions"]), list(head["lengths"])
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError):
        return None
    whole = head.get("format") == FORMAT and len(lengths) == len(revisions) and sum(lengths) == table.num_rows
    return (revisions, lengths, table) if whole else None


def _array(name: str, table: pa.Table) -> np.ndarray[Any, Any]:
    found: np.ndarray[Any, Any] = table.column(name).to_numpy()
    return found


def _part(rows: Sequence[tuple[str, Workouts]], columns: Sequence[str]) -> Part:
    start = np.concatenate(([0], np.cumsum([len(one) for _, one in rows], dtype=np.int64)))
    arrays = {name: np.concatenate([one[name] for _, one in rows]) for name in columns}
    return Part(tuple(name for name, _ in rows), start, arrays)


def _place(athlete_id: str, count: int) -> int:
    return int.from_bytes(hashlib.sha256(athlete_id.encode()).digest()[:4], "big") % count
