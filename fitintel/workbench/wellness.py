"""Wellness as analyses take it: columns up to a day, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.days import number
from fitintel.core.wellness import Wellness

READINESS_DAYS = 70
"""d. How far back the signs of readiness look."""
NIGHT_DAYS = 567
"""d. How far back the check of wellness looks: a year to compare with, and the windows before it."""
REGULAR_DAYS = 28
"""d. Whether a source brings wellness every day is read from so many days."""
NIGHTS = ("hrv_ln_rmssd", "hrv_rmssd", "resting_hr", "sleep_duration")
"""metrics of that check"""


def columns(kept: Iterable[Wellness], day: int) -> dict[str, list[Any]] | None:
    """Wellness up to a day as `compose` takes it; None where none was ever recorded."""
    known = [one for one in kept if one.day <= day]
    return _columns(one for one in known if one.day > day - READINESS_DAYS) if known else None


def nights(kept: Iterable[Wellness], day: int, *, back: int | None = None) -> dict[str, list[Any]]:
    """Resting heart rate, HRV and sleep up to a day, of the last `back` days or all, as the checks for alerts take
    them."""
    return _columns(one for one in kept
                    if one.metric in NIGHTS and one.day <= day and (back is None or one.day > day - back))  # fmt: skip


def sources(kept: Iterable[Wellness], connections: Iterable[Connection], day: int) -> list[dict[str, Any]]:
    """Where data come from, as `late_sources` takes it: accounts, and the sources of wellness up to a day."""
    days: dict[str, set[int]] = {}
    for one in kept:
        if one.day <= day:
            days.setdefault(one.source, set()).add(one.day)
    found = [
        {"source": name, "kind": "wellness", "last": max(on), "state": "",
         "known": sum(max(on) - each < REGULAR_DAYS for each in on)}
        for name, on in sorted(days.items())
    ]  # fmt: skip
    for each in connections:
        if each.state is not ConnectionState.STARTED:
            synced = None if each.last_sync is None else number(each.last_sync.date())
            # what was not known on the day is not told: a later synchronisation says nothing of it
            found.append({"source": each.provider, "kind": "account", "state": each.state.value, "known": None,
                          "last": None if synced is None else min(synced, day)})  # fmt: skip
    return found


def _columns(kept: Iterable[Wellness]) -> dict[str, list[Any]]:
    ordered = sorted(kept, key=lambda one: (one.day, one.metric, one.at or 0.0, one.id))
    return {name: [getattr(one, name) for one in ordered] for name in ("day", "metric", "value", "source")}
