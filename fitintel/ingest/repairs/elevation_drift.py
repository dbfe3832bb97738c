"""Heights that drift with the weather are set right by the places that a course passes twice: the ground does not rise.

A barometer takes falling pressure for height: 8 m for a hectopascal, up to a few an hour, evenly in time. Where a
course comes by again, the difference of the two heights is drift, however hilly the way between was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.step import Found, Step
from fitintel.ingest.usual_step import median

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

CELL = 15.0
"""m. Positions in one square of this size are one place."""
DEGREE = 111_195.0
"""m of a degree of latitude"""
APART = 600.0
"""s between two visits of a place that tell of a drift"""
FEWEST = 3
"""places visited twice"""
DRIFTED = 15.0
"""m between the visits, in the middle: satellites and soft ground differ by less"""
EVEN = 0.2
"""share of that by which the visits may scatter about an even drift, robust SD; what scatters more is no weather"""
FASTEST = 60.0 / 3600.0
"""m/s. No weather changes faster (7 hPa an hour): such heights were set anew."""
CLOSED = 0.8
"""share of the recording that lies between two visits of one place at least: an even drift is known only between
visits. Paths above each other on a slope differ as well, in the middle of a climb and back."""


def visits(time: Floats, lat: Floats, lon: Floats) -> tuple[Places, Places]:
    """First and last visit of each place that is visited twice at least APART, as indices.

    Args:
        time: s, increasing, shape (n,).
        lat, lon: degrees, no NaN.

    >>> there, back = visits(np.array([0.0, 400, 800]), np.array([47.0, 47.1, 47.0]), np.array([8.0, 8.0, 8.0]))
    >>> there.tolist(), back.tolist()
    ([0], [2])
    """
    north = np.floor(lat * DEGREE / CELL).astype(np.int64)
    east = np.floor(lon * DEGREE * np.cos(np.radians(median(lat))) / CELL).astype(np.int64)
    order = np.lexsort((time, east, north))
    new = np.flatnonzero((np.diff(north[order]) != 0) | (np.diff(east[order]) != 0)) + 1
    first, last = order[np.concatenate(([0], new))], order[np.concatenate((new - 1, [len(order) - 1]))]
    twice = time[last] - time[first] >= APART
    return first[twice], last[twice]


def find(recording: Recording) -> Found | None:
    """Recordings whose heights at one place differ by more than DRIFTED, evenly in time."""
    height, lat, lon = (recording.stream.get(name) for name in ("elevation", "lat", "lon"))
    if height is None or lat is None or lon is None:
        return None
    known = np.flatnonzero(~(np.isnan(height) | np.isnan(lat) | np.isnan(lon)))
    if not len(known):
        return None
    there, back = visits(recording.time[known], lat[known], lon[known])
    if len(there) < FEWEST:
        return None
    risen = height[known[back]] - height[known[there]]
    apart = recording.time[known[back]] - recording.time[known[there]]
    rate = float(median(risen / apart))
    usual = float(median(np.abs(risen)))
    uneven = 1.4826 * float(median(np.abs(risen - rate * apart)))
    closed = float(apart.max()) >= CLOSED * float(recording.time[-1] - recording.time[0])
    if not closed or usual < DRIFTED or uneven > EVEN * usual or abs(rate) > FASTEST:
        return None
    at = ~np.isnan(height)
    made = height - rate * (recording.time - recording.time[0])
    said = f"{3600 * rate:+.0f} m an hour at {len(there)} places that were passed twice"
    return Found(replace(recording, stream={**recording.stream, "elevation": made}), at, ("elevation",), said)


STEP = Step(
    name="elevation_drift", version="1.0.0",
    says="heights that drift with the weather are set right by places that were passed twice", find=find,
)  # fmt: skip
