"""The export of Apple Health: workouts with route and heart rate, and values of days.

Its heart rate variability is the SDNN and is kept as that. Offsets in the file are those of the phone when it
exported; where a workout names its time zone, that one counts.
"""

from __future__ import annotations

import io

from fitintel.core.errors import UnknownFormat
from fitintel.ingest.apple import read_health
from fitintel.ingest.source import Parsed, RecordingSource


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recordings and values of an export, or of a member that it was split into.

    Raises:
        UnknownFormat: it holds neither.
        UnreadableFile: it is damaged, unless `salvage` keeps what can be read; or unsafe.
    """
    found = read_health(io.BytesIO(data), salvage=salvage)
    if not found.recordings and not found.values:
        why = "; ".join(f"{rule}: {detail}" for rule, detail in found.remarks[:3])
        raise UnknownFormat("This health export holds no workout and no value that is used", why=why,
                            next="nothing: it is kept", rule="file_not_workout")  # fmt: skip
    said = dict.fromkeys((*found.remarks, *(remark for one in found.recordings for remark in one.remarks)))
    return Parsed("activity", found.recordings, tuple(said), found.damage, wellness=found.values)


SOURCE = RecordingSource(name="apple_health", version="2", says="exports of Apple Health", read=read)
