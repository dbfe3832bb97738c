"""Alerts of wellness: the worse side only, enough nights, the past alone, and the ranges that readiness shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fitintel.core.records import Athlete, Insight, Level
from fitintel.core.workouts import Workouts
from fitintel.intelligence.brief import compose
from fitintel.intelligence.night_scores import RANGES, begins, chances, compared
from fitintel.intelligence.null_history import shuffled_nights
from fitintel.intelligence.registry import get

LAST = 20366
YEAR = range(LAST - 419, LAST + 1)


def rows(values: dict[str, Any], first: int = YEAR[0]) -> dict[str, list[Any]]:
    """Columns of wellness: metric -> values from `first` on, NaN where a night is missing."""
    found = sorted((first + at, name, float(value)) for name, series in values.items()
                   for at, value in enumerate(series) if value == value)  # fmt: skip
    return {"day": [one[0] for one in found], "metric": [one[1] for one in found], "value": [one[2] for one in found],
            "source": ["watch"] * len(found)}  # fmt: skip


def usual(seed: int = 1, days: int = len(YEAR)) -> dict[str, Any]:
    chance = np.random.default_rng(seed)
    return {"resting_hr": chance.normal(50, 2, days).round(), "hrv_rmssd": np.exp(chance.normal(4, 0.15, days)).round(),
            "sleep_duration": 60 * chance.normal(450, 40, days).round()}  # fmt: skip


def workouts(until: int = LAST) -> Workouts:
    return Workouts.from_rows([
        {"id": f"w{day}", "day": day, "sport": "running", "duration": 2400.0 + 9 * (day % 13), "flags": "",
         "distance": 7200.0 + 40 * (day % 7)} for day in range(until - 400, until + 1, 2)
    ])  # fmt: skip


def told(values: dict[str, Any], day: int = LAST) -> list[Insight]:
    nights = rows(values)
    kept = [at for at, on in enumerate(nights["day"]) if on <= day]
    nights = {name: [column[at] for at in kept] for name, column in nights.items()}
    late = [at for at, on in enumerate(nights["day"]) if on > day - 70]
    recent = {name: [column[at] for at in late] for name, column in nights.items()}
    made = compose(Athlete("ann", "Ann"), workouts(day), day, wellness=recent, nights=nights)
    return [one for one in made.brief.insights if one.code in ("alert_wellness", "alerts_few_nights")]


def test_a_resting_heart_rate_far_above_its_range_is_told_from_the_second_day_on() -> None:
    values = usual()
    values["resting_hr"][-3:] += 11
    assert told(values, LAST - 3) == []
    assert told(values, LAST - 2) == [], "one high morning means little"
    (alert,) = told(values)
    assert (alert.level, alert.values["sign"], alert.values["start"]) == (Level.ALERT, "resting_hr", LAST - 2)
    assert alert.values["value"] > alert.values["high"] > alert.values["low"]


@pytest.mark.parametrize(("sign", "metric", "by"), [("hrv", "hrv_rmssd", 0.5), ("sleep", "sleep_duration", 0.6)])
def test_hrv_below_and_sleep_short_of_the_range_are_told(sign: str, metric: str, by: float) -> None:
    values = usual(2)
    values[metric][-7:] *= by
    (alert,) = told(values)
    assert (alert.values["sign"], alert.values["value"] < alert.values["low"]) == (sign, True)


def test_what_is_better_than_usual_is_no_alert() -> None:
    values = usual(3)
    values["resting_hr"][-7:] -= 9
    values["hrv_rmssd"][-7:] *= 1.8
    values["sleep_duration"][-7:] *= 1.4
    assert told(values) == []


def test_with_few_nights_nothing_is_checked_and_that_is_said() -> None:
    values = {name: series[-12:] for name, series in usual(4).items()}
    values["resting_hr"][-3:] += 15
    nights = rows(values, LAST - 11)
    made = compose(Athlete("ann", "Ann"), workouts(), LAST, wellness=nights, nights=nights)
    said = [one for one in made.brief.insights if one.code in ("alert_wellness", "alerts_few_nights")]
    assert [(one.code, one.level) for one in said] == [("alerts_few_nights", Level.MISSING)]
    assert said[0].values["base"] < said[0].values["base_needed"]
    checks = next(run for run in made.journal.runs.values() if run.algorithm == "alert_checks")
    assert "wellness" not in made.journal.values()[checks.output]["check"].tolist()


def test_an_alert_that_ends_for_want_of_nights_is_not_said_to_be_over() -> None:
    key = f"alert_wellness:resting_hr:{LAST - 2}"
    before = {"day": LAST - 1, "alerts": [{"key": key, "code": "alert_wellness", "since": LAST - 1, "told": {}}]}
    state: dict[str, Any] = {"told": [], "quiet": [], "held": {}}
    daily = {"day": np.arange(LAST - 9, LAST + 1), "training": np.ones(10)}
    for known, why in (("usual", "usual"), ("insufficient_data", "not measured")):
        found = get("alerts_since")(before, state, [], daily, {"resting_hr": {"state": known}})
        assert [one["why"] for one in found["closed"]] == [why]


def test_a_day_is_judged_by_its_past_alone() -> None:
    values = usual(5)
    values["resting_hr"][200:204] += 12
    nights = rows(values)
    source = get("wellness_nights")(nights, LAST)
    whole = get("wellness_deviation")(nights, source, LAST)
    for cut in (YEAR[0] + 203, YEAR[0] + 330):
        part = get("wellness_deviation")(nights, source, cut)
        for sign in RANGES:
            length = cut - YEAR[0] + 1
            for name in ("z", "p", "start"):
                after = whole[sign][name][len(whole["day"]) - (LAST - YEAR[0] + 1) :][:length]
                assert np.array_equal(part[sign][name][-length:], after, equal_nan=True)


def test_the_ranges_are_those_that_readiness_shows() -> None:
    values = usual(6)
    made = compose(Athlete("ann", "Ann"), workouts(), LAST, wellness=(nights := rows(values)), nights=nights)
    given = {run.algorithm: made.journal.values()[run.output] for run in made.journal.runs.values()}
    for sign in RANGES:
        shown, judged = given["signs_of_readiness"][sign], given["wellness_deviation"][sign]
        for name in ("value", "usual", "low", "high"):
            assert judged[name] == pytest.approx(shown[name]), f"{sign} {name}"


def test_an_episode_goes_on_over_three_days_without_a_sign_of_it() -> None:
    bad = np.zeros(20, dtype=bool)
    bad[[2, 3, 7, 12]] = True
    assert begins(bad)[[2, 3, 7, 12]].tolist() == [2, 2, 2, 12]


def test_chances_are_seldom_below_their_own_size_where_nothing_is_unusual() -> None:
    """Of days like all others at most a share p has a p-value of p, up to the heavy windows that days share."""
    low = total = 0
    for seed in range(20):
        z = compared(usual(seed, 800)["resting_hr"], RANGES["resting_hr"])["z"]
        p = chances(z, 2.0)[400:]
        low, total = low + int((p <= 0.02).sum()), total + len(p)
    assert 0 < low / total < 0.03


def test_shuffled_nights_are_the_same_nights_on_the_same_weekdays() -> None:
    nights = rows(usual(7))
    made = shuffled_nights(nights, np.random.default_rng(3))
    assert made != nights
    assert sorted(zip(made["metric"], made["value"], strict=True)) == sorted(
        zip(nights["metric"], nights["value"], strict=True)
    )
    assert [one % 7 for one in sorted(made["day"])].count(3) == [one % 7 for one in nights["day"]].count(3)
