"""Segments of GPX tracks in the order of time, and which of them make up one workout."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from fitintel.ingest.xml import axis
from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.points import Points, runs
from fitintel.ingest.xml.safe import Remark

SEGMENT_GAP = 4 * 3600.0
TRACK_GAP = 600.0
"""s"""
MAX_TRACKS, MAX_SEGMENTS = 1000, 50_000
"""of one file that are read"""
_NUMBERED = re.compile(r"[\s#_-]*\d+\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Points of one segment in the order of time."""

    track: int
    rows: axis.Order
    """into the points of the document"""
    start: float
    end: float


def _named(found: Document, track: int) -> tuple[str, str]:
    """Type and name of a track, the name without the number that a device adds to a continued one."""
    name = found.word(found.child(track, "name"))
    return found.word(found.child(track, "type")), _NUMBERED.sub("", name) or name


def pieces_of(found: Document, read: Points, tracks: Ints) -> tuple[list[Piece], list[Remark]]:
    """Segments that can be placed in time, in the order of their starts."""
    bounds = [*np.searchsorted(read.rows, tracks).tolist(), len(read.rows)]
    segment = found.parent[read.rows]
    seconds = read.times.seconds
    pieces: list[Piece] = []
    remarks: list[Remark] = []
    for track, (begin, end) in enumerate(pairwise(bounds)):
        own = np.arange(begin, end)
        if not len(own):
            continue
        if track >= MAX_TRACKS:
            remarks.append(("gpx_too_many_tracks", f"{len(tracks):,} tracks; the first {MAX_TRACKS:,} are read"))
            break
        label = found.word(found.child(int(tracks[track]), "name"))[:60]
        which = f"track {track + 1}" + (f" ({label})" if label else "")
        if np.isnan(seconds[own]).all():
            remarks.append(("gpx_no_times", f"{which}: {len(own)} points"))
            continue
        before = len(pieces)
        stretches, room = runs(segment[own]), MAX_SEGMENTS - before
        if len(stretches) > room:
            remarks.append(("gpx_too_many_tracks", f"{which}: {len(stretches):,} segments; {room:,} of them are read"))
        for first, stop in stretches[:room]:
            rows = own[first:stop]
            placed = axis.placed(seconds[rows])
            remarks += [(rule, f"{which}: {detail}") for rule, detail in placed.remarks]
            if len(placed.order):
                rows = rows[placed.order]
                pieces.append(Piece(track, rows, float(seconds[rows[0]]), float(seconds[rows[-1]])))
        if len(pieces) == before:
            remarks.append(("gpx_no_times", f"{which}: none of {len(own)} points has a usable time"))
    return sorted(pieces, key=lambda one: one.start), remarks


def grouped(found: Document, tracks: Ints, pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that make up one recording."""
    named = [_named(found, int(row)) for row in tracks[:MAX_TRACKS]]
    groups: list[list[Piece]] = []
    ends: list[float] = []
    for piece in pieces:
        for at in range(len(groups) - 1, max(len(groups) - 9, -1), -1):
            last, gap = groups[at][-1].track, piece.start - ends[at]
            same = last == piece.track
            if (same and gap <= SEGMENT_GAP) or (
                not same and named[last] == named[piece.track] and 0 <= gap <= TRACK_GAP
            ):
                groups[at].append(piece)
                ends[at] = max(ends[at], piece.end)
                break
        else:
            groups.append([piece])
            ends.append(piece.end)
    return groups
