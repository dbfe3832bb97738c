"""What waits in quarantine can be tried again; what passes is in, what does not stays as it was."""

from __future__ import annotations

import pytest

from fitintel.core.records import Outcome, ProblemStatus
from fitintel.workbench.importing import retry_quarantined

TEXT = "date,sport,duration (min),distance (km)\n2024-03-01,Run,30,5\n03/04/2024,Run,40,6\n2024-03-02,Run,x,5\n"


def open_(desk) -> list[tuple[int, str]]:
    return [(p.row, p.rule) for p in desk.store.problems(athlete_id="ann", outcome=Outcome.QUARANTINED.value)]


def test_an_option_lets_a_waiting_row_in_and_leaves_the_other(desk) -> None:
    first = desk.take(TEXT)
    assert open_(desk) == [(2, "date_ambiguous"), (3, "not_a_number")]
    (report,) = retry_quarantined(desk.store, desk.blobs, "ann", date_order="mdy")
    assert report.record.retry_of == first.record.id
    assert (report.record.read, report.record.imported) == (3, 1)
    assert (report.record.duplicate, report.record.quarantined) == (1, 1)
    assert open_(desk) == [(3, "not_a_number")]
    resolved = desk.store.problems(athlete_id="ann", status=ProblemStatus.RESOLVED)
    assert [problem.rule for problem in resolved] == ["date_ambiguous"]
    assert len(desk.workouts()) == 2


def test_a_retry_that_changes_nothing_leaves_no_trace(desk) -> None:
    desk.take(TEXT)
    before = desk.store.problems(athlete_id="ann")
    (report,) = retry_quarantined(desk.store, desk.blobs, None)
    assert report.record.quarantined == 2
    assert desk.store.problems(athlete_id="ann") == before
    assert len(desk.store.imports("ann")) == 1


def test_progress_is_told_and_ends_at_its_total(desk) -> None:
    told: list[tuple[int, int, str]] = []
    desk.take(TEXT, progress=lambda *what: told.append(what))
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert {total for _, total, _ in told} == {3}


def test_nothing_in_quarantine_gives_no_reports(desk) -> None:
    desk.take("date,distance (km)\n2024-03-01,5\n")
    assert retry_quarantined(desk.store, desk.blobs, "ann") == ()


def test_importing_the_same_bytes_again_with_the_option_is_a_retry(desk) -> None:
    desk.take(TEXT)
    report = desk.take(TEXT, date_order="dmy")
    assert (report.record.imported, report.record.duplicate, report.record.quarantined) == (1, 1, 1)
    assert open_(desk) == [(3, "not_a_number")]


def test_importing_the_same_bytes_again_says_what_still_waits(desk) -> None:
    desk.take(TEXT)
    again = desk.take(TEXT)
    assert again.already is not None
    assert (again.record.read, again.record.duplicate, again.record.quarantined) == (3, 1, 2)
    assert len(open_(desk)) == 2


def test_a_dismissed_row_is_not_brought_up_again(desk) -> None:
    desk.take(TEXT)
    desk.store.settle_problems([p.id for p in desk.store.problems(athlete_id="ann")], ProblemStatus.DISMISSED)
    assert retry_quarantined(desk.store, desk.blobs, "ann") == ()
    report = desk.take(TEXT, units="metric")
    assert open_(desk) == []
    assert report.record.quarantined == 2


def test_newer_rules_let_a_row_in(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "date,sport,distance (km)\n2024-03-01,Ride,1100\n"
    desk.take(text)
    assert open_(desk) == [(1, "distance_absurd")]
    monkeypatch.setattr("fitintel.core.rules.MAX_DISTANCE", 2_000_000.0)
    (report,) = retry_quarantined(desk.store, desk.blobs, "ann")
    assert report.record.imported == 1
    assert open_(desk) == []


@pytest.mark.parametrize("again", ["retry", "import"])
def test_a_crash_between_store_and_settling_is_completed_by_the_next_attempt(
    desk, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    def attempt() -> None:
        if again == "retry":
            retry_quarantined(desk.store, desk.blobs, "ann", date_order="mdy")
        else:
            desk.take(TEXT, date_order="mdy")

    desk.take(TEXT)
    with monkeypatch.context() as broken:
        broken.setattr(type(desk.store), "settle_problems", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            attempt()
    assert len(desk.workouts()) == 2
    attempt()
    assert open_(desk) == [(3, "not_a_number")]
    assert len(desk.workouts()) == 2
