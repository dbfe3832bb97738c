"""Webhooks: only the service's own messages, in any order, any number of times, about the mapped athlete alone."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitintel.core.connections import ConnectionState
from fitintel.core.errors import ForgedEvent, UsageError
from fitintel.ingest.connectors import signed
from fitintel.workbench import webhooks
from tests.ingest.connectors.conftest import DAY, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride


def message(strava: StravaCloud, number: int = 1, aspect: str = "create", owner: str = "77", **more: Any) -> bytes:
    event = {"object_type": "activity", "object_id": number, "aspect_type": aspect, "owner_id": int(owner),
             "subscription_id": 1, "event_time": int(time.time()), "updates": {}, **more}  # fmt: skip
    return json.dumps(event).encode()


def headers(strava: StravaCloud, body: bytes, at: float | None = None, secret: str | None = None) -> dict[str, str]:
    moment = str(int(time.time() if at is None else at))
    key = (secret or strava.client_secret).encode()
    mac = hmac.new(key, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Strava-Signature": f"t={moment},v1={mac}"}


def send(desk: Desk, strava: StravaCloud, body: bytes, **how: Any) -> int:
    return len(webhooks.receive(desk.office, "strava", headers(strava, body, **how), body))


@pytest.fixture
def connected(desk: Desk, strava: StravaCloud) -> Desk:
    strava.add(ride(1, START))
    desk.connect(strava)
    desk.one()
    return desk


def test_a_message_about_an_old_ride_makes_the_next_sync_look_at_it(connected: Desk, strava: StravaCloud) -> None:
    strava.add(ride(2, START + 90 * DAY))
    connected.one()
    strava.activities["1"]["sport_type"] = "Walk"
    assert connected.one().updated == 0, "it is beyond what is listed again"
    assert send(connected, strava, message(strava, 1, "update")) == 1
    assert connected.one().updated == 1
    assert connected.store.awaited("me", "strava") == ()


def test_the_same_message_many_times_is_one(connected: Desk, strava: StravaCloud) -> None:
    for _ in range(3):
        send(connected, strava, message(strava, 1, "update"))
    assert connected.store.awaited("me", "strava") == ("1",)


def test_a_message_that_says_deleted_is_not_believed_while_the_ride_is_there(connected: Desk, strava) -> None:
    send(connected, strava, message(strava, 1, "delete"))
    assert connected.one().deleted == 0
    assert "deleted_at_source" not in connected.workouts()["flags"].tolist()[0]


def test_delete_before_create_ends_deleted(desk: Desk, strava: StravaCloud) -> None:
    desk.connect(strava)
    send(desk, strava, message(strava, 5, "delete"))
    send(desk, strava, message(strava, 5, "create"))
    assert desk.one().imported == 0
    assert len(desk.workouts()) == 0
    assert desk.store.awaited("me", "strava") == ()


def test_an_old_ride_that_was_deleted_is_hidden_after_its_message(connected: Desk, strava: StravaCloud) -> None:
    strava.add(ride(2, START + 90 * DAY))
    connected.one()
    strava.remove(1)
    assert connected.one().deleted == 0
    send(connected, strava, message(strava, 1, "delete"))
    assert connected.one().deleted == 1


def test_a_message_about_someone_elses_ride_reaches_nobody_else(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START), owner="77")
    strava.add(ride(2, START), owner="88")
    desk.connect(strava, "77", "anna")
    desk.connect(strava, "88", "ben")
    desk.sync()
    strava.remove(2)
    send(desk, strava, message(strava, 2, "delete", owner="77"))
    assert desk.store.awaited("anna", "strava") == ("2",)
    assert desk.store.awaited("ben", "strava") == ()
    first, second = desk.sync()
    assert (first.deleted, second.deleted) == (0, 1), "Ben's own sync has seen it"
    assert desk.store.tombstones("anna") == ()


def test_a_message_about_an_unknown_account_is_passed_over(connected: Desk, strava: StravaCloud) -> None:
    assert send(connected, strava, message(strava, 1, owner="999")) == 0


def test_a_permission_taken_back_there_is_lost_here(connected: Desk, strava: StravaCloud) -> None:
    body = json.dumps({"object_type": "athlete", "object_id": 77, "aspect_type": "update", "owner_id": 77,
                       "event_time": int(time.time()), "updates": {"authorized": "false"}}).encode()  # fmt: skip
    assert send(connected, strava, body) == 1
    assert connected.connection().state is ConnectionState.LOST
    assert connected.connection().sealed == b""


FORGED: dict[str, dict[str, Any]] = {
    "another secret": {"secret": "guess"},
    "ten minutes old": {"late": -600.0},
    "from the future": {"late": 600.0},
}


@pytest.mark.parametrize("name", FORGED)
def test_api_08_a_forged_or_old_message_is_refused_and_changes_nothing(name: str, connected: Desk, strava) -> None:
    forged = dict(FORGED[name])
    if "late" in forged:
        forged["at"] = time.time() + forged.pop(
            "late"
        )  # of the moment it is sent, not of the moment tests are collected
    with pytest.raises(ForgedEvent) as caught:
        send(connected, strava, message(strava, 1, "delete"), **forged)
    assert connected.store.awaited("me", "strava") == ()
    assert strava.client_secret not in str(caught.value)


def test_api_08_a_changed_body_is_refused(connected: Desk, strava: StravaCloud) -> None:
    body = message(strava, 1, "delete")
    with pytest.raises(ForgedEvent):
        webhooks.receive(connected.office, "strava", headers(strava, body), body.replace(b"77", b"78"))


@pytest.mark.parametrize("header", ["", "t=,v1=", "v1=00", "t=1", "t=now,v1=00", "x", "t=1,v1=" + "0" * 64])
def test_api_08_a_message_without_a_proper_signature_is_refused(connected: Desk, strava, header: str) -> None:
    with pytest.raises(ForgedEvent):
        webhooks.receive(connected.office, "strava", {"x-strava-signature": header}, message(strava))


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"\xff", b'{"owner_id": "../x"}', b"[" * 3000, b" " * 100_000]
)
def test_a_signed_message_that_is_nonsense_is_refused(connected: Desk, strava: StravaCloud, body: bytes) -> None:
    with pytest.raises(ForgedEvent):
        send(connected, strava, body)


def test_the_subscription_check_is_answered_to_the_service_only(desk: Desk) -> None:
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-canary", "hub.challenge": "15f7d1a91c1f40a"}
    assert webhooks.challenge(desk.office, "strava", query) == {"hub.challenge": "15f7d1a91c1f40a"}
    for wrong in ({"hub.verify_token": "guess"}, {"hub.mode": "other"}, {"hub.challenge": ""}):
        with pytest.raises(ForgedEvent):
            webhooks.challenge(desk.office, "strava", {**query, **wrong})
    with pytest.raises(ForgedEvent):
        webhooks.challenge(desk.office, "strava", {})


def test_without_the_secret_no_message_is_believed(desk: Desk, strava: StravaCloud, tmp_path) -> None:
    bare = Desk(tmp_path / "bare", {"FITINTEL_STRAVA_URL": strava.address})
    body = message(strava)
    with pytest.raises(UsageError, match="not set"):
        webhooks.receive(bare.office, "strava", headers(strava, body), body)
    bare.store.close()


def test_intervals_messages_need_their_secret(desk: Desk, intervals) -> None:
    from fitintel.workbench import accounts

    desk.athlete()
    accounts.with_key(desk.office, "me", "intervals", intervals.key)
    event = {"athlete_id": "i2049151", "type": "ACTIVITY_DELETED", "activity": {"id": "i5"}}
    other = {"athlete_id": "i2049151", "type": "CALENDAR_UPDATED"}
    body = json.dumps({"secret": "hook-canary", "events": [event, other, event]}).encode()
    assert len(webhooks.receive(desk.office, "intervals", {}, body)) == 2
    assert desk.store.awaited("me", "intervals") == ("i5",)
    for secret in ("", "guess", None):
        with pytest.raises(ForgedEvent):
            webhooks.receive(desk.office, "intervals", {}, json.dumps({"secret": secret, "events": [event]}).encode())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(header=st.text(max_size=200), body=st.binary(max_size=200))
def test_no_text_at_all_is_a_signature(header: str, body: bytes) -> None:
    with pytest.raises(ForgedEvent):
        signed.check_signature(header, body, "secret", 1000.0, "a service")
