"""What an athlete did with a recommendation is written down by itself, and their own word wins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.answers import Told
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2025, 6, 2))
DAY = FIRST + 7 * 16 + 6


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Sixteen weeks: three runs on changing days, so that fixed days are what is recommended."""
    with Workbench.open(tmp_path / "home") as opened:
        on = [FIRST + 7 * week + (week * 3 + step) % 7 for week in range(17) for step in (0, 2, 5)]
        bring(opened, tmp_path, sorted(day for day in on if day <= DAY))
        yield opened


def bring(bench: Workbench, folder: Path, on: list[int]) -> None:
    path = folder / f"runs-{on[0]}.csv"
    rows = [f"{days.iso(day)},run,{40 + day % 7},{7 + day % 5}" for day in on]
    path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    bench.import_files([path])


def told(bench: Workbench, code: str = "recommend_anchor_days") -> Told:
    return next(one for one in bench.advised("me") if one.code == code and one.day == DAY)


@pytest.mark.parametrize(("kept", "became"), [(3, "done"), (2, "partly done"), (0, "not done")])
def test_days_that_were_kept_are_found_a_week_later(
    bench: Workbench, tmp_path: Path, kept: int, became: str
) -> None:  # fmt: skip
    bench.brief("me", DAY)
    weekdays = told(bench).detail["weekdays"]
    others = [weekday for weekday in range(7) if weekday not in weekdays]
    chosen = (weekdays[:kept] + others)[:3]
    bring(bench, tmp_path, sorted(DAY + 1 + weekday for weekday in chosen))
    bench.brief("me", DAY + 3)
    assert told(bench).outcome == ""
    bench.brief("me", DAY + 7)
    assert told(bench).outcome == became


def test_what_the_athlete_says_stands_whatever_the_workouts_say(bench: Workbench) -> None:
    bench.brief("me", DAY)
    bench.answer("recommend_anchor_days", "done", "recorded elsewhere", athlete_id="me")
    bench.brief("me", DAY + 7)
    assert told(bench).outcome == "done"


def test_a_planned_workout_is_judged_by_the_next_brief(bench: Workbench, tmp_path: Path) -> None:
    bench.state("plan", day=days.iso(DAY), sport="running", duration="1:00:00", today=DAY + 1)
    bench.state("plan", day=days.iso(DAY + 1), sport="running", duration="40min", today=DAY + 1)
    bench.brief("me", DAY)
    bench.brief("me", DAY + 1)
    bring(bench, tmp_path, [DAY + 1])
    bench.brief("me", DAY + 2)
    plans = {one.day: one.outcome for one in bench.advised("me") if one.code == "today_plan"}
    assert plans[DAY + 1] == "done"
    assert plans.get(DAY, "not done") in ("not done", "partly done")


def test_a_recommendation_expects_something_of_the_athletes_own_past_or_says_that_it_is_not_known(
    bench: Workbench,
) -> None:  # fmt: skip
    brief = bench.brief("me", DAY)
    (one,) = [each for each in brief.insights if each.code == "recommend_anchor_days"]
    effect = one.values["effect"]
    assert effect is None or effect["low"] <= effect["value"] <= effect["high"]
    assert any(bench.run(name).algorithm == "after_kept_days" for name in one.run_ids)
    assert one.values["until"] >= DAY
