"""How fast a person can be, sample by sample: what is beyond is no movement but a fault of the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.usual_step import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FASTEST: dict[str, float] = {
    "running": 12.5, "walking": 12.5, "hiking": 12.5, "machine": 12.5, "strength": 12.5, "mobility": 12.5,
    "cycling": 40.0, "swimming": 3.5, "rowing": 10.0, "skiing": 50.0,
}  # fmt: skip
"""m/s. Running: 12.4 (U. Bolt, 100 m, 2009); who walks may run. Cycling: 144 km/h, above any descent on a road.
Swimming: 2.4 over 50 m, and a start. Rowing: 6.3 (eights, 2 km), kayaks on moving water more. Skiing: 45 (World Cup
downhill). A true maximum of a descent is far below these and survives."""
FASTEST_ANY = 60.0
"""m/s, for a sport that is not known"""
CLIMBING: dict[str, float] = {
    "running": 6.0, "walking": 6.0, "hiking": 6.0, "cycling": 12.0, "skiing": 25.0, "rowing": 6.0, "swimming": 6.0,
}  # fmt: skip
"""m/s up or down: lifts of buildings reach 10, cable cars 12, a descent at 144 km/h on a slope of 30 % 11.5"""
CLIMBING_ANY = 25.0


def per_sample(recording: Recording, table: dict[str, float], anything: float) -> Floats:
    """The limit at each sample by the sport of its leg, shape (n,)."""
    limit = np.full(len(recording.time), table.get(recording.sport, anything))
    if len(recording.legs) > 1:
        limit[:] = max(table.get(leg.sport, anything) for leg in recording.legs)
        for leg in recording.legs:
            first, stop = np.searchsorted(recording.time, [leg.start, leg.end])
            limit[first:stop] = table.get(leg.sport, anything)
    return limit


LONG, STEPS = 10.0, 3.0
"""s, usual steps. After a longer step a position or counter may take another sample to catch up."""


def waiting_since(time: Floats, fresh: NDArray[np.bool_]) -> Floats:
    """From when on a value may have waited for the truth [s], shape (n,).

    Receivers repeat a lost position, and are late after a gap: since the value last changed, or since before the gap.

    >>> waiting_since(np.array([0.0, 1, 2, 40, 41]), np.array([True, True, False, True, True])).tolist()
    [0.0, 1.0, 1.0, 2.0, 41.0]
    """
    if len(time) < 2:
        return time
    places = np.arange(len(time))
    steps = np.diff(time)
    late = np.concatenate(([False], steps > max(LONG, STEPS * median(steps))))
    since: Floats = time[np.maximum.accumulate(np.where(fresh, places, 0))]
    return np.where(late & fresh, time[np.maximum(places - 1, 0)], since)
