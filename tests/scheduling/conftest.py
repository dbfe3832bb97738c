"""A workspace of athletes, and a door to it that writes down whose briefs it is asked for instead of making them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fitintel.core.nights import AthleteNight, Done, NightReport
from fitintel.core.records import Athlete
from fitintel.workbench.door import Workbench


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Noting(Workbench):
    """Makes no briefs: `asked` holds (day, athletes) of each night, `failing` athletes fail."""

    asked: list[tuple[int, tuple[str, ...]]]
    failing: frozenset[str] = frozenset()
    during: Callable[[], None] | None = None

    def nightly(self, render: Any, *, day: Any = None, athletes: Sequence[str] = (), **rest: Any) -> NightReport:
        """Written down."""
        self.asked = [*self.__dict__.get("asked", []), (day, tuple(athletes))]
        if self.during is not None:
            self.during()
        at = datetime.now(UTC)
        return NightReport(day, tuple(AthleteNight(day, one, Done.FAILED if one in self.failing else Done.MADE, "", at,
                                                   0.0) for one in athletes), (), 0.0)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Ann reads in Berlin, Bob in Auckland, Cid has said nothing of zones but UTC."""
    folder = tmp_path / "home"
    with Workbench.open(folder) as bench:
        for name, zone in (("ann", "Europe/Berlin"), ("bob", "Pacific/Auckland"), ("cid", "UTC")):
            bench.vault.put_athlete(Athlete(name, name.title()))
            from fitintel.core.preferences import Preferences

            bench.vault.put_preferences(Preferences(name, time_zone=zone))
    return folder


def opened(home: Path) -> Noting:
    """A door that writes down; close it."""
    return Noting.open(home)
