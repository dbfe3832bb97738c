"""Looking at a recorded file without importing it: nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core.errors import UnknownFormat, UnknownName, UnreadableFile

if TYPE_CHECKING:
    from fitintel.core.recording import Recording
    from fitintel.intelligence.resample import Even


def read_recording(path: Path) -> tuple[Recording, ...]:
    """The workouts recorded in a FIT, GPX or TCX file, damaged ones as far as they can be read.

    Raises UnreadableFile when the file cannot be opened or is broken as a whole, UnknownFormat when it is of another
    kind.
    """
    from fitintel.ingest.format import RECORDED, format_of
    from fitintel.ingest.source import recorder

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile("The file cannot be opened", where=str(path), why=error.strerror or str(error)) from None
    found = format_of(data)
    if found not in RECORDED:
        raise UnknownFormat("This is no recorded workout", where=str(path), next="give a FIT, GPX or TCX file")
    return recorder(found.value).read(data, salvage=True).recordings


def even(recording: Recording, channel: str) -> Even:
    """A channel of a recording at one value a second of moving time, pauses cut out.

    Raises UnknownName when the recording has no such channel.
    """
    from fitintel.intelligence.resample import one_hertz

    if channel not in recording.stream:
        raise UnknownName("recorded channel", channel, recording.stream)
    return one_hertz(recording.time, recording.stream[channel], pauses=recording.pauses)
