"""What changed between two briefs, and why: each cause is read from what the runs took in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.errors import NotFound
from fitintel.views.diff import DiffView, diff_view
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2025, 6, 2))
LAST = FIRST + 7 * 17 + 4
TODAY = LAST + 3


def write(path: Path, on: list[int], minutes: int = 40) -> Path:
    rows = [f"{days.iso(day)},run,{minutes + day % 7},{7 + day % 5}" for day in on]
    path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    return path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Eighteen weeks of four runs, the last two days not yet there."""
    with Workbench.open(tmp_path / "home") as opened:
        on = [day for day in range(FIRST, LAST - 1) if (day - FIRST) % 7 in (0, 2, 4, 5)]
        opened.import_files([write(tmp_path / "runs.csv", on)])
        yield opened


def seen(bench: Workbench, day: int, before: str = "yesterday") -> DiffView:
    return diff_view(bench.compare("me", day, before))


def test_a_new_workout_and_a_day_that_passed_are_the_causes(bench: Workbench, tmp_path: Path) -> None:
    bench.brief("me", LAST - 1)
    bench.import_files([write(tmp_path / "new.csv", [LAST])])
    view = seen(bench, LAST)
    assert view.causes == ("1 day passed.", "1 new workout.")
    load = next(line for line in view.lines if line.section == "load")
    assert load.kind == "changed"
    assert load.why == view.causes
    assert load.before != load.after
    assert {figure.name for figure in load.figures} >= {"ctl", "atl"}
    assert load.runs_before[0] != load.runs_after[0]
    for name in (*load.runs_before, *load.runs_after):
        assert bench.run(name).id == name


def test_what_arrived_late_is_told_apart_from_what_is_new(bench: Workbench, tmp_path: Path) -> None:
    bench.brief("me", LAST - 1)
    bench.import_files([write(tmp_path / "late.csv", [LAST - 3, LAST], minutes=75)])
    assert "1 workout of earlier days arrived late." in seen(bench, LAST).causes
    again = seen(bench, LAST - 1, days.iso(LAST - 1))
    assert again.causes == ("1 workout of earlier days arrived late.",)


def test_a_label_and_a_goal_are_causes_of_their_own(bench: Workbench) -> None:
    first = bench.brief("me", LAST)
    name = str(bench.store.workouts("me")["id"][-1])
    bench.label(name, activity="walk", athlete_id="me")
    view = seen(bench, LAST, first.id)
    assert "Other labels than before." in view.causes
    second = bench.brief("me", LAST)
    bench.state("goal", kind="training_days", value="6", valid_from=days.iso(FIRST), today=TODAY)
    view = seen(bench, LAST, second.id)
    assert view.causes == ("Other goal than before.",)
    score = next(line for line in view.lines if line.section == "consistency")
    assert score.why == ("Other goal than before.",)


def test_the_same_brief_has_nothing_to_say(bench: Workbench) -> None:
    made = bench.brief("me", LAST)
    view = seen(bench, LAST, made.id)
    assert (view.causes, view.lines) == ((), ())
    assert view.same > 10
    assert view.text().endswith("sentences did not change.")


def test_without_an_earlier_brief_one_is_made_and_that_is_said(bench: Workbench) -> None:
    view = seen(bench, LAST)
    assert "made just now" in view.note
    assert json.loads(json.dumps(view.as_dict(), allow_nan=False))["causes"] == ["1 day passed."]


def test_a_day_without_a_brief_is_refused(bench: Workbench) -> None:
    with pytest.raises(NotFound, match="no other brief"):
        bench.compare("me", LAST, days.iso(LAST - 9))
