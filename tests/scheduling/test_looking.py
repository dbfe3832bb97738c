"""Looks of one or several schedulers, over clocks that change, zones that change, downtimes and failures."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from fitintel.core import days
from fitintel.core.errors import StorageUnavailable, UsageError
from fitintel.core.mornings import ATTEMPTS, RETRY, STALE, Morning
from fitintel.core.preferences import Preferences
from fitintel.views.files import brief_files
from fitintel.workbench.scheduling import looking
from fitintel.workbench.scheduling.looking import Wishes, look
from tests.scheduling.conftest import Clock, Noting, opened

WISHES = Wishes(brief_files, track=False)


def had(bench: Noting) -> Counter[tuple[str, str]]:
    """(athlete, local day) -> how many briefs were made."""
    return Counter((one, days.iso(day)) for day, names in bench.__dict__.get("asked", []) for one in names)


def dates(first: str, count: int) -> list[str]:
    begin = days.number(datetime.fromisoformat(first).date())
    return [days.iso(begin + one) for one in range(count)]


@pytest.mark.parametrize("start", ["2026-03-27 00:00", "2026-10-23 00:00"])
def test_over_both_changes_of_clocks_each_has_one_brief_a_local_day(home: Path, start: str) -> None:
    clock = Clock(start)
    with opened(home) as bench:
        for _ in range(6 * 24):
            look(bench, WISHES, clock=clock)
            clock.on(hours=1)
        made = had(bench)
    assert set(made.values()) == {1}
    for name in ("ann", "cid"):
        assert sorted(day for one, day in made if one == name) == dates(start[:10], 6)
    assert len([day for one, day in made if one == "bob"]) in (6, 7), "Auckland is half a day ahead"


def test_nobody_is_woken_before_their_morning(home: Path) -> None:
    clock = Clock("2026-06-01 02:59")
    with opened(home) as bench:
        look(bench, WISHES, clock=clock)
        assert set(had(bench)) == {("bob", "2026-06-01")}
        clock.on(minutes=1)
        look(bench, WISHES, clock=clock)
        assert ("ann", "2026-06-01") in had(bench)
        clock.on(hours=2)
        look(bench, WISHES, clock=clock)
        assert ("cid", "2026-06-01") in had(bench)


def test_who_moves_to_another_zone_still_has_one_brief_a_local_day(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")
    with opened(home) as bench:
        for zone in ("Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin", "Pacific/Auckland", "America/New_York"):
            bench.vault.put_preferences(Preferences("bob", time_zone=zone))
            for _ in range(15):
                look(bench, WISHES, clock=clock)
                clock.on(hours=2)
        bobs = sorted(day for (name, day), count in had(bench).items() for _ in range(count) if name == "bob")
    assert bobs == dates("2026-06-02", len(bobs)), "every day once, none left out"


def test_three_days_of_downtime_are_caught_up_once(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")
    with opened(home) as bench:
        look(bench, WISHES, clock=clock)
        clock.on(days=3, hours=1)
    with opened(home) as again:
        look(again, WISHES, clock=clock)
        look(again, WISHES, clock=clock)
        assert had(again) == Counter({(name, "2026-06-04"): 1 for name in ("ann", "cid")} | {("bob", "2026-06-05"): 1})


def test_all_that_was_missed_is_made_oldest_first_where_it_is_wished(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")
    with opened(home) as bench:
        look(bench, WISHES, clock=clock)
        clock.on(days=3)
    with opened(home) as again:
        look(again, Wishes(brief_files, catch_up=7, track=False), clock=clock)
        assert had(again) == Counter({(name, day): 1 for name in ("ann", "cid") for day in dates("2026-06-02", 3)}
                                     | {("bob", day): 1 for day in dates("2026-06-03", 3)})  # fmt: skip
        assert [day for day, _ in again.asked] == sorted(day for day, _ in again.asked)


def test_two_schedulers_at_once_make_each_brief_once(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")
    benches = [opened(home) for _ in range(4)]
    gate = threading.Barrier(len(benches), timeout=300)

    def run(bench: Noting) -> None:
        for _ in range(5):
            gate.wait()
            look(bench, WISHES, clock=clock)
            if gate.wait() == 0:
                clock.on(days=1)

    threads = [threading.Thread(target=run, args=(bench,)) for bench in benches]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    made = sum((had(bench) for bench in benches), Counter())
    for bench in benches:
        bench.close()
    assert set(made.values()) == {1}
    assert len(made) == 3 * 5


def test_a_scheduler_that_died_half_way_is_followed_by_another_after_an_hour(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")

    def dies() -> None:
        raise SystemExit("killed")

    with opened(home) as bench:
        bench.during = dies
        with pytest.raises(SystemExit):
            look(bench, WISHES, clock=clock)
    with opened(home) as other:
        look(other, WISHES, clock=clock)
        assert set(had(other)) == {("bob", "2026-06-02")}, "the two of the first batch seem to be under way"
        clock.on(seconds=STALE.total_seconds())
        look(other, WISHES, clock=clock)
        assert {name for name, _ in had(other)} == {"ann", "bob", "cid"}


def test_who_failed_is_tried_again_and_nobody_else_is(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")
    with opened(home) as bench:
        bench.failing = frozenset({"ann"})
        for _ in range(2 * ATTEMPTS):
            look(bench, WISHES, clock=clock)
            clock.on(seconds=RETRY.total_seconds())
        assert had(bench)["ann", "2026-06-01"] == ATTEMPTS
        assert had(bench)["cid", "2026-06-01"] == 1
        assert bench.vault.turns()["ann"].state is Morning.FAILED


def test_a_night_that_fails_as_a_whole_is_said_and_tried_again(home: Path) -> None:
    clock = Clock("2026-06-01 18:00")

    def fails() -> None:
        raise StorageUnavailable("The disk is full")

    with opened(home) as bench:
        bench.during = fails
        batches = look(bench, WISHES, clock=clock)
        assert {str(batch.error) for batch in batches} == {"The disk is full."}
        assert max(batch.exit_code for batch in batches) == 3
        bench.during = None
        clock.on(seconds=RETRY.total_seconds())
        assert [batch.exit_code for batch in look(bench, WISHES, clock=clock)] == [0, 0]


def test_a_stop_finishes_the_batch_under_way_and_begins_no_other(home: Path) -> None:
    clock, stop = Clock("2026-06-01 18:00"), threading.Event()
    with opened(home) as bench:
        bench.during = stop.set
        wishes = Wishes(brief_files, track=False, at_once=1)
        (batch,) = look(bench, wishes, clock=clock, stopping=stop.is_set)
        assert bench.vault.turns()[batch.athletes[0]].state is Morning.MADE
        assert len(bench.vault.turns()) == 1


def test_more_days_than_a_month_are_not_caught_up_and_not_everybody_is_taken_at_once() -> None:
    for wrong in (0, 32):
        with pytest.raises(UsageError):
            Wishes(brief_files, catch_up=wrong)
    for wrong in (0, looking.BATCH + 1):
        with pytest.raises(UsageError):
            Wishes(brief_files, at_once=wrong)
