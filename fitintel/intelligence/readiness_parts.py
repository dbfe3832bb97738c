"""Readiness in a brief: wellness and load into signs, signs into a verdict, and both into insights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.readiness_signs import BASE_NIGHTS, BODY, SIGNS, WEEK, against_base, rolling_load
from fitintel.intelligence.registry import Journal, Result

COLUMNS = ("day", "metric", "value", "source")
RATINGS = ("sleep_quality", "stress", "fatigue", "soreness")
BASE = 60
"""d. Baseline of heart rate variability, before the last week."""
HIGH_PULSE = 2.5
"""Robust z of the resting heart rate that counts when two days in a row are beyond it."""


def insights(journal: Journal, wellness: Mapping[str, Any] | None, daily_load: Result, day: int) -> list[Insight]:
    """What is said of readiness on `day`.

    `wellness`: columns `day`, `metric`, `value`, `source`, as far back as the signs need, in order of time; None or
    empty where none was recorded.
    """
    nights = journal.run("wellness_nights", wellness or {name: [] for name in COLUMNS}, day)
    if not any(nights["source"].values()):
        return [Insight(Section.READINESS, "readiness_none", {}, (nights.run.id,), Level.MISSING)]
    signs: dict[str, dict[str, Any]] = {}
    runs: dict[str, tuple[str, ...]] = {}
    for name, (values, made) in {
        "hrv": _hrv(journal, nights), "resting_hr": _pulse(journal, nights), "sleep": _sleep(nights),
        "feeling": _feeling(journal, nights), "load": _load(daily_load),
    }.items():  # fmt: skip
        if name in nights.value:
            values["measured"] = int(np.isfinite(nights[name][-WEEK:]).sum())
        signs[name], runs[name] = values, tuple(dict.fromkeys(run.run.id for run in made))
    result = journal.run("readiness", signs)
    said = [_verdict(result, signs)]
    if result["conflict"]:
        sides = {side: [name for name in result[side] if name in BODY] for side in ("down", "up")}
        said.append(Insight(Section.READINESS, "readiness_conflict", sides, (result.run.id,), Level.NOTICE))
    for name in SIGNS:
        # where nothing of a kind was ever recorded there is nothing to say of it
        if signs[name]["n"] or signs[name]["base"]:
            missing = signs[name]["z"] is None
            code = f"readiness_{name}" if not missing else "readiness_few_nights"
            said.append(Insight(Section.READINESS, code, {**signs[name], "sign": name}, runs[name],
                                Level.MISSING if missing else Level.INFO, name))  # fmt: skip
    return said


def _verdict(result: Result, signs: Mapping[str, Mapping[str, Any]]) -> Insight:
    if result["verdict"] == "insufficient_data":
        measured = max(int(signs[name]["measured"]) for name in ("hrv", "resting_hr", "sleep"))
        few = {"known": int(result["known"]), "n": measured, "nights": WEEK, "needed": 2}
        return Insight(Section.READINESS, "readiness_insufficient", few, (result.run.id,), Level.MISSING)
    values: dict[str, Any] = {name: result[name] for name in ("verdict", "z", "confidence", "known")}
    values |= {"down": list(result["down"]), "up": list(result["up"])}
    level = Level.INFO if result["verdict"] == "go" else Level.NOTICE
    return Insight(Section.READINESS, "readiness_verdict", values, (result.run.id,), level)


def _hrv(journal: Journal, nights: Result) -> tuple[dict[str, Any], list[Result]]:
    series = nights["hrv"]
    week = journal.run("hrv_rolling", series[-WEEK:])
    band = journal.run("hrv_swc_band", series[-WEEK - BASE : -WEEK])
    flag = journal.run("hrv_flag", band["mean"], band["sd"], week["mean"], week["n"])
    enough = flag.value != "insufficient_data"
    # in SDs of the baseline's nights; a weekly mean varies less, hence the band of half an SD
    z = 2 * (week["mean"] - band["mean"]) / band["sd"] if enough and band["sd"] else None
    values = {
        "z": z, "state": str(flag.value).removesuffix("_band"), "value": week["mean"], "low": band["lower"],
        "high": band["upper"], "usual": band["mean"], "n": int(week["n"]), "nights": WEEK, "needed": 3,
        "base": int(band["n"]), "base_needed": 30, "source": nights["source"]["hrv"],
    }  # fmt: skip
    # unusually high is a flag too, and no sign of freshness
    if values["state"] == "above" and z is not None and z > 0:
        values["z"] = 0.0
    return values, [flag, week, band, nights]


def _pulse(journal: Journal, nights: Result) -> tuple[dict[str, Any], list[Result]]:
    series = nights["resting_hr"]
    values = against_base(series[-2:], series[-2 - BASE_NIGHTS["resting_hr"] : -2], "resting_hr", fresher=-1, needed=1)
    values |= {"source": nights["source"]["resting_hr"], "twice": False}
    made = [nights]
    if np.isfinite(series[-2:]).all():
        # science: one high morning means little
        pair = [journal.run("resting_hr_robust_z", series[end - 28 - 1 : end - 1], float(series[end - 1]))
                for end in (len(series) - 1, len(series))]  # fmt: skip
        values["twice"] = all(each.value is not None and each.value > HIGH_PULSE for each in pair)
        made = [*pair, nights]
    return values, made


def _sleep(nights: Result) -> tuple[dict[str, Any], list[Result]]:
    series = nights["sleep"]
    values = against_base(series[-WEEK:], series[-WEEK - BASE_NIGHTS["sleep"] : -WEEK], "sleep", fresher=1)
    usual, recent = values["usual"], series[-WEEK:]
    debt = None if usual is None else float(np.nansum(np.maximum(usual - recent, 0.0)))
    last = None if np.isnan(series[-1]) else float(series[-1])
    return {**values, "debt": debt, "last": last, "source": nights["source"]["sleep"]}, [nights]


def _feeling(journal: Journal, nights: Result) -> tuple[dict[str, Any], list[Result]]:
    index = journal.run("hooper_index", *(nights.part(name) for name in RATINGS))
    series = np.asarray(index.value, dtype=np.float64)
    values = against_base(series[-3:], series[-3 - BASE_NIGHTS["feeling"] : -3], "feeling", fresher=-1, needed=1)
    return {**values, "source": nights["source"]["fatigue"]}, [index, nights]


def _load(daily_load: Result) -> tuple[dict[str, Any], list[Result]]:
    return {**rolling_load(np.asarray(daily_load["load"], dtype=np.float64)), "source": ""}, [daily_load]
