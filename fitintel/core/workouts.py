"""Workouts in columns: the one shape in which they are imported, stored and computed with.

`COLUMNS` is the definition of a workout: the database table, the import contract, exports and documentation derive
from it. Numbers are float64 with NaN for missing, days are int64 day numbers, text is object with None for missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from fitintel.core.errors import UnknownName

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[Any]

Kind = Literal["text", "day", "number", "long text"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a workout: its kind, SI unit, and what it means."""

    name: str
    kind: Kind
    unit: str
    says: str
    size: int = 64


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("id", "text", "", "content-derived id, equal on every import of the same workout", 20),
        Column("day", "day", "d", "local day number at the start, days since 1970-01-01"),
        Column(
            "start",
            "number",
            "s",
            "start time, seconds since 1970-01-01 UTC; local wall time where utc_offset is missing",
        ),
        Column("utc_offset", "number", "s", "offset of local time from UTC at the start"),
        Column("sport", "text", "", "sport from the closed list", 16),
        Column("source_sport", "text", "", "sport as its source calls it", 64),
        Column("duration", "number", "s", "time of the workout"),
        Column("distance", "number", "m", "distance covered"),
        Column("speed_max", "number", "m/s", "highest speed"),
        Column("elevation_gain", "number", "m", "climbed height"),
        Column("hr_mean", "number", "bpm", "mean heart rate"),
        Column("hr_max", "number", "bpm", "highest heart rate"),
        Column("cadence", "number", "1/min", "steps, strokes or revolutions per minute"),
        Column("steps", "number", "1", "steps counted"),
        Column("energy", "number", "J", "energy expended as the source estimates it"),
        Column("rpe", "number", "1", "session rating of perceived exertion, CR-10"),
        Column("source", "text", "", "source that read it (mapmyrun_csv, table_csv, manual, ...)", 32),
        Column("source_id", "text", "", "identity of the workout in its source", 191),
        Column("notes", "long text", "", "free text of the athlete, never interpreted", 10_000),
        Column("flags", "text", "", "names of the rules it breached, sorted, separated by blanks", 255),
        Column("import_id", "text", "", "import that brought it", 24),
        Column("row", "number", "1", "row in that import's file, first data row is 1"),
    )
}
"""Every column of a workout, in order."""

ANALYSIS = ("id", "day", "start", "sport", "duration", "distance", "speed_max", "elevation_gain", "hr_mean", "hr_max",
            "cadence", "steps", "rpe", "flags")  # fmt: skip
"""The columns that algorithms read; identity of an import (row, file, notes) is deliberately not among them."""


class Workouts:
    """Columns of equal length. Like a data frame: `w[name]` is a column, iterating gives names, `len` counts rows.

    Never changed in place.

    >>> w = Workouts.from_rows([{"id": "a", "day": 20000, "sport": "running", "duration": 1800.0}])
    >>> len(w), w["duration"][0], w["distance"][0]
    (1, np.float64(1800.0), np.float64(nan))
    """

    __slots__ = ("_columns", "_length")

    def __init__(self, columns: Mapping[str, Array]) -> None:
        unknown = set(columns) - set(COLUMNS)
        if unknown:
            raise UnknownName("workout column", sorted(unknown)[0], COLUMNS)
        lengths = {len(values) for values in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns differ in length: {sorted(lengths)}")
        self._columns = {name: columns[name] for name in COLUMNS if name in columns}
        self._length = lengths.pop() if lengths else 0

    def __getitem__(self, name: str) -> Array:
        if name not in self._columns:
            raise UnknownName("loaded workout column", name, self._columns)
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"<Workouts: {self._length} rows x {len(self._columns)} columns>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Workouts):
            return NotImplemented
        import numpy as np

        return list(self) == list(other) and all(
            np.array_equal(self[name], other[name], equal_nan=COLUMNS[name].kind == "number") for name in self
        )

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]], names: Sequence[str] | None = None) -> Workouts:
        """Columns from dictionaries; a key that is absent is missing."""
        rows = list(rows)
        wanted = list(names or COLUMNS)
        return cls({name: as_column(name, [row.get(name) for row in rows]) for name in wanted})

    @classmethod
    def empty(cls, names: Sequence[str] = tuple(COLUMNS)) -> Workouts:
        """No workouts, with these columns."""
        return cls({name: as_column(name, []) for name in names})

    @classmethod
    def concat(cls, parts: Sequence[Workouts]) -> Workouts:
        """One after the other; the columns that all have."""
        import numpy as np

        if not parts:
            return cls.empty()
        if len(parts) == 1:
            return parts[0]
        names = [name for name in COLUMNS if all(name in part._columns for part in parts)]
        return cls({name: np.concatenate([part[name] for part in parts]) for name in names})

    def take(self, index: Array | slice) -> Workouts:
        """The rows that a mask, index array or slice selects."""
        return Workouts({name: values[index] for name, values in self._columns.items()})

    def select(self, names: Sequence[str]) -> Workouts:
        """Only these columns."""
        return Workouts({name: self[name] for name in names})

    def replace(self, **columns: Array) -> Workouts:
        """A copy with these columns exchanged or added."""
        return Workouts({**self._columns, **columns})

    def ordered(self) -> Workouts:
        """Sorted by day, then id: the canonical order, so that no figure depends on the order of arrival."""
        import numpy as np

        day, ids = self["day"], self["id"]
        step = np.diff(day)
        tied = np.flatnonzero(step == 0)
        if (step >= 0).all() and (ids[tied] <= ids[tied + 1]).all():
            return self  # as the store gives them: sorting text is the dear part
        return self.take(np.lexsort((ids.astype(str), day)))

    def rows(self) -> Iterable[dict[str, Any]]:
        """The workouts as dictionaries; NaN becomes None."""
        lists = {name: [None if v != v else v for v in values.tolist()] for name, values in self._columns.items()}
        return (dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True))

    def frame(self) -> pd.DataFrame:
        """A pandas data frame, for exploration; `day` becomes a date index."""
        import pandas as pd

        frame = pd.DataFrame(dict(self._columns))
        if "day" in frame:
            frame.index = pd.to_datetime(frame["day"], unit="D", origin="unix")
            frame.index.name = "date"
        return frame


def as_column(name: str, values: Sequence[Any] | Array) -> Array:
    """`values` as the array type of column `name`; None becomes missing."""
    import numpy as np

    kind = COLUMNS[name].kind
    if kind == "day":
        return np.asarray(values, dtype=np.int64)
    if kind == "number":
        return np.asarray(values, dtype=np.float64)  # None becomes NaN
    column: np.ndarray[Any, Any] = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return column
