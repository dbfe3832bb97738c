"""The hub: one reader of events for all sockets of a process, and who of them may know of each.

Whether somebody may know of an event is asked when they subscribe and again for each event, under the stamp of rights
that holds when it is sent: what waits in a queue while a consent is withdrawn is not delivered.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from fitintel.access.actor import Action, Actor
from fitintel.access.authorize import standing_of
from fitintel.core.errors import StorageUnavailable, UsageError
from fitintel.core.events import Event, Topic
from fitintel.workbench.door import Workbench
from fitintel.workbench.facts import StoredFacts
from fitintel.workbench.happening import KINDS, may_know
from fitintel.workbench.sessions import Gate

EVERY = 0.5
"""s between two looks at the store where nobody rings"""
TRUST = 1.0
"""s after which rights are asked for again although nobody changed them: time alone ends some"""
WAITING = 500
"""events that wait for a slow reader; beyond it the socket is closed, and goes on later where it was"""
SUBSCRIPTIONS = 50
"""of one socket"""
Wish = tuple[Topic, str | None]
"""a topic, of one athlete or of all that somebody may see"""


@dataclass(frozen=True, slots=True)
class Word:
    """Something for a follower: an event, or the end of what they wished for."""

    event: Event | None
    text: str = ""
    """the event as the plain feed says it"""
    rights: int = -1
    may: Mapping[Actor, bool] = field(default_factory=dict)
    """who may know of it, under these rights"""
    ended: Wish | None = None
    """None in both: the log-in is over"""


@dataclass(eq=False)
class Follower:
    """One open socket, or one subscription of GraphQL."""

    bench: Workbench
    queue: asyncio.Queue[Word] = field(default_factory=lambda: asyncio.Queue(WAITING))
    wants: dict[Wish, int] = field(default_factory=dict)
    """-> the largest id that was passed on"""
    slow: bool = False
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wanted(self, event: Event) -> bool:
        """Whether it was subscribed to and not passed on before; from now on it was."""
        keys = [key for key in ((event.topic, event.athlete_id), (event.topic, None)) if key in self.wants]
        new = any(self.wants[key] < event.id for key in keys)
        for key in keys:
            self.wants[key] = max(self.wants[key], event.id)
        return new

    def offer(self, word: Word) -> None:
        """Let it wait; a reader who is too slow is told so."""
        try:
            self.queue.put_nowait(word)
        except asyncio.QueueFull:
            self.slow = True


class Hub:
    """Reads events once and hands them to every follower of this process."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._followers = gate, set[Follower]()
        self._last, self._rights, self._looked = 0, 0, 0.0

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read while the server is up."""
        task = asyncio.create_task(self._read())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @contextlib.contextmanager
    def joined(self, bench: Workbench) -> Iterator[Follower]:
        """A follower, for as long as the block."""
        follower = Follower(bench)
        self._followers.add(follower)
        try:
            yield follower
        finally:
            self._followers.discard(follower)

    async def subscribe(
        self, follower: Follower, topic: Topic, athlete_id: str | None, after: int | None
    ) -> AsyncIterator[Event]:
        """What was missed since `after`, oldest first; when it is over, what is new comes through the queue.

        Raises UsageError where there is nothing to follow. To be used within `follower.turn`, so that nothing new is
        passed on before.
        """
        if len(follower.wants) >= SUBSCRIPTIONS:
            raise UsageError(f"A connection follows at most {SUBSCRIPTIONS} topics", next="leave out the athlete")
        if athlete_id is not None and not await self.permitted(follower, topic, athlete_id):
            # the same for an athlete that is not there
            raise UsageError("There is nothing to follow", why="no such athlete that you may see")
        store = self._gate.vault
        newest = await run_in_threadpool(store.newest_event)
        seen = newest if after is None else min(after, newest)
        while seen < newest:
            for event in await run_in_threadpool(store.events, seen):
                seen = event.id
                asked = event.topic is topic and athlete_id in (None, event.athlete_id)
                if asked and await run_in_threadpool(_may, follower.bench, event, None):
                    yield event
        follower.wants[topic, athlete_id] = max(newest, seen)

    async def permitted(self, follower: Follower, topic: Topic, athlete_id: str | None) -> bool:
        """Whether they may follow it now."""
        _under(follower.bench, None)
        return await run_in_threadpool(follower.bench.permits, Action.READ, athlete_id, KINDS[topic])

    async def due(self, follower: Follower, word: Word) -> bool:
        """Whether an event that waited in the queue is to be passed on now."""
        event = word.event
        if event is None or not follower.wanted(event):
            return False
        if word.rights == self._rights and follower.bench.actor in word.may:
            return word.may[follower.bench.actor]
        return await run_in_threadpool(_may, follower.bench, event, None)

    async def _read(self) -> None:
        heard, begun = 0, False
        while True:
            try:
                if not begun:
                    self._last = await run_in_threadpool(self._gate.vault.newest_event)
                    begun = True
                words, over = await run_in_threadpool(self._look)
                self._tell(words, over)
                heard = await run_in_threadpool(self._gate.vault.await_event, heard, EVERY)
            except StorageUnavailable:
                # what happens meanwhile stands in the store, and is told once it is back
                await asyncio.sleep(EVERY)

    def _tell(self, words: list[Word], over: list[tuple[Follower, Word]]) -> None:
        for word in words:
            for follower in list(self._followers):
                follower.offer(word)
        for follower, word in over:
            if word.ended is not None:
                follower.wants.pop(word.ended, None)
            follower.offer(word)

    def _look(self) -> tuple[list[Word], list[tuple[Follower, Word]]]:
        """New events with who may know of them, and what has come to an end."""
        rights, now = self._gate.vault.stamp().rights, time.monotonic()
        over: list[tuple[Follower, Word]] = []
        if rights != self._rights or now - self._looked >= TRUST:
            # whoever was alone here is nobody once there are accounts
            alone = rights == self._rights or not self._gate.vault.accounts()
            over = [(one, word) for one in list(self._followers) for word in _ended(one, rights, alone)]
            self._rights, self._looked = rights, now
        words, last = [], self._last
        for event in self._gate.vault.events(last):
            last = event.id
            may: dict[Actor, bool] = {}
            for follower in list(self._followers):
                wishes, actor = follower.wants, follower.bench.actor
                if actor not in may and ((event.topic, event.athlete_id) in wishes or (event.topic, None) in wishes):
                    may[actor] = _may(follower.bench, event, rights)
            words.append(Word(event, said(event), rights, may))
        # only now: where the store is lost in between, all of them are looked at again
        self._last = last
        return words, over


def said(event: Event) -> str:
    """An event as the plain feed says it."""
    return json.dumps({
        "type": "event", "id": event.id, "topic": event.topic.value, "kind": event.kind, "athlete": event.athlete_id,
        "at": event.at.isoformat(), "detail": dict(event.detail),
    })  # fmt: skip


def _may(bench: Workbench, event: Event, rights: int | None) -> bool:
    _under(bench, rights)
    return may_know(bench, event)


def _ended(follower: Follower, rights: int, alone: bool) -> list[Word]:
    """What a follower may no longer follow; one Word without a wish where their log-in is over.

    `alone`: there are no accounts, and the owner may be here.
    """
    bench = follower.bench
    _under(bench, rights)
    if bench.actor.is_owner:
        return [] if alone else [Word(None)]
    if not standing_of(bench.actor, None, bench.facts).active:
        return [Word(None)]
    gone = [(topic, athlete) for topic, athlete in list(follower.wants)
            if athlete is not None and not bench.permits(Action.READ, athlete, KINDS[topic])]  # fmt: skip
    return [Word(None, ended=wish) for wish in gone]


def _under(bench: Workbench, rights: int | None) -> None:
    facts = bench.facts
    if isinstance(facts, StoredFacts):
        facts.rights = rights
