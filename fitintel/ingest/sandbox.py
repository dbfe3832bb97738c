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
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.confine import ANSWER, HEAD, READY, Limits, Work, live, message


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
        """(key, answer) of each (key, data), in the order of the jobs; a job is taken only when a child is free.

        A job without data is not worked on; it only keeps its place.
        """
        order: deque[_Place] = deque()
        busy: dict[int, tuple[_Child, _Place]] = {}
        more = True
        try:
            while more or order:
                # an answer that waits for its turn takes memory: no more of them than there are children
                while more and len(busy) < self._workers and len(order) < 3 * self._workers:
                    job = next(jobs, None)
                    if job is None:
                        more = False
                        break
                    place = _Place(job[0])
                    order.append(place)
                    if job[1] is None:
                        place.answer = Answer()
                        break  # what came before it is not to wait
                    child = self._idle.pop() if self._idle else self._start()
                    if child.give(job[1]):
                        busy[child.number] = (child, place)
                    else:
                        place.answer = child.ended()
                if busy and order and order[0].answer is None:
                    self._collect(busy)
                while order and order[0].answer is not None:
                    done = order.popleft()
                    assert done.answer is not None
                    yield done.key, done.answer
                    if len(busy) < self._workers and more:
                        break  # give the free child its next job before this one's answer is worked on further
        finally:
            for child, _ in busy.values():
                child.end()

    def _collect(self, busy: dict[int, tuple[_Child, _Place]]) -> None:
        """Wait for one child at least, and take what is there."""
        left = min(child.deadline for child, _ in busy.values()) - time.monotonic()
        poll = select.poll()
        for number in busy:
            poll.register(number, select.POLLIN)
        ready = {number for number, _ in poll.poll(max(0.0, left) * 1000)}
        for number, (child, place) in list(busy.items()):
            if number in ready:
                place.answer = child.take()
            elif time.monotonic() >= child.deadline:
                place.answer = child.late()
            else:
                continue
            del busy[number]
            if child.alive:
                self._idle.append(child)

    def _start(self) -> _Child:
        child = _Child(self._work, self._limits)
        self.isolation = child.isolation
        return child


@dataclass(slots=True)
class _Place:
    key: Any
    answer: Answer | None = None


class _Child:
    """One forked process, seen from its parent."""

    def __init__(self, work: Work, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        self.limits = limits
        self.pid = os.fork()
        if not self.pid:
            live(work, theirs, limits)
        theirs.close()
        self._socket, self.number = ours, ours.fileno()
        self.alive = True
        self.deadline = time.monotonic() + limits.wall
        ours.settimeout(limits.wall)
        first = message(ours)
        self.isolation = first[1].decode() if first and first[0] == READY else ""

    def give(self, data: bytes) -> bool:
        """Start a job; False if the child is gone."""
        self.deadline = time.monotonic() + self.limits.wall
        try:
            self._socket.sendall(HEAD.pack(ANSWER, len(data)) + data)
        except OSError:
            return False
        return True

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
        self._socket.close()
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
            self._socket.close()
            os.kill(self.pid, 9)
            os.waitpid(self.pid, 0)


def _too_long(why: str) -> UnreadableFile:
    return UnreadableFile(
        "The reader of the file took too long and was ended", why=why,
        next="report it with the file; it is kept, and read again with: fitintel quarantine retry",
        rule="parser_timeout",
    )  # fmt: skip
