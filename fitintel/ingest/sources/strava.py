"""Activities of Strava, as its API gives them: the activity and its streams, wrapped by the connector."""

from __future__ import annotations

from collections.abc import Mapping

from fitintel.core.recording import Recording
from fitintel.ingest.connectors import samples
from fitintel.ingest.connectors.activity import FARTHEST, SUMMARY, figures, opened, short, sport_of, start_of, unknown
from fitintel.ingest.connectors.answers import Node
from fitintel.ingest.source import Parsed, RecordingSource
from fitintel.ingest.xml import cadence

POWER = {"average_watts": ("power_mean", 1.0), "max_watts": ("power_max", 1.0),
         "weighted_average_watts": ("weighted_power", 1.0)}  # fmt: skip
NEEDED = ("elapsed_time", "moving_time", "distance")


def read(data: bytes, *, salvage: bool) -> Parsed:
    """The recording in an answer of Strava.

    Raises:
        UnexpectedAnswer: something in it is not as Strava documents it; its path is named.
        UnreadableFile: it is no JSON.
    """
    payload = opened(data, "strava")
    streams = payload.child("streams")
    lists = {name: node.child("data") for name, node in streams.fields().items()} if streams.value is not None else {}
    recording = recording_of(payload.child("activity"), lists)
    return Parsed("activity", (recording,), recording.remarks)


def recording_of(activity: Node, lists: Mapping[str, Node]) -> Recording:
    """The recording of an activity and its streams by name, as Strava writes them in answers and in files."""
    if "latlng" in lists:
        lists = {**lists, **samples.pairs(lists["latlng"])}
    start = start_of(activity)
    word = activity.text("sport_type") or activity.needed_text("type")
    sport = sport_of(word)
    time, stream, remarks = samples.read(lists, start)
    device = figures(activity, SUMMARY, NEEDED)
    if activity.child("device_watts").value is False:
        if "power" in stream:
            stream["dev:power_estimated"] = stream.pop("power")
            remarks.append(("power_estimated", "Strava has computed it from speed and weight"))
    else:
        device |= figures(activity, POWER)
    remarks += cadence.said(sport, stream.get("cadence"))
    remarks += unknown(word)
    still = "moving" in lists and "time" in lists
    return Recording(
        sport=sport, source_sport=word[:64], start=start, utc_offset=_offset(activity), device=device,
        time=time, stream=stream, laps=tuple(_laps(activity)),
        pauses=samples.still(lists["moving"], samples.column(lists["time"]), start) if still else (),
        source_id=activity.identity("id"), maker=short(activity, "device_name", 64) or "Strava",
        name=short(activity, "name"), notes=short(activity, "description"), remarks=tuple(remarks),
    )  # fmt: skip


def _offset(activity: Node) -> float | None:
    offset = activity.number("utc_offset")
    if offset is not None and abs(offset) > FARTHEST:
        raise activity.child("utc_offset").unexpected("up to 14 hours in seconds")
    return offset


def _laps(activity: Node) -> list[dict[str, float]]:
    found = []
    for lap in activity.items("laps"):
        start = lap.moment("start_date")
        if start is not None:
            said = figures(lap, SUMMARY)
            found.append({"start": start, "end": start + said.get("elapsed", 0.0), **said})
    # one lap is the whole activity, said twice
    return found if len(found) > 1 else []


SOURCE = RecordingSource(name="strava", version="1", says="activities of Strava's API", read=read)
