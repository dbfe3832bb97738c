"""Duplicates: the same is one, the contradictory waits, the alike is kept and said."""

from __future__ import annotations

import numpy as np

from fitintel.core import days
from fitintel.core.records import Outcome

HEADER = "date,sport,duration (min),distance (km),activity id,notes\n"


def test_identical_rows_are_one_workout_and_are_counted(desk, said) -> None:
    row = "2024-03-01,Run,30,5,,\n"
    report = desk.take(HEADER + row * 3)
    assert (report.record.read, report.record.imported, report.record.duplicate) == (3, 1, 2)
    assert said.rules(report) == [(2, "", "identical_row")]
    assert report.problems[0].outcome is Outcome.DUPLICATE
    assert report.problems[0].detail == "2 more of row 1: row 2, 3"
    assert len(desk.workouts()) == 1


def test_rows_of_one_identity_with_other_values_wait_together(desk, said) -> None:
    report = desk.take(HEADER + "2024-03-01,Run,30,5,a7,\n2024-03-02,Run,40,6,a8,\n2024-03-01,Run,31,5,a7,\n")
    assert said.rules(report) == [(1, "date", "conflicting_rows"), (3, "date", "conflicting_rows")]
    assert [problem.detail for problem in report.problems] == ["contradicts line 4", "contradicts line 2"]
    assert (report.record.imported, report.record.quarantined) == (1, 2)


def test_one_start_time_with_other_values_waits(desk, said) -> None:
    text = "date,sport,duration (min),distance (km)\n2024-03-01 07:30,Run,30,5\n2024-03-01 07:30,Run,40,6\n"
    report = desk.take(text)
    assert [rule for _, _, rule in said.rules(report)] == ["conflicting_rows"] * 2
    assert len(desk.workouts()) == 0


def test_two_ids_of_one_day_and_measure_are_both_kept_and_named(desk, said) -> None:
    report = desk.take(HEADER + "2024-03-01,Run,30,5,a7,\n2024-03-01,Run,30,5,a8,\n2024-03-01,Run,30,6,a9,\n")
    assert said.rules(report) == [(1, "", "possible_duplicate"), (2, "", "possible_duplicate")]
    assert (report.record.imported, report.record.warned) == (1, 2)
    assert len(desk.workouts()) == 3


def test_a_likeness_to_a_stored_workout_is_said_and_counts_once(desk, said) -> None:
    desk.take("date,sport,duration (min),distance (km),activity id\n2024-03-01,Run,30,5,vendor-1\n")
    (first,) = desk.workouts()["id"]
    report = desk.take("date,sport,duration (s),distance (m)\n2024-03-01,Run,1800.4,5004\n", "other.csv")
    assert said.problem(report, "possible_duplicate").value == first
    assert len(desk.workouts()) == 1  # two sources of one workout: linked, reversible, counted once
    assert desk.take("date,sport,duration (s),distance (m)\n2024-03-01,Run,1800.4,5004\n", "other.csv").already


def test_three_alike_are_all_flagged(desk, said) -> None:
    report = desk.take(HEADER + "".join(f"2024-03-01,Run,30,5,a{i},\n" for i in range(3)))
    assert len(said.rules(report)) == 3
    assert {problem.value for problem in report.problems} <= set(desk.workouts()["id"])


def test_the_likeness_of_many_workouts_of_a_day_does_not_depend_on_row_order(desk) -> None:
    rows = [f"2024-03-01,Run,{30 + i % 7},{5 + i % 3},a{i},\n" for i in range(60)]
    desk.take(HEADER + "".join(rows))
    desk.take(HEADER + "".join(reversed(rows)), athlete="bob")

    def flags(athlete: str) -> dict[str, str]:
        stored = desk.workouts(athlete)
        return dict(zip(stored["source_id"], stored["flags"], strict=True))

    assert flags("ann") == flags("bob")
    assert set(flags("ann").values()) == {"possible_duplicate"}


def test_gym_hours_of_different_kinds_on_one_day_are_not_alike(desk, said) -> None:
    report = desk.take("date,sport,duration (min)\n2024-03-01,Video Workout,55\n2024-03-01,Other Activity,55\n")
    assert report.problems == ()
    assert report.record.imported == 2


def test_small_ids_of_two_tables_on_different_days_do_not_collide(desk) -> None:
    desk.take("date,distance (km),activity id\n2023-01-01,5,1001\n2023-01-02,6,1002\n", "2023.csv")
    report = desk.take("date,distance (km),activity id\n2024-01-01,7,1001\n2024-01-02,8,1002\n", "2024.csv")
    assert report.record.imported == 2


def test_a_workout_corrected_at_its_source_replaces_the_stored_one_and_is_said(desk, said, real_history) -> None:
    header, first, *_ = real_history.read_text().splitlines()
    desk.take(f"{header}\n{first}\n")
    corrected = f"{header}\n{first.replace(',3263,', ',3000,')}\n"
    report = desk.take(corrected, "corrected.csv")
    problem = said.problem(report, "changed_at_source")
    assert problem.outcome is Outcome.WARNED
    assert "stored 3263, now 3000" in problem.detail
    assert (report.record.read, report.record.warned, report.record.duplicate) == (1, 1, 0)
    assert desk.workouts()["duration"].tolist() == [3000.0]
    assert desk.take(corrected, "corrected.csv").record.duplicate == 1


def test_a_workout_moved_to_another_day_at_its_source_is_still_one(desk, real_history) -> None:
    header, first, *_ = real_history.read_text().splitlines()
    desk.take(f"{header}\n{first}\n")
    report = desk.take(f"{header}\n{first.replace('Oct. 7, 2025', 'Oct. 1, 2025')}\n", "corrected.csv")
    assert report.record.warned == 1
    assert [days.iso(day) for day in desk.workouts()["day"]] == ["2025-10-01"]


def test_another_athlete_has_workouts_of_their_own(desk) -> None:
    text = HEADER + "2024-03-01,Run,30,5,,\n"
    desk.take(text)
    report = desk.take(text, athlete="bob")
    assert report.record.imported == 1
    assert report.already is None
    assert not set(desk.workouts("ann")["id"]) & set(desk.workouts("bob")["id"])


def test_the_same_workout_read_from_two_dialects_is_one(desk) -> None:
    desk.take("date,sport,duration (min),distance (km)\n2024-03-01,Run,30,5\n")
    report = desk.take("Datum;Sportart;Dauer (h:mm:ss);Strecke (m)\n01.03.2024;Laufen;0:30:00;5000\n", "de.csv")
    assert (report.record.duplicate, report.record.imported) == (1, 0)
    assert np.array_equal(desk.workouts()["distance"], [5000.0])
