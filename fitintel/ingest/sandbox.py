"""Files are read in child processes that can do nothing but read them: a bad file ends its child, and nothing else.

What is enforced, by the kernel: memory (RLIMIT_AS), processor time per file (RLIMIT_CPU), wall time (the parent ends
the child), no writing to files (RLIMIT_FSIZE 0), no inherited descriptor but the one to the parent. The network: the
child leaves for an empty network namespace where the kernel lets it; where it does not, only Python's own ways to it
are closed (audit hook), which a fault in compiled code could pass. `isolation` says which of the two holds.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.confine import ANSWER, HEAD, READY, Limits, Work, live, message

AHEAD, AHEAD_BYTES = 8, 1024 * 1024
"""jobs and answers on their way for each child, by number, and bytes of jobs for all of them"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one job: the bytes that the work gave, or the error of a child that did not finish."""

    data: bytes = b""
    error: UnreadableFile | None = None


class Sandbox:
    """Up to `workers` forked children that do the same work on one job after the other.

    `work` must answer in bytes and handle the errors of bad data itself; whatever else it raises ends its child.
    Use as a context manager.

    >>> with Sandbox(lambda data: data[::-1], workers=1) as children:
    ...     [answer.data for _, answer in children.each(iter([(1, b"abc"), (2, b"")]))]
    [b'cba', b'']
    """

    def __init__(self, work: Work, *, workers: int = 0, limits: Limits | None = None) -> None:
        self._work, self._limits = work, limits or Limits()
        self._workers = workers or len(os.sched_getaffinity(0))
        self._idle: list[_Child] = []
        self.isolation = ""
        """how the network is kept away: `namespace` or `python`; '' before the first child"""

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the children."""
        for child in self._idle:
            child.end()
        self._idle.clear()

    def one(self, data: bytes) -> Answer:
        """The answer to a single job."""
        return next(answer for _, answer in self.each(iter([(None, data)])))

    def each(self, jobs: Iterator[tuple[Any, bytes | None]]) -> Iterator[tuple[Any, Answer]]:
        """(key, answer) of each (key, data), in the order of the jobs.

        A few small jobs are given ahead, so that a child has work while its parent is busy with answers; a large one
        is taken only when a child is free. A job without data is not worked on; it only keeps its place.
        """
        order: deque[_Place] = deque()
        again: deque[_Place] = deque()
        busy: dict[int, _Child] = {}
        more = True
        try:
            while more or order:
                while again:  # they were given to a child that ended with the job before
                    self._give(again.popleft(), busy)
                while more and self._room(order, busy):
                    job = next(jobs, None)
                    if job is None:
                        more = False
                        break
                    order.append(_Place(*job))
                    if job[1] is None:
                        order[-1].answer = Answer()
                        break  # what came before it is not to wait
                    self._give(order[-1], busy)
                if busy:
                    self._collect(busy, again, wait=bool(order) and order[0].answer is None)
                if order and order[0].answer is not None:
                    done = order.popleft()
                    assert done.answer is not None
                    yield done.key, done.answer
        finally:
            for child in busy.values():
                child.end()

    def _room(self, order: Collection[_Place], busy: Mapping[int, _Child]) -> bool:
        """Whether another job may be taken; one that waits takes memory, and so does an answer that waits."""
        if len(busy) < self._workers and len(order) < 3 * self._workers:
            return True
        held = sum(len(place.answer.data if place.answer else place.data or b"") for place in order)
        return len(order) < AHEAD * self._workers and held < AHEAD_BYTES

    def _give(self, place: _Place, busy: dict[int, _Child]) -> None:
        """Give a job to a child that has none, else to the one with the fewest."""
        if len(busy) < self._workers:
            child = self._idle.pop() if self._idle else self._start()
            busy[child.number] = child
        else:
            child = min(busy.values(), key=lambda each: len(each.given))
        child.give(place)

    def _collect(self, busy: dict[int, _Child], again: deque[_Place], *, wait: bool) -> None:
        """Take what answers are there; with `wait`, wait for one child at least."""
        left = min(child.deadline for child in busy.values()) - time.monotonic() if wait else 0.0
        poll = select.poll()
        for number, child in busy.items():
            poll.register(number, select.POLLIN | (select.POLLOUT if child.unsent else 0))
        ready = dict(poll.poll(max(0.0, left) * 1000))
        for number, child in list(busy.items()):
            events = ready.get(number, 0)
            if events & select.POLLOUT:
                child.push()
            if events & ~select.POLLOUT:
                child.given[0].answer = child.take()
            elif time.monotonic() >= child.deadline:
                child.given[0].answer = child.late()
            else:
                continue
            child.next()
            if not child.alive:
                again.extend(child.given)
            elif not child.given:
                self._idle.append(child)
            else:
                continue
            del busy[number]

    def _start(self) -> _Child:
        child = _Child(self._work, self._limits)
        self.isolation = child.isolation
        return child


@dataclass(slots=True)
class _Place:
    key: Any
    data: bytes | None
    answer: Answer | None = None


class _Child:
    """One forked process, seen from its parent."""

    def __init__(self, work: Work, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        for each in (ours, theirs):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, AHEAD_BYTES)  # as much of it as the system allows
        sys.stdout.flush()
        sys.stderr.flush()
        self.limits = limits
        self.pid = os.fork()
        if not self.pid:
            ours.close()
            live(work, theirs, limits)
        theirs.close()
        self._socket, self.number = ours, ours.fileno()
        self._sending = ours.dup()
        self.alive = True
        self.given: deque[_Place] = deque()
        """jobs without an answer; the child works on the first"""
        self.unsent: deque[memoryview] = deque()
        self.deadline = time.monotonic() + limits.wall
        ours.settimeout(limits.wall)
        self._sending.setblocking(False)
        first = message(ours)
        self.isolation = first[1].decode() if first and first[0] == READY else ""

    def give(self, place: _Place) -> None:
        """Give a job; what does not go out at once waits here, for a child at work reads nothing."""
        if not self.given:
            self.deadline = time.monotonic() + self.limits.wall
        self.given.append(place)
        data = place.data or b""
        self.unsent.extend((memoryview(HEAD.pack(ANSWER, len(data))), memoryview(data)))
        self.push()

    def push(self) -> None:
        """Send as much as goes out at once. Of a child that is gone, reading tells."""
        try:
            while self.unsent:
                sent = self._sending.send(self.unsent[0])
                if sent < len(self.unsent[0]):
                    self.unsent[0] = self.unsent[0][sent:]
                else:
                    self.unsent.popleft()
        except BlockingIOError:
            return
        except OSError:
            self.unsent.clear()

    def next(self) -> None:
        """The first job has its answer: from now on the time of the next one counts."""
        self.given.popleft().data = None
        self.deadline = time.monotonic() + self.limits.wall

    def take(self) -> Answer:
        """The answer of a child that has something to say."""
        found = message(self._socket)
        if found is not None and found[0] == ANSWER:
            return Answer(found[1])
        return self.ended(found[1].decode() if found else "")

    def late(self) -> Answer:
        """End a child that took too long."""
        self.end()
        return Answer(error=_too_long(f"more than {self.limits.wall:g} s"))

    def ended(self, why: str = "") -> Answer:
        """The answer of a child that is gone."""
        self._close()
        self.alive = False
        _, status = os.waitpid(self.pid, 0)
        signal = status & 0x7F
        if signal in (9, 24):  # SIGKILL follows SIGXCPU at the hard limit
            return Answer(error=_too_long(f"more than {self.limits.processor} s of processor time"))
        if why == "MemoryError":
            why = f"it needs more than {self.limits.memory // 2**20} MB of memory"
        return Answer(
            error=UnreadableFile(
                "The reader of the file failed", why=why or f"its process ended with signal {signal}",
                next="report it with the file; it is kept, and read again with: fitintel quarantine retry",
                rule="parser_crashed",
            )
        )  # fmt: skip

    def end(self) -> None:
        """End the process, whatever it is doing."""
        if self.alive:
            self.alive = False
            self._close()
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)

    def _close(self) -> None:
        self._socket.close()
        self._sending.close()


def _too_long(why: str) -> UnreadableFile:
    return UnreadableFile(
        "The reader of the file took too long and was ended", why=why,
        next="report it with the file; it is kept, and read again with: fitintel quarantine retry",
        rule="parser_timeout",
    )  # fmt: skip
