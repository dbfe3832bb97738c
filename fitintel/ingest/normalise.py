"""A table in its file's names and units -> columns in ours: SI, local days, sports of the closed list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np

from fitintel.core.sports import known_sport
from fitintel.core.units import to_si
from fitintel.ingest.dates import Order, read_moment, read_moments
from fitintel.ingest.distinct import distinct
from fitintel.ingest.numbers import Numbers, clocks, numbers
from fitintel.ingest.profile import CLOCKS, NUMBERS, QUANTITY, Profile, Use
from fitintel.ingest.table import Table
from fitintel.ingest.zones import place_in_time

if TYPE_CHECKING:
    from numpy.typing import NDArray

REQUIRED = ("duration", "distance")
SOURCE_SPORT_SIZE = 64


class Breach(NamedTuple):
    """A rule that a row breaches. `place` counts the table's rows from 0."""

    place: int
    column: str
    rule: str
    value: str
    detail: str = ""


@dataclass(slots=True)
class Draft:
    """Columns on their way to becoming workouts, and what was found wrong so far.

    Number columns are float64 in SI with NaN for missing, `day` is int64, texts are object arrays with None.
    """

    table: Table
    profile: Profile
    columns: dict[str, NDArray[Any]]
    breaches: list[Breach] = field(default_factory=list)
    unreadable: dict[str, set[int]] = field(default_factory=dict)
    """required column -> places of cells that say something which is no number"""

    def __len__(self) -> int:
        return len(self.table)

    def cell(self, ours: str, place: int) -> tuple[str, str]:
        """(name of the column in the file, the cell as it stands there)."""
        use = self.profile.use(ours)
        return (use.header, self.table.column(use.header)[place]) if use else ("", "")

    def breach(self, ours: str, places: NDArray[np.intp] | list[int], rule: str, detail: str = "") -> None:
        """Note a breach of `rule` by the cells of one column."""
        if not len(places):
            return
        use = self.profile.use(ours)
        header, cells = (use.header, self.table.column(use.header)) if use else ("", None)
        for place in map(int, places):
            self.breaches.append(Breach(place, header, rule, cells[place] if cells is not None else "", detail))


def normalise(table: Table, profile: Profile, *, sport: str | None = None) -> Draft:
    """The columns of a table as its profile says. `sport` stands in where a row names none, or an unknown one."""
    draft = Draft(table, profile, {})
    _dates(draft)
    for use in profile.columns:
        if use.ours in NUMBERS:
            _number(draft, use)
    for name in NUMBERS:
        if name not in draft.columns:
            draft.columns[name] = np.full(len(table), np.nan)
    _sports(draft, sport)
    for named, ours, unit in profile.by_sport:
        _rescale(draft, named, ours, unit)
    notes = [table.column(use.header) for use in profile.columns if use.ours == "notes"]
    cells = notes[0] if notes else [""] * len(table)
    for more in notes[1:]:
        cells = [cell if cell.strip() else other for cell, other in zip(cells, more, strict=True)]
    texts, codes = distinct(cells)
    draft.columns["notes"] = _texts(texts)[codes]
    return draft


def _dates(draft: Draft) -> None:
    use = draft.profile.use("date")
    cells = draft.table.column(use.header) if use else [""] * len(draft)
    moments = read_moments(cells, cast("Order", draft.profile.date_order))
    for place, rule in moments.wrong.items():
        draft.breach("date", [place], rule)
    draft.breach("date", list(moments.shifted), "time_normalised")
    second = moments.second
    time = draft.profile.use("time")
    if time:
        second = np.where(np.isnan(second), _times(draft.table.column(time.header)), second)
    # midnight to the second without an offset is how programs write a day without a time
    second = np.where((second == 0) & np.isnan(moments.offset) & (draft.profile.clock != "utc"), np.nan, second)
    placed = place_in_time(moments.day, second, moments.offset, clock=draft.profile.clock, zone=draft.profile.zone)
    draft.breach("date", placed.gap, "clock_gap", draft.profile.zone)
    draft.breach("date", placed.fold, "clock_fold", draft.profile.zone)
    draft.columns["day"] = placed.day
    draft.columns["start"] = placed.start
    draft.columns["utc_offset"] = placed.offset


def _times(cells: Sequence[str]) -> NDArray[np.float64]:
    known, codes = distinct(cells)
    read = [read_moment(f"2000-01-01 {cell.strip()}") for cell in known]
    seconds = [float("nan") if isinstance(moment, str) else moment.second for moment in read]
    return np.array(seconds, dtype=np.float64)[codes]


def _number(draft: Draft, use: Use) -> None:
    cells = draft.table.column(use.header)
    if use.unit in CLOCKS:
        read = clocks(cells, CLOCKS[use.unit])
        factor = 1.0
    else:
        read = numbers(cells, draft.profile.decimal, draft.profile.thousands)
        factor = to_si(QUANTITY[use.ours], use.unit) if use.ours in QUANTITY else 1.0
    _note_unreadable(draft, use.ours, read)
    values = read.values * factor if factor != 1.0 else read.values
    if use.ours in draft.profile.zero_is_missing:
        values = np.where(values == 0.0, np.nan, values)
    if use.ours in draft.columns:
        first = draft.columns[use.ours]
        values = np.where(np.isnan(first), values, first)
    draft.columns[use.ours] = values


def _rescale(draft: Draft, sport: str, ours: str, unit: str) -> None:
    use = draft.profile.use(ours)
    if use is not None and use.unit not in CLOCKS:
        factor = to_si(QUANTITY[ours], unit) / to_si(QUANTITY[ours], use.unit)
        values = draft.columns[ours]
        draft.columns[ours] = np.where(draft.columns["sport"] == sport, values * factor, values)


def _note_unreadable(draft: Draft, ours: str, read: Numbers) -> None:
    if ours in REQUIRED:
        draft.unreadable.setdefault(ours, set()).update(read.unreadable, read.infinite)
        draft.breach(ours, list(read.unreadable), "not_a_number")
        draft.breach(ours, list(read.infinite), "not_finite")
    else:
        draft.breach(ours, list(read.unreadable), "optional_cell_unreadable", "not a plain number")
        draft.breach(ours, list(read.infinite), "optional_cell_impossible", "not finite")


def _sports(draft: Draft, fallback: str | None) -> None:
    use = draft.profile.use("sport")
    cells = draft.table.column(use.header) if use else [""] * len(draft)
    words, codes = distinct(cells)
    known = [known_sport(word) for word in words]
    for code, (word, sport) in enumerate(zip(words, known, strict=True)):
        if sport is None and word.strip() and fallback is None:
            places = np.flatnonzero(codes == code)
            draft.breach("sport", places[:1], "sport_unknown", f"rows of this sport: {places.size}")
    draft.columns["sport"] = _objects([sport or fallback or "other" for sport in known])[codes]
    draft.columns["source_sport"] = _texts([word.strip()[:SOURCE_SPORT_SIZE] for word in words])[codes]


def _texts(cells: list[str]) -> NDArray[Any]:
    return _objects([cell or None for cell in cells])


def _objects(values: list[Any]) -> NDArray[Any]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
