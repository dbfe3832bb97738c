"""The gate: who somebody is. Log-in, renewal, log-out, and the actor of a token; what they may do is asked elsewhere.

Every answer to a log-in that fails is the same and takes the same time, whether the name, the password or the code was
wrong. What is revoked is revoked in the database: no cache has to run for it to hold.
"""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from fitintel.access import codes, passwords, tokens
from fitintel.access.actor import FIXED, LOCAL_OWNER, Actor, Role
from fitintel.access.limiting import Addresses
from fitintel.access.tokens import Use
from fitintel.core.counted import count
from fitintel.core.errors import LogInRefused, NotAllowed, NotFound, TooManyAttempts
from fitintel.core.people import Account, LogIn, Secrets, SessionToken, Status, TokenUse

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.storage.store import Store

ACCESS_TIME = timedelta(minutes=15)
REFRESH_TIME = timedelta(days=14)
AT_ONCE = timedelta(seconds=10)
"""in which two tabs of one browser may bring the same refresh token; the second gets nothing new for it"""
LOG_IN_TIME = timedelta(days=30)
"""after which somebody logs in again, however often the log-in was renewed"""
ATTEMPTS, WITHIN = 10, timedelta(hours=1)
"""guesses at one name that are looked at"""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What somebody gets who has logged in; the only time that they are seen."""

    access: str
    refresh: str
    expires_at: datetime
    """of `access`"""
    account: Account
    strong: bool
    session_id: str


class Gate:
    """Log-ins of one workspace."""

    def __init__(self, settings: Settings, vault: Store | None = None) -> None:
        self.settings = settings
        self._given = vault
        self._limited: dict[str, datetime] = {}
        """digest of a name -> when it was last tried too often"""

    @cached_property
    def vault(self) -> Store:
        """Facts."""
        from fitintel.storage import open_store
        from fitintel.workbench.keyring import keyring_of

        return self._given or open_store(self.settings.database_url, self.settings.cache_url, keyring_of(self.settings))

    @cached_property
    def addresses(self) -> Addresses:
        """How often each address may try."""
        return Addresses(self.settings.cache_url)

    def log_in(self, name: str, password: str, code: str = "", *, address: str = "", surface: str = "") -> Tokens:
        """Let somebody in. Raises LogInRefused, the same for each reason, and TooManyAttempts."""
        name, now = name.strip().lower(), datetime.now(UTC)
        self._may_try(address)
        tried = tokens.digest(name)
        if not self.vault.attempt(tried, now, now - WITHIN, ATTEMPTS):
            count("limits", what="name")
            count("log_ins", outcome="limited", way="password", surface=surface)
            if tried not in self._limited:  # once: who guesses a thousand times must not fill the chain
                self._note(name, "log in", surface, address, refused=True, why="too many attempts with this name")
            self._limited = {one: at for one, at in self._limited.items() if at > now - WITHIN} | {tried: now}
            raise TooManyAttempts("Too many attempts with this name", next="wait an hour, or ask an administrator")
        kept = self.vault.secrets(name) or Secrets()
        right = passwords.matches(kept.password, password)
        account = self._active(name) if right else None
        strong = self._code_is_right(name, kept, code, now) if account is not None else False
        if account is None or strong is None:
            count("log_ins", outcome="refused", way="password", surface=surface)
            self._note(name, "log in", surface, address, refused=True)
            raise _refused()
        if passwords.outdated(kept.password):
            self.vault.put_secrets(name, replace(self.vault.secrets(name) or kept, password=passwords.hashed(password)))
        self.vault.forget_attempts(tried)
        return self.let_in(account, strong=strong, address=address, surface=surface)

    def let_in(
        self, account: Account, *, strong: bool, address: str = "", surface: str = "", way: str = "password"
    ) -> Tokens:
        """A new log-in of somebody who was recognised, here (password) or by their organisation (organisation)."""
        now = datetime.now(UTC)
        one = LogIn(secrets.token_hex(16), account.id, now, now + LOG_IN_TIME, strong, surface, address[:64])
        made, kept = _pair(one, now)
        self.vault.put_log_in(one, kept)
        count("log_ins", outcome="ok", way=way, surface=surface)
        self._note(account.id, "log in", surface, address)
        return Tokens(*made, now + ACCESS_TIME, account, strong, one.id)

    def renew_page(self, refresh: str, *, address: str = "") -> Tokens | None:
        """The same for a browser; None where another of its tabs has renewed the log-in just now."""
        found = self.vault.session_token(tokens.digest(refresh))
        used = found[0].used_at if found is not None and found[1].revoked_at is None else None
        if used is not None and datetime.now(UTC) - used <= AT_ONCE:
            return None
        return self.renew(refresh, address=address)

    def renew(self, refresh: str, *, address: str = "") -> Tokens:
        """New tokens for a refresh token. One that comes a second time was stolen: the whole log-in ends."""
        self._may_try(address)
        now = datetime.now(UTC)
        digest = tokens.digest(refresh)
        found = self.vault.session_token(digest) if tokens.use_of(refresh) is Use.REFRESH else None
        if found is None or found[0].use is not TokenUse.REFRESH:
            raise _over()
        token, one = found
        account = self._active(one.account_id)
        if account is None or one.revoked_at is not None or min(one.expires_at, token.expires_at) <= now:
            raise _over()
        made, kept = _pair(one, now)
        if token.used_at is not None or not self.vault.exchange(digest, now, kept):
            self.vault.revoke(now, "a refresh token came a second time", session_id=one.id)
            count("stolen_tokens")
            self._note(account.id, "refresh token used twice", one.surface, address, refused=True)
            raise _over()
        return Tokens(*made, now + ACCESS_TIME, account, one.strong, one.id)

    def actor(self, token: str, *, surface: str = "") -> Actor:
        """Who shows this access token or API token; raises LogInRefused."""
        now, use = datetime.now(UTC), tokens.use_of(token)
        if use is Use.PROGRAM:
            program = self.vault.api_token(tokens.digest(token))
            if program is None or program.revoked_at is not None or program.expires_at <= now:
                raise _over()
            return self._actor(program.account_id, surface, token_id=program.id)
        found = self.vault.session_token(tokens.digest(token)) if use is Use.ACCESS else None
        if found is None or found[0].use is not TokenUse.ACCESS:
            raise _over()
        shown, one = found
        if one.revoked_at is not None or min(one.expires_at, shown.expires_at) <= now:
            raise _over()
        return self._actor(one.account_id, surface, session_id=one.id)

    def vouched_for(self, subject: str) -> Account:
        """The account that an organisation vouches for; raises LogInRefused where none is linked, or it is disabled."""
        account = self.vault.account_of(subject)
        if account is None or account.status is not Status.ACTIVE:
            self._note(account.id if account else "unknown", "log in", "page", "", refused=True, why="organisation")
            raise LogInRefused("The account is not known here", next="let an administrator link it")
        return account

    def enter(self, account_id: str, session_id: str, surface: str) -> Actor:
        """The actor of a log-in that the gate named; raises LogInRefused for one that has ended meanwhile."""
        standing = self.vault.standing(account_id, None, datetime.now(UTC), session_id=session_id)
        if not session_id or not standing.active:
            raise _over()
        return self._actor(account_id, surface, session_id=session_id)

    def log_out(self, token: str) -> None:
        """End the log-in of an access or refresh token, with all its tokens; one that is over is left alone."""
        found = self.vault.session_token(tokens.digest(token))
        if found is not None and self.vault.revoke(datetime.now(UTC), "logged out", session_id=found[1].id):
            self._note(found[1].account_id, "log out", found[1].surface, "")

    def local(self, address: str) -> Actor:
        """The owner of a workspace without accounts, at an address of this machine; raises NotAllowed."""
        if self.settings.access == "gate":
            raise LogInRefused("Log in first", why="this workspace stands behind the gate")
        try:
            here = ipaddress.ip_address(address).is_loopback
        except ValueError:
            here = False
        if not here:
            raise NotAllowed("Log in first", why="without accounts a workspace opens on its own machine only",
                             next="add accounts with: fitintel account add")  # fmt: skip
        if self.vault.accounts():
            raise NotAllowed("Log in first", why="this workspace has accounts")
        return LOCAL_OWNER

    def close(self) -> None:
        """Release connections that the gate opened."""
        if self._given is None and "vault" in self.__dict__:
            self.vault.close()

    def _may_try(self, address: str) -> None:
        if address and not self.addresses.may_try(address):
            count("limits", what="address")
            raise TooManyAttempts("Too many attempts from this address", next="wait a minute")

    def _active(self, name: str) -> Account | None:
        try:
            found = self.vault.account(name)
        except NotFound:
            return None
        return found if found.status is Status.ACTIVE else None

    def _actor(self, account_id: str, surface: str, *, session_id: str = "", token_id: str = "") -> Actor:
        account = self._active(account_id)
        if account is None:
            raise _over()
        return actor_of(account, surface, session_id=session_id, token_id=token_id)

    def _code_is_right(self, name: str, kept: Secrets, code: str, now: datetime) -> bool | None:
        """True with a right code, False where none is asked for, None with a wrong one."""
        if not kept.totp or kept.totp_pending:
            return False
        step = codes.step_of(opened_secret(self.settings, name, kept), code, now, after=kept.totp_step)
        # of two log-ins with one code at the same time, one gets in
        if step is None or not self.vault.put_secrets(name, replace(kept, totp_step=step), unless_step=step):
            return None
        return True

    def _note(
        self, name: str, what: str, surface: str, address: str, *, refused: bool = False, why: str = "log-in"
    ) -> None:
        from fitintel.core.audit import Entry, Kind
        from fitintel.workbench.auditing import AuditOffice

        # an unknown name is not written down: people type passwords there
        known = name if self.vault.secrets(name) is not None else "unknown"
        entry = Entry(Kind.ACCOUNT, known, surface or "python", known, what, why,
                      {"address": address} if address else {}, outcome="refused" if refused else "done")  # fmt: skip
        AuditOffice(self.vault, self.settings).add([entry])


def actor_of(account: Account, surface: str = "", *, session_id: str = "", token_id: str = "") -> Actor:
    """The actor of an account that has shown a token."""
    roles = frozenset(Role(role) for role in account.roles) - FIXED
    return Actor(account.id, roles, account.athlete_id, session_id, token_id, surface)


def actor_of_token(settings: Settings, surface: str = "") -> Actor:
    """The actor of FITINTEL_TOKEN; raises LogInRefused for one that no longer holds."""
    gate = Gate(settings)
    try:
        return gate.actor(settings.account("TOKEN") or "", surface=surface)
    finally:
        gate.close()


def opened_secret(settings: Settings, name: str, kept: Secrets) -> str:
    """The secret of the second factor."""
    from fitintel.workbench.keyring import keyring_of

    return keyring_of(settings).of_workspace(kept.totp).open(kept.totp, "account", name, "totp").decode()


def sealed_secret(settings: Settings, name: str, secret: str) -> bytes:
    """The same as it is kept."""
    from fitintel.storage.sealed import Sealer, workspace_key

    key = workspace_key(settings.home, settings.account("SECRET_KEY"))
    return Sealer(key).seal(secret.encode(), "account", name, "totp")


def _pair(one: LogIn, now: datetime) -> tuple[tuple[str, str], list[SessionToken]]:
    access, refresh = tokens.new(Use.ACCESS), tokens.new(Use.REFRESH)
    return (access, refresh), [
        SessionToken(tokens.digest(access), one.id, TokenUse.ACCESS, now, now + ACCESS_TIME),
        SessionToken(tokens.digest(refresh), one.id, TokenUse.REFRESH, now, min(now + REFRESH_TIME, one.expires_at)),
    ]


def _refused() -> LogInRefused:
    return LogInRefused("Name, password or code is wrong", next="try again; an administrator can set a new password")


def _over() -> LogInRefused:
    return LogInRefused("This log-in is over", next="log in again")
