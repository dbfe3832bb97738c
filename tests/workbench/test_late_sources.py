"""What is late stands in the head of the brief and among what is missing, with the same words wherever it is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench

LAST = days.number(days.date(2025, 10, 5))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """Runs every other day up to LAST, and forty nights of a ring that end three days before."""
    rows = [f"{days.iso(LAST - 2 * at)},run,{30 + at % 9},{5 + at % 4}" for at in range(60)]
    (tmp_path / "diary.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
    with Workbench.open(tmp_path / "home") as made:
        made.import_files([tmp_path / "diary.csv"])
        record = made.store.imports("me")[0]
        nights = [Wellness(f"v{at}", "me", LAST - 3 - at, "resting_hr", 50.0 + at % 3, "ring", import_id=record.id)
                  for at in range(40)]  # fmt: skip
        made.store.save_import(replace(record, id="i-ring", sha256="1" * 64), Workouts.empty(), [], wellness=nights)
        yield made


def connect(bench: Workbench, provider: str, synced: int | None, state: ConnectionState) -> None:
    at = None if synced is None else datetime(1970, 1, 1, 6, tzinfo=UTC) + timedelta(days=synced)
    bench.store.put_connection(Connection("me", provider, state, last_sync=at))


def late(bench: Workbench, day: int = LAST) -> tuple[str, ...]:
    return view_of(bench.open_brief("me", day)).header.late


def test_nights_that_no_longer_arrive_are_named_at_the_head_and_explained_below(bench: Workbench) -> None:
    assert late(bench) == ("no wellness from ring since Thu 2 Oct 2025",)
    assert late(bench, LAST - 2) == (), "a day without a value is not late yet"
    view = view_of(bench.open_brief("me", LAST))
    line = next(one for one in view.section("missing").lines if one.code == "missing_nights")
    assert line.text == "Wellness from ring: none since Thu 2 Oct 2025, for 3 days."
    assert view.as_dict()["late"] == list(view.header.late)
    assert "Late: no wellness from ring" in view.text()
    assert "no wellness from ring since" in view._repr_html_()


def test_accounts_without_a_sync_or_without_permission_are_late(bench: Workbench) -> None:
    connect(bench, "intervals", None, ConnectionState.ACTIVE)
    connect(bench, "strava", LAST - 1, ConnectionState.LOST)
    found = late(bench)
    assert found[0] == "intervals never synchronised"
    assert "strava not synchronised since Sat 4 Oct 2025" in found
    connect(bench, "intervals", LAST + 9, ConnectionState.ACTIVE)
    connect(bench, "strava", LAST, ConnectionState.ACTIVE)
    assert late(bench) == ("no wellness from ring since Thu 2 Oct 2025",)


def test_a_later_sync_leaves_the_brief_of_a_past_day_as_it_was(bench: Workbench) -> None:
    connect(bench, "strava", LAST, ConnectionState.ACTIVE)
    before = bench.brief("me", LAST).id
    connect(bench, "strava", LAST + 30, ConnectionState.ACTIVE)
    assert bench.brief("me", LAST).id == before


def test_what_is_late_is_walked_to_its_run(bench: Workbench) -> None:
    made = bench.brief("me", LAST)
    number = 1 + [one.code for one in made.insights].index("missing_nights")
    found = bench.explain(f"{made.id}/{number}")
    assert [step.run.algorithm for step in found.steps] == ["late_sources"]
    assert all(place.where for place in found.places)
