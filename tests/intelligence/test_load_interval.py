"""Intervals of load: what they may never do, and that they hold whatever the errors are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError
from fitintel.intelligence.registry import get

METHODS = ["power", "grade-adjusted pace", "heart rate", "MET minutes", "session RPE", "duration"]
SCORES = st.floats(0.0, 100.0)


def quality(**scores: float) -> dict[str, list[object]]:
    usual = {"power": 100.0, "pace": 100.0, "heart_rate": 100.0, "time": 100.0}
    return {"id": ["a"], **{name: [value] for name, value in (usual | scores).items()}}


def loads(method: str, **more: object) -> dict[str, object]:
    return {"id": ["a"], "day": [5], "load": [100.0], "method": [method], **more}


def half(method: str, judged: dict[str, list[object]]) -> float:
    return float(get("load_interval")(loads(method), judged)["half"][0])


@given(SCORES, SCORES)
@pytest.mark.parametrize("method", METHODS)
def test_less_quality_never_gives_a_narrower_interval(method, one, other):
    low, high = sorted((one, other))
    every = ("power", "pace", "heart_rate", "time")
    widest = half(method, quality(**dict.fromkeys(every, low)))
    narrow = half(method, quality(**dict.fromkeys(every, high)))
    assert 0 < narrow <= widest <= 4 * half(method, quality())


def test_only_the_quality_of_what_a_load_is_made_from_matters():
    assert half("power", quality(heart_rate=10.0)) == half("power", quality())
    assert half("heart rate", quality(heart_rate=25.0)) == 2 * half("heart rate", quality())


def test_a_load_that_was_filled_in_has_the_error_of_an_estimate():
    found = get("load_interval")(loads("MET minutes", estimated=[1.0]), quality())
    assert found["half"].tolist() == [30.0]


def test_a_workout_without_samples_is_neither_trusted_nor_hidden():
    nobody = {name: [] for name in ("id", "power", "pace", "heart_rate", "time")}
    found = get("load_interval")(loads("power"), nobody)
    assert found["judged"] == 0.0
    assert np.isnan(found["quality"][0])
    assert found["half"][0] > half("power", quality())


def test_a_quality_beyond_its_scale_is_refused():
    with pytest.raises(DataError):
        half("power", quality(power=101.0))


@given(
    st.lists(st.tuples(st.integers(0, 120), st.floats(0.0, 200.0), st.floats(0.0, 30.0), st.floats(-1.0, 1.0)),
             min_size=1, max_size=40)
)  # fmt: skip
def test_no_errors_within_the_half_widths_take_smoothed_load_out_of_its_interval(workouts):
    day, load, half_width, share = (np.array(column) for column in zip(*workouts, strict=True))
    calendar = np.arange(121)
    told = np.bincount(day, load, 121)
    true = np.bincount(day, load + share * half_width, 121)
    first, second = (get("pmc")({"day": calendar, "load": each}) for each in (told, true))
    found = get("pmc_interval")({"day": day, "half": half_width}, 120)
    for name in ("ctl", "atl", "tsb"):
        assert abs(second[name][-1] - first[name][-1]) <= found[name] + 1e-9
