"""Who may come in: accounts, memberships of squads, consents, log-ins and tokens, and what they add up to at a moment.

Every record carries when it holds from and until. What has ended is kept: who could see what on a day stays readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who logs in. Its secrets are kept beside it, and are no part of the record."""

    id: str
    """the name that is typed; lower case"""
    roles: frozenset[str]
    athlete_id: str | None = None
    """the athlete that this person is"""
    status: Status = Status.ACTIVE
    at: datetime | None = None
    """when it was made"""
    second_factor: bool = False
    """a code from a device is asked for as well"""
    subject: str | None = None
    """`issuer subject` at the organisation that vouches for the person (OpenID Connect)"""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an account is checked with; never leaves the workbench."""

    password: str = ""
    """Argon2id hash; empty: no password opens it"""
    totp: bytes = b""
    """sealed secret of the second factor"""
    totp_pending: bool = False
    """the secret was shown, and no code of it has been seen yet"""
    totp_step: int = 0
    """time step of the newest code that was accepted: no code is good twice"""


class Part(StrEnum):
    """What somebody is in a squad."""

    ATHLETE = "athlete"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Squad:
    """Athletes and their coaches."""

    id: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody's time in a squad: of an athlete by athlete id, of a coach by account id."""

    id: str
    squad_id: str
    part: Part
    who: str
    """athlete id or account id"""
    by: str
    """account or actor who invited"""
    invited_at: datetime
    since: datetime | None = None
    """None: invited, and not accepted yet"""
    until: datetime | None = None
    """when they left; what lies before is no longer seen either"""

    def holds(self, at: datetime) -> bool:
        """Whether they are in the squad at a time."""
        return self.since is not None and self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Consent:
    """An athlete's word on one category of data for one purpose. A later version takes the place of the one before."""

    athlete_id: str
    category: str
    purpose: str
    version: int
    """the first is 1"""
    given: bool
    """False: withdrawn"""
    since: datetime
    until: datetime | None
    by: str
    at: datetime
    guardian: str = ""
    """who consents for a minor"""
    text: str = ""
    """version of the notice that was shown"""

    def holds(self, at: datetime) -> bool:
        """Whether it allows anything at a time; only the newest version is asked."""
        return self.given and self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class LogIn:
    """One log-in of an account: a family of tokens that is revoked as a whole."""

    id: str
    account_id: str
    at: datetime
    expires_at: datetime
    strong: bool
    """a second factor was shown"""
    surface: str = ""
    address: str = ""
    revoked_at: datetime | None = None
    why: str = ""


class TokenUse(StrEnum):
    """What a token of a log-in is for."""

    ACCESS = "access"
    REFRESH = "refresh"


@dataclass(frozen=True, slots=True)
class SessionToken:
    """A token of a log-in; only its digest is kept."""

    digest: str
    session_id: str
    use: TokenUse
    at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    """of a refresh token: when it was exchanged; a second time means that it was stolen"""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token for a program: as its account, with no more than its scopes."""

    id: str
    account_id: str
    name: str
    digest: str
    scopes: tuple[str, ...]
    """`kind:action`, or `*` in either place"""
    at: datetime
    expires_at: datetime
    strong: bool = False
    """it was made in a log-in with a second factor"""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Glass:
    """A broken glass: an emergency in which an administrator reads one athlete's data."""

    id: str
    athlete_id: str
    account_id: str
    reason: str
    at: datetime
    minutes: int
    approved_by: str = ""
    approved_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None
    """when the athlete was shown it"""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account is at a moment, and what it is to one athlete: read anew for each decision."""

    active: bool
    """the account may be used, and the log-in or token that it came with still holds"""
    strong: bool = False
    """with a second factor"""
    roles: frozenset[str] = frozenset()
    athlete_id: str | None = None
    coaches: bool = False
    """coach of a squad in which the athlete is"""
    coached: bool = False
    """the athlete is in a squad"""
    consents: frozenset[tuple[str, str]] = frozenset()
    """(category, purpose) for which the athlete's consent holds"""
    glass: bool = False
    """a broken glass, approved and not over"""
    scopes: frozenset[str] | None = None
    """of the API token that it came with; None: it did not come with one"""
    pseudonymised: bool = False
    """the workspace holds no names: it was made for research"""
    until: datetime | None = None
    """when time alone may change it: something ends then, or begins; None: nothing does"""


NOBODY = Standing(active=False)
"""Of an account that does not exist, is disabled, or whose log-in is over."""
