"""Readiness in a brief: wellness and load into signs, signs into a verdict, and both into insights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.readiness_signs import BODY, SIGNS, WEEK
from fitintel.intelligence.registry import Journal, Result

COLUMNS = ("day", "metric", "value", "source")
RATINGS = ("sleep_quality", "stress", "fatigue", "soreness")
BASE = 60
"""d. Baseline of heart rate variability, before the last week."""


def insights(journal: Journal, wellness: Mapping[str, Any] | None, daily_load: Result, day: int) -> list[Insight]:
    """What is said of readiness on `day`.

    `wellness`: columns `day`, `metric`, `value`, `source`, as far back as the signs need, in order of time; None or
    empty where none was recorded.
    """
    nights = journal.run("wellness_nights", wellness or {name: [] for name in COLUMNS}, day)
    if not any(nights["source"].values()):
        return [Insight(Section.READINESS, "readiness_none", {}, (nights.run.id,), Level.MISSING)]
    hrv, last = nights["hrv"], nights["resting_hr"]
    week = journal.run("hrv_rolling", Result(hrv[-WEEK:], nights.run))
    band = journal.run("hrv_swc_band", Result(hrv[-WEEK - BASE : -WEEK], nights.run))
    flag = journal.run("hrv_flag", band.part("mean"), band.part("sd"), week.part("mean"), week.part("n"))
    pair = [journal.run("resting_hr_robust_z", Result(last[end - 28 - 1 : end - 1], nights.run),
                        Result(float(last[end - 1]), nights.run))
            for end in (len(last) - 1, len(last))] if np.isfinite(last[-2:]).all() else []  # fmt: skip
    index = journal.run("hooper_index", *(nights.part(name) for name in RATINGS))
    signs = journal.run("signs_of_readiness", nights, week, band, flag, *(pair or (None, None)), index, daily_load)
    runs = {"hrv": [flag, week, band, nights], "resting_hr": [*pair, nights], "sleep": [nights],
            "feeling": [index, nights], "load": [daily_load]}  # fmt: skip
    result = journal.run("readiness", signs)
    said = [_verdict(result, signs.value)]
    if result["conflict"]:
        sides = {side: [name for name in result[side] if name in BODY] for side in ("down", "up")}
        said.append(Insight(Section.READINESS, "readiness_conflict", sides, (result.run.id,), Level.NOTICE))
    for name in SIGNS:
        # where nothing of a kind was ever recorded there is nothing to say of it
        if signs[name]["n"] or signs[name]["base"]:
            missing = signs[name]["z"] is None
            code = f"readiness_{name}" if not missing else "readiness_few_nights"
            made = tuple(dict.fromkeys(each.run.id for each in (*runs[name], signs)))
            said.append(Insight(Section.READINESS, code, {**signs[name], "sign": name}, made,
                                Level.MISSING if missing else Level.INFO, name))  # fmt: skip
    return said


def deviation(
    journal: Journal, wellness: Mapping[str, Any] | None, nights: Mapping[str, Any] | None, day: int
) -> Result | None:
    """The run of `wellness_deviation`, of the sources that readiness reads; None where no night of late is known."""
    if not nights or not nights["day"] or not wellness:
        return None
    sources = journal.run("wellness_nights", wellness, day)
    if not any(sources["source"][name] for name in ("resting_hr", "hrv", "sleep")):
        return None
    return journal.run("wellness_deviation", nights, sources, day)


def _verdict(result: Result, signs: Mapping[str, Mapping[str, Any]]) -> Insight:
    if result["verdict"] == "insufficient_data":
        measured = max(int(signs[name]["measured"]) for name in ("hrv", "resting_hr", "sleep"))
        few = {"known": int(result["known"]), "n": measured, "nights": WEEK, "needed": 2}
        return Insight(Section.READINESS, "readiness_insufficient", few, (result.run.id,), Level.MISSING)
    values: dict[str, Any] = {name: result[name] for name in ("verdict", "z", "confidence", "known")}
    values |= {"down": list(result["down"]), "up": list(result["up"])}
    level = Level.INFO if result["verdict"] == "go" else Level.NOTICE
    return Insight(Section.READINESS, "readiness_verdict", values, (result.run.id,), level)
