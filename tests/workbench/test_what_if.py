"""Plans side by side through the door: kept as runs, honest about performance, and refused where they cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.plans import WeeklyPlan
from fitintel.views.what_if import outlook_dict, outlook_lines
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2025, 1, 6))
LAST = FIRST + 7 * 30 - 1
THREE = (WeeklyPlan("A", 4), WeeklyPlan("B", 5, ramp=0.03), WeeklyPlan("C", 4, miss=2))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    rows = [
        f"{days.iso(day)},run,{35 + day % 20},{6 + day % 4}"
        for day in range(FIRST, LAST + 1)
        if day % 7 in (0, 2, 3, 5)
    ]
    path = tmp_path / "runs.csv"
    path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    with Workbench.open(tmp_path / "home") as opened:
        opened.import_files([path])
        yield opened


def test_three_plans_stand_side_by_side_with_intervals_and_runs(bench: Workbench) -> None:
    found = bench.what_if(THREE, "me", LAST)
    told = outlook_dict(found)
    assert [plan["name"] for plan in told["plans"]] == ["A", "B", "C"]
    for plan in told["plans"]:
        assert plan["ctl_low"][-1] <= plan["ctl"][-1] <= plan["ctl_high"][-1]
    assert told["plans"][2]["difference"] < 0 < told["plans"][1]["difference"]
    assert bench.replay(told["runs"][0])["verdict"] == "ok"
    json.dumps(told, allow_nan=False)


def test_without_tests_performance_is_not_predicted_and_that_is_said(bench: Workbench) -> None:
    found = bench.what_if(THREE, "me", LAST)
    assert found.performance == "insufficient"
    assert any("Performance is not predicted: 0 dated tests" in line for line in outlook_lines(found))


def test_tests_that_the_model_does_not_beat_leave_load_only(bench: Workbench) -> None:
    for step in range(10):
        bench.state("threshold", kind="power", value=f"{250 + (7 * step) % 5} W",
                    valid_from=days.iso(FIRST + 14 + 18 * step), today=LAST)  # fmt: skip
    found = bench.what_if(THREE, "me", LAST)
    assert found.tests == 10
    assert found.performance in ("not better", "better than the last test")
    assert "tests" in list(outlook_lines(found))[-1]


@pytest.mark.parametrize(
    "plan",
    [WeeklyPlan("A", 30), WeeklyPlan("A", 4, ramp=2.0), WeeklyPlan("A", 4, miss=9), WeeklyPlan("A", 4, taper=99)],
)
def test_a_plan_that_cannot_be_is_refused(bench: Workbench, plan: WeeklyPlan) -> None:
    with pytest.raises(UsageError, match="cannot be"):
        bench.what_if([plan], "me", LAST)


def test_a_fourth_plan_is_refused(bench: Workbench) -> None:
    with pytest.raises(UsageError, match="1 to 3"):
        bench.what_if([*THREE, THREE[0]], "me", LAST)
