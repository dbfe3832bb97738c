"""Breaks of a recording that are no pauses: marked, never filled. No figure counts what was not recorded."""

from __future__ import annotations

import numpy as np

from fitintel.core.recording import Recording
from fitintel.ingest.figures import axis_of
from fitintel.ingest.repairs.step import Found, Step


def find(recording: Recording) -> Found | None:
    """Steps that are long and far longer than usual, pauses not counted (figures.GAP, figures.USUAL)."""
    if len(recording.time) < 3:
        return None
    axis = axis_of(recording.time, recording.pauses, recording.start)
    broken = (axis.counted == 0.0) & (axis.steps > 0.0)
    if not broken.any():
        return None
    at = np.zeros(len(recording.time), bool)
    at[:-1] = broken
    lost = float(axis.steps[broken].sum())
    number = int(np.count_nonzero(broken))
    return Found(recording, at, (), f"{number} gap{'s' if number > 1 else ''}, {lost:.0f} s without samples")


STEP = Step(
    name="gaps", version="1.0.0", says="breaks without a pause are marked; nothing is filled in or counted", find=find
)
