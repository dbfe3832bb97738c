"""The audit chain: rows that are only ever added, each signed together with the signature of the row before it.

A signature is an HMAC-SHA256 with a key that is kept outside the database, so whoever can write to the database can
neither change a row nor make one. A row's number is not part of what is signed: the chain of signatures is what
orders the rows, and so a row that was moved can be told from one that was edited (`core.tampering`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

START = "0" * 64
"""What the first row has as the signature before it."""
KEY_NAME = 16
"""hex digits of a key's digest that name it in its rows"""
FIELDS = ("at", "kind", "subject", "actor", "surface", "what", "why", "outcome", "event", "key", "detail")
"""What a row's body says, in order; `event` is random and tells a repeated write from a second event, `key` names the
key that it is signed with."""
CHAIN, REKEY, REKEYED = "audit chain", "rekey", "rekeyed"
"""Subject and verbs of the two rows of a change of key: the last one of the old key, and the first of the new."""
_BLOCK = 64
"""bytes of a block of SHA-256"""
_encode = json.JSONEncoder(separators=(",", ":"), sort_keys=True, default=str).encode


class Kind(StrEnum):
    """What a row speaks of."""

    RUNS = "runs"  # a brief was made: one row for all its runs
    ACCESS = "access"  # an athlete's data were read
    EXPORT = "export"
    PROMOTION = "promotion"
    CONSENT = "consent"
    POLICY = "policy"
    ACCOUNT = "account"  # accounts, roles, log-ins, tokens, squads
    OPERATION = "operation"  # a backup, its verification, a restore, a move to another database
    GLASS = "glass"  # an emergency in which an administrator read an athlete's data


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be added: who did what to whom or what, why, when, and through which surface."""

    kind: Kind
    actor: str
    surface: str
    """cli, notebook, python, nightly, rest ..."""
    subject: str
    """id of the athlete, algorithm, brief or policy"""
    what: str
    """the verb"""
    why: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    outcome: str = "done"
    """done, or refused"""


class Row(NamedTuple):
    """A row as it is kept; a tuple, for a million of them are read to verify a chain."""

    number: int
    """the first is 1, without gaps"""
    at: int
    kind: str
    subject: str
    """copies of what `body` says, to be searched by"""
    body: str
    """all that is said, as a JSON list in the order of FIELDS"""
    previous: str
    """signature of the row before"""
    mac: str
    """its own signature, of `previous` and `body`"""

    @property
    def said(self) -> dict[str, Any]:
        """What the row says, by the names of FIELDS."""
        return dict(zip(FIELDS, json.loads(self.body), strict=True))

    @property
    def moment(self) -> datetime:
        """When, UTC."""
        return datetime.fromtimestamp(self.at / 1e6, UTC)

    @property
    def hands_over_to(self) -> str:
        """Name of the key that signs what follows; empty unless the row closes a chain of keys."""
        if self.kind != Kind.POLICY or self.subject != CHAIN:
            return ""
        said = self.said
        return str(said["detail"].get("next", "")) if said["what"] == REKEY else ""

    @property
    def searched_by_what_it_says(self) -> bool:
        """Whether the columns it is searched by are those of the body."""
        if self.body.startswith(f'[{self.at},"{self.kind}","{self.subject}",'):
            return True
        return self.body.startswith(f"[{self.at},{_encode(self.kind)},{_encode(self.subject)},")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain at a time, written outside the database: what stands before it cannot be cut off unseen."""

    number: int
    mac: str
    at: int
    """microseconds since 1970-01-01 UTC"""
    seal: str
    """signature of the three"""


def name_of(key: bytes) -> str:
    """What a key is called in the rows signed with it; says nothing of the key.

    >>> name_of(bytes(32))
    '66687aadf862bd77'
    """
    return hashlib.sha256(key).hexdigest()[:KEY_NAME]


def key_of(row: Row) -> str:
    """Name of the key that a row says it is signed with; of a body that cannot be read, none."""
    try:
        return str(row.said["key"])
    except ValueError:
        return ""


class Signer:
    """HMAC-SHA256 (RFC 2104) with one key; the key's half of the work is done once.

    >>> Signer(b"key").sign("ab", "c") == hmac.digest(b"key", b"abc", "sha256").hex()
    True
    """

    def __init__(self, key: bytes) -> None:
        self.key_name = name_of(key)
        block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def sign(self, previous: str, body: str) -> str:
        """Signature of a body that follows the signature `previous`; hex of 32 bytes."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update((previous + body).encode())
        outer.update(inner.digest())
        return outer.hexdigest()


def chain(
    entries: Iterable[Entry], *, number: int, previous: str, signer: Signer, events: Iterable[str]
) -> Iterator[Row]:
    """Signed rows for entries that follow row `number` with the signature `previous`.

    >>> said = Entry(Kind.CONSENT, "anna", "cli", "anna", "withdraw", "moved away", at=datetime(2026, 1, 2, tzinfo=UTC))
    >>> first, second = chain([said, said], number=0, previous=START, signer=Signer(b"key"), events="ab")
    >>> first.at, second.number, second.previous == first.mac, first.said["why"], first.searched_by_what_it_says
    (1767312000000000, 2, True, 'moved away', True)
    """
    for entry, event in zip(entries, events, strict=True):
        at = round(entry.at.timestamp() * 1e6)
        body = _encode((at, entry.kind.value, entry.subject, entry.actor, entry.surface, entry.what, entry.why,
                        entry.outcome, event, signer.key_name, dict(entry.detail)))  # fmt: skip
        number += 1
        mac = signer.sign(previous, body)
        yield Row(number, at, entry.kind.value, entry.subject, body, previous, mac)
        previous = mac


def handover(old: str, new: str, actor: str, surface: str, why: str) -> tuple[Entry, Entry]:
    """The row that closes the part of the chain of the key named `old`, and the one that opens that of `new`."""
    return (
        Entry(Kind.POLICY, actor, surface, CHAIN, REKEY, why, {"before": old, "next": new}),
        Entry(Kind.POLICY, actor, surface, CHAIN, REKEYED, why, {"before": old, "next": new}),
    )


def anchor(signer: Signer, number: int, mac: str, at: datetime) -> Anchor:
    """A sealed anchor of the row `number`."""
    when = round(at.timestamp() * 1e6)
    return Anchor(number, mac, when, signer.sign("anchor", _encode((number, mac, when))))


def genuine(signer: Signer, given: Anchor) -> bool:
    """Whether an anchor was sealed with the key."""
    return hmac.compare_digest(given.seal, signer.sign("anchor", _encode((given.number, given.mac, given.at))))
