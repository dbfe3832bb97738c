"""Which planted sensor faults anybody can find from what was written down: the limit that ordinary days set.

    python bench/fault_limit.py [--seeds 301 302 303 304] [--years 3]

An observer who knows more than any detector can: which fault a workout may have, the athlete's every parameter, the
workout as it was truly done, and the law by which the device writes it down. All it does not know is that day's chance.
It decides by the likelihood ratio at a stated share of sound workouts called faulty: 1 %, and 0.05 %, which is about as
many as there may be if nine in ten of those called faulty are to be so. Where the exact ratio would need more than a
few lines, the observer is given the fault as found: what is printed is never too low. Beside it: what the detectors
find, who know nothing of this, and what they wrongly call a fault.

Sizes are those of the simulator (SD of the athlete's own values on sound days), fixed before anything was detected.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from math import exp, log
from statistics import NormalDist
from typing import Any

import numpy as np

from fitintel.core.workouts import ANALYSIS
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.lap_pulse import with_pulse
from fitintel.intelligence.registry import get
from fitintel.intelligence.simulate import SimulatedAthlete, simulate_squad
from fitintel.intelligence.simulate.planted import SensorFault
from fitintel.workbench.kept_laps import laps_of
from fitintel.workbench.simulated import checked, recorded

END_DAY = 20366
SHARES = (0.01, 0.0005)
"""of sound workouts that the observer may call faulty"""
NORMAL = NormalDist()
DAY, LAP = 3.0, 1.0
"""bpm: from day to day on equal effort; of one lap more"""
ABOVE = {False: (8.0, 26.0), True: (1.0, 6.0)}
"""bpm of the highest heart rate over the mean in an even session, over the highest of its parts in another"""
HILLS, HILLS_SD = {"hike": 0.03}, 0.6
FLAT, CLIMB = 5.0, 0.008
COINCIDENCE = 0.012
"""Share of sound workouts whose heart rate is by chance that of the steps, to a beat."""
BURST = 1.6
"""Highest over mean speed that an even session may have."""
TAILS = np.abs(np.random.default_rng(20261123).standard_t(4, 400_000))
OUTSIDE = 0.4 * 0.09
"""Most that the log speed of an athlete scatters on equal effort, in units of Student's t with 4 degrees of freedom."""


def known(fault: SensorFault, row: Mapping[str, Any], one: SimulatedAthlete, share: float) -> float:
    """Chance that the observer finds this fault, calling this `share` of sound workouts faulty."""
    q = NORMAL.inv_cdf(1 - share)
    laps = [lap for lap in one.laps.get(fault.workout_id, ()) if lap.hr_mean is not None]
    parts = one.truth.sessions.get(fault.workout_id) in ("interval", "tempo", "race")
    if fault.kind == "barometer drift":
        usual = row["distance"] * HILLS.get(one.truth.activities[fault.workout_id], CLIMB)
        return float(log(row["elevation_gain"] / usual) / HILLS_SD > q)
    if fault.kind == "heart rate spike":
        low, high = ABOVE[False]
        beyond = row["hr_max"] - row["hr_mean"] > high - share * (high - low)
        return float(parts or beyond or row["hr_max"] > one.truth.fitness.hr_max + 2.5)
    if fault.kind in ("heart rate strap slipped", "heart rate strap dropped out"):
        true = row["hr_mean"] - fault.effect
        if laps and true - (laps[-1].hr_mean or 0.0) > q * (DAY**2 + LAP**2) ** 0.5:
            return 1.0
        return _fell(-fault.effect, ABOVE[parts], share)
    if fault.kind == "heart rate locked to cadence":
        if laps or row["hr_max"] - row["hr_mean"] < FLAT:
            return 1.0
        rare = share / COINCIDENCE if row["cadence"] is not None else share
        return 1.0 if rare >= 1 else _beyond(fault.effect, DAY, NORMAL.inv_cdf(1 - rare / 2) * DAY)
    if fault.kind == "position jump":
        true = row["distance"] / exp(fault.effect) / row["duration"]
        if one.laps.get(fault.workout_id) or parts or row["speed_max"] > BURST * true:
            return 1.0
        bound = OUTSIDE * float(np.quantile(TAILS, 1 - 2 * share))
        return float(np.mean(fault.effect + OUTSIDE * np.concatenate([TAILS, -TAILS]) > bound))
    return 1.0


def _beyond(effect: float, sd: float, bound: float) -> float:
    return NORMAL.cdf((-bound - effect) / sd) + 1 - NORMAL.cdf((bound - effect) / sd)


def _fell(by: float, above: tuple[float, float], share: float) -> float:
    """Power for a mean heart rate that is too low `by` bpm, where the highest is right: both are seen."""
    wide = above[1] - above[0]
    if by <= 0:
        return share
    certain = min(1.0, by / wide)
    if certain == 1.0:
        return 1.0
    left = share / (1 - certain)
    return certain + (1 - certain) * (1.0 if left >= 1 else NORMAL.cdf((by - NORMAL.inv_cdf(1 - left) * DAY) / DAY))


def told(one: SimulatedAthlete) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """The checked rows by id, and the ids of those called faulty or wrong; unusual ones are not."""
    taken = checked(one)
    rows = taken.workouts.select(ANALYSIS)
    found = get("workout_anomaly")(rows, classify(plainly, rows, {}).types)
    beats = with_pulse(laps_of(recorded(one, taken, import_id="", sha256="")), rows["id"].tolist())
    if beats:
        found = get("lap_anomaly")(rows, found, beats)
    by_rule = {str(name) for name, flags in zip(rows["id"], rows["flags"], strict=True) if flags}
    wrong = {str(name) for name, kind in zip(found["id"], found["kind"], strict=True) if kind != "unusual workout"}
    return {row["id"]: row for row in rows.rows()}, wrong | by_rule


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[301, 302, 303, 304])
    parser.add_argument("--years", type=float, default=3.0)
    asked = parser.parse_args()
    lines: list[tuple[Any, ...]] = []
    sound = false = 0
    for seed in asked.seeds:
        for one in simulate_squad(seed=seed, years=asked.years, end_day=END_DAY):
            rows, called = told(one)
            planted = {error.workout_id for error in one.truth.errors}
            planted |= {fault.workout_id for fault in one.truth.faults}
            sound, false = sound + len(rows.keys() - planted), false + len(called - planted)
            true = {str(row["id"]): row for row in one.workouts.rows()}
            lines += [(fault.kind, fault.size, *(known(fault, true[fault.workout_id], one, share) for share in SHARES),
                       fault.workout_id in called) for fault in one.truth.faults]  # fmt: skip
    print(f"{len(lines)} faults; the detectors call {false} of {sound} sound workouts wrong ({false / sound:.3%})")
    print(f"{'':34}{'planted':>8}{'known, 1 %':>12}{'known, 0.05 %':>15}{'found':>8}")
    for size in ("large", "medium", "small", ""):
        of = [line for line in lines if not size or line[1] == size]
        for kind in ("", *sorted({line[0] for line in of})) if size else ("",):
            some = [line for line in of if not kind or line[0] == kind]
            name = f"  {kind}" if kind else (size or "all sizes")
            best, strict, found = (float(np.mean([line[at] for line in some])) for at in (2, 3, 4))
            print(f"{name:34}{len(some):8}{best:12.1%}{strict:15.1%}{found:8.1%}")


if __name__ == "__main__":
    main()
