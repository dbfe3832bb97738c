"""Speeds that nobody of the sport has reached are missing; the fastest moment of a true descent stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.repairs.limits import FASTEST, FASTEST_ANY, per_sample
from fitintel.ingest.repairs.step import Found, Step, without


def find(recording: Recording) -> Found | None:
    """Speeds below 0 or above the fastest of the sport."""
    speed = recording.stream.get("speed")
    if speed is None:
        return None
    with np.errstate(invalid="ignore"):
        at = (speed > per_sample(recording, FASTEST, FASTEST_ANY)) | (speed < 0.0)
    if not at.any():
        return None
    stream = {**recording.stream, "speed": without(speed, at)}
    return Found(replace(recording, stream=stream), at, ("speed",))


STEP = Step(name="speed_spike", version="1.0.0", says="impossible speeds are missing", find=find)
