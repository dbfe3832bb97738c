"""Session load, daily load, the performance management chart, session RPE and TRIMP."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.errors import DataError
from fitintel.core.workouts import Workouts
from fitintel.intelligence.registry import get

session_load, daily_load, pmc = get("session_load"), get("daily_load"), get("pmc")
session_rpe, trimp_banister = get("session_rpe"), get("trimp_banister")

ROW = st.fixed_dictionaries(
    {
        "day": st.integers(20000, 20030),
        "sport": st.sampled_from(("running", "walking", "cycling", "strength", "other")),
        "duration": st.one_of(st.none(), st.floats(0, 90_000)),
        "distance": st.one_of(st.none(), st.floats(0, 100_000)),
        "rpe": st.one_of(st.none(), st.floats(0, 10)),
        "flags": st.sampled_from(("", None, "duration_over_24h", "watch_left_running", "speed_impossible")),
    }
)


def workouts(*rows):
    return Workouts.from_rows(
        [
            {"id": f"w{i:03}", "day": 20000 + i, "sport": "running", "duration": 1800.0, **row}
            for i, row in enumerate(rows)
        ]
    )


def loads(*rows):
    return session_load(workouts(*rows))["load"].tolist()


def test_met_minutes_follow_the_acsm_equations_for_walking_and_running():
    walk = {"distance": 80.0 * 30}  # 80 m/min
    run = {"distance": 160.0 * 30}
    assert loads(walk, run) == pytest.approx([30 * (3.5 + 0.1 * 80) / 3.5, 30 * (3.5 + 0.2 * 160) / 3.5])


def test_a_walk_recorded_as_a_run_has_the_load_of_a_walk():
    walk = {"distance": 2400.0, "sport": "walking"}
    assert loads(walk)[0] == loads({**walk, "sport": "running"})[0]


@given(st.floats(0.3, 6.5), st.floats(0.3, 6.5))
def test_faster_on_foot_is_never_less_load(one, other):
    slow, fast = sorted((one, other))
    low, high = loads({"distance": slow * 1800}, {"distance": fast * 1800})
    assert low <= high


def test_ratings_are_used_only_when_nearly_all_recent_workouts_have_one():
    rated, unrated = {"rpe": 5.0, "distance": 5000.0}, {"distance": 5000.0}
    found = session_load(workouts(*[rated] * 9, unrated))
    assert set(found["method"]) == {"session RPE"}
    assert found["validity"] == "useful"
    assert found["load"].tolist() == [150.0] * 10
    assert found["estimated"].tolist() == [0.0] * 9 + [1.0]
    assert found["coverage"] == 0.9
    found = session_load(workouts(*[rated] * 8, unrated, unrated))
    assert set(found["method"]) == {"MET minutes"}
    assert found["validity"] == "rough"


def test_old_unrated_years_do_not_forbid_ratings_and_get_the_median_rating():
    found = session_load(workouts({"day": 19000}, {"rpe": 4.0}, {"rpe": 6.0}))
    assert found["load"].tolist() == [150.0, 120.0, 180.0]
    assert found["estimated"].tolist() == [1.0, 0.0, 0.0]


def test_a_watch_left_running_is_given_the_time_its_distance_usually_takes():
    usual = {"distance": 5400.0}  # 3 m/s for 30 min
    left = {"distance": 5400.0, "duration": 40_000.0, "flags": "watch_left_running"}
    found = session_load(workouts(usual, usual, left))
    assert found["load"][2] == pytest.approx(found["load"][0])
    assert found["estimated"].tolist() == [0.0, 0.0, 1.0]


def test_a_run_without_distance_takes_the_own_intensity_of_that_sport():
    walk = {"distance": 2400.0}
    found = session_load(workouts(walk, walk, {"distance": None, "duration": 3600.0}))
    assert found["load"][2] == pytest.approx(2 * found["load"][0])
    assert found["estimated"][2] == 1.0


def test_a_session_spoiled_wholly_has_no_load():
    found = session_load(workouts({"distance": 5400.0}, {"duration": 1e9, "flags": "duration_over_24h"}))
    assert found["id"].tolist() == ["w000"]


@given(st.lists(ROW, max_size=20), st.randoms(use_true_random=False))
def test_loads_are_finite_and_no_bit_depends_on_the_order_of_rows(rows, random):
    one = workouts(*rows)
    order = list(range(len(rows)))
    random.shuffle(order)
    found = session_load(one)
    assert np.isfinite(found["load"]).all()
    assert (found["load"] >= 0).all()
    assert snapshot.dump(found) == snapshot.dump(session_load(one.take(np.array(order, dtype=int))))
    assert snapshot.dump(found) == snapshot.dump(session_load(snapshot.load(snapshot.dump(one))))
    daily = daily_load(found, 20040)
    assert daily["load"].sum() == pytest.approx(found["load"].sum())
    replayed = daily_load(snapshot.load(snapshot.dump(found)), 20040)
    assert snapshot.dump(daily) == snapshot.dump(replayed)
    assert snapshot.dump(pmc(daily)) == snapshot.dump(pmc(snapshot.load(snapshot.dump(replayed))))


def test_daily_load_does_not_see_later_days():
    found = daily_load({"day": np.array([3, 9]), "load": np.array([1.0, 2.0])}, 5)
    assert (found["day"].tolist(), found["load"].tolist()) == ([3, 4, 5], [1.0, 0.0, 0.0])
    assert len(daily_load({"day": np.array([9]), "load": np.array([1.0])}, 5)["day"]) == 0


def chart(load):
    return pmc({"day": np.arange(len(load)), "load": np.asarray(load, dtype=float)})


def test_pmc_reaches_the_closed_form_under_constant_load():
    days = np.arange(1, 101)
    found = chart([100.0] * 100)
    assert found["ctl"] == pytest.approx(100 * (1 - np.exp(-days / 42)))
    assert found["atl"] == pytest.approx(100 * (1 - np.exp(-days / 7)))
    assert found["ctl"][41] == pytest.approx(63.212055882855765)
    assert found["warming_up"].tolist() == [1.0] * 42 + [0.0] * 58


def test_pmc_decays_by_one_e_in_42_days_of_rest():
    found = chart([100.0] * 42 + [0.0] * 42)
    assert found["ctl"][83] == pytest.approx(found["ctl"][41] / np.e)


def test_form_is_that_of_the_day_before():
    found = chart([100.0, 0.0, 50.0])
    assert found["tsb"][0] == 0.0
    assert found["tsb"][1:].tolist() == (found["ctl"] - found["atl"])[:2].tolist()


@given(st.lists(st.floats(0, 500), min_size=1, max_size=80), st.floats(0.1, 10))
def test_pmc_is_linear_in_the_load_and_stays_between_nothing_and_the_hardest_day(load, factor):
    once, scaled = chart(load), chart(np.array(load) * factor)
    for name in ("ctl", "atl", "tsb"):
        assert scaled[name] == pytest.approx(once[name] * factor, abs=1e-9)
    assert ((once["ctl"] >= 0) & (once["ctl"] <= max(load))).all()


def test_an_empty_history_gives_an_empty_chart():
    daily = daily_load(session_load(workouts()), 20000)
    assert all(len(pmc(daily)[name]) == 0 for name in ("day", "ctl", "atl", "tsb", "warming_up"))
    assert session_load(workouts())["coverage"] == 0.0


def test_session_rpe_refuses_ratings_of_another_scale():
    assert session_rpe(60, 5) == 300
    assert session_rpe(np.array([60.0, 30.0]), np.array([5.0, np.nan]))[0] == 300
    with pytest.raises(DataError, match="14"):
        session_rpe([60, 60], [5, 14])


def test_trimp_matches_published_examples():
    # Clarke & Skiba 2013, Adv Physiol Educ 37:134, workbook sheet 7; men
    assert trimp_banister(60.46471, 137.7619718309859, 45, 190) == pytest.approx(84.5524682840095)
    assert trimp_banister(1, 130, 60, 200, a=0.86, b=1.67) == pytest.approx(0.9910700407634154)


def test_trimp_below_rest_is_zero_and_an_impossible_reserve_is_refused():
    assert trimp_banister(60, 50, 60, 190) == 0
    with pytest.raises(DataError):
        trimp_banister(60, 120, 60, 60)


@given(st.lists(st.floats(60, 190), min_size=2, max_size=30))
def test_trimp_of_the_mean_is_at_most_the_sum_over_samples(hr):
    each = trimp_banister(np.ones(len(hr)), np.array(hr), 60, 190)
    assert trimp_banister(len(hr), float(np.mean(hr)), 60, 190) <= each.sum() * (1 + 1e-9)
