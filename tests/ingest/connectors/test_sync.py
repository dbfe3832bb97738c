"""Syncing with Strava: everything once, edits and deletions followed, interruptions repeated."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fitintel.core.connections import ConnectionState
from fitintel.core.rules import Spoils, spoiled
from fitintel.workbench import syncing
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import Fault, StravaCloud, ride


def lists(entries: list[dict[str, Any]]) -> Fault:
    """A first page with these entries, and no second one."""
    return lambda request: request.say(200, entries if request.query["page"] == "1" else [])


def test_every_ride_comes_in_once_with_its_samples(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(3)
    desk.connect(strava)
    report = desk.one()
    assert (report.imported, report.listed, report.error) == (3, 3, None)
    rows = desk.workouts()
    assert rows["sport"].tolist() == ["cycling"] * 3
    assert rows["source_id"].tolist() == ["1", "2", "3"]
    assert rows["distance"].tolist() == [300.0] * 3
    assert rows["start"].tolist() == [START + number * DAY for number in (1, 2, 3)]
    kept = desk.store.recordings("me")
    assert {one.samples for one in kept} == {61}
    assert {"hr", "power", "lat", "lon", "elevation", "speed", "cadence", "temperature"} <= set(kept[0].channels)


def test_a_second_sync_fetches_nothing_again(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(3)
    desk.connect(strava)
    desk.one()
    before, fetched = desk.workouts(), len(strava.asked("/streams$"))
    report = desk.one()
    assert (report.imported, report.updated, report.unchanged) == (0, 0, 3)
    assert len(strava.asked("/streams$")) == fetched
    assert desk.workouts() == before


def test_the_local_day_is_that_of_the_athlete(desk: Desk, strava: StravaCloud) -> None:
    midnight = 20_000 * DAY - 1800.0
    strava.add(ride(1, midnight))
    desk.connect(strava)
    desk.one()
    assert desk.workouts()["day"].tolist() == [20_000]


def test_an_edit_takes_the_place_of_what_was_there_and_both_versions_are_kept(desk: Desk, strava, rides) -> None:
    rides(2)
    desk.connect(strava)
    desk.one()
    before = desk.workouts()["id"].tolist()
    strava.activities["1"] |= {"name": "Evening commute", "sport_type": "Walk"}
    report = desk.one()
    assert (report.updated, report.imported) == (1, 0)
    rows = desk.workouts()
    assert sorted(rows["id"].tolist()) == sorted(before)
    assert rows["sport"].tolist()[0] == "walking"
    assert rows["notes"].tolist()[0].startswith("Evening commute")
    versions = desk.store.payloads("me", "strava", external_id="1", superseded=True)
    assert len({one.sha256 for one in versions}) == 2


def test_an_edit_that_is_taken_back_is_followed_back(desk: Desk, strava, rides) -> None:
    rides(1)
    desk.connect(strava)
    desk.one()
    strava.activities["1"]["sport_type"] = "Walk"
    desk.one()
    strava.activities["1"]["sport_type"] = "GravelRide"
    desk.one()
    assert desk.workouts()["sport"].tolist() == ["cycling"]


def test_kudos_are_no_edit(desk: Desk, strava, rides) -> None:
    rides(1)
    desk.connect(strava)
    desk.one()
    strava.activities["1"]["kudos_count"] = 12
    assert desk.one().unchanged == 1


def test_what_was_deleted_there_is_hidden_and_not_lost(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(3)
    desk.connect(strava)
    desk.one()
    strava.remove(2)
    report = desk.one()
    assert report.deleted == 1
    rows = {row["source_id"]: row for row in desk.workouts().rows()}
    assert spoiled(rows["2"]["flags"], Spoils.EVERYTHING)
    assert not spoiled(rows["1"]["flags"], Spoils.EVERYTHING)
    assert len(desk.store.tombstones("me")) == 1


def test_neither_a_sync_nor_a_reparse_brings_back_what_was_deleted(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(2)
    desk.connect(strava)
    desk.one()
    strava.remove(2)
    desk.one()
    again = desk.one()
    assert (again.deleted, again.restored) == (0, 0)
    syncing.reparse(desk.office, desk.store.connections())
    assert "deleted_at_source" in desk.workouts()["flags"].tolist()[1]


def test_a_list_that_is_older_than_the_deletion_brings_nothing_back(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(2)
    desk.connect(strava)
    desk.one()
    strava.remove(2)
    desk.one()
    stale = [strava.activities["1"], ride(2, START + 2 * DAY)]
    strava.go_wrong(
        "/athlete/activities", lambda request: request.say(200, stale if request.query["page"] == "1" else []), 2
    )
    assert desk.one().restored == 0
    assert "deleted_at_source" in desk.workouts()["flags"].tolist()[1]


def test_what_was_restored_there_is_shown_again(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(2)
    desk.connect(strava)
    desk.one()
    before = desk.workouts()
    kept = strava.activities["2"]
    strava.remove(2)
    desk.one()
    strava.activities["2"] = kept
    assert desk.one().restored == 1
    assert desk.workouts() == before
    assert desk.store.tombstones("me") == ()


def test_a_missing_entry_in_a_list_is_no_deletion(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(3)
    desk.connect(strava)
    desk.one()
    short = [strava.activities["1"], strava.activities["3"]]
    strava.go_wrong(
        "/athlete/activities", lambda request: request.say(200, short if request.query["page"] == "1" else []), 2
    )
    assert desk.one().deleted == 0
    assert "".join(desk.workouts()["flags"]) == ""


def test_a_deletion_between_two_pages_hides_no_ride(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(9)
    strava.per_page = 3

    def shift(page: int) -> None:
        if page == 2:
            strava.activities.pop("1", None)

    strava.page_hook = shift
    desk.connect(strava)
    desk.one()
    assert set(desk.workouts()["source_id"]) >= {str(number) for number in range(2, 10)}


def test_the_cursor_lists_the_last_month_again_and_no_more(desk: Desk, strava: StravaCloud) -> None:
    for number in range(1, 5):
        strava.add(ride(number, START + number * 20 * DAY))
    desk.connect(strava)
    desk.one()
    assert desk.connection().cursor == START + 80 * DAY
    report = desk.one()
    assert report.listed == 2
    strava.add(ride(9, START + 70 * DAY))
    assert desk.one().imported == 1, "a late upload within the month is seen"


def test_since_reaches_back_beyond_the_cursor(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(2, START + 100 * DAY))
    desk.connect(strava)
    desk.one(since=START + 90 * DAY)
    strava.add(ride(1, START))
    assert desk.one().imported == 0
    assert desk.one(since=START - DAY).imported == 1


def test_a_later_since_does_not_move_the_cursor_over_what_it_left_out(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    desk.one()
    strava.add(ride(2, START + 100 * DAY))
    strava.add(ride(3, START + 200 * DAY))
    assert desk.one(since=START + 150 * DAY).imported == 1
    assert desk.one().imported == 1
    assert desk.workouts()["source_id"].tolist() == ["1", "2", "3"]


def test_a_ride_without_samples_is_its_summary(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START, manual=True, device_watts=None), with_samples=False)
    desk.connect(strava)
    desk.one()
    row = next(iter(desk.workouts().rows()))
    assert (row["duration"], row["distance"], row["hr_mean"]) == (60.0, 300.0, 130.0)
    assert strava.asked("/streams$") == []


def test_estimated_power_is_kept_apart(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START, device_watts=False))
    desk.connect(strava)
    desk.one()
    (kept,) = desk.store.recordings("me")
    assert "power" not in kept.channels
    assert "dev:power_estimated" in kept.channels


def test_nothing_is_downloaded_for_a_second_reading(desk: Desk, strava: StravaCloud, rides) -> None:
    rides(2)
    desk.connect(strava)
    desk.one()
    before, asked = desk.workouts(), len(strava.requests)
    (report,) = syncing.reparse(desk.office, desk.store.connections())
    assert report.listed == 2
    assert len(strava.requests) == asked
    assert desk.workouts() == before


def test_a_changed_start_moves_the_workout_and_leaves_no_second_one_in_view(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    desk.one()
    strava.activities["1"] = ride(1, START + 7200)
    desk.one()
    shown = [row for row in desk.workouts().rows() if not spoiled(row["flags"], Spoils.EVERYTHING)]
    assert [row["start"] for row in shown] == [START + 7200]


def test_another_account_does_not_go_on_from_the_first_ones_cursor(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START + 100 * DAY), owner="77")
    strava.add(ride(2, START), owner="88")
    desk.connect(strava, "77")
    desk.one()
    desk.store.note_sync("me", "strava", state=ConnectionState.LOST)
    desk.connect(strava, "88")
    assert desk.one().imported == 1


def test_the_figures_are_those_of_the_samples(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    desk.one()
    (kept,) = desk.store.recordings("me")
    assert kept.figures["distance"] == pytest.approx(300.0)
    assert np.isclose(kept.figures["hr_mean"], 130.0)
