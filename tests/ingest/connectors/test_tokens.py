"""Tokens: got with PKCE and state, sealed, renewed once whoever asks, never shown, never left behind."""

from __future__ import annotations

import json
import logging
import threading
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from fitintel.core.connections import ConnectionState
from fitintel.core.errors import AccessLost, SealBroken, UsageError
from fitintel.ingest.connectors.contract import Grant
from fitintel.storage.sealed import Sealer, workspace_key
from fitintel.workbench import accounts
from tests.ingest.connectors import faults
from tests.ingest.connectors.conftest import REDIRECT, START, Desk
from tests.ingest.connectors.servers import StravaCloud, ride


def grant(desk: Desk) -> Grant:
    return accounts.grant_of(desk.office, desk.connection())


def test_the_address_holds_state_and_pkce_and_no_secret(desk: Desk, strava: StravaCloud) -> None:
    desk.athlete()
    started = accounts.begin(desk.office, "me", "strava", REDIRECT)
    asked = dict(parse_qsl(urlsplit(started.url).query))
    assert asked["response_type"] == "code"
    assert asked["scope"] == "read,activity:read_all"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert strava.client_secret not in started.url
    assert started.verifier not in repr(started)


def test_an_address_with_another_state_is_refused(desk: Desk, strava: StravaCloud) -> None:
    desk.athlete()
    started = accounts.begin(desk.office, "me", "strava", REDIRECT)
    forged = strava.allow("77", started.url).replace(started.state, "x" * len(started.state))
    with pytest.raises(UsageError, match="does not belong"):
        accounts.finish(desk.office, "me", "strava", forged)
    assert strava.asked("token") == []


def test_an_address_of_another_attempt_is_refused(desk: Desk, strava: StravaCloud) -> None:
    desk.athlete()
    first = accounts.begin(desk.office, "me", "strava", REDIRECT)
    accounts.begin(desk.office, "me", "strava", REDIRECT)
    with pytest.raises(UsageError, match="does not belong"):
        accounts.finish(desk.office, "me", "strava", strava.allow("77", first.url))


def test_a_late_answer_is_refused(desk: Desk, strava: StravaCloud, monkeypatch) -> None:
    desk.athlete()
    monkeypatch.setattr(accounts.time, "time", lambda: START)
    started = accounts.begin(desk.office, "me", "strava", REDIRECT)
    with pytest.raises(UsageError, match="too late"):
        accounts.finish(desk.office, "me", "strava", strava.allow("77", started.url))


@pytest.mark.parametrize("pasted", ["", "hello", "http://[", REDIRECT, REDIRECT + "?code=1"])
def test_what_is_no_answer_is_refused(desk: Desk, strava: StravaCloud, pasted: str) -> None:
    desk.athlete()
    accounts.begin(desk.office, "me", "strava", REDIRECT)
    with pytest.raises(UsageError):
        accounts.finish(desk.office, "me", "strava", pasted)


def test_a_no_is_taken_as_such(desk: Desk) -> None:
    desk.athlete()
    accounts.begin(desk.office, "me", "strava", REDIRECT)
    with pytest.raises(AccessLost, match="did not give access"):
        accounts.finish(desk.office, "me", "strava", REDIRECT + "?error=access_denied")


def test_an_account_belongs_to_one_athlete(desk: Desk, strava: StravaCloud) -> None:
    desk.connect(strava, "77", "anna")
    with pytest.raises(UsageError, match="connected already"):
        desk.connect(strava, "77", "ben")


def test_a_token_that_has_ended_is_renewed_and_the_new_refresh_token_is_kept(desk: Desk, strava: StravaCloud) -> None:
    strava.lifetime = 60.0  # less than a request may take: it is renewed before use
    strava.add(ride(1, START))
    desk.connect(strava)
    first = grant(desk)
    strava.lifetime = 21_600.0
    assert desk.one().imported == 1
    second = grant(desk)
    assert second.refresh != first.refresh
    assert (second.scopes, second.account) == (first.scopes, first.account)
    assert strava.asked("token$") == ["/oauth/token"] * 2
    assert desk.one().error is None


def test_a_token_that_the_service_refuses_early_is_renewed_once(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    strava.access.clear()
    assert desk.one().imported == 1
    assert strava.asked("token$") == ["/oauth/token"] * 2


def test_twelve_callers_renew_once(desk: Desk, strava: StravaCloud) -> None:
    strava.lifetime = 60.0
    desk.connect(strava)
    old = grant(desk)
    strava.lifetime = 21_600.0
    barrier, found = threading.Barrier(12), []
    strava.go_wrong("token$", lambda request: (time.sleep(0.3), request.say(*strava.answer(request))), 1)

    def ask() -> None:
        with desk.office.connector("strava") as connector:
            renew = accounts._renewal(desk.office, connector, "me", "strava")
            barrier.wait()
            found.append(renew(old).access)

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12
    assert len(set(found)) == 1
    assert strava.asked("token$") == ["/oauth/token"] * 2, "one to connect, one to renew"


def test_a_renewal_whose_answer_is_lost_does_not_cost_newer_tokens(desk: Desk, strava: StravaCloud) -> None:
    """The service has renewed, the answer was cut; meanwhile another machine has stored what it got."""
    strava.lifetime = 60.0
    desk.connect(strava)
    strava.lifetime = 21_600.0

    def elsewhere(request) -> None:
        made = strava.tokens("77")
        newer = Grant(made["access_token"], made["refresh_token"], float(made["expires_at"]), ("activity:read",), "77")
        sealed = desk.office.sealer("me").seal(newer.to_bytes(), "me", "strava")
        desk.store.put_tokens("me", "strava", sealed, newer.expires_at, generation=desk.connection().generation)
        strava.refresh.pop(request.form["refresh_token"])
        request.say(400, {"message": "Bad Request", "errors": [{"code": "invalid"}]})

    strava.go_wrong("token$", elsewhere)
    strava.add(ride(1, START))
    assert desk.one().imported == 1
    assert desk.connection().state is ConnectionState.ACTIVE


def test_a_service_that_does_not_renew_any_more_asks_to_connect_again(desk: Desk, strava: StravaCloud) -> None:
    strava.lifetime = 60.0
    desk.connect(strava)
    strava.refresh.clear()
    report = desk.one()
    assert isinstance(report.error, AccessLost)
    assert desk.connection().state is ConnectionState.LOST


@pytest.mark.parametrize("fault", [faults.login_page, faults.says(500), faults.reset, faults.bomb])
def test_a_renewal_that_fails_keeps_the_tokens_for_the_next_time(desk: Desk, strava: StravaCloud, fault) -> None:
    strava.lifetime = 60.0
    strava.add(ride(1, START))
    desk.connect(strava)
    strava.lifetime = 21_600.0
    strava.go_wrong("token$", fault, 3)
    report = desk.one()
    assert report.error is not None
    assert desk.connection().state is ConnectionState.ACTIVE
    strava.faults.clear()
    assert desk.one().imported == 1, "the lease was given back"


def test_disconnecting_takes_the_permission_back_and_forgets_the_tokens(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    desk.connect(strava)
    desk.one()
    done = accounts.disconnect(desk.office, "me", "strava")
    assert (done.revoked, done.forgotten) == (True, 0)
    assert strava.access == {}
    assert desk.store.connections() == ()
    assert len(desk.workouts()) == 1


def test_the_tokens_are_forgotten_even_where_the_service_is_away(desk: Desk, strava: StravaCloud) -> None:
    desk.connect(strava)
    strava.go_wrong("deauthorize", faults.says(500), 10)
    done = accounts.disconnect(desk.office, "me", "strava")
    assert not done.revoked
    assert done.why_not
    assert desk.store.connections() == ()


def test_forgetting_removes_workouts_samples_and_raw_bytes(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START, name="Canary-Name-7731"))
    desk.connect(strava)
    desk.one()
    done = accounts.disconnect(desk.office, "me", "strava", forget=True)
    assert done.forgotten == 1
    assert len(desk.workouts()) == 0
    assert desk.store.recordings("me") == ()
    files = [path for path in (desk.home / "files").rglob("*") if path.is_file()]
    assert files == []


def test_no_token_is_anywhere_in_clear(desk: Desk, strava: StravaCloud, caplog, capfd, tmp_path: Path) -> None:
    caplog.set_level(logging.DEBUG)
    strava.lifetime = 60.0
    strava.add(ride(1, START))
    desk.connect(strava)
    strava.lifetime = 21_600.0
    desk.one()
    strava.access.clear()
    strava.go_wrong("token$", faults.says(500), 10)
    report = desk.one()
    told = json.dumps([report.as_dict(), *map(repr, desk.store.connections())])
    said = capfd.readouterr()
    everything = told + caplog.text + said.out + said.err + str(report.error) + repr(report.error)
    files = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"fitintel.db", "fitintel.db-wal"} <= set(files)
    kept = b"".join(files.values())
    for secret in [*strava.issued, strava.client_secret]:
        assert secret not in everything
        assert secret.encode() not in kept
    assert len(strava.issued) >= 4


def test_tokens_that_were_moved_to_another_athlete_do_not_open(desk: Desk, strava: StravaCloud) -> None:
    strava.add(ride(1, START), owner="88")
    desk.connect(strava, "77", "anna")
    desk.connect(strava, "88", "ben")
    from dataclasses import replace

    desk.store.put_connection(replace(desk.connection(athlete="anna"), sealed=desk.connection(athlete="ben").sealed))
    first, second = desk.sync()
    assert isinstance(first.error, SealBroken)
    assert second.imported == 1


def test_a_changed_bit_or_another_key_is_told_apart(tmp_path: Path) -> None:
    sealer = Sealer(workspace_key(tmp_path))
    sealed = sealer.seal(b"value", "anna", "strava")
    assert sealer.open(sealed, "anna", "strava") == b"value"
    for place in range(24, len(sealed), 5):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(SealBroken):
            sealer.open(bytes(broken), "anna", "strava")
    with pytest.raises(SealBroken, match="another key"):
        Sealer(b"k" * 32).open(sealed, "anna", "strava")
    for cut in (b"", sealed[:20], sealed[:-1]):
        with pytest.raises(SealBroken):
            sealer.open(cut, "anna", "strava")
    with pytest.raises(SealBroken):
        sealer.open(sealed, "ann", "astrava")


def test_the_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda: found.append(workspace_key(tmp_path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    path = tmp_path / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["secret.key"]
    path.chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        workspace_key(tmp_path)


@pytest.mark.parametrize("given", ["", "short", "A" * 43 + "=", "not base64 at all!", "ä"])
def test_a_weak_key_is_refused_without_being_shown(tmp_path: Path, given: str) -> None:
    with pytest.raises(UsageError) as caught:
        workspace_key(tmp_path, given)
    assert not given or given not in str(caught.value)


def test_an_address_without_https_is_refused(desk: Desk, tmp_path: Path) -> None:
    for address in ("http://www.strava.com", "ftp://127.0.0.1", "https://user:pw@www.strava.com", "https://x.org/path"):
        other = Desk(tmp_path / "other", {"FITINTEL_STRAVA_URL": address})
        with pytest.raises(UsageError), other.office.connector("strava"):
            pass
        other.store.close()


def test_without_an_application_it_is_said_what_to_do(tmp_path: Path) -> None:
    bare = Desk(tmp_path / "bare", {})
    bare.athlete()
    with pytest.raises(UsageError, match="callback domain localhost"):
        accounts.begin(bare.office, "me", "strava", REDIRECT)
    bare.store.close()
