"""People: accounts and their roles, log-ins and tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.access.actor import Actor
    from fitintel.core.people import Account, ApiToken, LogIn
    from fitintel.workbench.people import Enrolment
    from fitintel.workbench.programs import NewToken


class PeopleDoor(Door):
    """Verbs on those who come in."""

    def add_account(
        self, name: str, roles: Iterable[str], *, athlete_id: str | None = None, password: str | None = None
    ) -> Account:
        """A new account; `athlete_id` is the athlete that the person is (default: of the account's name)."""
        from fitintel.workbench.people import add

        return add(self, name, roles, athlete_id=athlete_id, password=password)

    def accounts(self) -> tuple[Account, ...]:
        """Every account."""
        self.may(Action.READ, kind=Kind.ACCOUNT)
        return self.vault.accounts()

    def account(self, name: str | None = None) -> Account:
        """One account; by default one's own."""
        wanted = name or self.actor.id
        self.may(Action.READ, kind=Kind.ACCOUNT, owner=wanted)
        return self.vault.account(wanted)

    def change_roles(self, name: str, roles: Iterable[str]) -> Account:
        """Give an account these roles and no others; nobody changes their own."""
        from fitintel.workbench.people import change_roles

        return change_roles(self, name, roles)

    def set_password(self, name: str, password: str, *, old: str | None = None) -> None:
        """A new password: one's own with the old one, or somebody else's; every log-in of the account ends."""
        from fitintel.workbench.people import set_password

        set_password(self, name, password, old=old)

    def begin_second_factor(self, name: str | None = None) -> Enrolment:
        """A secret for a device that shows codes."""
        from fitintel.workbench.people import begin_codes

        return begin_codes(self, name or self.actor.id)

    def confirm_second_factor(self, code: str, name: str | None = None) -> None:
        """The first code of that device; from then on each log-in asks for one."""
        from fitintel.workbench.people import confirm_codes

        confirm_codes(self, name or self.actor.id, code)

    def drop_second_factor(self, name: str) -> None:
        """Take somebody's lost second factor away."""
        from fitintel.workbench.people import drop_codes

        drop_codes(self, name)

    def disable_account(self, name: str, on: bool = True) -> Account:
        """Let an account in no longer (or again); its log-ins and tokens end at once."""
        from fitintel.workbench.people import disable

        return disable(self, name, on)

    def link_account(self, name: str, issuer: str, subject: str) -> Account:
        """Let an account in that an organisation vouches for as `subject`; both empty take the link away."""
        from fitintel.workbench.people import link

        return link(self, name, issuer, subject)

    def acting_as(self, name: str) -> Actor:
        """The actor of somebody else, for an administrator; noted."""
        from fitintel.workbench.people import acting_as

        return acting_as(self, name)

    def new_token(self, name: str, scopes: Sequence[str], *, days: int = 90, account: str | None = None) -> NewToken:
        """A token for a program, with these scopes only; its secret is shown this once."""
        from fitintel.workbench.programs import new

        return new(self, name, scopes, days=days, account=account)

    def tokens(self, account: str | None = None) -> tuple[ApiToken, ...]:
        """Tokens for programs."""
        from fitintel.workbench.programs import listed

        return listed(self, account)

    def revoke_token(self, token_id: str) -> ApiToken:
        """End a token, at once and for good."""
        from fitintel.workbench.programs import revoke

        return revoke(self, token_id)

    def log_ins(self, account: str | None = None) -> tuple[LogIn, ...]:
        """Log-ins of an account, oldest first."""
        from fitintel.workbench.programs import log_ins

        return log_ins(self, account)

    def end_log_ins(self, account: str | None = None) -> int:
        """End every log-in and token of an account; how many there were."""
        from fitintel.workbench.programs import end_log_ins

        return end_log_ins(self, account)
