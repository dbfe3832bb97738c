"""As many workers for briefs as there is work: started while many mornings wait, told to end when few do.

The work stands in the store and each worker takes its own part of it, so that none is lost or done twice however many
there are. One that is told to end finishes what it has taken (workbench/scheduling).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fitintel.core.errors import FitintelError
from fitintel.workbench.production.status import Told

EACH = 50
"""mornings that wait for each worker before there is another"""
MOST = 4
"""workers"""
AT_ONCE = 25
"""mornings that a worker takes together: what it finishes when it is told to end"""
CALM = 6
"""looks in a row with less to do after which workers are told to end"""
EVERY = 5.0
"""s from one look to the next"""


def wanted(waiting: int, most: int = MOST) -> int:
    """Workers for so many mornings that wait.

    >>> [wanted(waiting) for waiting in (0, 50, 51, 150, 10_000)]
    [1, 1, 2, 3, 4]
    """
    return max(1, min(math.ceil(waiting / EACH), most))


@dataclass(slots=True)
class Scale:
    """Looks at what waits, and starts and ends workers."""

    waiting: Callable[[], int]
    workers: Callable[[], Sequence[Told]]
    """all that there can be, in their order"""
    start: Callable[[Told], None]
    stop: Callable[[Told], None]
    _calm: int = 0

    def look(self) -> int:
        """Look once; how many workers there are to be now."""
        there = list(self.workers())
        many = wanted(self.waiting(), len(there))
        more = [one for one in there[:many] if not one.pid]
        less = [one for one in there[many:] if one.pid]
        self._calm = self._calm + 1 if less and not more else 0
        for one in more:
            self.start(one)
        if self._calm >= CALM:
            self._calm = 0
            for one in less:
                self.stop(one)
        return many

    def forever(self) -> None:
        """Until the process ends; a store or manager that is away is asked again."""
        last = 0
        while True:
            try:
                many = self.look()
            except FitintelError as error:
                print(error, flush=True)
            else:
                if many != last:
                    print(f"{many} workers", flush=True)
                last = many
            time.sleep(EVERY)
