"""A counter of distance that leaps: the leap is taken out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.limits import FASTEST, FASTEST_ANY, per_sample, waiting_since
from fitintel.ingest.repairs.step import Found, Step

CATCHING_UP = 50.0
"""m that a counter may be late"""


def find(recording: Recording) -> Found | None:
    """Steps longer than the fastest of the sport could go since the counter last moved, or since before a gap."""
    way = recording.stream.get("distance")
    if way is None:
        return None
    known = np.flatnonzero(~np.isnan(way))
    if len(known) < 2:
        return None
    values, time = way[known], recording.time[known]
    since = waiting_since(time, np.concatenate(([True], np.diff(values) != 0)))
    limit = per_sample(recording, FASTEST, FASTEST_ANY)[known]
    reach = np.maximum(limit[1:], limit[:-1]) * (time[1:] - since[:-1]) + CATCHING_UP
    steps = np.diff(values)
    leaps = np.flatnonzero(steps > reach)
    if not len(leaps):
        return None
    less = np.zeros(len(way))
    less[known[leaps + 1]] = steps[leaps]
    at = less > 0
    stream = {**recording.stream, "distance": way - np.cumsum(less)}
    return Found(replace(recording, stream=stream), at, ("distance",), f"{less.sum():.0f} m taken out")


STEP = Step(
    name="distance_jump", version="1.0.0",
    says="leaps of the counted distance that nobody could have made are taken out", find=find,
)  # fmt: skip
