"""How far a recording can be trusted, 0 to 100, why, and how much wider it makes an interval.

Quality is 100 times the product of 1 - weight * share over its reasons. A share is between 0 and 1:

- a channel: the time in which samples lack it for longer than HOLD (gaps and pauses not counted), and its repaired
  samples, each as a share of the workout;
- gaps: time without samples that is no pause, as a share of the elapsed time;
- clock: whole, where the device's clock was never set or leapt;
- device: whole, once for each figure of the device that its samples contradict;
- a repair that a person turned off: the samples that it would change, as a share of all.

Each reason can only lower it: more of a fault never gives more quality. A repair turned off leaves its fault in the
figures, so it never raises quality either. A channel that the device does not have is no fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.quality import concerning, left, widening
from fitintel.core.recording import Recording
from fitintel.ingest import device
from fitintel.ingest.figures import Axis, axis_of
from fitintel.ingest.repairs.step import Repair
from fitintel.ingest.usual_step import usual_step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

WEIGHTS: dict[str, float] = {
    "lat": 0.3, "distance": 0.3, "speed": 0.2, "elevation": 0.2, "hr": 0.5, "power": 0.5, "cadence": 0.1,
    "gaps": 0.8, "clock": 0.3, "device": 0.05, "off": 0.5,
}  # fmt: skip
"""How much of the quality is lost with all of a thing. Heart rate and power weigh most: load is made from them."""
HOLD, STEPS = 10.0, 3.0
"""s, usual steps. A value speaks of this much time around samples that lack it."""
BY_LENGTH = ("lat", "distance", "speed", "cadence", "elevation")
"""channels that a pool swim has once a length at most"""
CLOCK = ("fit_no_clock", "fit_clock_set_late", "fit_clock_jump", "fit_time_impossible", "xml_clock_disagrees",
         "xml_time_far_off", "xml_time_before_1990", "clock_maybe_local")  # fmt: skip
"""remarks of readers that tell of a wrong clock"""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a quality is not 100."""

    name: str
    """channel, gaps, clock, device, or off:REPAIR"""
    share: float
    """how much is affected, 0-1"""
    weight: float
    detail: str

    def as_dict(self) -> dict[str, Any]:
        """Plain values for storage."""
        return {"name": self.name, "share": self.share, "weight": self.weight, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Quality:
    """Quality of a recording, 0-100, and the reasons, the worst first."""

    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def widening(self) -> float:
        """By how much an interval of a figure from this recording is to be wider; at least 1."""
        return widening(self.score)

    def of(self, *channels: str) -> float:
        """Quality for a figure that is made from some channels only: what is wrong with others does not matter to it.

        >>> Quality(45.0, (Reason("hr", 1.0, 0.5, ""), Reason("gaps", 0.125, 0.8, ""))).of("distance")
        90.0
        """
        return left(concerning([each.as_dict() for each in self.reasons], channels))


def judge(
    raw: Recording, repaired: Recording, figures: Mapping[str, float], repairs: Sequence[Repair],
    off: Sequence[Repair] = (),
) -> Quality:  # fmt: skip
    """Quality of a recording whose repairs are all on, less the share of those in `off`.

    Args:
        raw: as recorded.
        repaired: with all its repairs.
        figures: of the repaired samples.
        repairs: what they did.
        off: those that a person turned off, as found in what is left.
    """
    reasons: list[Reason] = []
    if len(raw.time):
        axis = axis_of(repaired.time, repaired.pauses, repaired.start)
        reasons = [*_channels(raw, repaired, repairs, axis), *_gaps(axis)]
    reasons += [*_clock(raw, repairs), *_device(repaired, figures)]
    for one in off:
        if one.channels and one.count:
            share = one.count / len(raw.time)
            reasons.append(Reason(f"off:{one.name}", share, WEIGHTS["off"], f"{one.count} samples are not repaired"))
    worst = sorted(reasons, key=lambda reason: (-reason.weight * reason.share, reason.name))
    return Quality(left(each.as_dict() for each in worst), tuple(worst))


def _channels(raw: Recording, repaired: Recording, repairs: Sequence[Repair], axis: Axis) -> list[Reason]:
    found: list[Reason] = []
    clock = np.concatenate(([0.0], np.cumsum(axis.counted)))
    usual = usual_step(raw.time) if len(raw.time) > 1 else 1.0
    for name in ("lat", "distance", "speed", "elevation", "hr", "power", "cadence"):
        if name not in raw.stream or (raw.lengths and name in BY_LENGTH):
            continue
        absent = _absent(clock, repaired.stream[name], max(HOLD, STEPS * usual))
        at = np.zeros(len(raw.time), bool)
        for one in repairs:
            if name in one.channels:
                at |= one.at
        mended = int(np.count_nonzero(at))
        share = min(1.0, absent + mended / len(at))
        if share > 0:
            said = [f"{100 * absent:.1f} % of the time without a value"] if absent else []
            said += [f"{mended} of {len(at)} samples repaired"] if mended else []
            found.append(Reason(name, share, WEIGHTS[name], ", ".join(said)))
    return found


def _absent(clock: Floats, values: Floats, hold: float) -> float:
    """Share of the time, on a clock without gaps and pauses, in which samples lack a value for longer than `hold`."""
    total = float(clock[-1])
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return 1.0
    if total <= 0.0:
        return 0.0
    places = np.concatenate(([-1], known, [len(values)]))
    between = np.diff(np.concatenate(([0.0], clock[known], [total])))
    lacking = (np.diff(places) > 1) & (between > hold)
    return float(between[lacking].sum()) / total


def _gaps(axis: Axis) -> list[Reason]:
    if len(axis.time) < 3:
        return []
    lost = float(axis.steps[axis.counted == 0.0].sum())
    if lost <= 0.0 or axis.timer <= 0.0:
        return []
    share = min(1.0, lost / axis.timer)
    return [Reason("gaps", share, WEIGHTS["gaps"], f"{lost:.0f} s without samples")]


def _clock(raw: Recording, repairs: Sequence[Repair]) -> list[Reason]:
    said = [rule for rule, _ in raw.remarks if rule in CLOCK]
    said += [one.name for one in repairs if "time" in one.channels]
    return [Reason("clock", 1.0, WEIGHTS["clock"], ", ".join(dict.fromkeys(said)))] if said else []


def _device(repaired: Recording, figures: Mapping[str, float]) -> list[Reason]:
    if len(repaired.legs) > 1:
        return []
    wrong = device.contradictions(repaired.device, figures, counts_lengths=bool(repaired.lengths))
    return [Reason("device", 1.0, WEIGHTS["device"], text) for _, text in wrong]
