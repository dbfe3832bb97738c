"""Log-in, renewal and tokens: equal answers, each refresh once, and what is revoked stays revoked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fitintel.access import passwords, tokens
from fitintel.access.actor import Actor, Role
from fitintel.access.limiting import Addresses
from fitintel.core.errors import LogInRefused, NotAllowed, TooManyAttempts, UsageError
from fitintel.core.settings import read as read_settings
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import ATTEMPTS, Gate
from tests.access.world import PASSWORD

pytestmark = pytest.mark.usefixtures("cheap_passwords")


def test_who_logs_in_is_the_actor_of_the_access_token(gate: Gate) -> None:
    found = gate.log_in(" Anna ", PASSWORD, address="192.0.2.1")
    actor = gate.actor(found.access, surface="rest")
    assert (actor.id, actor.roles, actor.athlete_id, actor.surface) == ("anna", {Role.ATHLETE}, "anna", "rest")


def test_neither_name_nor_password_nor_tokens_are_kept_as_they_are(gate: Gate, owner: Workbench) -> None:
    found = gate.log_in("anna", PASSWORD)
    program = owner.new_token("phone", ["workout:read"], account="anna")
    owner.vault.close()
    data = b"".join(path.read_bytes() for path in owner.settings.home.rglob("*") if path.is_file())
    for secret in (PASSWORD, found.access, found.refresh, program.secret):
        assert secret.encode() not in data


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong " + PASSWORD), ("nobody", PASSWORD), ("", "")])
def test_every_failed_log_in_says_the_same(name: str, password: str, gate: Gate) -> None:
    with pytest.raises(LogInRefused) as caught:
        gate.log_in(name, password)
    assert str(caught.value).startswith("Name, password or code is wrong.")
    assert caught.type is LogInRefused


def test_an_unknown_name_costs_as_many_checks_of_a_hash_as_a_wrong_password(
    gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = passwords._hasher().verify

    class Counting:
        def __getattr__(self, name: str) -> object:
            return getattr(kept, name)

        def verify(self, hashed: str, password: str) -> bool:
            checked.append(hashed)
            return bool(verify(hashed, password))

    kept, counting = passwords._hasher(), Counting()
    passwords._nobodys()
    monkeypatch.setattr(passwords, "_hasher", lambda: counting)
    counts = []
    for name in ("anna", "nobody"):
        checked.clear()
        with pytest.raises(LogInRefused):
            gate.log_in(name, "wrong " + PASSWORD)
        counts.append(len(checked))
    assert counts == [1, 1]


def test_of_a_thousand_guesses_ten_an_hour_are_looked_at(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(passwords, "matches", lambda kept, password: looked.append(password) or False)
    for number in range(1_000):
        with pytest.raises(LogInRefused):
            gate.log_in("anna", f"guess {number}")
    assert len(looked) == ATTEMPTS


def test_a_name_that_does_not_exist_is_limited_like_one_that_does(gate: Gate) -> None:
    for name in ("anna", "nobody"):
        for _ in range(ATTEMPTS):
            with pytest.raises(LogInRefused):
                gate.log_in(name, "wrong")
        with pytest.raises(TooManyAttempts):
            gate.log_in(name, PASSWORD)


def test_after_an_hour_the_name_may_try_again(gate: Gate, later: Any) -> None:
    for _ in range(ATTEMPTS):
        with pytest.raises(LogInRefused):
            gate.log_in("anna", "wrong")
    later.ahead = timedelta(minutes=61)
    assert gate.log_in("anna", PASSWORD).account.id == "anna"


def test_an_address_is_limited_whatever_names_it_tries(owner: Workbench) -> None:
    gate = Gate(owner.settings, owner.vault)
    gate.__dict__["addresses"] = Addresses(most="3/minute")
    for number in range(3):
        with pytest.raises(LogInRefused):
            gate.log_in(f"name{number}", "wrong", address="192.0.2.1")
    with pytest.raises(TooManyAttempts):
        gate.log_in("anna", PASSWORD, address="192.0.2.1")
    assert gate.log_in("anna", PASSWORD, address="192.0.2.2").account.id == "anna"


def test_without_redis_each_process_limits_addresses_on_its_own() -> None:
    addresses = Addresses("redis://127.0.0.1:1/0", most="2/minute")
    assert [addresses.may_try("192.0.2.1") for _ in range(3)] == [True, True, False]


def test_an_access_token_is_good_for_15_minutes(gate: Gate, later: Any) -> None:
    found = gate.log_in("anna", PASSWORD)
    later.ahead = timedelta(minutes=14)
    assert gate.actor(found.access).id == "anna"
    later.ahead = timedelta(minutes=16)
    with pytest.raises(LogInRefused):
        gate.actor(found.access)


def test_a_refresh_token_is_exchanged_once(gate: Gate) -> None:
    first = gate.log_in("anna", PASSWORD)
    second = gate.renew(first.refresh)
    assert gate.actor(second.access).session_id == first.session_id
    third = gate.renew(second.refresh)
    assert len({first.refresh, second.refresh, third.refresh}) == 3


def test_a_refresh_token_that_comes_again_ends_the_whole_log_in(gate: Gate, owner: Workbench) -> None:
    first = gate.log_in("anna", PASSWORD)
    other = gate.log_in("anna", PASSWORD)
    second = gate.renew(first.refresh)
    with pytest.raises(LogInRefused):
        gate.renew(first.refresh)
    for token in (first.access, second.access):
        with pytest.raises(LogInRefused):
            gate.actor(token)
    with pytest.raises(LogInRefused):
        gate.renew(second.refresh)
    assert gate.actor(other.access).id == "anna"
    said = [row.said["what"] for row in owner.audit_rows(subject="anna", kind="account")]
    assert "refresh token used twice" in said


def test_an_access_token_renews_nothing_and_a_refresh_token_opens_nothing(gate: Gate) -> None:
    found = gate.log_in("anna", PASSWORD)
    with pytest.raises(LogInRefused):
        gate.renew(found.access)
    with pytest.raises(LogInRefused):
        gate.actor(found.refresh)


@pytest.mark.parametrize(
    "token", ["", "Bearer x", "fia_" + "A" * 43, "fip_" + "A" * 43, "fia_' OR 1=1 --", "x" * 10_000]
)
def test_what_is_no_token_is_refused(token: str, gate: Gate) -> None:
    with pytest.raises(LogInRefused):
        gate.actor(token)


def test_who_has_logged_out_is_out_on_every_door_that_is_open(gate: Gate, owner: Workbench) -> None:
    found = gate.log_in("anna", PASSWORD)
    with Workbench(owner.settings, gate.actor(found.access)) as bench:
        assert len(bench.workouts("anna")) == 0
        gate.log_out(found.access)
        with pytest.raises(NotAllowed):
            bench.workouts("anna")
    with pytest.raises(LogInRefused):
        gate.renew(found.refresh)


def test_what_is_revoked_is_refused_by_another_process_without_redis(gate: Gate, owner: Workbench) -> None:
    found = gate.log_in("anna", PASSWORD)
    elsewhere = Gate(read_settings({"FITINTEL_CACHE_URL": "redis://127.0.0.1:1/0"}, home=owner.settings.home))
    assert elsewhere.actor(found.access).id == "anna"
    owner.end_log_ins("anna")
    with pytest.raises(LogInRefused):
        elsewhere.actor(found.access)
    elsewhere.close()


@pytest.mark.parametrize("change", ["password", "disabled", "factor"])
def test_a_change_of_the_account_ends_its_log_ins_and_tokens(change: str, gate: Gate, owner: Workbench) -> None:
    found = gate.log_in("anna", PASSWORD)
    program = owner.new_token("phone", ["*:read"], account="anna")
    if change == "password":
        owner.set_password("anna", "another long password here")
    elif change == "disabled":
        owner.disable_account("anna")
    else:
        owner.drop_second_factor("anna")
    for token in (found.access, program.secret):
        with pytest.raises(LogInRefused):
            gate.actor(token)


def test_a_disabled_account_cannot_log_in_until_it_is_enabled(gate: Gate, owner: Workbench) -> None:
    owner.disable_account("anna")
    with pytest.raises(LogInRefused, match="wrong"):
        gate.log_in("anna", PASSWORD)
    owner.disable_account("anna", on=False)
    assert gate.log_in("anna", PASSWORD).account.id == "anna"


def test_the_owner_is_an_actor_on_this_machine_only_and_only_without_accounts(tmp_path: Path, gate: Gate) -> None:
    empty = Gate(read_settings({}, home=tmp_path / "empty"))
    assert empty.local("127.0.0.1").is_owner
    assert empty.local("::1").is_owner
    for address in ("192.0.2.1", "10.0.0.1", "0.0.0.0", "", "localhost.example.org"):
        with pytest.raises(NotAllowed):
            empty.local(address)
    empty.close()
    with pytest.raises(NotAllowed):
        gate.local("127.0.0.1")


def test_an_actor_that_shows_nothing_is_nobody(owner: Workbench) -> None:
    with (
        Workbench(owner.settings, Actor("anna", frozenset({Role.ATHLETE}), "anna")) as bench,
        pytest.raises(NotAllowed),
    ):
        bench.workouts("anna")


def test_what_fails_at_the_gate_is_noted_without_the_name_that_was_typed(gate: Gate, owner: Workbench) -> None:
    with pytest.raises(LogInRefused):
        gate.log_in("my password typed as a name", "x")
    last = owner.audit_rows(kind="account")[-1]
    assert (last.said["subject"], last.said["outcome"]) == ("unknown", "refused")
    assert "my password" not in last.body


@pytest.mark.parametrize("password", ["short", "a" * 40, "anna-has-a-password", "x" * 300])
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(UsageError):
        passwords.check(password, "anna")


def test_the_real_hash_is_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    kept = passwords.hashed(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert passwords.matches(kept, PASSWORD)
    assert not passwords.matches(kept, PASSWORD + "x")
    assert not passwords.matches("", PASSWORD)


def test_a_token_tells_what_it_is_for() -> None:
    assert {tokens.use_of(tokens.new(use)) for use in tokens.Use} == set(tokens.Use)
