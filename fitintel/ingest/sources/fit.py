"""FIT activity files, as watches and bike computers write them (Garmin, Wahoo, Coros, Suunto, Polar ...)."""

from __future__ import annotations

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.ingest.fit import read_fit
from fitintel.ingest.source import Parsed, RecordingSource

DAMAGE = ("fit_crc_wrong", "fit_truncated", "fit_undefined_message", "fit_bytes_skipped")
"""remarks that tell of a damaged file: what can be read of it may lack a part, and is kept only when asked for"""

KINDS = {"workout": "a planned workout", "course": "a course", "weight": "weights", "device": "device data",
         "monitoring": "daily monitoring", "sport": "sport settings", "goals": "goals",
         "schedules": "a schedule"}  # fmt: skip


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recordings of a FIT file.

    Raises:
        UnknownFormat: a FIT file of another kind (settings, course, weight ...).
        UnreadableFile: it is damaged, unless `salvage` keeps what can be read; or holds no workout.
    """
    found = read_fit(data)
    if found.kind != "activity":
        kind = KINDS.get(found.kind, found.kind.replace("_", " "))
        raise UnknownFormat(f"This FIT file holds {kind}, not a recorded workout",
                            where=f"written by {found.device or 'an unknown device'}",
                            next="nothing: it is kept", rule="file_not_workout")  # fmt: skip
    damage = [(rule, detail) for rule, detail in found.remarks if rule in DAMAGE]
    if damage and not salvage:
        raise UnreadableFile("The FIT file is damaged", where="; ".join(detail for _, detail in damage),
                             why=f"{found.records} records can be read, some may be missing",
                             next="copy it from the device again, or keep what can be read with --salvage",
                             rule=damage[0][0])  # fmt: skip
    if not found.recordings:
        raise UnreadableFile("The FIT file holds no workout that can be placed in time",
                             where=f"{found.records} records, {found.sessions} sessions",
                             next="export it again", rule="recording_empty")  # fmt: skip
    return Parsed(found.kind, found.recordings, found.remarks, tuple(rule for rule, _ in damage))


SOURCE = RecordingSource(name="fit", version="1", says="FIT activity files", read=read)
