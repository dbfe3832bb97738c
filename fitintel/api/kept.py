"""Answers that are kept: bytes for who asks the same again, while nothing has changed that they were made from.

Kept by the token, the address and the question; given out under the stamp of rights and the revisions of the athletes
that they were made under, until time alone would change them, on the day on which they were made. Only routes that say
what they were made from (`keep`) take part.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from fastapi import Request

from fitintel.api.who import ATHLETE
from fitintel.core import days
from fitintel.core.audit import Entry
from fitintel.core.requests import Stamp
from fitintel.workbench.door import Workbench


class Made(NamedTuple):
    """Who made an answer, and from what."""

    bench: Workbench
    stamp: Stamp
    """of the athletes whose facts are in it, read before they were"""
    told: bool
    """whether what briefs told is in it"""


@dataclass(slots=True)
class Kept:
    """An answer, and what it was made from."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes
    notes: list[Entry]
    stamp: Stamp
    told: bool
    until: datetime | None
    day: int

    def notes_under(self, stamp: Stamp) -> Sequence[Entry] | None:
        """What is to be noted when it is given out under a stamp; None if it no longer holds."""
        now = datetime.now(UTC)
        mine = self.stamp
        if (
            stamp.rights != mine.rights or (self.told and stamp.told != mine.told) or self.day != days.today()
            or (self.until is not None and self.until <= now)
            or any(stamp.revisions.get(one) != revision for one, revision in mine.revisions.items())
        ):  # fmt: skip
            return None
        return [replace(one, at=now) for one in self.notes]


def keep(request: Request, bench: Workbench, shown: Collection[str] | None = None, *, told: bool = False) -> None:
    """Let the answer to this request be kept; it was made by this workbench alone.

    Made from facts of the athletes `shown` (default: the one in the path), and from who may see whom; `told`: also from
    what briefs told.
    """
    stamp: Stamp = request.state.stamp
    named = [request.path_params[ATHLETE]] if shown is None else shown
    # an athlete under another name than their id has no revision here that would say when it no longer holds
    if all(one in stamp.revisions for one in named):
        stamp = replace(stamp, revisions={one: stamp.revisions[one] for one in named})
        request.state.keep = Made(bench, stamp, told)
