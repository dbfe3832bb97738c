"""What runs in a child that reads files: it gives up what it does not need, then works until its parent is done."""

from __future__ import annotations

import ctypes
import gc
import os
import resource
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

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


def message(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """(kind, bytes) of the next message; None where the other side is gone."""
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


def live(work: Work, channel: socket.socket, limits: Limits) -> NoReturn:
    """Work until the parent closes the channel; never returns."""
    gc.freeze()  # what came with the fork is never looked at again: its pages stay shared with the parent
    try:
        isolation = _confine(channel.fileno(), limits)
        channel.sendall(HEAD.pack(READY, len(isolation)) + isolation.encode())
        while (job := message(channel)) is not None:
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
