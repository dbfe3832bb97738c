"""TCX (Training Center Database) files: activities into recordings.

Each activity is a recording; the activities of a multi-sport session are legs of one. The device's totals are those of
its laps. Breaks between the tracks of a lap, and between laps that do not fill the time, are pauses. Courses are no
workouts, and are said.

Source: Garmin TrainingCenterDatabase v2 and ActivityExtension v2 schemas.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Any

import numpy as np

from fitintel.core.recording import Leg, Recording
from fitintel.core.sports import known_sport
from fitintel.ingest.xml import axis, cadence, clock, laps, points
from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.file import XmlFile, document, shortened, shortlist
from fitintel.ingest.xml.instants import instant
from fitintel.ingest.xml.numbers import Floats
from fitintel.ingest.xml.safe import Remark

CHANNELS = {
    "latitudedegrees": "lat", "longitudedegrees": "lon", "altitudemeters": "elevation", "distancemeters": "distance",
    "value": points.BY_PARENT, "cadence": "cadence", "runcadence": "cadence", "speed": "speed", "watts": "power",
}  # fmt: skip
"""Elements of a trackpoint -> channel; `Value` is decided by the element around it."""

MAX_ACTIVITIES = 1000
"""activities of one file that are read"""


def read_tcx(data: bytes, *, salvage: bool = True, fast: bool = True) -> XmlFile:
    """Read a TCX file.

    Args:
        data: the whole file.
        salvage: keep what can be read of a damaged file, with a remark; otherwise damage is an error.
        fast: try the fast way of reading first; the answer is the same.

    Raises:
        UnreadableFile: empty, too large, unsafe, in no readable encoding, or not XML; with `salvage=False` any damage.
        UnknownFormat: XML or HTML of another kind.
    """
    roots = ("TrainingCenterDatabase", "Activities", "Activity")
    found, remarks = document(data, "TCX", roots, salvage=salvage, fast=fast)
    activities = found.rows("Activity")
    if len(activities) > MAX_ACTIVITIES:
        remarks.append(("tcx_too_many_activities", f"{len(activities):,}; the first {MAX_ACTIVITIES:,} are read"))
        activities = activities[:MAX_ACTIVITIES]
    courses = found.rows("Course")
    if len(courses):
        remarks.append(("tcx_course", f"{len(courses)} courses: planned ways, not workouts"))
    rows = found.rows("Trackpoint")
    rows = rows[found.inside(rows, activities) >= 0]
    if not len(activities):
        if not len(courses):
            remarks.append(("tcx_no_activity", "the file holds no activity"))
        return XmlFile("course" if len(courses) else "empty", (), tuple(remarks), 0, 0, _author(found))
    read = points.read(found, rows, "Time", CHANNELS, positions=False)
    if "lat" in read.columns and "lon" in read.columns:
        given = ~(np.isnan(read.columns["lat"]) & np.isnan(read.columns["lon"]))
        bad = points.bad_positions(read) & given
        if bad.any():
            remarks.append(("xml_position_impossible", f"{int(bad.sum())} of {len(bad)} points"))
    remarks += points.said(read) + clock.zones(read.times)
    sessions = found.rows("MultiSportSession")
    session = found.inside(activities, sessions)
    remarks = shortlist(remarks)
    lap_rows = found.rows("Lap", under="Activity")
    made: list[Recording] = []
    for first, stop in _together(session):
        own = [_recording(found, read, int(activities[at]), lap_rows, remarks) for at in range(first, stop)]
        kept = [one for one in own if isinstance(one, Recording)]
        remarks += [one for one in own if not isinstance(one, Recording)]
        if session[first] >= 0 and len(kept) > 1:
            made.append(_multisport(kept))
        else:
            made += kept
    every = dict.fromkeys([*remarks, *(one for each in made for one in each.remarks)])
    maker = next((one.maker for one in made if one.maker), "") or _author(found)
    return XmlFile("activity", tuple(made), tuple(every), len(rows), len(activities), maker)


def _together(session: Ints) -> list[tuple[int, int]]:
    """Stretches of activities that belong to one session; each of the others alone."""
    alone = np.where(session >= 0, session, -1 - np.arange(len(session)))
    return points.runs(alone.astype(np.int32))


def _author(found: Document) -> str:
    return found.word(found.child(0, "Author", "Name"))


def _recording(
    found: Document, read: points.Points, activity: int, lap_rows: Ints, remarks: list[Remark]
) -> Recording | Remark:
    """One activity; a remark where nothing of it can be placed in time."""
    own = list(remarks)
    extent = [activity, int(found.last[activity]) + 1]
    lap_rows = lap_rows[slice(*np.searchsorted(lap_rows, extent).tolist())]
    inside = np.arange(*np.searchsorted(read.rows, extent).tolist())
    ident = found.word(found.child(activity, "Id"))
    which = f"activity {ident[:60] or 'without Id'}"
    placed = axis.placed(read.times.seconds[inside])
    own += placed.remarks
    rows = inside[placed.order]
    time = read.times.seconds[rows]
    lap_of = found.inside(read.rows[rows], lap_rows)
    told, said = laps.read(found, lap_rows, time, lap_of)
    own += said
    if not len(time) and not told:
        return ("tcx_nothing_placed", f"{which}: no trackpoint and no lap has a usable time")
    if not len(time):
        own.append(("tcx_no_points", f"{which}: the totals of its laps are all there is"))
    if len(time):
        own += clock.disagreeing(time, ident)
    stream = {channel: values[rows] for channel, values in read.columns.items()}
    axis_time, merged, same = axis.merged(time, {k: v for k, v in stream.items() if not np.isnan(v).all()})
    own += same
    word = found.attribute(activity, "Sport") or ""
    sport = known_sport(word)
    if sport is None:
        own.append(("sport_unknown", word[:60] or "no sport is said"))
    own += cadence.said(sport or "other", merged.get("cadence"))
    notes = found.word(found.child(activity, "Notes"))
    name = found.word(found.child(activity, "Training", "Plan", "Name")) or found.word(found.child(activity, "Name"))
    creator = found.child(activity, "Creator")
    maker = found.word(found.child(creator, "Name")) if creator is not None else ""
    track = found.parent[read.rows[rows]]
    return Recording(
        sport=sport or "other",
        source_sport=word,
        start=_start(told, axis_time),
        utc_offset=clock.offset(read.times.offset[rows]),
        device=laps.totals(told),
        time=axis_time,
        stream=merged,
        laps=tuple(told),
        pauses=_pauses(time, track, told),
        source_id=_identity(found, creator, ident),
        maker=maker or _author(found),
        name=shortened(name, "the name", own),
        notes=shortened(notes, "the note", own),
        remarks=tuple(dict.fromkeys(own)),
    )


def _start(told: list[dict[str, Any]], time: Floats) -> float:
    """The start of the first lap; where it lies after the first point or a day before it, that point."""
    begins: list[float] = [lap["start"] for lap in told[:1]]
    if not len(time):
        return begins[0]
    first = float(time[0])
    return begins[0] if begins and 0.0 <= first - begins[0] <= laps.FURTHEST else first


def _pauses(time: Floats, track: Ints, told: list[dict[str, Any]]) -> tuple[tuple[float, float], ...]:
    """Breaks between tracks; between laps only where the lap before does not fill the time up to the next."""
    found = axis.breaks([time[first:stop] for first, stop in points.runs(track)])
    filled = sorted(
        after["start"]
        for lap, after in pairwise(told)
        if after["start"] - lap["start"] - lap.get("duration", 0.0) <= axis.PAUSE
    )
    return tuple(pause for pause in found if bisect_left(filled, pause[0]) == bisect_right(filled, pause[1]))


def _identity(found: Document, creator: int | None, ident: str) -> str:
    """Serial number of the device and id of the activity; '' where the id is a bare time and no device is named."""
    unit = found.word(found.child(creator, "UnitId")) if creator is not None else ""
    if unit.strip("0"):
        return f"{unit}-{ident}" if ident else ""
    return "" if instant(ident) is not None else ident


def _multisport(parts: list[Recording]) -> Recording:
    """The activities of one session as legs of one recording."""
    parts = sorted(parts, key=lambda one: one.start)
    time = np.concatenate([one.time for one in parts])
    channels = dict.fromkeys(channel for one in parts for channel in one.stream)
    stream = {
        channel: np.concatenate([one.stream.get(channel, np.full(len(one.time), np.nan)) for one in parts])
        for channel in channels
    }
    remarks = list(dict.fromkeys(remark for one in parts for remark in one.remarks))
    order = np.argsort(time, kind="stable")
    time, stream, same = axis.merged(time[order], {channel: values[order] for channel, values in stream.items()})
    told = [lap for one in parts for lap in one.laps]
    ends = [max([*one.time[-1:].tolist(), *(lap["end"] for lap in one.laps), one.start]) for one in parts]
    return Recording(
        sport="multisport",
        source_sport="/".join(one.source_sport for one in parts),
        start=parts[0].start,
        utc_offset=parts[0].utc_offset,
        device=laps.totals([dict(lap) for lap in told]),
        time=time,
        stream=stream,
        legs=tuple(
            Leg(one.sport, one.source_sport, one.start, end, one.device) for one, end in zip(parts, ends, strict=True)
        ),
        laps=tuple(told),
        pauses=tuple(pause for one in parts for pause in one.pauses),
        source_id=parts[0].source_id,
        maker=parts[0].maker,
        name=parts[0].name,
        notes="\n".join(dict.fromkeys(one.notes for one in parts if one.notes)),
        remarks=(*remarks, *same),
    )
