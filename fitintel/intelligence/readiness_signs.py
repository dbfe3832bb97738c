"""The signs of readiness: each as a deviation from the athlete's own normal range, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIGNS = ("hrv", "resting_hr", "sleep", "feeling", "load")
BODY = SIGNS[:4]
"""Signs of the body; load alone says nothing of it."""
LEAST_NIGHTS = 3
"""of the last seven"""
BASE_NIGHTS = {"resting_hr": 28, "sleep": 28, "feeling": 28}
LEAST_BASE = 14
FLOOR = {"resting_hr": 1.5, "sleep": 1200.0, "feeling": 1.0, "load": 0.1}
"""Least SD: beats, seconds, points, log load. Devices round: equal nights must not make a small step a large one."""
MOST = 3.0
"""SD. One sign counts for no more."""
MAD = 1.4826
WEEK = 7


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: deviation in own SDs, more is fresher; None with too few nights."""

    z: float | None
    n: int
    needed: int
    state: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """From plain values."""
        z = values["z"]
        return cls(None if z is None else float(z), int(values["n"]), int(values["needed"]), str(values["state"]))


def against_base(
    recent: Floats, base: Floats, name: str, *, fresher: int, needed: int = LEAST_NIGHTS, least_base: int = LEAST_BASE
) -> dict[str, Any]:
    """A sign's plain values from its recent mean and its base; `fresher` is 1 where more is fresher, else -1."""
    now, past = recent[np.isfinite(recent)], base[np.isfinite(base)]
    common = {"n": len(now), "nights": len(recent), "needed": needed, "base": len(past), "base_needed": least_base}
    if len(now) < needed or len(past) < least_base:
        return {"z": None, "state": "insufficient_data", "value": None, "low": None, "high": None, "usual": None,
                **common}  # fmt: skip
    middle = float(np.median(past))
    scale = max(MAD * float(np.median(np.abs(past - middle))), FLOOR[name])
    value = float(now.mean())
    z = (value - middle) / scale
    return {"z": fresher * z, "state": "above" if z > 1 else "below" if z < -1 else "within", "value": value,
            "low": middle - scale, "high": middle + scale, "usual": middle, **common}  # fmt: skip


def rolling_load(load: Floats) -> dict[str, Any]:
    """The last week's load against the weeks of the half year before: more than usual is less fresh."""
    known = np.nan_to_num(load)[-WEEK * 27 :]
    sums = np.log1p([known[end - WEEK : end].sum() for end in range(len(known), WEEK - 1, -WEEK)][::-1])
    return against_base(sums[-1:], sums[:-1], "load", fresher=-1, needed=1, least_base=8)


def heart_rate_variability(
    nights: Mapping[str, Any], week: Mapping[str, Any], band: Mapping[str, Any], flag: str
) -> dict[str, Any]:
    """The sign of HRV from the mean of its week, the band of its base and the flag of the two."""
    enough = flag != "insufficient_data"
    # in SDs of the baseline's nights; a weekly mean varies less, hence the band of half an SD
    z = 2 * (week["mean"] - band["mean"]) / band["sd"] if enough and band["sd"] else None
    state = flag.removesuffix("_band")
    # unusually high is a flag too, and no sign of freshness
    z = 0.0 if state == "above" and z is not None and z > 0 else z
    return {
        "z": z, "state": state, "value": week["mean"], "low": band["lower"], "high": band["upper"],
        "usual": band["mean"], "n": int(week["n"]), "nights": WEEK, "needed": LEAST_NIGHTS, "base": int(band["n"]),
        "base_needed": 30, "source": nights["source"]["hrv"],
    }  # fmt: skip


def pulse(nights: Mapping[str, Any], high: tuple[float | None, float | None], bound: float) -> dict[str, Any]:
    """The sign of the resting heart rate; `high` are its robust z of the last two mornings."""
    series = np.asarray(nights["resting_hr"], dtype=np.float64)
    values = against_base(series[-2:], series[-2 - BASE_NIGHTS["resting_hr"] : -2], "resting_hr", fresher=-1, needed=1)
    # science: one high morning means little
    twice = all(z is not None and z > bound for z in high)
    return {**values, "source": nights["source"]["resting_hr"], "twice": twice}


def sleep(nights: Mapping[str, Any]) -> dict[str, Any]:
    """The sign of sleep, with what the week lacks of the usual [s]."""
    series = np.asarray(nights["sleep"], dtype=np.float64)
    values = against_base(series[-WEEK:], series[-WEEK - BASE_NIGHTS["sleep"] : -WEEK], "sleep", fresher=1)
    usual, recent = values["usual"], series[-WEEK:]
    debt = None if usual is None else float(np.nansum(np.maximum(usual - recent, 0.0)))
    last = None if np.isnan(series[-1]) else float(series[-1])
    return {**values, "debt": debt, "last": last, "source": nights["source"]["sleep"]}


def feeling(nights: Mapping[str, Any], index: Any) -> dict[str, Any]:
    """The sign of how the athlete feels, from the Hooper index of each day."""
    series = np.asarray(index, dtype=np.float64)
    values = against_base(series[-3:], series[-3 - BASE_NIGHTS["feeling"] : -3], "feeling", fresher=-1, needed=1)
    return {**values, "source": nights["source"]["fatigue"]}


def verdict(
    signs: Mapping[str, Sign], *, least: int, bounds: tuple[float, float, float], strong: float, apart: float
) -> dict[str, Any]:
    """What the signs say together; see the card of `readiness`."""
    z = {name: sign.z for name, sign in signs.items() if sign.z is not None}
    body = [name for name in BODY if name in z]
    down = sorted((name for name in z if z[name] <= -apart), key=lambda name: (z[name], name))
    up = sorted((name for name in z if z[name] >= apart), key=lambda name: (-z[name], name))
    # much load and a good night do not contradict each other
    conflict = any(name in BODY for name in down) and any(name in BODY for name in up)
    said: dict[str, Any] = {"known": len(body), "down": down, "up": up, "conflict": conflict}
    if len(body) < least:
        return {"verdict": "insufficient_data", "z": None, "confidence": "low", **said, "conflict": False}
    mean = float(np.mean([min(max(value, -MOST), MOST) for value in z.values()]))
    easy, recover, rest = bounds
    level = 0 if mean >= easy else 1 if mean >= recover else 2 if mean >= rest else 3
    hard = sum(z[name] <= -strong for name in body)
    level = 3 if hard >= 2 else max(level, 1) if hard or said["conflict"] else level
    confidence = "low" if said["conflict"] or len(body) < 3 else "medium" if len(body) < 4 else "high"
    return {"verdict": ("go", "go easy", "recover", "rest")[level], "z": mean, "confidence": confidence, **said}
