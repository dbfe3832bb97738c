"""The brief asks at most two questions a week; an answer closes one, opens no other, and is kept as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from fitintel.core import days
from fitintel.workbench.door import Workbench

FIRST = days.number(date(2025, 3, 3))
LAST = FIRST + 180


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Half a year of workouts between walking and running, and others that are clear."""
    home = tmp_path_factory.mktemp("asked")
    rows = []
    for at in range(181):
        speed = (1.62, 2.9, 1.78, 1.25, 2.15)[at % 5] * (1 + 0.003 * (at % 11))
        minutes = 25 + 5 * (at % 4)
        rows.append(f"{days.iso(FIRST + at)},run,{minutes},{speed * minutes * 0.06:.3f}")
    (home / "diary.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    with Workbench.open(home / "home") as opened:
        opened.import_files([home / "diary.csv"])
        yield opened


def asked(bench: Workbench, day: int) -> list[Any]:
    return [each for each in bench.brief("me", day).insights if each.code == "label_question"]


def test_at_most_two_are_asked_in_a_week_and_all_week_the_same(bench: Workbench) -> None:
    counts = []
    for monday in range(days.week_start(LAST) - 35, days.week_start(LAST) + 1, 7):
        found = [each.workout_ids for each in asked(bench, monday)]
        assert [each.workout_ids for each in asked(bench, monday + 4)] == found
        counts.append(len(found))
    assert max(counts) == 2


def test_an_answer_closes_its_question_and_opens_no_other(bench: Workbench) -> None:
    before = asked(bench, LAST)
    assert before
    (name,) = before[0].workout_ids
    level, value = before[0].values["level"], before[0].values["likely"][1]
    (given,) = bench.label(name, level, value)
    assert given.asked
    left = [each.workout_ids for each in asked(bench, LAST)]
    assert left == [each.workout_ids for each in before[1:]]
    effect = next(each for each in bench.brief("me", LAST).insights if each.code == "label_effect")
    assert (effect.values["value"], effect.values["corrected"]) == (value, 1)
    told = {each for one in bench.store.told("me") if one.code == "label_question" for each in one.workout_ids}
    other = next(str(each) for each in bench.workouts("me")["id"] if each not in told)
    assert not bench.label(other, "activity", "run")[0].asked


def test_what_was_asked_is_not_asked_in_the_next_seven_weeks(bench: Workbench) -> None:
    monday = days.week_start(LAST) - 56
    first = {each.workout_ids[0] for each in asked(bench, monday)}
    later = [each.workout_ids[0] for week in range(1, 8) for each in asked(bench, monday + 7 * week)]
    assert later
    assert not first & set(later)
