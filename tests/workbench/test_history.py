"""What changed, and when: regimes, years and changes with before and after."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from fitintel import Workbench
from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.intelligence.algorithms.trend.regimes import regimes
from fitintel.views.history import change_lines, history_title, regime_rows, year_rows
from fitintel.workbench.history import what_changed

MONDAY = days.week_start(days.number(date(2022, 1, 3)))


def habit(weeks: list[tuple[int, float]]) -> Workouts:
    """A history of weeks with so many workouts of so many metres each."""
    rng = np.random.default_rng(1)
    rows = [
        {"id": f"w{week}-{place}", "day": MONDAY + 7 * week + place, "sport": "running", "flags": "", "source": "typed",
         "distance": each * rng.uniform(0.85, 1.15), "duration": each / 2.7}
        for week, (count, each) in enumerate(weeks) for place in range(count)
    ]  # fmt: skip
    return Workouts.from_rows(rows)


@pytest.fixture(scope="module")
def doubled():
    return what_changed("one", habit([(3, 5000.0)] * 60 + [(6, 5000.0)] * 61))


def test_a_doubled_habit_is_one_change_with_before_after_and_weeks(doubled):
    lasting = [one for one in doubled.changes if one.certainty == "lasting"]
    assert {one.subject for one in lasting} == {"distance", "sessions"}
    for one in lasting:
        assert one.day == MONDAY + 7 * 60
        assert one.low <= one.day <= one.high
        assert one.after / one.before == pytest.approx(2.0, rel=0.05)
        assert (one.weeks_before, one.weeks_after) == (60, 60)
        assert one.segment["week"][0] <= one.low - 7 * 12
        assert one.run_id in doubled.run_ids


def test_what_is_sure_is_not_told_again_as_possible(doubled):
    assert not [one for one in doubled.changes if one.certainty == "possible"]


def test_regimes_follow_each_other_without_a_gap_and_add_up(doubled):
    first, second = doubled.regimes
    assert second["first"] == first["last"] + 1 == MONDAY + 7 * 60
    assert first["weeks"] + second["weeks"] == sum(year.weeks for year in doubled.years)
    total = sum(regime["sessions"] * regime["weeks"] for regime in doubled.regimes)
    assert total == pytest.approx(sum(year.sessions for year in doubled.years))


def test_one_year_tells_what_touches_it_only():
    workouts = habit([(3, 5000.0)] * 60 + [(6, 5000.0)] * 61)
    changed = what_changed("one", workouts, 2023)
    assert changed.changes
    assert {year.year for year in changed.years} <= {2022, 2023, 2024}
    calm = what_changed("one", workouts, 2022)
    assert not calm.changes
    assert len(calm.regimes) == 1
    with pytest.raises(UsageError, match="2031"):
        what_changed("one", workouts, 2031)


def test_nothing_and_a_single_week_are_told_as_such():
    assert history_title(what_changed("one", Workouts.from_rows([])).as_dict()) == "No complete week is recorded yet."
    assert what_changed("one", habit([(1, 5000.0)])).changes == ()


def test_it_reads_as_plain_values_and_as_lines(doubled):
    plain = doubled.as_dict()
    assert json.loads(json.dumps(plain)) == plain
    lines = change_lines(plain, UnitSystem.METRIC)
    assert len(lines) == len(doubled.changes)
    distance = next(line for line in lines if line.title.startswith("Weekly distance rose"))
    assert distance.before.endswith("km (60 weeks)")
    assert distance.segment.count("|") == 2
    assert len(regime_rows(plain, UnitSystem.METRIC)[1]) == 2
    assert len(year_rows(plain, UnitSystem.IMPERIAL)[1]) == len(doubled.years)


def test_regimes_of_no_weeks_are_none():
    empty = {name: np.zeros(0) for name in ("week", "sessions", "distance", "duration")}
    assert all(len(column) == 0 for column in regimes(empty, {"week": []}).values())


def test_2018_of_the_real_history_has_its_change_with_the_interval(tmp_path: Path, real_history: Path):
    with Workbench.open(tmp_path) as bench:
        bench.import_files([real_history])
        changed = bench.history(None, 2018)
    distance = next(one for one in changed.changes if one.subject == "distance" and one.certainty == "lasting")
    assert distance.low <= days.number(date(2018, 4, 16)) <= distance.high
    assert distance.after > 1.5 * distance.before
