"""The MapMyRun history of one person: what an import of it must say, and keep."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from fitintel.core import days
from fitintel.core.records import Outcome
from fitintel.core.units import METRE_PER_MILE, UnitSystem
from fitintel.ingest.source import detect


def day(text: str) -> int:
    return days.number(days.date.fromisoformat(text))


@pytest.fixture
def raw(real_history: Path) -> bytes:
    return real_history.read_bytes()


def test_its_source_is_found_by_content_not_by_name(raw: bytes) -> None:
    assert detect(raw, "something.fit").name == "mapmyrun_csv"


def test_every_row_ends_somewhere_and_the_sums_are_those_of_the_file(desk, said, raw: bytes) -> None:
    report = desk.take(raw)
    record = report.record
    assert record.read == 2774
    assert said.adds_up(report)
    assert (record.duplicate, record.quarantined) == (0, 0)
    assert report.totals.workouts == 2774
    assert f"{report.totals.hours:.2f} {report.totals.miles:.2f}" == "2463.36 8216.15"
    assert (report.first_day, report.last_day) == (day("2013-06-25"), day("2025-10-07"))
    assert report.units is UnitSystem.IMPERIAL
    assert len(desk.workouts()) == 2774


def test_exactly_five_durations_are_over_24_hours(desk, raw: bytes) -> None:
    report = desk.take(raw)
    over = [problem for problem in report.problems if problem.rule == "duration_over_24h"]
    assert sorted(float(problem.value) for problem in over) == [91900, 105576, 375019, 804495, 1704734895]
    assert {problem.column for problem in over} == {"Workout Time (seconds)"}
    flags = desk.workouts()["flags"].tolist()
    assert sum("duration_over_24h" in text.split() for text in flags) == 5


def test_what_was_not_recorded_makes_no_warning(desk, raw: bytes) -> None:
    report = desk.take(raw)
    counts = Counter(problem.rule for problem in report.problems)
    # 294 heart rates and 146 step counts of 0 are no measurements; they are missing, in silence
    assert "heart_rate_impossible" not in counts
    assert np.isnan(desk.workouts()["hr_mean"]).all()
    assert not (desk.workouts()["steps"] == 0).any()
    assert "sport_unknown" not in counts
    assert set(counts) == {
        "duration_over_24h", "watch_left_running", "possible_duplicate", "top_speed_impossible", "steps_overflow",
        "energy_overflow", "duration_zero", "nothing_recorded",
    }  # fmt: skip


def test_each_warning_can_be_defended_from_the_row(desk, raw: bytes) -> None:
    rows = list(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    report = desk.take(raw)
    for problem in report.problems:
        row = rows[problem.row - 1]
        seconds, miles = float(row["Workout Time (seconds)"]), float(row["Distance (mi)"])
        if problem.rule == "watch_left_running":
            assert 7200 <= seconds <= 86400
            assert miles * METRE_PER_MILE / seconds < 0.45
        elif problem.rule == "top_speed_impossible":
            assert float(row["Max Speed (mi/h)"]) > 27.9  # 12.5 m/s on foot
        elif problem.rule == "steps_overflow":
            assert float(row["Steps"]) > 5 * min(seconds, 86400)
        elif problem.rule == "energy_overflow":
            assert row["Calories Burned (kcal)"] == "32767"
        elif problem.rule == "duration_zero":
            assert (seconds, miles) == (0, 4.0)
        elif problem.rule == "nothing_recorded":
            assert (seconds, miles) == (0, 0)
        assert problem.line == problem.row + 1
        assert problem.outcome is Outcome.WARNED


def test_the_two_workouts_of_2025_10_05_are_kept_and_said_to_be_alike(desk, raw: bytes) -> None:
    report = desk.take(raw)
    alike = [problem for problem in report.problems if problem.rule == "possible_duplicate"]
    assert len(alike) == 2
    one, two = alike
    assert (one.workout_id, two.workout_id) == (two.value, one.value)
    stored = desk.workouts()
    pair = stored.take(np.isin(stored["id"].astype(str), [one.value, two.value]))
    assert pair["day"].tolist() == [day("2025-10-05")] * 2
    assert sorted(pair["source_id"].tolist()) == ["8684506519", "8684506520"]
    assert all("possible_duplicate" in text.split() for text in pair["flags"])


def test_the_watch_left_running_on_2024_05_03_is_flagged(desk, raw: bytes) -> None:
    desk.take(raw)
    stored = desk.workouts()
    left = stored.take((stored["day"] == day("2024-05-03")) & (stored["duration"] == 74065))
    assert left["flags"].tolist() == ["watch_left_running"]
    assert left["distance"][0] / METRE_PER_MILE == pytest.approx(2.00058)


def test_second_import_adds_nothing_and_says_so(desk, said, raw: bytes) -> None:
    first = desk.take(raw)
    facts = desk.workouts()
    second = desk.take(raw, "renamed.csv")
    assert second.already is not None
    assert second.already.id == first.record.id
    assert (second.record.read, second.record.duplicate) == (2774, 2774)
    assert second.outcome is Outcome.DUPLICATE
    assert second.problems == ()
    assert desk.workouts() == facts
    assert len(desk.store.imports("ann")) == 2


@pytest.mark.parametrize("order", ["reversed", "shuffled"])
def test_row_order_changes_no_stored_workout(desk, said, raw: bytes, order: str) -> None:
    header, *rows = raw.splitlines(keepends=True)
    rows = rows[::-1] if order == "reversed" else random.Random(11).sample(rows, len(rows))
    first = desk.take(raw)
    again = desk.take(header + b"".join(rows), athlete="bob")
    assert again.totals == first.totals

    def facts(athlete: str) -> list[str]:
        return sorted(repr({**row, "id": ""}) for row in desk.facts(athlete))

    assert facts("bob") == facts("ann")
    # another athlete has other ids; the same athlete has the same, so nothing is added
    third = desk.take(header + b"".join(rows))
    assert (third.record.duplicate, third.record.imported, third.record.warned) == (2774, 0, 0)
    assert not third.problems


def test_a_file_with_one_more_workout_adds_that_one(desk, said, raw: bytes) -> None:
    header, _newest, *rows = raw.splitlines(keepends=True)
    desk.take(header + b"".join(rows))
    report = desk.take(raw)
    assert (report.record.imported, report.record.duplicate) == (1, 2773)
    assert said.adds_up(report)
    assert report.problems == ()


def test_kilometres_give_the_same_workouts_as_miles(desk, raw: bytes) -> None:
    reader = csv.reader(io.StringIO(raw.decode(), newline=""))
    header, *rows = list(reader)[:400]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([name.replace("Distance (mi)", "Distance (km)") for name in header])
    writer.writerows([*row[:4], repr(float(row[4]) * 1.609344), *row[5:]] for row in rows)
    miles = desk.take(b"".join(raw.splitlines(keepends=True)[:400]))
    kilometres = desk.take(text.getvalue(), athlete="bob")
    assert kilometres.units is UnitSystem.METRIC
    assert kilometres.totals.distance == pytest.approx(miles.totals.distance, rel=1e-12)
    np.testing.assert_allclose(
        np.sort(desk.workouts("bob")["distance"]), np.sort(desk.workouts("ann")["distance"]), rtol=1e-12
    )
