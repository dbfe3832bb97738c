"""Strokes of sessions from the NK logbook as CSV: `timestamp` in ms since 1970 UTC, `elapsedTime` in ms of session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.numbers import numbers
from fitintel.ingest.source import Source
from fitintel.ingest.sources.named_columns import NamedColumns, by_distance, stripped
from fitintel.ingest.sources.strava_csv import names
from fitintel.ingest.table import Table, read_table
from fitintel.ingest.text import Decoded

KIND = NamedColumns(
    says="an NK logbook",
    columns={"start": ("date", ""), "sport": ("sport", ""), "duration": ("duration", "s"),
             "distance": ("distance", "m"), "heartrate": ("hr_mean", "bpm"), "strokerate": ("cadence", "spm"),
             "sessionid": ("source_id", "")},
    needed=("start", "duration", "distance"),
    zero_is_missing=("hr_mean", "cadence"),
    clock="utc",
)  # fmt: skip
READ = ("timestamp", "sessionId", "elapsedTime", "gpsTotalDistance", "heartRate", "strokeRate")


def recognises(header: Sequence[str]) -> bool:
    """Whether a header has the columns that are read."""
    return set(READ) <= set(header)


def table(decoded: Decoded, name: str) -> Table:
    """One row per session: its start, the time and distance of its last stroke, means over its strokes."""
    strokes = read_table(decoded, name=name, wanted=READ, names=names)
    sessions = strokes.column("sessionId")
    figures = {each: numbers(strokes.column(each)).values for each in READ if each != "sessionId"}
    begin = (figures["timestamp"] - figures["elapsedTime"]) / 1000.0
    if not np.isfinite(begin).any() or not np.all((np.abs(begin) < 4e9) | np.isnan(begin)):
        raise UnreadableFile("The strokes say no time", where=f"{name}, column 'timestamp'",
                             why="it is to hold ms since 1970", next="export it again")  # fmt: skip
    rows: list[tuple[str, ...]] = []
    places: list[int] = []
    strokes_of: dict[str, list[int]] = {}
    for place in np.flatnonzero(np.isfinite(begin)).tolist():
        strokes_of.setdefault(sessions[place], []).append(place)
    for session, mine in strokes_of.items():
        rows.append((
            datetime.fromtimestamp(float(np.median(begin[mine])), UTC).strftime("%Y-%m-%d %H:%M:%S"),
            "rowing", f"{np.nanmax(figures['elapsedTime'][mine]) / 1000.0:.3f}",
            _most(figures["gpsTotalDistance"][mine]), _mean(figures["heartRate"][mine]),
            _mean(figures["strokeRate"][mine]), session,
        ))  # fmt: skip
        places.append(strokes.lines[mine[0]])
    header = ("start", "sport", "duration", "distance", "heartRate", "strokeRate", "sessionId")
    columns = tuple([row[place] for row in rows] for place in range(len(header)))
    return Table(header, columns, tuple(range(1, len(rows) + 1)), tuple(places), ",", decoded)


def _mean(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    known = values[values > 0]
    return f"{known.mean():.1f}" if known.size else ""


def _most(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    known = values[np.isfinite(values)]
    return f"{known.max():.2f}" if known.size else ""


def remarks(read: Table) -> list[tuple[str, str, str]]:
    """That the strokes were added up, not kept."""
    return [("samples_not_read", "", f"{len(read.decoded.lines) - 1:,} strokes, added up")]


SOURCE = Source(
    name="nk_logbook_csv", version="1", says="strokes of an NK logbook (CSV)", recognises=recognises,
    wanted=KIND.wanted, profile=KIND.profile, identity=stripped, global_identity=False, units=by_distance, table=table,
    remarks=remarks,
)  # fmt: skip
