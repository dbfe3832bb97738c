"""The turnstile: who asks again for an answer that is kept is checked and noted, many in one transaction.

Nothing that was read is handed out before it stands in the audit chain. A row of its own for each request would cost a
write to the disk each; requests that come while one is being written are written together by the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from fitintel.core.audit import Entry
from fitintel.core.requests import Stamp
from fitintel.workbench.auditing import AuditOffice
from fitintel.workbench.sessions import Gate

Decide = Callable[[Stamp], Sequence[Entry] | None]
"""What is to be noted if the answer still holds under a stamp; None if it does not"""


class _Waiting(NamedTuple):
    athlete_ids: Collection[str]
    decide: Decide
    done: asyncio.Future[bool]


class Turnstile:
    """One for each process; to be used from its event loop."""

    def __init__(self, gate: Gate, audit: AuditOffice) -> None:
        self._gate, self._audit = gate, audit
        self._waiting: list[_Waiting] = []
        self._turning: asyncio.Task[None] | None = None
        # a thread of its own: what is kept does not wait behind what has to be made
        self._thread = ThreadPoolExecutor(1, "turnstile")

    async def passes(self, athlete_ids: Collection[str], decide: Decide) -> bool:
        """Whether the answer still holds; if so it is noted."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(athlete_ids, decide, done))
        if self._turning is None or self._turning.done():
            self._turning = asyncio.create_task(self._turn())
        return await done

    def close(self) -> None:
        """End its thread."""
        self._thread.shutdown()

    async def _turn(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            turned = asyncio.get_running_loop().run_in_executor(self._thread, self._let_through, batch)
            await asyncio.wait([turned])
            error = turned.exception()
            # whatever it is, who waits hears of it; those who came meanwhile have a turn of their own
            for place, one in enumerate(batch):
                if one.done.done():
                    continue
                if error is not None:
                    one.done.set_exception(error)
                else:
                    one.done.set_result(turned.result()[place])

    def _let_through(self, batch: Sequence[_Waiting]) -> list[bool]:
        stamp = self._gate.vault.stamp({athlete for one in batch for athlete in one.athlete_ids})
        decided = [one.decide(stamp) for one in batch]
        self._audit.add([entry for entries in decided if entries is not None for entry in entries])
        return [entries is not None for entries in decided]
