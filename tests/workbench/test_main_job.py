"""The main job on the real history: a file in, a brief out, and what a person may rely on."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fitintel import Workbench, view_of
from fitintel.core import days
from fitintel.core.records import Brief, Section
from fitintel.core.units import METRE_PER_MILE, UnitSystem

DAY = "2025-10-07"


@pytest.fixture(scope="module")
def bench(real_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with Workbench.open(tmp_path_factory.mktemp("home")) as bench:
        bench.import_files([real_history])
        yield bench


@pytest.fixture(scope="module")
def brief(bench: Workbench) -> Brief:
    return bench.brief("me", DAY)


def reordered(source: Path, target: Path, order: str) -> Path:
    with source.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    rows = rows[::-1] if order == "reversed" else random.Random(7).sample(rows, len(rows))
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return target


def test_the_import_says_what_the_file_holds(bench: Workbench, real_history: Path) -> None:
    record = bench.store.imports("me")[0]
    assert record.read == 2774
    assert record.imported + record.warned + record.duplicate + record.quarantined == 2774
    workouts = bench.workouts("me")
    over = np.array(["duration_over_24h" in flags.split() for flags in workouts["flags"]])
    assert over.sum() == 5
    rest = workouts.take(~over)
    assert np.nansum(rest["duration"]) / 3600 == pytest.approx(2463.36, abs=0.005)
    assert np.nansum(rest["distance"]) / METRE_PER_MILE == pytest.approx(8216.15, abs=0.005)


def test_a_person_whose_file_is_in_miles_reads_miles(bench: Workbench) -> None:
    assert bench.athlete("me").units is UnitSystem.IMPERIAL


def test_a_brief_for_no_stated_day_is_for_the_last_day_with_data(bench: Workbench) -> None:
    assert days.today() - days.number(days.from_number(20368)) > 28, "the premise: the history is old"
    assert days.iso(bench.brief().day) == DAY


def test_the_same_brief_is_made_once(bench: Workbench, brief: Brief) -> None:
    again = bench.brief("me", DAY)
    assert again.id == brief.id
    assert [made for made, day, _ in bench.store.briefs("me") if day == brief.day] == [brief.id]


@pytest.mark.parametrize("order", ["reversed", "shuffled"])
def test_the_order_of_rows_changes_no_figure(brief: Brief, real_history: Path, tmp_path: Path, order: str) -> None:
    with Workbench.open(tmp_path / "home") as other:
        other.import_files([reordered(real_history, tmp_path / "history.csv", order)])
        assert other.brief("me", DAY).id == brief.id  # the id is a digest of all inputs and runs


def test_one_workout_alone_is_classified_as_it_is_among_all(
    bench: Workbench, real_history: Path, tmp_path: Path
) -> None:
    from fitintel.intelligence.registry import get

    workouts = bench.workouts("me")
    among = get("workout_type")(workouts)
    for place in random.Random(3).sample(range(len(workouts)), 40):
        alone = get("workout_type")(workouts.take(slice(place, place + 1)))
        assert alone["label"][0] == among["label"][place]
        assert alone["confidence"][0] == among["confidence"][place]


def test_the_change_of_habit_has_a_date_and_an_interval(brief: Brief) -> None:
    changes = brief.charts["change_points"]
    around_2018 = [place for place, day in enumerate(changes["day"]) if "2017-06-01" <= days.iso(day) <= "2018-12-31"]
    assert around_2018
    for place in around_2018:
        assert changes["low"][place] <= changes["day"][place] <= changes["high"][place]


def test_a_watch_left_running_is_flagged_and_kept_out_of_time_and_pace(bench: Workbench) -> None:
    from fitintel.core.rules import Spoils, spoiled
    from fitintel.intelligence.registry import get

    workouts = bench.workouts("me")
    day = days.number(days.from_number(0).fromisoformat("2024-05-03"))
    on_day = workouts.take(workouts["day"] == day)
    left = on_day.take(on_day["duration"] == 74065.0)
    assert len(left) == 1
    assert spoiled(left["flags"][0], Spoils.DURATION)
    assert spoiled(left["flags"][0], Spoils.PACE)
    daily = get("daily_totals")(workouts, int(workouts["day"][-1]))
    assert daily["duration"][daily["day"] == day][0] < 24 * 3600 - 74065


def test_every_figure_in_the_brief_names_a_stored_run_that_replays(bench: Workbench, brief: Brief) -> None:
    named = {run for insight in brief.insights for run in insight.run_ids}
    assert named <= set(brief.run_ids)
    for insight in brief.insights:
        assert insight.run_ids, f"{insight.code} names no run"
    for run_id in brief.run_ids:
        bench.replay(run_id)  # raises unless the answer is the same, bit for bit


def test_every_section_has_something_to_say(brief: Brief) -> None:
    for section in set(Section) - {Section.GOALS}:  # this athlete states none
        assert brief.of(section), f"nothing is said in {section}"


def test_an_athlete_without_workouts_gets_an_honest_brief(tmp_path: Path) -> None:
    from fitintel import Athlete

    with Workbench.open(tmp_path) as bench:
        bench.store.put_athlete(Athlete(id="new", name="New"))
        made = bench.brief("new")
        assert {insight.code for insight in made.insights} == {"focus_collect", "missing_no_workouts"}
        assert "no workouts" in view_of(bench.open_brief("new")).text().lower()


def test_an_athlete_with_one_workout_gets_an_honest_brief(tmp_path: Path) -> None:
    with Workbench.open(tmp_path) as bench:
        bench.add(date="2025-10-07", sport="running", duration="30min", distance="5km")
        made = bench.brief("me", DAY)
        codes = {insight.code for insight in made.insights}
        assert {"forecast_insufficient", "consistency_insufficient", "trend_insufficient"} <= codes
        assert view_of(bench.open_brief("me", DAY)).text()
