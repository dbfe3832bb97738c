"""GPX 1.0 and 1.1 files: tracks into recordings.

A track is a recording; its segments are pieces of it and what lies between them are pauses. A track whose segments lie
more than `SEGMENT_GAP` apart (the endless active log of a handheld) is several recordings. A track that follows another
within `TRACK_GAP`, of the same type and, but for a number at its end, the same name, continues it. Routes and waypoints
are no workouts; a track without times is none either, and is said.

Source: GPX 1.1 schema (topografix.com/GPX/1/1), Garmin TrackPointExtension, PowerExtension, TrackStatsExtension.
"""

from __future__ import annotations

import math

import numpy as np

from fitintel.core.errors import UnreadableFile
from fitintel.core.recording import Recording
from fitintel.core.sports import known_sport
from fitintel.core.units import JOULE_PER_KCAL
from fitintel.ingest.xml import axis, cadence, clock, points
from fitintel.ingest.xml.attributes import Ints
from fitintel.ingest.xml.document import Document
from fitintel.ingest.xml.file import XmlFile, document, shortened, shortlist
from fitintel.ingest.xml.numbers import number
from fitintel.ingest.xml.safe import Remark
from fitintel.ingest.xml.tracks import SEGMENT_GAP, Piece, grouped, pieces_of

CHANNELS = {
    "ele": "elevation", "hr": "hr", "heartrate": "hr", "cad": "cadence", "cadence": "cadence", "runcadence": "cadence",
    "atemp": "temperature", "temp": "temperature", "temperature": "temperature", "power": "power",
    "powerinwatts": "power", "watts": "power", "speed": "speed", "distance": "distance",
}  # fmt: skip
"""Elements of a point, in whatever namespace -> channel."""
STATS = {
    "Distance": ("distance", 1.0), "TimerTime": ("duration", 1.0), "TotalElapsedTime": ("elapsed", 1.0),
    "MaxSpeed": ("speed_max", 1.0), "Ascent": ("elevation_gain", 1.0), "Descent": ("elevation_loss", 1.0),
    "Calories": ("energy", JOULE_PER_KCAL), "AvgHeartRate": ("hr_mean", 1.0), "AvgCadence": ("cadence", 1.0),
}  # fmt: skip
"""Garmin TrackStatsExtension -> what the device says of the track, factor."""
STRAVA_TYPES = {"1": "cycling", "4": "hiking", "7": "skiing", "9": "running", "10": "walking", "16": "swimming",
                "17": "cycling"}  # fmt: skip
"""Strava writes its own numbers into <type>."""
MOST_BAD = 0.5
"""share of impossible positions beyond which the file is not believed"""


def read_gpx(data: bytes, *, salvage: bool = True, fast: bool = True) -> XmlFile:
    """Read a GPX file.

    `distance` is computed from the positions where the file has none, and said (`gpx_distance_derived`).

    Args:
        data: the whole file.
        salvage: keep what can be read of a damaged file, with a remark; otherwise damage is an error.
        fast: try the fast way of reading first; the answer is the same.

    Raises:
        UnreadableFile: empty, too large, unsafe, in no readable encoding, not XML, or over half of its positions are
            impossible; with `salvage=False` also any damage.
        UnknownFormat: XML or HTML of another kind.
    """
    found, remarks = document(data, "GPX", ("gpx",), salvage=salvage, fast=fast)
    tracks = found.rows("trk")
    rows = found.rows("trkpt")
    rows = rows[found.inside(rows, tracks) >= 0]
    maker = found.attribute(0, "creator") or ""
    if not len(rows):
        routes, waypoints = found.rows("rtept"), found.rows("wpt")
        kind = "route" if len(routes) else "waypoints" if len(waypoints) else "empty"
        held = {"route": f"a route of {len(routes)} points", "waypoints": f"{len(waypoints)} waypoints"}
        remarks.append(("gpx_no_track", held.get(kind, "neither tracks nor points")))
        return XmlFile(kind, (), tuple(remarks), 0, len(tracks), maker)
    read = points.read(found, rows, "time", CHANNELS, positions=True)
    bad = points.bad_positions(read)
    if bad.mean() > MOST_BAD:
        raise UnreadableFile(
            f"{int(bad.sum())} of {len(bad)} positions are impossible",
            where=f"the first in point {int(np.flatnonzero(bad)[0]) + 1}",
            why="latitudes are -90 to 90 and longitudes -180 to 180",
            next="export the file again",
            rule="xml_positions_impossible",
        )
    if bad.any():
        place = int(np.flatnonzero(bad)[0]) + 1
        remarks.append(
            ("xml_position_impossible", f"{int(bad.sum())} of {len(bad)} points, the first is point {place}")
        )
    remarks += points.said(read) + clock.zones(read.times)
    remarks += clock.disagreeing(read.times.seconds, found.word(_file_time(found)))
    pieces, said = pieces_of(found, read, tracks)
    remarks += said
    groups = grouped(found, tracks, pieces)
    split = {track for track in range(len(tracks)) if sum(group[0].track == track for group in groups) > 1}
    remarks += [
        ("gpx_track_split", f"track {one + 1}: breaks of over {SEGMENT_GAP / 3600:g} h") for one in sorted(split)
    ]
    remarks = shortlist(remarks)
    made = [_recording(found, read, tracks, group, maker, remarks, split) for group in groups]
    every = dict.fromkeys([*remarks, *(one for each in made for one in each.remarks)])
    return XmlFile("activity" if made else "route", tuple(made), tuple(every), len(rows), len(tracks), maker)


def _file_time(found: Document) -> int | None:
    metadata = found.child(0, "metadata", "time")
    return found.child(0, "time") if metadata is None else metadata


def _recording(
    found: Document,
    read: points.Points,
    tracks: Ints,
    group: list[Piece],
    maker: str,
    remarks: list[Remark],
    split: set[int],
) -> Recording:
    own = list(remarks)
    joined = sorted({piece.track for piece in group})
    rows = np.concatenate([piece.rows for piece in group])
    starts = np.zeros(len(rows), bool)
    starts[np.cumsum([0, *(len(piece.rows) for piece in group[:-1])])] = True
    time = read.times.seconds[rows]
    if (np.diff(time) < 0).any():
        rows = rows[np.argsort(time, kind="stable")]
        time, starts = read.times.seconds[rows], np.zeros(len(rows), bool)
        own.append(("xml_out_of_order", "segments overlap in time; their points were put in order"))
    stream = {channel: values[rows] for channel, values in read.columns.items()}
    stream = {channel: values for channel, values in stream.items() if not np.isnan(values).all()}
    if "distance" not in stream and "lat" in stream:
        stream["distance"] = axis.path_length(stream["lat"], stream["lon"], starts)
        own.append(("gpx_distance_derived", f"from {int((~np.isnan(stream['lat'])).sum())} positions, great circles"))
    time, stream, said = axis.merged(time, stream)
    own += said
    if len(joined) > 1:
        own.append(("gpx_tracks_joined", f"{len(joined)} tracks from track {joined[0] + 1} on follow one another"))
    track = int(tracks[joined[0]])
    name = found.word(found.child(track, "name"))
    sport, word = _sport(found.word(found.child(track, "type")), name, maker, own)
    if not name and len(tracks) == 1:
        name = found.word(found.child(0, "metadata", "name")) or found.word(found.child(0, "name"))
    notes = "\n".join(dict.fromkeys(filter(None, (found.word(found.child(track, part)) for part in ("desc", "cmt")))))
    own += cadence.said(sport, stream.get("cadence"))
    return Recording(
        sport=sport,
        source_sport=word,
        start=float(time[0]),
        utc_offset=clock.offset(read.times.offset[rows]),
        device=_stats(found, track) if len(joined) == 1 and joined[0] not in split else {},
        time=time,
        stream=stream,
        pauses=axis.breaks([read.times.seconds[piece.rows] for piece in group]),
        maker=maker,
        name=shortened(name, "the name", own),
        notes=shortened(notes, "the note", own),
        remarks=tuple(dict.fromkeys(own)),
    )


def _sport(word: str, name: str, maker: str, remarks: list[Remark]) -> tuple[str, str]:
    if word:
        if word in STRAVA_TYPES and "strava" in maker.lower():
            return STRAVA_TYPES[word], word
        known = known_sport(word)
        if known is None:
            remarks.append(("sport_unknown", word[:60]))
        return known or "other", word
    known = known_sport(name)
    if known is not None and known != "other":
        remarks.append(("gpx_sport_from_name", f"{name[:60]!r}"))
        return known, name
    return "other", ""


def _stats(found: Document, track: int) -> dict[str, float]:
    at = found.child(track, "extensions", "TrackStatsExtension")
    device: dict[str, float] = {}
    for row in [] if at is None else found.children(at):
        known = STATS.get(found.names[int(found.name[row])])
        value = number(found.word(row))
        if known is not None and value is not None and math.isfinite(value):
            device[known[0]] = value * known[1]
    return device
