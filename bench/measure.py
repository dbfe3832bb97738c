"""CPU seconds of this process and its children, and growth exponents."""

from __future__ import annotations

import gc
import math
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any


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


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of log seconds on log size: 1 is linear growth."""
    x, y = [math.log(size) for size in sizes], [math.log(max(value, 1e-9)) for value in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / sum((a - mean_x) ** 2 for a in x)
