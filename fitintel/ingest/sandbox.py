"""Files are read in child processes that can do nothing but read them: a bad file ends its child, and nothing else.

What is enforced, by the kernel: memory (RLIMIT_AS), processor time per file (RLIMIT_CPU), wall time (the parent ends
the child), no writing to files (RLIMIT_FSIZE 0), no inherited descriptor but the one to the parent. The network: the
child leaves for an empty network namespace where the kernel lets it; where it does not, only Python's own ways to it
are closed (audit hook), which a fault in compiled code could pass. `isolation` says which of the two holds.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NoReturn

from fitintel.core.errors import UnreadableFile

Work = Callable[[bytes], bytes]
HEAD = struct.Struct("<cQ")
ANSWER, FAILED, READY = b"a", b"f", b"r"
NEW_USER, NEW_NET = 0x10000000, 0x40000000
CLOSED = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.", "ctypes.dlopen")
"""audit events that a child may not cause"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    memory: int = 512 * 1024 * 1024
    """bytes beyond what the process had when it began"""
    processor: int = 60
    """s"""
    wall: float = 120.0
    """s"""


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
            _live(work, theirs, limits)
        theirs.close()
        self._socket, self.number = ours, ours.fileno()
        self.alive = True
        self.deadline = time.monotonic() + limits.wall
        ours.settimeout(limits.wall)
        first = self._receive()
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
        found = self._receive()
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

    def _receive(self) -> tuple[bytes, bytes] | None:
        return _message(self._socket)


def _too_long(why: str) -> UnreadableFile:
    return UnreadableFile(
        "The reader of the file took too long and was ended", why=why,
        next="report it with the file; it is kept, and read again with: fitintel quarantine retry",
        rule="parser_timeout",
    )  # fmt: skip


def _message(channel: socket.socket) -> tuple[bytes, bytes] | None:
    head = _exactly(channel, HEAD.size)
    if head is None:
        return None
    kind, size = HEAD.unpack(head)
    body = _exactly(channel, size)
    return None if body is None else (kind, bytes(body))


def _exactly(channel: socket.socket, size: int) -> bytearray | None:
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        try:
            more = channel.recv_into(view[got:])
        except OSError:
            return None
        if not more:
            return None
        got += more
    return data


# what follows runs in the child


def _live(work: Work, channel: socket.socket, limits: Limits) -> NoReturn:
    """Work until the parent closes the channel; never returns."""
    try:
        isolation = _confine(channel.fileno(), limits)
        channel.sendall(HEAD.pack(READY, len(isolation)) + isolation.encode())
        while (job := _message(channel)) is not None:
            _more_processor_time(limits.processor)
            answer = work(job[1])
            channel.sendall(HEAD.pack(ANSWER, len(answer)) + answer)
            del job, answer
    finally:
        kind = sys.exc_info()[0]
        if kind is not None:
            name = kind.__name__.encode()
            channel.sendall(HEAD.pack(FAILED, len(name)) + name)
        os._exit(0 if kind is None else 70)  # without the parent's exit handlers


def _confine(keep: int, limits: Limits) -> str:
    """Give up everything that reading does not need; how the network is kept away."""
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(quiet, number)
    most = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, keep)
    os.closerange(keep + 1, most if 0 < most < 65_536 else 65_536)
    kernel = ctypes.CDLL(None)
    # as root a network namespace alone; else one that belongs to a user namespace of its own
    apart = kernel.unshare(NEW_NET) == 0 or kernel.unshare(NEW_USER | NEW_NET) == 0
    sys.addaudithook(_refuse)
    used = int(_status("VmSize")) * 1024
    resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory, used + limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    return "namespace" if apart else "python"


def _refuse(event: str, _: Any) -> None:
    if event.startswith(CLOSED):
        raise PermissionError(f"a reader of files may not do this: {event}")


def _more_processor_time(seconds: int) -> None:
    """Allow the next file its time, counted from what was used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _status(name: str) -> str:
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(line.split()[1] for line in lines if line.startswith(name + ":"))
