"""What an athlete does with a real history and recordings in the app, in a real browser on phone and desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.recorded import LinkState
from fitintel.workbench.door import Workbench
from tests.app.browser import MOST_SHIFT, WIDTHS, Visit, serving

pytestmark = pytest.mark.slow
RECORDED = "fitparse-tests/Edge810-Vector-2013-08-16-15-35-10.fit"
"""below the real data: a ride with heart rate, cadence and power"""


@pytest.fixture(scope="module")
def served(real_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """(workspace, address)."""
    home = tmp_path_factory.mktemp("real") / "home"
    with Workbench.open(home) as bench:
        bench.import_files([real_history])
        bench.prefer(units="metric")
    with serving(home) as address:
        yield home, address


@pytest.fixture(params=WIDTHS)
def visit(request: pytest.FixtureRequest, served: tuple[Path, str], chromium: Any) -> Iterator[Visit]:
    one = Visit(chromium, served[1], request.param).open("me")
    yield one
    one.page.close()


def test_a_recording_is_brought_in_opened_labelled_left_out_and_counted_again(visit, served, real_history):
    file = real_history.parents[1] / RECORDED
    if not file.is_file():
        pytest.skip(f"the recording is not here: {file}")
    visit.go("Add")
    visit.page.set_input_files('input[type="file"]', str(file))
    visit.press("Take them in")
    visit.until("What happened to each file")
    visit.sound("report")
    with Workbench.open(served[0]) as bench:
        workout = next(row["id"] for row in bench.latest_workouts("me", 5000)[2] if row["sport"] == "cycling"
                       and bench.samples("me", row["id"]))  # fmt: skip
    _opened(visit, workout)
    visit.page.locator(".js-plotly-plot").first.wait_for()
    visit.page.wait_for_timeout(1500)  # what comes late moves what is below it
    assert visit.shifted() <= MOST_SHIFT
    visit.picture("workout")
    visit.choose("What was it?", "ride")
    visit.press("Keep what I say")
    visit.until("Your word wins")
    visit.press("Leave out of every figure")
    visit.until("You left this workout out of every figure.")
    visit.press("Count it again")
    visit.until("Leave out of every figure")
    visit.page.wait_for_timeout(1000)  # what is drawn again is pale for a moment
    visit.settled()
    visit.accessible("workout")
    visit.sound("workout")


def test_a_day_is_typed_a_goal_stated_and_withdrawn_and_a_question_asked(visit, served):
    visit.go("Add")
    visit.tab("Workout")
    visit.fill("Duration", "45 min")
    distance = "8.5 km" if visit.width == "phone" else "12.5 km"  # the same typed twice is taken in once
    visit.fill("Distance", distance)
    visit.press("Add")
    visit.until(f"{distance} in 45 min")
    visit.go("Goals and plans")
    visit.fill("How much", "5")
    visit.press("State a goal")
    visit.until("Training days a week")
    with Workbench.open(served[0]) as bench:
        assert [one.value for one in bench.stated("goal", "me")] == [5.0]
    visit.press("Withdraw")
    visit.until("No goal is stated yet.")
    visit.go("Query")
    visit.press("Run")
    visit.page.locator('[data-testid="stDataFrame"]').last.wait_for()
    visit.until("rows")
    visit.sound("query")


def test_two_recordings_held_to_be_one_are_two_again_when_the_athlete_says_so(visit, served, tmp_path):
    width = 0 if visit.width == "phone" else 1
    day = days.today() - 20 - width
    start = f"{days.iso(day)}T08:0{width}:00Z"
    with Workbench.open(served[0]) as bench:
        for minutes, name in ((40, "watch"), (41, "phone")):
            file = tmp_path / f"{name}.csv"
            file.write_text(f"start,sport,duration (min),distance (km)\n{start},running,{minutes},8.{minutes}\n")
            bench.import_files([file], athlete_id="me")
        merged = [one for one in bench.duplicates("me").links if one.state is LinkState.MERGED]
        (link,) = [one for one in merged if bench.workout(one.workout_id, "me").row["day"] == day]
        counted, other = link.workout_id, link.other_id
    _opened(visit, counted)
    visit.until(other)
    visit.press("These are two workouts")
    visit.page.get_by_text("These are two workouts").wait_for(state="detached")
    with Workbench.open(served[0]) as bench:
        assert {counted, other} <= set(bench.workouts("me")["id"].tolist())
    visit.sound("split")


def _opened(visit: Visit, workout: str) -> None:
    visit.page.goto(f"{visit.address}workouts?athlete=me&workout={workout}")
    visit.settled()
    visit.wrong = [each for each in visit.wrong if "404" not in each]  # Streamlit looks for its base below the address
