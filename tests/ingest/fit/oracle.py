"""What fitdecode says of a file, in plain Python: the messages, and the rules of our reader written a second time."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EPOCH = 631_065_600
DEG = 180 / 2**31
CHANNELS = {
    "lat": (("position_lat",), DEG), "lon": (("position_long",), DEG),
    "elevation": (("enhanced_altitude", "altitude"), 1.0), "distance": (("distance",), 1.0),
    "speed": (("enhanced_speed", "speed"), 1.0), "hr": (("heart_rate",), 1.0), "cadence": (("cadence",), 1.0),
    "power": (("power",), 1.0), "temperature": (("temperature",), 1.0),
    "vertical_oscillation": (("vertical_oscillation",), 1e-3), "ground_contact": (("stance_time",), 1e-3),
    "respiration": (("enhanced_respiration_rate", "respiration_rate"), 1.0),
}  # fmt: skip


@dataclass
class Told:
    """All messages of a file as dicts of raw-scaled values, by name, and what stopped fitdecode."""

    messages: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    error: str = ""

    def of(self, name: str) -> list[dict[str, Any]]:
        return self.messages.get(name, [])


def told(path: Path) -> Told:
    import fitdecode

    out = Told()
    processor = fitdecode.DataProcessorBase()  # numbers as they are: no datetimes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with fitdecode.FitReader(path, processor=processor, check_crc=fitdecode.CrcCheck.DISABLED) as reader:
                for frame in reader:
                    if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                        row: dict[str, Any] = {}
                        for one in frame.fields:
                            developer = one.field is not None and one.field.field_type == "devfield"
                            name = f"dev:{one.name}" if developer else one.name
                            if row.get(name) is None:
                                row[name] = one.value
                        out.messages.setdefault(frame.name, []).append(row)
        except fitdecode.FitError as error:
            out.error = f"{type(error).__name__}: {error}"
    return out


def streams(records: list[dict[str, Any]]) -> tuple[list[float], dict[str, list[float | None]]]:
    """Time axis and channels: records in the order of their time, of equal times the last value of each channel."""
    rows: dict[float, dict[str, float]] = {}
    for record in records:
        if record.get("timestamp") is None:
            continue
        row = rows.setdefault(float(record["timestamp"]) + EPOCH, {})
        for channel, (names, factor) in CHANNELS.items():
            values = [record[name] for name in names if record.get(name) is not None]
            if values and not isinstance(values[0], tuple | str):
                fraction = record.get("fractional_cadence") or 0.0 if channel == "cadence" else 0.0
                row[channel] = (values[0] + fraction) * factor
    times = sorted(rows)
    found = {channel: [rows[time].get(channel) for time in times] for channel in CHANNELS}
    return times, {channel: values for channel, values in found.items() if any(one is not None for one in values)}


def pauses(events: list[dict[str, Any]]) -> list[tuple[float, float]]:
    out, stopped = [], None
    for event in events:
        if event.get("event") not in ("timer", 0) or event.get("timestamp") is None:
            continue
        when = event["timestamp"] + EPOCH
        if str(event.get("event_type")).startswith("stop"):
            stopped = when if stopped is None else stopped
        elif event.get("event_type") == "start":
            if stopped is not None and when > stopped:
                out.append((float(stopped), float(when)))
            stopped = None
    return out
