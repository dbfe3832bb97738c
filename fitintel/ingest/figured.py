"""A recording with its faults repaired, its figures beside the device's, and what of it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from fitintel.core.recorded import KeptLap, KeptLeg, Recorded
from fitintel.core.recording import Recording
from fitintel.ingest import cut_laps, device
from fitintel.ingest.figures import figures
from fitintel.ingest.repairs import Repaired, repair
from fitintel.ingest.repairs.kept import kept as kept_repairs
from fitintel.ingest.source import RecordingSource


@dataclass(frozen=True, slots=True)
class Figured:
    """A recording with its faults repaired, and its figures and those of its legs."""

    repaired: Repaired
    chosen: Mapping[str, float]
    legs: tuple[Mapping[str, float], ...]
    wrong: tuple[tuple[str, str], ...]


def figured(one: Recording, off: Collection[str]) -> Figured:
    """Figures of the repaired samples, those of the workout as chosen, and where the device is contradicted."""
    repaired = repair(one, off=off)
    mended, own = repaired.recording, repaired.figures
    legs: list[Mapping[str, float]] = []
    wrong: list[tuple[str, str]] = []
    alone = len(one.legs) <= 1
    for number, leg in enumerate(one.legs, 1):
        if alone:
            legs.append(own)
            break
        first, stop = np.searchsorted(mended.time, [leg.start, leg.end])
        part = {name: values[first:stop] for name, values in mended.stream.items()}
        legs.append(figures(mended.time[first:stop], part, mended.pauses, leg.start, leg.sport))
        counts = leg.sport == "swimming" and bool(one.lengths)
        wrong += [
            (rule, f"leg {number}, {text}")
            for rule, text in device.contradictions(leg.device, legs[-1], counts_lengths=counts)
        ]
    counts = bool(one.lengths)
    if alone:
        wrong = device.contradictions(one.device, own, counts_lengths=counts)
    chosen = device.chosen(one.device, own, counts_lengths=counts)
    if not alone:  # a mean over a swim and a ride says nothing
        chosen = {name: value for name, value in chosen.items() if name not in ("cadence", "speed_max")}
    return Figured(repaired, chosen, tuple(legs), tuple(wrong))


def as_kept(
    one: Recording, made: Figured, workout_id: str, import_id: str, sha256: str, source: RecordingSource
) -> Recorded:
    """What is kept beside the row; where its samples are is not known yet."""
    laps = [KeptLap("lap", lap["start"], lap["end"], _beside(lap, "start", "end")) for lap in one.laps]
    if len(laps) < cut_laps.FEWEST and len(one.legs) <= 1:
        mended = made.repaired.recording
        laps += cut_laps.cut(mended.time, mended.stream, mended.pauses, one.sport)
    lengths = [
        KeptLap("length", length["start"], length["start"] + (_finite(length.get("duration")) or 0.0),
                _beside(length, "start"))
        for length in one.lengths
    ]  # fmt: skip
    legs = [
        KeptLeg(leg.sport, leg.source_sport, leg.start, leg.end, _beside(leg.device), _beside(own))
        for leg, own in zip(one.legs, made.legs, strict=True)
    ]
    return Recorded(
        workout_id=workout_id, import_id=import_id, sha256=sha256, kind=source.name, maker=one.maker, name=one.name,
        samples=len(one.time), channels=tuple(one.stream), stream=None, rr=None, device=_beside(one.device),
        figures=_beside(made.repaired.figures), legs=tuple(legs), laps=(*laps, *lengths), pauses=tuple(one.pauses),
        quality=made.repaired.quality.score,
        reasons=tuple(reason.as_dict() for reason in made.repaired.quality.reasons),
        repairs=kept_repairs(workout_id, made.repaired),
    )  # fmt: skip


def _beside(values: Mapping[str, Any], *but: str) -> dict[str, Any]:
    """Plain values; what is missing or not finite is left out."""
    return {name: value for name, value in values.items() if name not in but and _finite(value) is not None}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not isfinite(value) else value
