"""Accounts, memberships, consents, log-ins and tokens, on every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import NotFound, StorageError
from fitintel.core.people import (
    NOBODY,
    Account,
    ApiToken,
    Consent,
    Glass,
    LogIn,
    Membership,
    Part,
    Secrets,
    SessionToken,
    Squad,
    Status,
    TokenUse,
)
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN

AT = datetime(2026, 3, 1, 6, 30, 0, 123456, tzinfo=UTC)
HOUR = timedelta(hours=1)
CARL = Account("carl", frozenset({"coach"}), at=AT)


@pytest.fixture
def squad(store: Store) -> Store:
    """Anna in the squad red, which Carl coaches, with consent to training."""
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    store.put_account(CARL, Secrets("hash"))
    store.put_account(Account("anna", frozenset({"athlete"}), ANNA.id, at=AT))
    store.put_squad(Squad("red", "Red", AT))
    store.put_membership(Membership("m-1", "red", Part.ATHLETE, ANNA.id, "boss", AT, AT))
    store.put_membership(Membership("m-2", "red", Part.COACH, "carl", "boss", AT, AT))
    store.put_consents([consent(1)])
    return store


def consent(version: int, *, given: bool = True, until: datetime | None = None) -> Consent:
    return Consent(ANNA.id, "training", "coaching", version, given, AT, until, "anna", AT)


def log_in(name: str = "s-1", **more: object) -> LogIn:
    known = {"account_id": "carl", "at": AT, "expires_at": AT + 24 * HOUR, "strong": True}
    return LogIn(id=name, **{**known, **more})  # type: ignore[arg-type]


def token(digest: str, use: TokenUse = TokenUse.REFRESH, session: str = "s-1") -> SessionToken:
    return SessionToken(digest, session, use, AT, AT + HOUR)


def test_an_account_comes_back_equal_and_changes_its_roles(squad: Store) -> None:
    assert squad.account("carl") == CARL
    squad.put_account(replace(CARL, roles=frozenset({"athlete", "coach"}), status=Status.DISABLED))
    assert squad.account("carl") == replace(CARL, roles=frozenset({"athlete", "coach"}), status=Status.DISABLED)
    assert squad.secrets("carl") == Secrets("hash")
    assert [one.id for one in squad.accounts()] == ["anna", "carl"]


def test_an_account_that_is_not_here_is_not_found(squad: Store) -> None:
    with pytest.raises(NotFound):
        squad.account("nobody")
    assert squad.secrets("nobody") is None
    assert squad.account_of("https://id.example.org carl") is None


def test_one_athlete_or_subject_has_one_account(squad: Store) -> None:
    with pytest.raises(StorageError):
        squad.put_account(Account("impostor", frozenset({"athlete"}), ANNA.id, at=AT))


def test_of_two_log_ins_with_one_code_one_is_accepted(squad: Store) -> None:
    taken = [squad.put_secrets("carl", Secrets("hash", b"sealed", totp_step=7), unless_step=7) for _ in range(2)]
    assert taken == [True, False]


def test_the_standing_of_a_coach_follows_membership_and_consent(squad: Store) -> None:
    def standing(at: datetime = AT + HOUR) -> tuple[bool, bool, frozenset[tuple[str, str]]]:
        found = squad.standing("carl", ANNA.id, at)
        return found.coaches, found.coached, found.consents

    held = frozenset({("training", "coaching")})
    assert standing() == (True, True, held)
    assert standing(AT - HOUR) == (False, False, frozenset())
    assert squad.standing("carl", BEN.id, AT + HOUR).coaches is False
    squad.put_consents([consent(2, given=False)])
    assert standing() == (True, True, frozenset())
    squad.put_consents([consent(3, until=AT + 2 * HOUR)])
    assert standing()[2] == held
    assert standing(AT + 3 * HOUR)[2] == frozenset()
    squad.put_membership(Membership("m-2", "red", Part.COACH, "carl", "boss", AT, AT, AT + HOUR / 2))
    assert standing()[0] is False


def test_a_version_of_a_consent_is_never_changed(squad: Store) -> None:
    squad.put_consents([consent(1, given=False)])
    assert squad.consents(ANNA.id) == (consent(1),)


def test_a_consent_of_an_unknown_athlete_is_refused(squad: Store) -> None:
    with pytest.raises(NotFound):
        squad.put_consents([replace(consent(1), athlete_id="nobody")])


def test_an_athlete_stands_to_themselves_and_an_unknown_account_is_nobody(squad: Store) -> None:
    assert squad.standing("anna", ANNA.id, AT + HOUR).athlete_id == ANNA.id
    assert squad.standing("nobody", ANNA.id, AT) == NOBODY
    squad.put_account(replace(CARL, status=Status.DISABLED))
    assert squad.standing("carl", ANNA.id, AT + HOUR) == NOBODY


def test_a_log_in_that_is_over_or_another_s_gives_no_standing(squad: Store) -> None:
    squad.put_log_in(log_in(), [token("a")])
    assert squad.standing("carl", None, AT + HOUR, session_id="s-1").strong
    for account, session, at in (("carl", "s-2", AT), ("anna", "s-1", AT), ("carl", "s-1", AT + 25 * HOUR)):
        assert squad.standing(account, None, at, session_id=session) == NOBODY
    assert squad.revoke(AT + HOUR, "stolen", session_id="s-1") == 1
    assert squad.standing("carl", None, AT + HOUR, session_id="s-1") == NOBODY
    assert squad.log_ins("carl")[0].why == "stolen"


def test_a_refresh_token_is_exchanged_by_one_of_many(squad: Store) -> None:
    squad.put_log_in(log_in(), [token("first")])
    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(lambda number: squad.exchange("first", AT, [token(f"next{number}")]), range(4)))
    assert won.count(True) == 1
    kept = [number for number in range(4) if squad.session_token(f"next{number}") is not None]
    assert kept == [won.index(True)]
    found = squad.session_token("first")
    assert found is not None
    assert found[0].used_at == AT


def test_revoking_an_account_ends_its_log_ins_and_tokens_and_nobody_else_s(squad: Store) -> None:
    squad.put_log_in(log_in(), [])
    squad.put_log_in(log_in("s-2", account_id="anna"), [])
    made = ApiToken("t-1", "carl", "watch", "digest", ("brief:read", "workout:read"), AT, AT + 24 * HOUR)
    squad.put_api_token(made)
    assert squad.api_token("digest") == made
    assert squad.standing("carl", None, AT, token_id="t-1").scopes == {"workout:read", "brief:read"}
    assert squad.revoke(AT, "left", account_id="carl") == 2
    assert squad.standing("carl", None, AT, token_id="t-1") == NOBODY
    assert squad.standing("anna", None, AT, session_id="s-2").active
    assert squad.revoke(AT, "nothing named") == 0


def test_attempts_are_counted_by_name_and_forgotten_after_a_while(squad: Store) -> None:
    def attempt(name: str, at: datetime) -> bool:
        return squad.attempt(name, at, at - HOUR, 3)

    assert [attempt("anna", AT + timedelta(seconds=second)) for second in range(5)] == [True, True, True, False, False]
    assert attempt("carl", AT)
    assert attempt("anna", AT + HOUR + timedelta(minutes=1))
    squad.forget_attempts("anna")
    assert attempt("anna", AT + HOUR)


def test_glass_counts_once_approved_for_its_minutes_and_for_one_athlete(squad: Store) -> None:
    one = Glass("g-1", ANNA.id, "carl", "found unconscious", AT, 30)
    squad.put_glass(one)
    assert not squad.standing("carl", ANNA.id, AT + HOUR).glass
    squad.put_glass(replace(one, approved_by="boss", approved_at=AT))
    assert squad.standing("carl", ANNA.id, AT + timedelta(minutes=29)).glass
    assert not squad.standing("carl", ANNA.id, AT + timedelta(minutes=31)).glass
    assert not squad.standing("carl", BEN.id, AT).glass
    assert not squad.standing("anna", ANNA.id, AT).glass
    squad.put_glass(replace(one, approved_by="boss", approved_at=AT, ended_at=AT))
    assert not squad.standing("carl", ANNA.id, AT).glass


def test_a_run_is_of_everybody_whose_data_made_it(squad: Store) -> None:
    squad.own_runs(ANNA.id, ["r-1", "r-2"])
    squad.own_runs(BEN.id, ["r-2", "r-2"])
    assert squad.run_owners(["r-1", "r-2", "r-3"]) == {"r-1": {ANNA.id}, "r-2": {ANNA.id, BEN.id}}
