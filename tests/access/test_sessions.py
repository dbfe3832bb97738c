"""Log-in, renewal and tokens: equal answers, each refresh once, and what is revoked stays revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fitintel.access import codes, passwords, tokens
from fitintel.access.actor import Action, Actor, Kind, Role
from fitintel.access.limiting import Addresses
from fitintel.core.errors import LogInRefused, NotAllowed, TooManyAttempts, UsageError
from fitintel.core.settings import read as read_settings
from fitintel.workbench import sessions
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import ATTEMPTS, Gate

PASSWORD = "correct horse battery staple"
pytestmark = pytest.mark.usefixtures("cheap_passwords")


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench(read_settings({}, home=tmp_path / "home")) as bench:
        bench.add_account("anna", ["athlete"], password=PASSWORD)
        bench.add_account("carl", ["coach"], password=PASSWORD)
        bench.add_account("boss", ["admin"], password=PASSWORD)
        yield bench


@pytest.fixture
def gate(owner: Workbench) -> Gate:
    return Gate(owner.settings, owner.vault)


class Clock(datetime):
    """A clock that can be set forward."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(UTC) + cls.ahead


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Clock]]:
    monkeypatch.setattr(sessions, "datetime", Clock)
    yield Clock
    Clock.ahead = timedelta()


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


def test_after_an_hour_the_name_may_try_again(gate: Gate, later: type[Clock]) -> None:
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


def test_an_access_token_is_good_for_15_minutes(gate: Gate, later: type[Clock]) -> None:
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


def enrolled(owner: Workbench, name: str) -> str:
    made = owner.begin_second_factor(name)
    owner.confirm_second_factor(codes.code_at(made.secret, datetime.now(UTC) - timedelta(seconds=30)), name)
    return made.secret


def test_with_a_second_factor_the_password_alone_lets_nobody_in(gate: Gate, owner: Workbench) -> None:
    secret = enrolled(owner, "carl")
    for code in ("", "000000", "abc"):
        with pytest.raises(LogInRefused, match="Name, password or code is wrong"):
            gate.log_in("carl", PASSWORD, code)
    assert gate.log_in("carl", PASSWORD, codes.code_at(secret, datetime.now(UTC))).strong


def test_a_code_is_good_once(gate: Gate, owner: Workbench) -> None:
    code = codes.code_at(enrolled(owner, "carl"), datetime.now(UTC))
    gate.log_in("carl", PASSWORD, code)
    with pytest.raises(LogInRefused):
        gate.log_in("carl", PASSWORD, code)


def test_a_second_factor_that_was_never_confirmed_is_not_asked_for(gate: Gate, owner: Workbench) -> None:
    owner.begin_second_factor("anna")
    assert not gate.log_in("anna", PASSWORD).strong


@pytest.mark.parametrize("name", ["carl", "boss"])
def test_roles_that_need_a_second_factor_count_only_with_one(name: str, gate: Gate, owner: Workbench) -> None:
    def may(actor: Actor) -> bool:
        with Workbench(owner.settings, actor) as bench:
            return bench.permits(Action.READ, None, Kind.PROMOTION)

    assert not may(gate.actor(gate.log_in(name, PASSWORD).access))
    secret = enrolled(owner, name)
    assert may(gate.actor(gate.log_in(name, PASSWORD, codes.code_at(secret, datetime.now(UTC))).access))


def test_a_token_for_a_program_does_no_more_than_its_scopes(gate: Gate, owner: Workbench) -> None:
    made = owner.new_token("phone", ["workout:read", "profile:read"], account="anna")
    with Workbench(owner.settings, gate.actor(made.secret)) as bench:
        assert len(bench.workouts("anna")) == 0
        with pytest.raises(NotAllowed):
            bench.stated("goal", "anna")
        with pytest.raises(NotAllowed):
            bench.comment("x", athlete_id="anna")
        with pytest.raises(NotAllowed):
            bench.new_token("more", ["*:*"])


def test_a_revoked_token_is_refused_and_its_digest_is_never_shown(gate: Gate, owner: Workbench) -> None:
    made = owner.new_token("phone", ["*:read"], account="anna")
    assert [one.digest for one in owner.tokens("anna")] == [""]
    owner.revoke_token(made.token.id)
    with pytest.raises(LogInRefused):
        gate.actor(made.secret)


def test_a_token_has_an_end(gate: Gate, owner: Workbench, later: type[Clock]) -> None:
    made = owner.new_token("phone", ["*:read"], days=1, account="anna")
    later.ahead = timedelta(days=2)
    with pytest.raises(LogInRefused):
        gate.actor(made.secret)
    for days in (0, 366):
        with pytest.raises(UsageError):
            owner.new_token("phone", ["*:read"], days=days, account="anna")


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
