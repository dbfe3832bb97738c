"""Children that read files: limited, confined, replaced when they end, and kept in order."""

from __future__ import annotations

import os
import signal
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from fitintel.ingest.confine import Limits
from fitintel.ingest.sandbox import Sandbox

SMALL = Limits(memory=128 * 2**20, processor=1, wall=60.0)


def work(data: bytes) -> bytes:
    match data:
        case b"memory":
            return bytes(len(bytearray(400 * 2**20)))
        case b"loop":
            while True:
                pass
        case b"sleep":
            time.sleep(60)
        case b"raise":
            raise KeyError("a fault of the reader")
        case b"killed":
            os.kill(os.getpid(), signal.SIGSEGV)
        case b"socket":
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        case b"process":
            os.fork()
        case b"long":
            return b"x" * 20_000_000
    return data[::-1]


def test_answers_come_in_the_order_of_the_jobs_and_a_job_without_data_keeps_its_place():
    jobs = [(n, None if n % 5 == 0 else str(n).encode() * (1 + n % 3)) for n in range(60)]
    with Sandbox(work, workers=3) as children:
        found = list(children.each(iter(jobs)))
    assert [key for key, _ in found] == list(range(60))
    assert all(answer.data == (data or b"")[::-1] for (_, answer), (_, data) in zip(found, jobs, strict=True))


@pytest.mark.parametrize(
    ("job", "rule", "why"),
    [
        (b"memory", "parser_crashed", "128 MB"),
        (b"loop", "parser_timeout", "processor"),
        (b"sleep", "parser_timeout", "more than 1 s"),
        (b"raise", "parser_crashed", "KeyError"),
        (b"killed", "parser_crashed", "signal 11"),
        (b"socket", "parser_crashed", "PermissionError"),
        (b"process", "parser_crashed", "PermissionError"),
    ],
)
def test_a_child_that_fails_is_named_and_the_rest_goes_on(job: bytes, rule: str, why: str):
    limits = replace(SMALL, wall=1.0) if job == b"sleep" else SMALL
    with Sandbox(work, workers=1, limits=limits) as children:
        before, bad, after = (answer for _, answer in children.each(iter([(0, b"ab"), (1, job), (2, b"cd")])))
    assert (before.data, after.data) == (b"ba", b"dc")
    assert bad.error is not None
    assert bad.error.rule == rule
    assert why in str(bad.error)


def test_a_child_cannot_write_into_files(tmp_path: Path):
    place = tmp_path / "out"

    def write(data: bytes) -> bytes:
        number = os.open(place, os.O_CREAT | os.O_WRONLY)
        try:
            os.write(number, data)
        except OSError as error:
            return str(error.errno).encode()
        return b"written"

    with Sandbox(write, workers=1) as children:
        assert children.one(b"data").data != b"written"
    assert place.stat().st_size == 0


def test_the_network_is_kept_away_and_it_is_said_how():
    with Sandbox(work, workers=1) as children:
        children.one(b"a")
        assert children.isolation in ("namespace", "python")


def test_a_child_holds_nothing_open_of_its_parent(tmp_path: Path):
    kept = (tmp_path / "secret").open("w+")

    def look(data: bytes) -> bytes:
        try:
            os.fstat(kept.fileno())
        except OSError:
            return b"closed"
        return b"open"

    with Sandbox(look, workers=1) as children:
        assert children.one(b"").data == b"closed"
    kept.close()


def test_long_answers_arrive_whole_and_children_are_used_again():
    with Sandbox(work, workers=1) as children:
        assert len(children.one(b"long").data) == 20_000_000
        first = children._idle[0].pid
        children.one(b"a")
        assert [child.pid for child in children._idle] == [first]


def test_no_child_is_left_behind():
    with Sandbox(work, workers=2) as children:
        list(children.each((n, b"x") for n in range(4)))
        pids = [child.pid for child in children._idle]
    for pid in pids:
        with pytest.raises(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


def test_jobs_that_were_given_ahead_to_a_child_that_ends_are_done_by_another():
    jobs = [(n, b"killed" if n % 7 == 3 else str(n).encode()) for n in range(40)]
    with Sandbox(work, workers=2) as children:
        found = list(children.each(iter(jobs)))
    assert [key for key, _ in found] == list(range(40))
    for (_, answer), (number, data) in zip(found, jobs, strict=True):
        assert (answer.error is not None) == (number % 7 == 3)
        assert answer.error is not None or answer.data == data[::-1]


def test_large_jobs_and_answers_among_small_ones_do_not_block_each_other():
    jobs = [(n, (b"%03d" % n) * (1_000_000 if n % 4 == 1 else 30_000 if n % 4 else 1)) for n in range(24)]
    with Sandbox(work, workers=2) as children:
        found = list(children.each(iter(jobs)))
    assert [answer.data for _, answer in found] == [data[::-1] for _, data in jobs]


def test_no_more_jobs_are_taken_than_fit_into_the_memory_set_aside_for_them():
    taken: list[int] = []

    def jobs():
        for number in range(30):
            taken.append(number)
            yield number, bytes(600_000)

    most = 0
    with Sandbox(work, workers=2) as children:
        for number, _ in children.each(jobs()):
            most = max(most, len(taken) - number)
    assert most <= 6
