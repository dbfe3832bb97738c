"""Activities of intervals.icu, as its API gives them where there is no original file: the activity and its streams."""

from __future__ import annotations

from fitintel.core.recording import Recording
from fitintel.ingest.connectors import samples
from fitintel.ingest.connectors.activity import FARTHEST, SUMMARY, figures, opened, short, sport_of, start_of, unknown
from fitintel.ingest.connectors.answers import Node
from fitintel.ingest.source import Parsed, RecordingSource
from fitintel.ingest.xml import cadence

POWER = {"icu_average_watts": ("power_mean", 1.0), "icu_weighted_avg_watts": ("weighted_power", 1.0)}
NEEDED = ("elapsed_time", "moving_time")


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recording in an answer of intervals.icu.

    Raises:
        UnexpectedAnswer: something in it is not as intervals.icu documents it; its path is named.
        UnreadableFile: it is no JSON.
    """
    payload = opened(data, "intervals")
    activity = payload.child("activity")
    start = start_of(activity)
    word = activity.needed_text("type")
    sport = sport_of(word)
    time, stream, remarks = samples.read(_lists(payload), start)
    remarks += cadence.said(sport, stream.get("cadence"))
    remarks += unknown(word)
    recording = Recording(
        sport=sport, source_sport=word[:64], start=start, utc_offset=_offset(activity, start),
        device={**figures(activity, SUMMARY, NEEDED), **figures(activity, POWER)}, time=time, stream=stream,
        source_id=activity.identity("id"), maker=short(activity, "device_name", 64) or "intervals.icu",
        name=short(activity, "name"), notes=short(activity, "description"), remarks=tuple(remarks),
    )  # fmt: skip
    return Parsed("activity", (recording,), tuple(remarks))


def _lists(payload: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for each in payload.items("streams"):
        name = each.needed_text("type")
        if name == "latlng":
            found["lat"], found["lon"] = each.child("data"), each.child("data2")
        else:
            found[name] = each.child("data")
    return found


def _offset(activity: Node, start: float) -> float | None:
    if not activity.has("start_date_local"):
        return None
    wall = activity.moment("start_date_local")  # its clock face, read as if it were UTC
    offset = (wall or 0.0) - start
    return offset if abs(offset) <= FARTHEST else None


SOURCE = RecordingSource(name="intervals", version="1", says="activities of the API of intervals.icu", read=read)
