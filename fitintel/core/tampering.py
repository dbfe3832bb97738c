"""Verifying the audit chain, and naming what was done to it: where a row was edited, removed, put in, moved or cut off.

The chain is read once, in order. Rows that are signed by the key, follow the signature before them and have the next
number are forgotten at once; the others are kept and looked at together at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fitintel.core.audit import CHAIN, START, Anchor, Row, Signer, genuine, key_of

MOST = 10_000
"""Odd rows that are looked at; a chain with more of them is broken as a whole, and reading on would tell no more."""


class Tampering(StrEnum):
    """What was done."""

    EDIT = "edit"
    DELETE = "delete"
    INSERT = "insert"
    SWAP = "swap"
    TRUNCATE = "truncate"
    ANCHOR = "anchor"  # the chain is not the one that was anchored, or an anchor is forged
    KEY = "key"  # signed with a key that is not this one
    STORED = "stored"  # a run, brief or snapshot is not the one that a row speaks of


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding; `number` is the row at which it begins, counted from 1."""

    kind: Tampering
    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found."""

    rows: int
    last: str
    """signature of the last row"""
    faults: tuple[Fault, ...]
    anchors: int
    """anchors that the chain was held against"""
    runs: int = 0
    """stored runs that were held against the chain"""
    snapshots: int = 0
    """inputs and results that were held against their digests"""
    gone: int = 0
    """briefs that are gone with their athletes"""

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class _Odd:
    row: Row
    own: bool
    """it is signed by the key"""
    place_before: int
    before: str
    """number and signature of the row that stands before it"""
    key: str
    """name of the key that had to sign it"""

    @property
    def place(self) -> int:
        return self.row.number

    @property
    def linked(self) -> bool:
        return self.row.previous == self.before


def verify(
    rows: Iterable[Row],
    signer: Signer,
    *,
    anchors: Sequence[Anchor] = (),
    head: Callable[[], tuple[int, str]] | None = None,
    retired: Sequence[Signer] = (),
) -> Verdict:
    """Whether the chain is whole; `head` gives (number, signature) of the row that the database
    says is the last; it is asked when all rows were read. Keys that were `retired` count for the rows up to the one
    with which each handed over to the next.

    >>> from fitintel.core.audit import Entry, Kind, chain
    >>> said = [Entry(Kind.ACCESS, "anna", "cli", "anna", "brief", "") for _ in range(4)]
    >>> rows = list(chain(said, number=0, previous=START, signer=Signer(b"k"), events="abcd"))
    >>> verify(rows, Signer(b"k")).whole, verify(rows[:1] + rows[2:], Signer(b"k")).faults[0].number
    (True, 2)
    """
    wanted = {each.mac for each in anchors}
    held: dict[str, int] = {}
    odd: list[_Odd] = []
    count, place, before = 0, 0, START
    ring = {one.key_name: one for one in (*retired, signer)}
    until: dict[str, int] = {}
    key: Signer | None = None
    for row in rows:
        if key is None:
            key = ring.get(key_of(row), signer)
            sign = key.sign
        own = sign(row.previous, row.body) == row.mac and row.searched_by_what_it_says
        if not (own and row.previous == before and row.number == place + 1):
            odd.append(_Odd(row, own, place, before, key.key_name))
            if len(odd) == MOST:
                break
        count, place, before = count + 1, row.number, row.mac
        if before in wanted:
            held[before] = place
        if own and row.subject == CHAIN and (successor := ring.get(row.hands_over_to)) is not None:
            until[key.key_name] = place
            key, sign = successor, successor.sign
    faults = _faults(odd)
    if len(odd) < MOST:
        if key is not None and key is not signer:
            says = f"the chain ends under the key {key.key_name}, not under {signer.key_name}, which is the key now"
            faults.append(Fault(Tampering.KEY, place, says))
        faults += _ends(place, before, head() if head else None, anchors, held,
                        [(one, until.get(one.key_name, 0)) for one in retired] + [(signer, None)])  # fmt: skip
    return Verdict(count, before, tuple(sorted(faults, key=lambda each: each.number)), len(anchors))


def _ends(
    place: int, last: str, head: tuple[int, str] | None, anchors: Sequence[Anchor], held: Mapping[str, int],
    signers: Sequence[tuple[Signer, int | None]],
) -> list[Fault]:  # fmt: skip
    """Rows cut off the end, and anchors that the chain does not meet.

    An anchor whose row stands under another number is met: the rows put in or removed before it are found as such. A
    retired key seals anchors up to its own last row.
    """
    met = [each for each in anchors
           if any((most is None or each.number <= most) and genuine(one, each) for one, most in signers)]  # fmt: skip
    found = [Fault(Tampering.ANCHOR, each.number, f"the anchor of row {each.number} is not sealed by the key")
             for each in anchors if each not in met]  # fmt: skip
    lost = sorted((each for each in met if each.mac not in held), key=lambda each: each.number)
    beyond = [each.number for each in lost if each.number > place]
    if beyond:
        says = f"rows {place + 1} to {beyond[-1]} are missing: they were anchored"
        found.append(Fault(Tampering.TRUNCATE, place + 1, says))
    elif head is not None and head[1] != last:
        if head[0] > place:
            says = f"rows {place + 1} to {head[0]} are missing: the database noted row {head[0]} as its last"
            found.append(Fault(Tampering.TRUNCATE, place + 1, says))
        else:
            found.append(Fault(Tampering.EDIT, place, f"row {place} is not the last row that the database noted"))
    within = [each.number for each in lost if each.number <= place]
    if within:
        kept = max((held[each.mac] for each in met if each.mac in held and each.number < within[0]), default=0)
        says = f"rows {kept + 1} to {within[0]} are not those that were anchored"
        found.append(Fault(Tampering.ANCHOR, kept + 1, says))
    return found


def _faults(odd: Sequence[_Odd]) -> list[Fault]:
    at = {each.place: each for each in odd}
    # where each signature next to a break stands, to find where a moved row came from
    stands = {each.before: each.place_before for each in odd} | {each.row.mac: each.place for each in odd}
    found: list[Fault] = []
    explained: set[int] = set()
    for each in odd:
        if each.place in explained:
            continue
        if not each.own and key_of(each.row) not in ("", each.key):
            explained |= _other_key(each, at, found)
        elif not each.own:
            explained |= _forged(each, at, stands, found)
        elif not each.linked:
            explained |= _moved(each, at, stands, found)
        else:
            says = f"what was row {each.place_before + 1} is numbered {each.place}; no row is missing before it"
            found.append(Fault(Tampering.EDIT, each.place_before + 1, says))
    return found


def _other_key(first: _Odd, at: Mapping[int, _Odd], found: list[Fault]) -> set[int]:
    last, named = first, key_of(first.row)
    while (after := at.get(last.place + 1)) is not None and not after.own and key_of(after.row) == named:
        last = after
    says = f"rows {first.place} to {last.place} are signed with the key {named}, not with {first.key}"
    found.append(Fault(Tampering.KEY, first.place, says))
    return set(range(first.place, last.place + 1))


def _forged(first: _Odd, at: Mapping[int, _Odd], stands: Mapping[str, int], found: list[Fault]) -> set[int]:
    """A row that the key did not sign: edited, or put in between."""
    last = first
    while (after := at.get(last.place + 1)) is not None and not after.own:
        last = after
    if after is not None and after.row.previous == first.before:
        found.append(Fault(Tampering.INSERT, first.place, f"{_rows(first.place, last.place)} put in: the row after "
                           "follows the one before, and the key did not sign what lies between"))  # fmt: skip
        return set(range(first.place, after.place + 1))
    found.append(Fault(Tampering.EDIT, first.place, f"row {first.place} is not what was signed"))
    following = at.get(first.place + 1)
    # a row after whose only fault is that it follows the genuine signature of the edited one
    if following is not None and following.own and following.row.previous not in stands:
        return {first.place, following.place}
    return {first.place}


def _moved(here: _Odd, at: Mapping[int, _Odd], stands: Mapping[str, int], found: list[Fault]) -> set[int]:
    """A genuine row that does not follow the one before: swapped, a copy put in, or what was before it is gone."""
    after = at.get(here.place + 1)
    if after is not None and here.row.previous == after.row.mac and after.row.previous == here.before:
        found.append(Fault(Tampering.SWAP, here.place, f"rows {here.place} and {after.place} have changed places"))
        return {here.place, after.place, after.place + 1}
    other = at.get(stands.get(here.row.previous, -2) + 1)
    if other is not None and other.place > here.place and other.row.previous == here.before:
        found.append(Fault(Tampering.SWAP, here.place, f"rows {here.place} and {other.place} have changed places"))
        return {here.place, here.place + 1, other.place, other.place + 1}
    if after is not None and after.row.previous == here.before:
        found.append(Fault(Tampering.INSERT, here.place, f"{_rows(here.place, here.place)} put in: a copy of another"))
        return {here.place, after.place}
    first = here.place_before + 1
    many = f"what was row {first} is" if here.place - first < 2 else f"rows {first} to {here.place - 1} are"
    found.append(Fault(Tampering.DELETE, first, f"{many} missing before what is now row {here.place}"))
    return {here.place}


def _rows(first: int, last: int) -> str:
    return f"row {first} was" if first == last else f"rows {first} to {last} were"
