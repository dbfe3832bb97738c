"""JSON files of workouts: activities of Strava with or without their streams, and runs of Nike Run Club.

A file holds one workout, a list of them, or one a line. Names that are not known are passed over; none of them can
say whose the workout is.
"""

from __future__ import annotations

from dataclasses import replace

from fitintel.core.errors import UnknownFormat, UnreadableFile
from fitintel.core.recording import Recording
from fitintel.ingest.connectors.samples import CHANNELS
from fitintel.ingest.json import Field, documents, nike
from fitintel.ingest.source import Parsed, RecordingSource
from fitintel.ingest.sources.strava import recording_of
from fitintel.ingest.words import OWNER_WORDS, plainly

MOST = 10_000
"""workouts in one file"""
SHOWN = 6
STREAMS = {*CHANNELS, "time", "latlng"}


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recordings in a JSON file; there is nothing to `salvage`.

    Raises:
        UnknownFormat: JSON of another kind, or samples without the activity they are of.
        UnexpectedAnswer: a value is not as the vendor writes it; its path is named.
        UnreadableFile: not JSON, or beyond a limit.
    """
    values = documents(data)
    if len(values) == 1 and isinstance(values[0], list) and not _are_streams(values[0]):
        values = values[0]
    if len(values) > MOST:
        raise UnreadableFile(f"The JSON file holds {len(values):,} workouts", why=f"the limit is {MOST:,}",
                             next="split it and import the parts", rule="json_limit")  # fmt: skip
    fields = [Field(value, f"$[{place}]" if len(values) > 1 else "$") for place, value in enumerate(values)]
    recordings = tuple(_recording(each) for each in fields)
    if not recordings:
        raise UnknownFormat("The JSON file holds nothing", where="line 1", next="export the file again")
    said = dict.fromkeys(remark for one in recordings for remark in one.remarks)
    return Parsed("activity", recordings, tuple(said))


def _recording(each: Field) -> Recording:
    value = each.value
    if nike.is_nike(value):
        found = nike.read(each)
    elif isinstance(value, dict) and {"activity", "streams"} <= set(value):
        found = recording_of(each.child("activity"), _lists(each.child("streams")))
    elif isinstance(value, dict) and {"start_date", "elapsed_time"} <= set(value):
        found = recording_of(each, {})
    elif _are_streams(value):
        raise UnreadableFile(
            "The JSON file holds the streams of a workout and does not say when it was", where=each.path,
            why=f"it has {', '.join(sorted(_lists(each))[:SHOWN])}",
            next='put the activity beside them: {"activity": {...}, "streams": {...}}', rule="samples_without_date",
        )  # fmt: skip
    else:
        raise _unknown(each)
    claimed = [name for name in value if plainly(name) in OWNER_WORDS and not isinstance(value[name], dict)]
    said = [("column_ignored", f"the name {name[:60]!r} is not followed") for name in claimed]
    return replace(found, remarks=(*found.remarks, *said))


def _are_streams(value: object) -> bool:
    """Whether this is what Strava gives as the streams of an activity: by name, or a list of them."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, dict) and {"type", "data"} <= set(each) for each in value)
    return isinstance(value, dict) and bool(STREAMS & set(value)) and all(
        isinstance(value[name], dict) and "data" in value[name] for name in STREAMS & set(value)
    )  # fmt: skip


def _lists(streams: Field) -> dict[str, Field]:
    """name -> values of streams that are given by name or as a list."""
    if streams.value is None:
        return {}
    if isinstance(streams.value, list):
        return {each.needed_text("type"): each.child("data") for each in streams.items()}
    return {name: node.child("data") for name, node in streams.fields().items() if name in {*STREAMS, "moving"}}


def _unknown(each: Field) -> UnknownFormat:
    held = "no object"
    if isinstance(each.value, dict):
        names = [repr(name[:40]) for name in list(each.value)[:SHOWN]]
        held = f"its {len(each.value)} names are {', '.join(names)}"
    return UnknownFormat("This JSON file is of no kind that is read", where=each.path, why=held,
                         next="supported: activities of Strava with their streams, runs of Nike Run Club")  # fmt: skip


SOURCE = RecordingSource(name="json", version="1", says="JSON files of Strava and Nike Run Club", read=read)
