"""Work spread over processes, where a process that dies costs the one piece of work that killed it."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Pieces of work that wait at each process, so that none waits for us."""


def spread(
    work: Callable[[T], R], tasks: Sequence[T], workers: int, preload: Sequence[str] = ()
) -> Iterator[tuple[T, R | BaseException]]:
    """(task, result or what was raised) as each is done, in `workers` processes; `work` is a function of a module.

    When a process dies, its pool is lost with it. What was under way then is done again, each piece in a process of
    its own, so that only the piece that kills its process ends in BrokenProcessPool.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    waiting, suspects = deque(tasks), deque[T]()
    while waiting:
        for task, result in _pool(work, waiting, workers, context):
            if isinstance(result, BrokenProcessPool):
                suspects.append(task)
            else:
                yield task, result
        while suspects:
            yield from _pool(work, deque([suspects.popleft()]), 1, context)


def _pool(
    work: Callable[[T], R], waiting: deque[T], workers: int, context: multiprocessing.context.BaseContext
) -> Iterator[tuple[T, R | BaseException]]:
    """Take from `waiting` until it is empty or the pool breaks; what was under way is always answered for."""
    # what the fork server has loaded is never garbage: going through it would copy the pages that all share
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=gc.freeze)
    under_way: dict[Future[R], T] = {}
    broken = False
    try:
        while under_way or (waiting and not broken):
            while waiting and not broken and len(under_way) < workers * AHEAD:
                try:
                    under_way[pool.submit(work, waiting[0])] = waiting[0]
                except BrokenProcessPool:
                    broken = True
                    break
                waiting.popleft()
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for one in done:
                error = one.exception()
                broken = broken or isinstance(error, BrokenProcessPool)
                yield under_way.pop(one), one.result() if error is None else error
    finally:
        # who stops listening stops the night: what has not begun is not begun
        pool.shutdown(wait=True, cancel_futures=True)
