"""Readiness: deviations from the own normal range, what they say together, and when nothing is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.records import Level
from fitintel.core.units import UnitSystem
from fitintel.intelligence import readiness_parts
from fitintel.intelligence.registry import Journal, get
from fitintel.views.words import say

DAY = 20069
RATINGS = ("sleep_quality", "stress", "fatigue", "soreness")
readiness, wellness_nights = get("readiness"), get("wellness_nights")


def wellness(n=70, *, lost=0, body=0.0, feeling=0, source="watch", seed=1):
    """Ordinary nights; the last seven `body` SDs worse and ratings `feeling` higher each, the first `lost` of them not
    recorded."""  # fmt: skip
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(n):
        day, late = DAY - n + 1 + place, place >= n - 7
        hrv, pulse, sleep, rated = rng.normal(size=4)
        if late and place < n - 7 + lost:
            continue
        rows += [
            (day, "hrv_rmssd", float(np.exp(4 + 0.12 * (hrv - body * late)))),
            (day, "resting_hr", float(round(50 + 1.5 * (pulse + body * late)))),
            (day, "sleep_duration", 27_000 + 1800 * (sleep - body * late)),
            *((day, name, float(np.clip(round(3 + 0.5 * rated + feeling * late), 1, 7))) for name in RATINGS),
        ]
    return {
        "day": [row[0] for row in rows], "metric": [row[1] for row in rows], "value": [row[2] for row in rows],
        "source": [source] * len(rows),
    }  # fmt: skip


def said(rows, day=DAY):
    journal = Journal()
    loads = {"id": np.array([], dtype=object), "day": np.arange(day - 250, day + 1), "load": np.full(251, 50.0),
             "estimated": np.zeros(251), "method": np.full(251, "x", dtype=object)}  # fmt: skip
    return readiness_parts.insights(journal, rows, journal.run("daily_load", loads, day), day)


def code(insights, name):
    return next((one for one in insights if one.code == name), None)


def words(insight):
    return say(insight.code, insight.values, UnitSystem.METRIC)


def test_usual_nights_are_a_go():
    found = said(wellness())
    assert found[0].values["verdict"] == "go"
    assert found[0].values["known"] == 4
    assert code(found, "readiness_conflict") is None


def test_every_sign_down_is_a_rest_day_and_says_why_without_medicine():
    found = said(wellness(body=2.5, feeling=2))
    assert found[0].values["verdict"] == "rest"
    everything = " ".join([words(one).text + " ".join(words(one).notes) + words(one).reason for one in found]).lower()
    assert not any(word in everything for word in ("ill", "injur", "risk", "diagnos", "overtrain", "danger"))
    assert "%" not in everything


def test_signs_that_disagree_are_said_aloud_and_never_a_go():
    found = said(wellness(body=-2.0, feeling=3))
    clash = code(found, "readiness_conflict")
    assert clash is not None
    assert clash.level is Level.NOTICE
    assert found[0].values["verdict"] != "go"
    assert found[0].values["confidence"] == "low"
    text = words(clash).text
    assert "disagree" in text
    assert "how you feel is worse than usual" in text
    assert "while" in text


def test_too_few_nights_are_counted_and_nothing_is_filled_in():
    hrv_only = {name: [value for value, metric in zip(column, wellness(lost=4)["metric"], strict=True)
                       if metric == "hrv_rmssd"] for name, column in wellness(lost=4).items()}  # fmt: skip
    found = said(hrv_only)
    assert found[0].code == "readiness_insufficient"
    assert found[0].level is Level.MISSING
    assert "3 of 7 nights" in words(found[0]).text
    few = code(said(wellness(lost=5)), "readiness_few_nights")
    assert few.values["z"] is None
    assert "2 of 7 nights" in words(few).text


def test_no_wellness_at_all_is_said_and_nothing_else():
    assert [one.code for one in said(None)] == ["readiness_none"]
    assert said({name: [] for name in ("day", "metric", "value", "source")}) == said(None)
    assert [one.code for one in said(wellness(n=10), DAY + 90)] == ["readiness_none"]


def test_sources_are_never_averaged():
    rows, other = wellness(), wellness(n=20, body=9.0, source="ring")
    both = {name: rows[name] + other[name] for name in rows}
    assert wellness_nights(both, DAY)["source"]["hrv"] == "watch (hrv_rmssd)"
    one, two = wellness_nights(rows, DAY), wellness_nights(both, DAY)
    np.testing.assert_array_equal(one["hrv"], two["hrv"])


def test_nights_after_the_day_are_not_seen():
    rows = wellness()
    earlier = {name: [value for value, day in zip(column, rows["day"], strict=True) if day <= DAY - 3]
               for name, column in rows.items()}  # fmt: skip
    assert [one.values for one in said(rows, DAY - 3)] == [one.values for one in said(earlier, DAY - 3)]


SIGN = st.fixed_dictionaries({
    "z": st.one_of(st.none(), st.floats(-6, 6)), "n": st.just(7), "needed": st.just(3), "state": st.just("within"),
})  # fmt: skip
ORDER = ("go", "go easy", "recover", "rest")


@given(st.dictionaries(st.sampled_from(("hrv", "resting_hr", "sleep", "feeling", "load")), SIGN), st.floats(0.01, 4))
def test_a_worse_sign_never_makes_the_day_easier_unless_signs_disagreed(signs, worse):
    before = readiness(signs)
    known = [name for name in signs if signs[name]["z"] is not None]
    body = [name for name in known if name != "load"]
    assert (before["verdict"] == "insufficient_data") == (len(body) < 2)
    if before["verdict"] == "insufficient_data" or before["conflict"]:
        return
    for name in known:
        after = readiness({**signs, name: {**signs[name], "z": signs[name]["z"] - worse}})
        assert ORDER.index(after["verdict"]) >= ORDER.index(before["verdict"])


def test_an_unusually_high_variability_is_told_and_is_no_sign_of_freshness():
    found = code(said(wellness(body=-3.0)), "readiness_hrv")
    assert found.values["state"] == "above"
    assert found.values["z"] == 0.0
    assert "not better" in " ".join(words(found).notes)


@pytest.mark.parametrize("n", [1, 12])
def test_a_new_device_says_that_it_has_no_usual_range_yet(n):
    found = said(wellness(n=n))
    assert found[0].code == "readiness_insufficient"
    assert all(one.values["z"] is None for one in found[1:] if one.subject not in ("", "load"))
