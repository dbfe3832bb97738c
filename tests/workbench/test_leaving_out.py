"""A workout that its athlete leaves out of every figure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.errors import NotFound
from fitintel.core.preferences import Preferences
from fitintel.core.units import UnitSystem
from fitintel.workbench.door import Workbench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path) as opened:
        for day, km in ((4, 5), (5, 50)):
            opened.add(date=f"2025-05-{day:02d}", sport="running", duration=f"{6 * km} min", distance=f"{km} km")
        yield opened


def week(bench: Workbench) -> float:
    """Distance [m] of the last week in the brief."""
    return float(sum(value for value in bench.brief("me", "2025-05-12").charts["weeks"]["distance"] if value == value))


def test_a_workout_left_out_is_in_no_figure_and_still_there(bench: Workbench) -> None:
    before, workout = week(bench), str(bench.workouts("me")["id"][1])
    assert bench.leave_out(workout) == (workout,)
    assert len(bench.workouts("me")) == 2
    assert before - week(bench) == pytest.approx(50_000.0)
    assert bench.leave_out(workout) == (), "twice is as once"


def test_it_counts_again_as_before(bench: Workbench) -> None:
    before, workout = bench.brief("me", "2025-05-12").id, str(bench.workouts("me")["id"][1])
    flags = bench.workouts("me")["flags"].tolist()
    bench.leave_out(workout)
    assert bench.brief("me", "2025-05-12").id != before
    assert bench.count_again(workout) == (workout,)
    assert bench.workouts("me")["flags"].tolist() == flags
    assert bench.brief("me", "2025-05-12").id == before


def test_an_unknown_workout_is_not_found(bench: Workbench) -> None:
    with pytest.raises(NotFound, match="nothing"):
        bench.leave_out("nothing")


def test_preferences_are_the_readers_and_change_no_figure(bench: Workbench) -> None:
    before = bench.brief("me", "2025-05-12").id
    assert bench.preferences() == Preferences("me")
    assert bench.prefer(units="imperial", time_zone="Europe/Berlin").units is UnitSystem.IMPERIAL
    assert bench.prefer(units="auto").units is None
    assert bench.preferences().time_zone == "Europe/Berlin", "what is not named stays"
    assert bench.brief("me", "2025-05-12").id == before
