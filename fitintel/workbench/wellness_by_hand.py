"""Wellness typed by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fitintel.ingest import arrival as coming
from fitintel.ingest.options import Options
from fitintel.ingest.report import ImportReport
from fitintel.ingest.sources import typed_wellness
from fitintel.storage.store import Blobs, Store
from fitintel.workbench import desk as at
from fitintel.workbench.errands import Desk, errand


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
