"""Heart-rate limits, zones, thresholds and bests in a window."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core.errors import DataError, UnknownName
from fitintel.intelligence.registry import get

bests = get("personal_bests")


@given(st.floats(0, 100), st.floats(0, 100))
def test_expected_heart_rates_fall_with_age(one, other):
    young, old = sorted((one, other))
    assert get("hrmax_tanaka")(young) >= get("hrmax_tanaka")(old)
    for name, keys in (("hrmax_gellish", ("linear", "nonlinear")), ("hrmax_tanaka_vs_fox", ("tanaka", "fox"))):
        for key in keys:
            assert get(name)(young)[key] >= get(name)(old)[key]


def test_both_expectations_agree_at_forty():
    found = get("hrmax_tanaka_vs_fox")(40)
    assert found["tanaka"] == found["fox"] == 180
    assert get("hrmax_tanaka")([40, None])[0] == 180
    assert get("hrmax_tanaka")(None) is None


@given(st.integers(30, 90), st.integers(120, 220), st.floats(0, 1))
def test_a_share_of_the_reserve_lies_between_rest_and_maximum(rest, top, share):
    assert rest - 1e-9 <= get("karvonen_hr")(rest, top, share) <= top + 1e-9


def test_heart_rates_in_the_wrong_order_are_refused():
    for name, inputs in (("karvonen_hr", (190, 60, 0.5)), ("uth_vo2max", (60, 190)), ("uth_vo2max", (190, 0))):
        with pytest.raises(DataError):
            get(name)(*inputs)


def test_cooper_in_miles_is_the_metric_line_within_its_rounding():
    metres = np.linspace(1500, 4000, 11)
    cooper = get("cooper_vo2max")
    assert np.abs(cooper(metres) - cooper(metres, form="miles")).max() < 0.1
    assert cooper(400) is None
    assert (np.diff(cooper(metres)) > 0).all()
    with pytest.raises(UnknownName):
        cooper(2400, form="yards")


@given(st.lists(st.floats(0, 3), min_size=1, max_size=20))
def test_zones_rise_with_the_share_and_edges_belong_to_the_lower_one(shares):
    for name, count in (("power_zones_coggan", 7), ("lthr_zones_goldencheetah", 5)):
        found = get(name)
        numbers = found(np.sort(shares))
        assert (np.diff(numbers) >= 0).all()
        assert set(numbers) <= set(range(1, count + 1))
        edges = np.array(found.card.parameters["edges"])
        assert found(edges).tolist() == list(range(1, count))
        assert found(np.nextafter(edges, 9)).tolist() == list(range(2, count + 1))


def test_zones_of_missing_values_are_missing_and_edges_must_increase():
    zone = get("power_zones_coggan")
    assert zone(None) is None
    assert np.isnan(zone([np.nan, 0.5])).tolist() == [True, False]
    for edges in ((0.5, 0.5), (0.9, 0.5), ()):
        with pytest.raises(DataError):
            zone(0.7, edges=edges)


def test_running_zones_join_without_gap():
    zones = get("friel_run_hr_zones")(np.array([150.0, 170.0]))
    assert zones["low"].shape == (2, 7)
    np.testing.assert_array_equal(zones["low"][:, 1:], zones["high"][:, :-1])
    assert (np.diff(zones["high"][:, :-1]) > 0).all()
    assert np.isnan(zones["low"][:, 0]).all()


@pytest.mark.parametrize(("protocol", "share"), [("20min", 0.95), ("8min", 0.90), ("ramp", 0.75)])
def test_threshold_power_keeps_protocol_and_date_and_expires(protocol, share):
    found = get("threshold_power")(300, 20_000, protocol=protocol)
    assert found["power"] == pytest.approx(share * 300)
    assert found["low"] < found["power"] < found["high"]
    assert (found["protocol"], found["day"], found["expires"]) == (protocol, 20_000, 20_090)
    assert get("threshold_power")(300, 20_000)["power"] == get("ftp_from_20min")(300)
    with pytest.raises(UnknownName, match="8min"):
        get("threshold_power")(300, 20_000, protocol="5min")


CURVES = st.lists(
    st.tuples(st.integers(0, 30), st.lists(st.one_of(st.none(), st.floats(1, 999)), min_size=3, max_size=3)),
    max_size=12,
)


@given(CURVES, st.booleans(), st.integers(0, 30), st.integers(0, 30))
def test_bests_are_those_of_a_search_in_the_window(curves, lowest, first, last):
    day = [d for d, _ in curves]
    curve = np.array([row for _, row in curves], dtype=float).reshape(-1, 3)
    found = bests(day, curve, first=first, last=last, lowest=lowest)
    inside = [i for i, d in enumerate(day) if first <= d <= last]
    assert found["n"] == len(inside)
    for place in range(3):
        known = [(curve[i, place] * (1 if lowest else -1), day[i]) for i in inside if np.isfinite(curve[i, place])]
        if not known:
            assert np.isnan(found["best"][place])
            assert np.isnan(found["row"][place])
            continue
        value, when = min(known)
        assert found["best"][place] == abs(value)
        assert found["day"][place] == when
        assert curve[int(found["row"][place]), place] == abs(value)


def test_bests_never_fall_when_the_window_grows():
    rng = np.random.default_rng(2)
    day, curve = np.arange(50), rng.uniform(100, 500, (50, 6))
    before = bests(day, curve, first=30)["best"]
    assert (bests(day, curve, first=10)["best"] >= before).all()
    with pytest.raises(DataError):
        bests([1, 2], curve)
