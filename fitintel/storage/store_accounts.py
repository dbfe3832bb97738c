"""The part of the Store's interface that keeps who may come in, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

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


class AccountStore(Protocol):
    """Accounts, squads, consents, log-ins and tokens. For the workbench's own code; athletes see it through verbs."""

    # accounts
    def put_account(self, account: Account, secrets: Secrets | None = None) -> None:
        """Insert or change an account and its roles; without `secrets` those that are there stay.

        Raises StorageError for an athlete or subject that another account has.
        """

    def account(self, account_id: str) -> Account:
        """The account; raises NotFound."""

    def accounts(self) -> tuple[Account, ...]:
        """Every account, by id."""

    def account_of(self, subject: str) -> Account | None:
        """The account of somebody whom an organisation vouches for."""

    def secrets(self, account_id: str) -> Secrets | None:
        """What the account is checked with; None where there is no such account."""

    def put_secrets(self, account_id: str, secrets: Secrets, *, unless_step: int | None = None) -> bool:
        """Replace them; with `unless_step` only while no code of that time step or a later one was accepted."""

    def standing(
        self, account_id: str, athlete_id: str | None, at: datetime, *, session_id: str = "", token_id: str = ""
    ) -> Standing:
        """What an account is now, and is to an athlete, in one read; NOBODY where its log-in or token is over."""

    # squads and consents
    def put_squad(self, squad: Squad) -> None:
        """Insert a squad or change its name."""

    def squads(self) -> tuple[Squad, ...]:
        """Every squad, by id."""

    def put_membership(self, one: Membership) -> None:
        """Insert or change a membership."""

    def memberships(self, *, who: str | None = None, squad_id: str | None = None) -> tuple[Membership, ...]:
        """Memberships, by squad, part and who; of somebody, or of a squad."""

    def put_consents(self, given: Sequence[Consent]) -> None:
        """Add versions; one that exists is left as it is. Raises NotFound for an athlete."""

    def consents(self, athlete_id: str) -> tuple[Consent, ...]:
        """Every version of the athlete's consents, by category, purpose and version."""

    # log-ins and tokens
    def put_log_in(self, one: LogIn, tokens: Sequence[SessionToken]) -> None:
        """Keep a new log-in with its first tokens."""

    def log_ins(self, account_id: str) -> tuple[LogIn, ...]:
        """Log-ins of an account, oldest first."""

    def session_token(self, digest: str) -> tuple[SessionToken, LogIn] | None:
        """A token of that digest, with its log-in."""

    def exchange(self, digest: str, at: datetime, tokens: Sequence[SessionToken]) -> bool:
        """Whether this caller alone has exchanged a refresh token for new ones; False when it was exchanged before."""

    def revoke(self, at: datetime, why: str, *, session_id: str | None = None, account_id: str | None = None) -> int:
        """End a log-in, or all of an account with its API tokens; how many ended."""

    def put_api_token(self, one: ApiToken) -> None:
        """Insert or change a token for a program."""

    def api_tokens(self, account_id: str | None = None) -> tuple[ApiToken, ...]:
        """Tokens for programs, by account and time."""

    def api_token(self, digest: str) -> ApiToken | None:
        """The token of that digest."""

    def attempt(self, name: str, at: datetime, since: datetime, most: int) -> bool:
        """Whether one more attempt of a name may be looked at: fewer than `most` were since then. Counts it if so."""

    def forget_attempts(self, name: str) -> None:
        """The name has shown what it had to."""

    # emergencies
    def put_glass(self, one: Glass) -> None:
        """Insert or change a broken glass."""

    def glasses(self, athlete_id: str | None = None) -> tuple[Glass, ...]:
        """Broken glasses, oldest first; of an athlete."""

    # whose a run is
    def own_runs(self, athlete_id: str, run_ids: Sequence[str]) -> None:
        """Note that runs are the athlete's."""

    def run_owners(self, run_ids: Sequence[str]) -> dict[str, frozenset[str]]:
        """Run -> athletes whose it is: equal inputs make the equal run. One of nobody is left out."""
