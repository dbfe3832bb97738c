"""Positions that nobody could have reached: left out, with the way that was counted to them and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.chain import outside
from fitintel.ingest.repairs.limits import FASTEST, FASTEST_ANY, per_sample, waiting_since
from fitintel.ingest.repairs.step import Found, Step, runs, without

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]
    Mask = NDArray[np.bool_]

EARTH_RADIUS = 6_371_008.8
"""m, mean radius (IUGG)"""
ACCURACY = 10.0
"""m. Two good fixes may be this much further apart than the way between them."""
WATER = 50.0
"""m. A watch under water sees the sky for moments only."""
PRICE, LONGEST = 30.0, 60.0
"""s. Spikes are shorter; what lasts longer may be a lift by car and stays."""
FOLLOWS, FOLLOWS_M = 0.2, 5.0
"""share, m. A counted way that agrees so well with that between the fixes was made from them."""


def apart(lat: Floats, lon: Floats, first: Places, second: Places) -> Floats:
    """Great-circle distance between samples [m], elementwise (haversine formula)."""
    half = np.sin((lat[second] - lat[first]) / 2) ** 2
    half = half + np.cos(lat[first]) * np.cos(lat[second]) * np.sin((lon[second] - lon[first]) / 2) ** 2
    made: Floats = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return made


def find(recording: Recording) -> Found | None:
    """Fixes that are spikes.

    A step between fixes is impossible when it is longer than the fastest of the sport could go in its time, plus the
    accuracy of fixes; receivers that repeat a lost position, or are late after a gap, are given that time. Also of two
    fixes at one time, one can be impossible. A fix at latitude and longitude 0 is no fix.
    """
    if "lat" not in recording.stream or "lon" not in recording.stream:
        return None
    every_lat, every_lon = recording.stream["lat"], recording.stream["lon"]
    nowhere = (every_lat == 0.0) & (every_lon == 0.0)
    known = np.flatnonzero(~(np.isnan(every_lat) | np.isnan(every_lon) | nowhere))
    time = recording.time[known]
    lat, lon = np.radians(every_lat[known]), np.radians(every_lon[known])
    limit = per_sample(recording, FASTEST, FASTEST_ANY)[known]
    since = waiting_since(time, np.concatenate(([True], (np.diff(lat) != 0) | (np.diff(lon) != 0))))
    slack = WATER if recording.sport == "swimming" else ACCURACY

    def reaches(first: Places, second: Places) -> Mask:
        reach = np.maximum(limit[first], limit[second]) * (time[second] - since[first]) + slack
        near: Mask = apart(lat, lon, first, second) <= reach
        return near

    out = outside(time, reaches, PRICE, LONGEST)
    if out is None and not nowhere.any():
        return None
    at = nowhere.copy()
    if out is not None:
        at[known[out]] = True
    if not at.any():
        return None
    stream = {**recording.stream, "lat": without(every_lat, at), "lon": without(every_lon, at)}
    channels = ["lat", "lon"]
    if out is not None and "distance" in stream:
        way = _shorter(stream["distance"], known, lat, lon, out)
        if way is not None:
            stream["distance"] = way
            channels.append("distance")
    return Found(replace(recording, stream=stream), at, tuple(channels))


def _shorter(way: Floats, known: Places, lat: Floats, lon: Floats, out: Mask) -> Floats | None:
    """The counted way [m] without the ways to spikes and back, where it was made from the fixes; None where not."""
    places = np.arange(len(known))
    steps = apart(lat, lon, places[:-1], places[1:])
    path = np.concatenate(([0.0], np.cumsum(steps)))
    made = way.copy()
    less = np.zeros(len(way))
    for first, last in zip(*(each.tolist() for each in runs(out)), strict=True):
        a, b = max(first - 1, 0), min(last + 1, len(known) - 1)
        counted = way[known[b]] - way[known[a]]
        length = path[b] - path[a]
        if not abs(counted - length) <= FOLLOWS * length + FOLLOWS_M:
            continue
        inside = first > 0 and last < len(known) - 1
        true = float(apart(lat, lon, np.array([a]), np.array([b]))[0]) if inside else 0.0
        if inside or first == 0:  # nothing follows the last fix
            less[known[b]] += counted - true
        stop = known[b] if inside or first == 0 else len(way)
        made[(known[a] + 1 if first else 0) : stop] = np.nan
    if not less.any() and np.array_equal(made, way, equal_nan=True):
        return None
    shortened: Floats = made - np.cumsum(less)
    return shortened


STEP = Step(
    name="gps_spike", version="1.0.0",
    says="positions that nobody could have reached are missing, and the way to them and back is not counted", find=find,
)  # fmt: skip
