"""Erasing an athlete: nothing is left of them, and everything of the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.units import UnitSystem
from fitintel.storage.tables import metadata
from fitintel.workbench.door import Workbench

CANARY = "k1n0pcanary"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Workbench]:
    """`gone` with something of everything, and `stays` with the same workouts."""
    with Workbench.open(tmp_path / "home") as bench:
        for athlete in ("gone", "stays"):
            file = tmp_path / f"{athlete}.csv"
            rows = "".join(f"2025-05-{day:02d},Run,{20 + day},{3 + day / 10}\n" for day in range(1, 29))
            file.write_text(f"date,sport,duration (min),distance (km)\n{rows}2025-06-01,Run,abc,1\n")
            bench.import_files([file], athlete_id=athlete)
            bench.add(athlete_id=athlete, date="2025-05-30", sport="running", duration="30 min",
                      notes=CANARY if athlete == "gone" else "")  # fmt: skip
            bench.add_wellness(athlete_id=athlete, date="2025-05-30", resting_hr="50")
            bench.state("goal", athlete_id=athlete, kind="training_days", value="4", valid_from="2025-01-01")
            brief = bench.brief(athlete, "2025-05-31")
            bench.label(str(bench.workouts(athlete)["id"][0]), "activity", "walk", athlete_id=athlete)
            told = bench.told(athlete)[0]
            bench.answer(told.key, "helpful", athlete_id=athlete)
            (bench.settings.briefs / athlete).mkdir(parents=True)
            (bench.settings.briefs / athlete / f"{brief.id}.html").write_text(CANARY)
        yield bench


def test_every_table_and_file_forgets_the_athlete(two: Workbench) -> None:
    erased = two.erase("gone", "gone")
    assert erased.rows > 60
    assert erased.files > 5
    for table in metadata.sorted_tables:
        if "athlete_id" in table.c:
            read = two.vault._store._database.read  # type: ignore[attr-defined]
            rows = read(lambda connection, table=table: connection.execute(
                table.select().where(table.c.athlete_id == "gone")).all())  # fmt: skip
            assert rows == [], table.name
    with pytest.raises(UnknownName):
        two.athlete("gone")
    kept = [path for path in (two.settings.home / "files").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if CANARY.encode() in path.read_bytes()]
    assert not (two.settings.briefs / "gone").exists()


def test_the_others_lose_nothing(two: Workbench) -> None:
    before = [two.workouts("stays").frame().to_csv(), two.brief("stays", "2025-05-31"), two.labels("stays"),
              two.wellness("stays"), two.answers("stays")]  # fmt: skip
    two.erase("gone", "gone")
    after = [two.workouts("stays").frame().to_csv(), two.brief("stays", "2025-05-31"), two.labels("stays"),
             two.wellness("stays"), two.answers("stays")]  # fmt: skip
    assert after[0] == before[0]
    assert after[1].id == before[1].id  # type: ignore[attr-defined]
    assert after[2:] == before[2:]
    for run_id in two.brief("stays", "2025-05-31").run_ids:
        two.replay(run_id)


def test_that_it_was_erased_stays_in_the_audit_chain(two: Workbench) -> None:
    two.erase("gone", "gone")
    assert [row.said["what"] for row in two.audit_rows(subject="gone")].count("erase") >= 1
    assert two.verify_audit().whole


def test_nothing_is_erased_without_the_typed_id(two: Workbench) -> None:
    with pytest.raises(UsageError, match="Nothing was erased"):
        two.erase("gone", "stays")
    assert len(two.workouts("gone")) == 29
    with pytest.raises(NotFound):
        two.vault.erase_athlete("nobody")


def test_an_erased_athlete_may_come_back_as_new(two: Workbench) -> None:
    two.erase("gone", "gone")
    two.add(athlete_id="gone", date="2025-05-30", sport="running", duration="30 min")
    assert len(two.workouts("gone")) == 1
    assert two.athlete("gone").units is UnitSystem.METRIC
    assert two.labels("gone") == ()
