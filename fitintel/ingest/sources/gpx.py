"""GPX files: tracks with times, as phones, watches and web sites export them."""

from __future__ import annotations

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.ingest.source import Parsed, RecordingSource
from fitintel.ingest.xml import read_gpx

DAMAGE = ("xml_truncated", "xml_damaged", "xml_syntax")


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recordings of a GPX file.

    Raises:
        UnknownFormat: it holds routes, waypoints or tracks without times.
        UnreadableFile: it is damaged, unless `salvage` keeps what can be read; or holds no workout.
    """
    found = read_gpx(data, salvage=salvage)
    if found.recordings:
        damage = tuple(rule for rule, _ in found.remarks if rule in DAMAGE)
        return Parsed(found.kind, found.recordings, found.remarks, damage)
    why = "; ".join(f"{rule}: {detail}" for rule, detail in found.remarks[:3])
    if found.kind == "activity":
        raise UnreadableFile("The GPX file holds no workout that can be placed in time", why=why,
                             where=f"{found.points} points", next="export it again",
                             rule="recording_empty")  # fmt: skip
    raise UnknownFormat(f"This GPX file holds {_said[found.kind]}, not a workout", why=why,
                        next="export the recorded workout with its times", rule="file_not_workout")  # fmt: skip


_said = {"route": "a way without times", "waypoints": "waypoints", "course": "a course", "empty": "nothing"}

SOURCE = RecordingSource(name="gpx", version="1", says="GPX files", read=read)
