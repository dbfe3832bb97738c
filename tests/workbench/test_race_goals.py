"""A race as a goal: stated, told in the brief, walked, the same in JSON and on the squad's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.views.opened import view_of
from fitintel.views.squad import squad_view
from fitintel.workbench.door import Workbench
from tests.test_walk import numbers_of, sayings

LAST = days.number(days.date(2025, 10, 5))
RACES = (LAST - 200, LAST - 120, LAST - 30)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Runs every third day of a year and three races over 10 km, one of them labelled as such each."""
    home = tmp_path_factory.mktemp("races")
    rows = [f"{days.iso(LAST - 3 * at)},run,{47 + at % 9},{8 + 0.1 * (at % 7):.1f}" for at in range(120)]
    rows += [f"{days.iso(day)},run,{45.5 - at / 3:.3f},10.0" for at, day in enumerate(RACES)]
    (home / "diary.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    with Workbench.open(home / "home") as made:
        made.import_files([home / "diary.csv"])
        for row in made.workouts("me").rows():
            if row["day"] in RACES and row["distance"] == 10_000.0:
                made.label(row["id"], "session", "race")
        made.state("goal", kind="event", valid_from=days.iso(LAST + 50), name="City run", sport="running",
                   distance="10km", time="0:44:30", today=LAST)  # fmt: skip
        made.state("goal", kind="event", valid_from=days.iso(LAST + 90), name="Camp", today=LAST)
        yield made


def test_a_race_is_stated_with_sport_distance_and_time_and_listed_with_them(bench: Workbench) -> None:
    race, camp = sorted(bench.stated("goal", "me"), key=lambda one: one.valid_from)
    assert (race.sport, race.distance, race.target) == ("running", 10_000.0, 2670.0)
    assert (camp.sport, camp.distance, camp.target) == ("", None, None)


@pytest.mark.parametrize("fields", [{"kind": "training_days", "value": "4", "sport": "running"},
                                    {"kind": "event", "name": "x", "time": "45min"},
                                    {"kind": "event", "name": "x", "distance": "10km", "time": "1s"}])  # fmt: skip
def test_what_makes_no_race_is_refused(bench: Workbench, fields: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        bench.state("goal", valid_from=days.iso(LAST + 9), today=LAST, **fields)


def test_the_chance_is_the_same_as_text_and_json_and_every_figure_is_walked(bench: Workbench) -> None:
    opened = bench.open_brief("me", LAST)
    view = view_of(opened)
    line = next(one for one in view.section("goals").lines if one.code == "goal_race")
    assert line.text.startswith("City run (10.0 km) in 50 days, on Mon 24 Nov 2025: a chance of ")
    assert line.text.endswith("to finish in 44:30 min or faster.")
    told = next(one for one in view.as_dict()["sections"] if one["name"] == "goals")["lines"][0]
    assert told["text"] == line.text in view.text(200)
    number = 1 + [one.code for one in opened.brief.insights].index("goal_race")
    found = bench.explain(f"{opened.brief.id}/{number}")
    assert [place.name for place in found.places if not place.where] == []
    assert {step.run.algorithm for step in found.steps} >= {"race_goal", "race_prediction", "riegel"}
    insight = opened.brief.insights[number - 1]
    assert not numbers_of(line.said) - sayings(insight, opened) - {"3", "25"}


def test_the_squad_row_names_the_next_event_and_the_days_to_it(bench: Workbench) -> None:
    (row,) = squad_view(bench.squad(day=LAST)).rows
    assert dict(row.cells)["next event"] == "City run in 50 days"
