"""Who asks, and what can be asked: actors, roles, actions, and kinds of records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What an actor is. Those of FIXED are of no account: only this package makes such actors."""

    OWNER = "owner"  # the person at the keyboard of a workspace without accounts
    ANONYMOUS = "anonymous"
    ATHLETE = "athlete"
    COACH = "coach"
    DATA_SCIENTIST = "data_scientist"
    ADMIN = "admin"
    SVC_INGEST = "svc-ingest"
    SVC_NIGHTLY = "svc-nightly"
    SVC_MONITOR = "svc-monitor"


SERVICES = frozenset({Role.SVC_INGEST, Role.SVC_NIGHTLY, Role.SVC_MONITOR})
"""Accounts of programs: one purpose each, no log-in."""
FIXED = SERVICES | {Role.OWNER, Role.ANONYMOUS}


class Action(StrEnum):
    """What can be done with a record; access/policy.yaml says by whom."""

    READ = "read"
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    EXECUTE = "execute"
    USE = "use"  # let a service work with a secret that nobody reads
    COUNT = "count"  # numbers and states, never contents
    COMMENT = "comment"
    CONFIRM = "confirm"
    ANNOTATE = "annotate"
    OBJECT = "object"
    WITHDRAW = "withdraw"
    RETRY = "retry"
    INVITE = "invite"
    LEAVE = "leave"
    PROPOSE = "propose"
    APPROVE = "approve"
    VERIFY = "verify"
    GRANT = "grant"  # give and take roles
    ACT = "act"  # do something as somebody else
    # no rule names these two: only the owner may do what asks for no more than them
    WRITE = "write"
    ADMINISTER = "administer"


class Kind(StrEnum):
    """What a record is; each is a row of access/policy.yaml."""

    PROFILE = "profile"
    DETAILS = "details"
    WORKOUT = "workout"
    RECORDING = "recording"
    HEALTH = "health"
    NOTE = "note"
    PLAN = "plan"
    STATEMENT = "statement"
    BRIEF = "brief"
    MESSAGE = "message"
    CONSENT = "consent"
    MEMBERSHIP = "membership"
    IMPORT = "import"
    CONNECTION = "connection"
    EXPORT = "export"
    ERASURE = "erasure"
    DATASET = "dataset"
    NOTEBOOK = "notebook"
    NOTEBOOK_RUN = "notebook_run"
    EXPERIMENT = "experiment"
    PROMOTION = "promotion"
    ALGORITHM = "algorithm"
    ACCOUNT = "account"
    TOKEN = "token"
    PREFERENCE = "preference"
    GLASS = "glass"
    AUDIT = "audit"
    BACKUP = "backup"
    METRICS = "metrics"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. It says who somebody is, never what they may do: that is looked up at each decision."""

    id: str
    roles: frozenset[Role] = frozenset()
    """for an account the most it may use now; those that the database no longer gives it are not counted"""
    athlete_id: str | None = None
    """the athlete that this person is, where nobody is named"""
    session_id: str = ""
    """log-in that the actor came with; it is looked up at each decision"""
    token_id: str = ""
    """API token that the actor came with"""
    surface: str = ""
    """front end that asks"""
    on_behalf: str = ""
    """administrator who acts as this account"""

    @property
    def is_owner(self) -> bool:
        """Whether it is the person at the keyboard of a workspace without accounts."""
        return self.roles == {Role.OWNER}

    def through(self, surface: str) -> Actor:
        """The same actor at another front end."""
        return replace(self, surface=surface)


LOCAL_OWNER = Actor("local-owner", frozenset({Role.OWNER}))
"""The explicit actor of a workspace without accounts. Only front ends on this machine may use it."""
ANONYMOUS = Actor("anonymous", frozenset({Role.ANONYMOUS}))
"""Who has shown nothing yet."""


def service(role: Role) -> Actor:
    """The actor of a program of this machine; raises ValueError for a role that people have.

    >>> service(Role.SVC_NIGHTLY).id
    'svc-nightly'
    """
    if role not in SERVICES:
        raise ValueError(f"{role.value} is no role of a service")
    return Actor(role.value, frozenset({role}))
