"""A device clock that leapt forward during the workout: what follows is put back, where the device itself shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.figures import Axis
from fitintel.ingest.repairs.gps_spike import ACCURACY, apart
from fitintel.ingest.repairs.limits import FASTEST, FASTEST_ANY
from fitintel.ingest.repairs.step import Found, Step

LEAP = 3600.0
"""s. Clocks are corrected by whole hours, days or years; shorter breaks are breaks."""
CLOSE, SHARE = 30.0, 0.02
"""s, share. How well the device's own elapsed time must fit the axis without the leap."""


def find(recording: Recording) -> Found | None:
    """Steps of an hour or more that are no pause and that the device's elapsed time does not know.

    Without a device that says so, a long step is a gap and stays one. A clock that was never set cannot be put right
    here: nothing says the true date; it is a remark of the reader and lowers the quality.
    """
    said = recording.device.get("elapsed", 0.0)
    time = recording.time
    if len(time) < 3 or said <= 0:
        return None
    steps = np.diff(time)
    if not (steps >= LEAP).any():
        return None
    usual = float(np.median(steps))
    axis = Axis(time, recording.pauses, recording.start)
    leaps = np.flatnonzero((steps >= LEAP) & (axis.steps > steps / 2))
    if not len(leaps) or any(not _stayed(recording, int(place), usual) for place in leaps):
        return None
    surplus = steps[leaps] - usual
    if abs(axis.elapsed - float(surplus.sum()) - said) > CLOSE + SHARE * said:
        return None
    at = np.zeros(len(time), bool)
    at[int(leaps[0]) + 1 :] = True
    shift = np.zeros(len(time))
    shift[leaps + 1] = surplus
    put_back = time - np.cumsum(shift)

    def moved(moment: float) -> float:
        for place, much in zip(leaps[::-1].tolist(), surplus[::-1].tolist(), strict=True):
            if moment > time[place]:
                moment = max(moment - much, float(time[place]))
        return moment

    after = replace(
        recording, time=put_back, legs=tuple(replace(leg, start=moved(leg.start), end=moved(leg.end))
                                             for leg in recording.legs),
        laps=tuple(_moved(lap, moved) for lap in recording.laps),
        lengths=tuple(_moved(length, moved) for length in recording.lengths),
        pauses=tuple((moved(start), moved(end)) for start, end in recording.pauses),
    )  # fmt: skip
    said_of = ", ".join(f"{much:.0f} s" for much in surplus.tolist())
    return Found(after, at, ("time",), f"the clock leapt forward by {said_of}")


def _moved(part: Mapping[str, Any], moved: Any) -> dict[str, Any]:
    return {**part, **{name: moved(part[name]) for name in ("start", "end") if part.get(name) is not None}}


def _stayed(recording: Recording, place: int, usual: float) -> bool:
    """Whether the person was after the step where one usual step could have led."""
    if "lat" not in recording.stream or "lon" not in recording.stream:
        return True
    lat, lon = (np.radians(recording.stream[name][place : place + 2]) for name in ("lat", "lon"))
    if np.isnan(lat).any() or np.isnan(lon).any():
        return True
    way = float(apart(lat, lon, np.array([0]), np.array([1]))[0])
    return way <= FASTEST.get(recording.sport, FASTEST_ANY) * usual + ACCURACY


STEP = Step(
    name="clock", version="1.0.0",
    says="times after a leap of the device's clock are put back, where its own elapsed time shows the leap", find=find,
)  # fmt: skip
