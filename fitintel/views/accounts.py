"""Connected accounts and syncs in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.errors import FitintelError

TITLES = {"strava": "Strava", "intervals": "intervals.icu"}


def connection_dict(connection: Connection) -> dict[str, Any]:
    """A connection without what opens it."""
    return {
        "athlete": connection.athlete_id, "provider": connection.provider, "state": connection.state.value,
        "account": connection.account, "scopes": list(connection.scopes),
        "last_sync": _iso(connection.last_sync), "last_error": connection.last_error,
        "retry_at": _iso(connection.retry_at), "cursor": connection.cursor,
    }  # fmt: skip


def connection_rows(connections: Sequence[Connection]) -> list[tuple[str, str, str, str, str]]:
    """Athlete, service, state, last sync, what to know."""
    return [
        (each.athlete_id, title(each.provider), each.state.value, when(each.last_sync) or "never", _todo(each))
        for each in connections
    ]


def title(provider: str) -> str:
    """The name of a service as it writes itself."""
    return TITLES.get(provider, provider)


def when(moment: datetime | None) -> str:
    """A time to the minute, in UTC.

    >>> from datetime import UTC
    >>> when(datetime(2025, 10, 7, 6, 30, tzinfo=UTC))
    '2025-10-07 06:30 UTC'
    """
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"


def _todo(connection: Connection) -> str:
    if connection.state is ConnectionState.LOST:
        return f"connect again: fitintel connect {connection.provider}"
    if connection.state is ConnectionState.STARTED:
        return f"not finished: fitintel connect {connection.provider}"
    if connection.retry_at is not None:
        return f"waits until {when(connection.retry_at)}, as the service asks"
    return connection.last_error[:100]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


COUNTED = (
    ("imported", "new"), ("updated", "updated"), ("unchanged", "unchanged"), ("deleted", "deleted there, now hidden"),
    ("restored", "restored there, shown again"), ("quarantined", "in quarantine"),
    ("wellness", "days of wellness"),
)  # fmt: skip


def sync_text(report: Any) -> str:
    """What became of one account, in lines; `report` is a SyncReport."""
    counts = [f"{getattr(report, name):,} {words}" for name, words in COUNTED if getattr(report, name)]
    lines = [f"{report.athlete_id}, {title(report.provider)}: {', '.join(counts) or 'nothing new'}"]
    if report.withheld:
        lines.append(f"  {report.withheld:,} are not given out: {report.withheld_why}")
    error: FitintelError | None = report.error
    if error is not None:
        lines.append(f"  {error.what}")
        lines += [f"    {label:<6}{text}" for label in ("where", "why", "next") if (text := getattr(error, label))]
    if report.reconnect:
        lines.append(f"  Connect the account again: fitintel connect {report.provider} --athlete {report.athlete_id}")
    return "\n".join(lines)
