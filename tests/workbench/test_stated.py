"""What a person states goes through checks, stays readable after a correction, and reaches the brief."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.stated import Threshold
from fitintel.workbench.briefs import stated_habit
from fitintel.workbench.door import Workbench
from fitintel.workbench.stating import keep, make, threshold

TODAY = days.number(days.date(2025, 10, 8))
LAST = "2025-10-05"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def trained(bench: Workbench, tmp_path: Path) -> Workbench:
    """Twelve weeks of three runs of 30 minutes; the tenth week is empty."""
    first = days.number(days.date(2025, 7, 14))
    rows = [
        f"{days.iso(first + 7 * week + weekday)},run,30,5" for week in range(12) if week != 9 for weekday in (0, 2, 6)
    ]
    path = tmp_path / "runs.csv"
    path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    bench.import_files([path])
    return bench


def consistency(bench: Workbench) -> dict[str, Any]:
    brief = bench.brief("me", LAST)
    (run,) = [bench.run(run_id) for run_id in brief.run_ids if bench.run(run_id).algorithm == "consistency_score"]
    value: dict[str, Any] = bench.value(run.output)
    return value


def test_a_goal_from_a_day_on_is_what_consistency_is_measured_by(trained: Workbench) -> None:
    before = consistency(trained)
    trained.state("goal", kind="training_days", value="6", valid_from="2025-09-01", today=TODAY)
    after = consistency(trained)
    assert (before["goal"], after["goal"]) == (3.0, 6.0)
    assert after["F"] < before["F"]


def test_an_excused_week_is_left_out_and_a_long_weekend_is_not(trained: Workbench) -> None:
    before = consistency(trained)
    trained.state("excuse", first="2025-09-15", last="2025-09-17", reason="travelling", today=TODAY)
    assert consistency(trained) == before
    trained.state("excuse", first="2025-09-15", last="2025-09-21", reason="ill", today=TODAY)
    after = consistency(trained)
    assert (after["weeks"], before["weeks"]) == (7, 8)
    assert after["score"] > before["score"]
    trained.state("excuse", first="2025-09-15", last="2025-09-21", reason="ill", withdraw=True, today=TODAY)
    assert consistency(trained) == before


def test_a_plan_counts_what_was_done_of_it(trained: Workbench) -> None:
    assert consistency(trained)["P"] is None
    for day in ("2025-09-22", "2025-09-23", "2025-12-01"):
        trained.state("plan", day=day, sport="running", duration="30min", today=TODAY)
    assert consistency(trained)["P"] == pytest.approx(0.5), "one of two planned runs was done; December is to come"


def test_nothing_stated_changes_nothing(trained: Workbench) -> None:
    first = trained.brief("me", LAST)
    trained.state("threshold", kind="vo2max", value="52", valid_from="2025-01-01", today=TODAY)
    trained.add_wellness(athlete_id="me", date="2025-10-05", resting_hr="50", today=TODAY)
    assert stated_habit(trained.store, "me", TODAY) == {"goal": None, "excused_weeks": [], "planned_minutes": {}}
    assert consistency(trained)["goal"] == 3.0
    assert first.of is not None


def test_a_correction_keeps_the_earlier_statement_and_repeating_it_adds_nothing(bench: Workbench) -> None:
    bench.add(date="2025-10-01", duration="30min", today=TODAY)
    then = datetime(2025, 9, 1, tzinfo=UTC)
    first = keep(bench.store, threshold("me", "power", "250W", valid_from="2025-09-01", today=TODAY, now=then))
    again = keep(bench.store, threshold("me", "power", "250W", valid_from="2025-09-01", today=TODAY))
    assert again.id == first.id
    later = then + timedelta(days=3)
    keep(bench.store, threshold("me", "power", "240", valid_from="2025-09-01", today=TODAY, now=later))
    assert [each.value for each in bench.stated("threshold", "me") if isinstance(each, Threshold)] == [240.0]
    every = [each.value for each in bench.stated("threshold", "me", history=True) if isinstance(each, Threshold)]
    assert every == [250.0, 240.0]


@pytest.mark.parametrize(
    ("what", "fields", "said"),
    [
        ("threshold", {"kind": "power", "value": "2500W"}, "30 to 700 W"),
        ("threshold", {"kind": "power", "value": "seven"}, "plain number"),
        ("threshold", {"kind": "speed", "value": "4"}, "no unit"),
        ("threshold", {"kind": "power", "value": "250W", "valid_from": "29 Feb 2023"}, "from: '29 Feb 2023'"),
        ("threshold", {"kind": "power", "value": "250W", "valid_from": "03/04/2024"}, "day/month or month/day"),
        ("threshold", {"kind": "power", "value": "250W", "valid_from": "2089-01-01"}, "out of range"),
        ("threshold", {"kind": "power", "value": "250W", "valid_from": "0000-00-00"}, "is not a date"),
        ("goal", {"kind": "training_days", "value": "8"}, "0.5 to 7 d"),
        ("goal", {"kind": "event"}, "needs a name"),
        ("plan", {"day": "2025-10-12", "sport": "running"}, "how long nor how far"),
        ("plan", {"day": "2025-10-12", "sport": "running", "duration": "1:90"}, "minutes and seconds or"),
        ("plan", {"day": "2025-10-12", "sport": "running", "duration": "-5"}, "not a duration"),
        ("plan", {"day": "2025-10-12", "sport": "running", "duration": "30min", "rpe": 11.0}, "0 to 10"),
        ("excuse", {"first": "2025-10-09", "last": "2025-10-01", "reason": "ill"}, "before the first"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_range(what: str, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        make(what, "me", today=TODAY, **fields)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("what", "fields"),
    [("threshold", {"kind": "ftp", "value": "250W"}), ("goal", {"kind": "fun", "value": "1"}),
     ("plan", {"day": "2025-10-12", "sport": "quidditch", "duration": "30min"}),
     ("excuse", {"first": "2025-10-09", "reason": "lazy"}), ("wish", {})],
)  # fmt: skip
def test_an_unknown_word_is_answered_with_the_known_ones(what: str, fields: dict[str, Any]) -> None:
    with pytest.raises(UnknownName) as caught:
        make(what, "me", today=TODAY, **fields) if what != "wish" else make(what, "me", **fields)
    assert caught.value.known


def test_withdrawing_what_was_never_stated_is_said(bench: Workbench) -> None:
    with pytest.raises(NotFound, match="nothing to withdraw"):
        bench.state("excuse", first="2025-10-01", reason="ill", withdraw=True, today=TODAY)
