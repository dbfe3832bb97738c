"""Heart rates that no heart has: contact lost, the rhythm of steps in place of the pulse, single values too high.

A pulse takes about a minute to rise, follows hills and drifts upwards: its highest value lies well above its mean. A
sensor that has locked to the steps shows their rhythm, which hardly changes. One that loses contact has a low mean and
a highest value as ever; one that counts beats several times the reverse.
"""

from __future__ import annotations

import numpy as np

from fitintel.intelligence.channels import LEAST, Channel, Channels, Fault, Mask
from fitintel.intelligence.past import Numbers, PastWindows

FAULT, LONG = 6.0, 5.0
"""Robust z beyond which one sign alone is a fault, and beyond which a half or double value is."""
ALONE = 3.0
"""Robust z of a heart rate that may be a rhythm of steps."""
AGREED, EACH = 6.0, 2.0
"""Sum of two signs' z that makes a fault when both point to it, and the least that each must show."""
HALF, HALVED = float(np.log(2.0)), 0.12
"""Log distance from half or double within which a value counts as halved or doubled."""
NO_EFFORT, TWICE, ASLEEP, PEAK = 75.0, 1.9, 60.0, 1.6
"""bpm and ratio: a mean below the first with a highest value beyond so many times it, and one below the third with a
highest beyond the fourth, nobody has in a workout; nor any walk a highest beyond the fourth."""
LOCKED, FLAT = 1.5, 5.0
"""1/min and bpm: a heart rate this close to the cadence may be the rhythm of steps, and one whose highest value is this
close to the mean hardly changes."""
STEP_RHYTHM = (150.0, 190.0)
"""1/min. Rhythm of steps in running, where cadence is not recorded."""
PER_SPEED = 1.3
"""SDs by which heart rate rises with one SD of speed: whoever is faster has a higher one."""
MOST_BEATS = 220.0
"""bpm. Hardly anybody's heart beats faster in sport."""
ABOVE_OWN = 15.0
"""bpm above the highest of the last sixty workouts that one effort may still add."""
FURTHER, GAP_SD, GAP_STEADY, WIDEST = 4.0, 4.0, 3.0, 55.0
"""bpm beyond the widest gap between mean and highest of the last sixty; least SD of that gap; SDs that make it a fault
where sessions are even; and bpm that it is in nobody's session."""
GAP_FAST, GAP_PER_BURST, BURST = 3.7, 1.2, (-0.8, 1.5)
"""SDs of the gap that make it a fault where sessions may be intervals, at the usual ratio of highest to mean speed; by
how much more with each SD of that ratio, within these bounds: who sprints has a wide gap."""
NO_HIKE = 2.4
"""m/s. Whoever is faster than this runs, rides, or jogs, and may do intervals."""


def pulse_faults(of: Channels) -> list[Fault]:
    """Faults of the heart rate, the surest kinds first."""
    if not of.has("hr_mean"):
        return []
    mean = of.column("hr_mean")
    usual, own = of.channel(mean, "hr_mean"), of.channel(mean, "hr_mean", of.groups[0])
    with np.errstate(invalid="ignore"):
        half = np.abs(np.abs(own.z * own.scale) - HALF) < HALVED
        # a walk among runs has another pulse: one sign alone counts only against workouts of its own type
        lone = own.known & of.certain & (np.abs(own.z) > np.where(half, LONG, FAULT))
    alone = of.fault(lone, "hr_mean", "unlike", mean, own, np.abs(own.z), FAULT)
    if not of.has("hr_max"):
        return [alone]
    top = of.column("hr_max")
    ratio = of.channel(of.quotient("hr_max", "hr_mean"), "ratio")
    wide, score = _wide(of, mean, top)
    with np.errstate(invalid="ignore"):
        gone = ((mean < NO_EFFORT) & (top > TWICE * mean)) | ((mean < ASLEEP) & (top > PEAK * mean))
        lost = usual.known & ratio.known & (usual.z < -EACH) & (ratio.z > ALONE) & (ratio.z - usual.z > AGREED)
        lost |= gone | (wide & (usual.z < -EACH))
        everyone = of.channel(top, "ratio", of.everything)
        above = top - np.exp(everyone.top)
        spike = (top > MOST_BEATS) | (everyone.known & (above > ABOVE_OWN) & (ratio.z > EACH)) | wide
        spike |= of.foot & (of.speeds < NO_HIKE) & (top > PEAK * mean)
        spike &= ~lost
    locked = _locked(of, mean, top, usual)
    agreed = np.where(gone, FAULT, np.fmax(ratio.z - usual.z, FAULT))
    return [
        of.fault(lost, "hr_mean", "contact lost", mean, usual, agreed, FAULT / 2, hard=gone),
        of.fault(locked, "hr_mean", "locked to steps", mean, usual, np.fmax(np.abs(usual.z), EACH) + EACH, EACH),
        of.fault(spike, "hr_max", "spike", top, everyone, np.fmax(score, above / EACH), FAULT / 2,
                 hard=top > MOST_BEATS),
        alone,
    ]  # fmt: skip


def _wide(of: Channels, mean: Numbers, top: Numbers) -> tuple[Mask, Numbers]:
    """Whether the highest value lies further above the mean than ever, and by how many SDs of that gap."""
    gap = top - mean
    past = PastWindows(gap, of.groups[0]).past()
    score = (gap - past.median) / np.maximum(past.scale, GAP_SD)
    burst = of.channel(of.column("speed_max") / of.speeds, "hr_mean")
    with np.errstate(invalid="ignore"):
        fast = of.speeds > NO_HIKE
        needed = GAP_FAST + GAP_PER_BURST * np.clip(np.nan_to_num(burst.z), *BURST)
        wide = (past.count >= LEAST) & (gap > past.high + FURTHER) & (score > np.where(fast, needed, GAP_STEADY))
        wide |= gap > WIDEST
    return wide, np.fmax(np.nan_to_num(score), FAULT / 2)


def _locked(of: Channels, mean: Numbers, top: Numbers, usual: Channel) -> Mask:
    """Whether a heart rate is the rhythm of steps: as fast as they are, or as they are in running, and hardly changing.

    A race is high and steady as well, and fast.
    """
    cadence, speed = of.column("cadence"), of.channel(of.speeds, "hr_mean")
    with np.errstate(invalid="ignore"):
        counted = cadence > 0
        same = counted & (np.abs(mean - cadence) <= LOCKED)
        may = ~counted & (mean >= STEP_RHYTHM[0]) & (mean <= STEP_RHYTHM[1])
        flat = top - mean <= FLAT
        # where nothing is known of the athlete, only who does not run cannot be racing
        no_race = np.where(usual.known, usual.z > PER_SPEED * np.nan_to_num(speed.z), ~(of.speeds > NO_HIKE))
        locked = flat & ((same & ~(speed.z > EACH)) | (may & no_race))
        return np.asarray(locked | (same & usual.known & (usual.z > ALONE) & ~(speed.z > EACH / 2)), dtype=bool)
