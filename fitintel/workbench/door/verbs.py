"""What a verb of the Workbench reads is noted, once a call, whatever other verbs it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from fitintel.core.spans import span

if TYPE_CHECKING:
    from fitintel.access.actor import Kind

F = TypeVar("F", bound=Callable[..., Any])


class Call:
    """One call of a verb, from outside; the verbs it calls itself are part of it."""

    def __init__(self, door: object, verb: str) -> None:
        self.door, self.verb = door, verb
        self.read: dict[str, None] = {}
        """ids of what was read, in the order in which permission was asked"""
        self.granted: dict[tuple[str | None, Kind], bool] = {}
        """(athlete, kind) that this actor was permitted -> whether to write as well"""
        self.whole = False
        """the store opens what is made for all who may read it, also what this actor has no consent for"""
        self.lacks: dict[str, frozenset[str]] = {}
        """athlete -> categories of consent that this actor has not, as they were when the call first asked"""

    def grant(self, athlete_id: str | None, kind: Kind, *, writes: bool) -> None:
        """Keep a permission until the verb has returned."""
        self.granted[athlete_id, kind] = writes or self.granted.get((athlete_id, kind), False)


class Noting(Protocol):
    """A door that keeps what its verbs read."""

    def note_reads(self, verb: str, subjects: tuple[str, ...]) -> None:
        """Keep that a verb has read these."""


_current: ContextVar[Call | None] = ContextVar("fitintel_call", default=None)


def current(door: object) -> Call | None:
    """The call that is under way at this door, in this thread or task."""
    call = _current.get()
    return call if call is not None and call.door is door else None


def noted(verb: F) -> F:
    """The verb; when it was called from outside and has returned, what it read is noted."""

    @wraps(verb)
    def called(door: Noting, *args: Any, **kwargs: Any) -> Any:
        if current(door) is not None:
            return verb(door, *args, **kwargs)
        with span("verb", verb=verb.__name__), _call(door, verb.__name__) as call:
            found = verb(door, *args, **kwargs)
        # before anything is handed out: what cannot be noted is not shown
        door.note_reads(call.verb, tuple(call.read))
        return found

    return called  # type: ignore[return-value]


@contextmanager
def whole(door: object) -> Iterator[None]:
    """Within the block a verb makes what all readers share: nothing is withheld from it. Give out nothing of it."""
    call = current(door)
    if call is None or call.whole:
        yield
        return
    call.whole = True
    try:
        yield
    finally:
        call.whole = False


@contextmanager
def _call(door: object, verb: str) -> Iterator[Call]:
    call = Call(door, verb)
    token = _current.set(call)
    try:
        yield call
    finally:
        _current.reset(token)
