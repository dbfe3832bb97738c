"""Accounts, consents, log-ins and tokens, asked of the store behind the cache: none of it is ever remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fitintel.core.people import (
    Account,
    ApiToken,
    Consent,
    Glass,
    LogIn,
    Membership,
    Secrets,
    SessionToken,
    Squad,
    Standing,
)
from fitintel.storage.store import Store


class CachedAccounts:
    """The part of CachedStore that passes on who may come in: a withdrawal or revocation holds at once."""

    _store: Store

    def put_account(self, account: Account, secrets: Secrets | None = None) -> None:
        """Insert or change an account and its roles; without `secrets` those that are there stay."""
        self._store.put_account(account, secrets)

    def account(self, account_id: str) -> Account:
        """The account; raises NotFound."""
        return self._store.account(account_id)

    def accounts(self) -> tuple[Account, ...]:
        """Every account, by id."""
        return self._store.accounts()

    def account_of(self, subject: str) -> Account | None:
        """The account of somebody whom an organisation vouches for."""
        return self._store.account_of(subject)

    def secrets(self, account_id: str) -> Secrets | None:
        """What the account is checked with; None where there is no such account."""
        return self._store.secrets(account_id)

    def put_secrets(self, account_id: str, secrets: Secrets, *, unless_step: int | None = None) -> bool:
        """Replace them; with `unless_step` only while no code of that time step or a later one was accepted."""
        return self._store.put_secrets(account_id, secrets, unless_step=unless_step)

    def standing(
        self, account_id: str, athlete_id: str | None, at: datetime, *, session_id: str = "", token_id: str = ""
    ) -> Standing:
        """What an account is now, and is to an athlete, in one read; NOBODY where its log-in or token is over."""
        return self._store.standing(account_id, athlete_id, at, session_id=session_id, token_id=token_id)

    def put_squad(self, squad: Squad) -> None:
        """Insert a squad or change its name."""
        self._store.put_squad(squad)

    def squads(self) -> tuple[Squad, ...]:
        """Every squad, by id."""
        return self._store.squads()

    def put_membership(self, one: Membership) -> None:
        """Insert or change a membership."""
        self._store.put_membership(one)

    def memberships(self, *, who: str | None = None, squad_id: str | None = None) -> tuple[Membership, ...]:
        """Memberships, by squad, part and who; of somebody, or of a squad."""
        return self._store.memberships(who=who, squad_id=squad_id)

    def put_consents(self, given: Sequence[Consent]) -> None:
        """Add versions; one that exists is left as it is. Raises NotFound for an athlete."""
        self._store.put_consents(given)

    def consents(self, athlete_id: str) -> tuple[Consent, ...]:
        """Every version of the athlete's consents, by category, purpose and version."""
        return self._store.consents(athlete_id)

    def put_log_in(self, one: LogIn, tokens: Sequence[SessionToken]) -> None:
        """Keep a new log-in with its first tokens."""
        self._store.put_log_in(one, tokens)

    def log_ins(self, account_id: str) -> tuple[LogIn, ...]:
        """Log-ins of an account, oldest first."""
        return self._store.log_ins(account_id)

    def session_token(self, digest: str) -> tuple[SessionToken, LogIn] | None:
        """A token of that digest, with its log-in."""
        return self._store.session_token(digest)

    def exchange(self, digest: str, at: datetime, tokens: Sequence[SessionToken]) -> bool:
        """Whether this caller alone has exchanged a refresh token for new ones; False when it was exchanged before."""
        return self._store.exchange(digest, at, tokens)

    def revoke(self, at: datetime, why: str, *, session_id: str | None = None, account_id: str | None = None) -> int:
        """End a log-in, or all of an account with its API tokens; how many ended."""
        return self._store.revoke(at, why, session_id=session_id, account_id=account_id)

    def put_api_token(self, one: ApiToken) -> None:
        """Insert or change a token for a program."""
        self._store.put_api_token(one)

    def api_tokens(self, account_id: str | None = None) -> tuple[ApiToken, ...]:
        """Tokens for programs, by account and time."""
        return self._store.api_tokens(account_id)

    def api_token(self, digest: str) -> ApiToken | None:
        """The token of that digest."""
        return self._store.api_token(digest)

    def attempt(self, name: str, at: datetime, since: datetime, most: int) -> bool:
        """Whether one more attempt of a name may be looked at: fewer than `most` were since then. Counts it if so."""
        return self._store.attempt(name, at, since, most)

    def forget_attempts(self, name: str) -> None:
        """The name has shown what it had to."""
        self._store.forget_attempts(name)

    def put_glass(self, one: Glass) -> None:
        """Insert or change a broken glass."""
        self._store.put_glass(one)

    def glasses(self, athlete_id: str | None = None) -> tuple[Glass, ...]:
        """Broken glasses, oldest first; of an athlete."""
        return self._store.glasses(athlete_id)

    def own_runs(self, athlete_id: str, run_ids: Sequence[str]) -> None:
        """Note that runs are the athlete's."""
        self._store.own_runs(athlete_id, run_ids)

    def run_owners(self, run_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Run -> athletes whose it is: equal inputs make the equal run. One of nobody is left out."""
        return self._store.run_owners(run_ids)
