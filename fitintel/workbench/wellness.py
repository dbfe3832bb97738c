"""Wellness typed by hand, and what is stored of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.days import number
from fitintel.core.wellness import Wellness
from fitintel.ingest import arrival as coming
from fitintel.ingest.options import Options
from fitintel.ingest.report import ImportReport
from fitintel.ingest.sources import typed_wellness
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench.errands import Desk, errand

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


def add_wellness(
    store: Store, blobs: Blobs, athlete_id: str, *, date_order: str | None = None, zone: str | None = None,
    dry_run: bool = False, today: int | None = None, **fields: Any,
) -> ImportReport:  # fmt: skip
    """Take in the typed wellness of one day, through the same checks as a file; a typed value replaces a typed one.

    Fields are those of `sources.typed_wellness.FIELDS`.

    Raises:
        UsageError: a field does not exist, or a weight has no unit.
    """
    store.athlete(athlete_id)
    options = Options(source=typed_wellness.SOURCE.name, date_order=date_order, zone=zone)
    options.check()
    data = typed_wellness.to_bytes(fields, entered_at=datetime.now(UTC).isoformat())
    desk = Desk(store, blobs, athlete_id, today, dry_run)
    return at.take_in(desk, errand(desk, coming.arrival("typed wellness", data), options))
