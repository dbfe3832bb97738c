"""Connected accounts on every kind of store: tokens, cursor, payloads, tombstones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.connections import Awaited, Connection, ConnectionState, Payload, Tombstone
from fitintel.core.errors import NotFound
from fitintel.core.workouts import Workouts
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, an_import, one_workout

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
STRAVA = Connection(
    ANNA.id, "strava", ConnectionState.ACTIVE, account="77", scopes=("read", "activity:read_all"), sealed=b"\x00one",
    expires_at=1000.0,
)  # fmt: skip


@pytest.fixture
def connected(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_connection(STRAVA)
    return store


def payload(external_id: str = "1", sha256: str = "a" * 64, **changes) -> Payload:
    made = Payload(ANNA.id, "strava", "activity", external_id, sha256, "b" * 64, 500.0, NOW, "strava 1", ("w-1",))
    return replace(made, **changes)


def test_a_connection_comes_back_as_it_was_put(connected: Store) -> None:
    assert connected.connections() == (STRAVA,)
    assert connected.connections("nobody") == connected.connections(provider="intervals") == ()
    connected.put_connection(replace(STRAVA, state=ConnectionState.STARTED, scopes=()))
    assert [one.state for one in connected.connections()] == [ConnectionState.STARTED]


def test_a_connection_of_an_unknown_athlete_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.put_connection(STRAVA)


def test_only_one_caller_renews_the_tokens_of_a_generation(connected: Store) -> None:
    assert connected.lease_tokens(ANNA.id, "strava", 0, now=10.0, until=70.0)
    assert not connected.lease_tokens(ANNA.id, "strava", 0, now=20.0, until=80.0)
    assert connected.lease_tokens(ANNA.id, "strava", 0, now=71.0, until=131.0), "the first holder has died"
    assert connected.put_tokens(ANNA.id, "strava", b"two", 2000.0, generation=0)
    assert not connected.lease_tokens(ANNA.id, "strava", 0, now=500.0, until=560.0), "someone has renewed them"
    assert connected.lease_tokens(ANNA.id, "strava", 1, now=72.0, until=132.0)


def test_of_two_answers_to_one_renewal_the_tokens_that_last_longer_stay(connected: Store) -> None:
    assert connected.put_tokens(ANNA.id, "strava", b"newer", 3000.0, generation=0)
    assert not connected.put_tokens(ANNA.id, "strava", b"older", 2000.0, generation=0)
    assert connected.connections()[0].sealed == b"newer"
    assert connected.put_tokens(ANNA.id, "strava", b"newest", 4000.0, generation=0)
    assert (connected.connections()[0].sealed, connected.connections()[0].generation) == (b"newest", 2)


def test_a_lost_connection_keeps_no_tokens_and_accepts_none(connected: Store) -> None:
    connected.note_sync(ANNA.id, "strava", error="gone", state=ConnectionState.LOST)
    (one,) = connected.connections()
    assert (one.state, one.sealed, one.expires_at, one.last_error) == (ConnectionState.LOST, b"", None, "gone")
    assert not connected.put_tokens(ANNA.id, "strava", b"late", 9000.0, generation=0)


def test_the_cursor_only_grows_and_moves_with_the_payload(connected: Store) -> None:
    connected.put_payload(payload(), cursor=500.0)
    connected.put_payload(payload("2", "c" * 64), cursor=400.0)
    assert connected.connections()[0].cursor == 500.0
    connected.note_sync(ANNA.id, "strava", at=NOW, retry_at=NOW + timedelta(hours=1), cursor=600.0)
    (one,) = connected.connections()
    assert (one.cursor, one.last_sync, one.retry_at) == (600.0, NOW, NOW + timedelta(hours=1))


def test_a_newer_version_supersedes_the_older_and_both_are_kept(connected: Store) -> None:
    connected.put_payload(payload())
    connected.put_payload(payload(sha256="d" * 64, fetched_at=NOW + timedelta(days=1)))
    assert [one.sha256[0] for one in connected.payloads(ANNA.id, "strava")] == ["d"]
    both = connected.payloads(ANNA.id, "strava", external_id="1", superseded=True)
    assert [(one.sha256[0], one.superseded) for one in both] == [("a", True), ("d", False)]
    connected.put_payload(payload(fetched_at=NOW + timedelta(days=2)))
    assert [one.sha256[0] for one in connected.payloads(ANNA.id, "strava")] == ["a"], "it was changed back"


def test_a_webhook_is_noted_once_until_its_payload_is_kept(connected: Store) -> None:
    connected.put_awaited([Awaited(ANNA.id, "strava", "2", NOW), Awaited(ANNA.id, "strava", "1", NOW)] * 2)
    assert connected.awaited(ANNA.id, "strava") == ("1", "2")
    connected.put_payload(payload("1"))
    connected.settle_awaited(ANNA.id, "strava", ["3"])
    assert connected.awaited(ANNA.id, "strava") == ("2",)


def test_a_tombstone_hides_by_flag_and_its_removal_shows_the_workout_as_it_was(connected: Store) -> None:
    rows = Workouts.concat([one_workout(flags="speed_impossible"), one_workout(id="w-2", day=20_001)])
    connected.save_import(an_import(), rows, ())
    before = connected.workouts(ANNA.id, columns=("id", "flags"))
    which = str(before["id"][0])
    connected.put_payload(payload(workout_ids=(which,)))
    stone = Tombstone(ANNA.id, "strava", "1", NOW, (which,))
    connected.bury(stone)
    connected.bury(stone)
    hidden = connected.workouts(ANNA.id, columns=("id", "flags"))
    assert "deleted_at_source" in hidden["flags"][0]
    assert "deleted_at_source" not in "".join(hidden["flags"][1:])
    assert connected.tombstones(ANNA.id) == (stone,)
    assert connected.payloads(ANNA.id, "strava")[0].deleted_at == NOW
    connected.unbury(stone)
    assert connected.workouts(ANNA.id, columns=("id", "flags")) == before
    assert connected.tombstones(ANNA.id) == ()
    assert connected.payloads(ANNA.id, "strava")[0].deleted_at is None


def test_flags_that_fill_their_column_make_room_for_the_tombstone(connected: Store) -> None:
    full = " ".join(f"rule_number_{number:02}" for number in range(17))
    assert 240 < len(full) <= 255
    connected.save_import(an_import(), one_workout(flags=full), ())
    which = str(connected.workouts(ANNA.id)["id"][0])
    connected.bury(Tombstone(ANNA.id, "strava", "1", NOW, (which,)))
    assert "deleted_at_source" in connected.workouts(ANNA.id)["flags"][0].split()


def test_forgetting_removes_what_was_fetched_and_its_workouts_and_leaves_the_athletes_own_files(
    connected: Store,
) -> None:
    both = Workouts.concat([one_workout(), one_workout(id="w-2", day=20_001), one_workout(id="w-3", day=20_002)])
    connected.save_import(an_import(sha256="e" * 64, file_name="my.fit"), both, ())
    connected.save_import(an_import("i-2", sha256="e" * 64, file_name="strava 2"), Workouts.empty(), ())
    connected.put_payload(payload("1", "a" * 64, name="strava 1"))
    connected.put_payload(payload("1", "f" * 64, name="strava 1"))
    connected.put_payload(payload("2", "e" * 64, name="strava 2", workout_ids=("w-2",)))
    removed, files = connected.forget_payloads(ANNA.id, "strava")
    assert (removed, files) == (1, {"raw": ("a" * 64, "f" * 64), "streams": ()})
    assert connected.workouts(ANNA.id)["id"].tolist() == ["w-2", "w-3"]
    assert connected.payloads(ANNA.id, "strava", superseded=True) == ()


def test_a_removed_connection_is_gone_and_what_was_fetched_stays(connected: Store) -> None:
    connected.put_payload(payload())
    connected.remove_connection(ANNA.id, "strava")
    assert connected.connections() == ()
    assert len(connected.payloads(ANNA.id, "strava")) == 1
    with pytest.raises(NotFound):
        connected.remove_connection(ANNA.id, "strava")
