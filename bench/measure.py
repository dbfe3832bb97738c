"""CPU seconds of this process and its children, ratios of alternating pairs, and growth exponents."""

from __future__ import annotations

import gc
import math
import os
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

LEAST = 0.05
"""s of CPU that a measurement lasts at least"""


def cpu() -> float:
    """CPU seconds (user and system) of this process and of the children that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work: Callable[[], Any], *, repeat: int = 1) -> tuple[float, float, Any]:
    """Least CPU seconds and least wall seconds over `repeat` calls, and the last answer."""
    least_cpu = least_wall = math.inf
    answer = None
    for _ in range(repeat):
        gc.collect()
        cpu_before, wall_before = cpu(), time.perf_counter()
        answer = work()
        least_cpu = min(least_cpu, cpu() - cpu_before)
        least_wall = min(least_wall, time.perf_counter() - wall_before)
    return least_cpu, least_wall, answer


def cpu_of(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one call, and its answer; a call too short for the clock is repeated until the clock can tell."""
    calls = 1
    while True:
        before = cpu()
        for _ in range(calls):
            answer = work()
        spent = cpu() - before
        if spent > LEAST:
            return spent / calls, answer
        calls *= 4


def compiled(cache: Path) -> dict[str, str]:
    """An environment in which a program's bytecode is kept in `cache`, as an installation keeps it.

    Without, a process whose environment forbids writing bytecode would compile the program at each start.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache)}


def ratio(ours: Callable[[], float], theirs: Callable[[], float], pairs: int) -> dict[str, float]:
    """Median, lowest and highest ratio of alternating pairs, and the median seconds of each side.

    Both give seconds: `ours` and `theirs` are called in turn, so that a busy machine is busy for both.
    """
    ours(), theirs()
    both = [(ours(), theirs()) for _ in range(pairs)]
    found = [other / own for own, other in both]
    return {
        "ratio": statistics.median(found), "lowest": min(found), "highest": max(found),
        "ours_s": statistics.median(own for own, _ in both), "peer_s": statistics.median(other for _, other in both),
    }  # fmt: skip


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of log seconds on log size: 1 is linear growth."""
    x, y = [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)
