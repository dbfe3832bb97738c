"""Connected accounts and syncs in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from fitintel.core.connections import Connection, ConnectionState
from fitintel.core.errors import FitintelError
from fitintel.views.language import _, marked
from fitintel.views.numbers import plain

STATES = {
    ConnectionState.STARTED: marked("started"), ConnectionState.ACTIVE: marked("active"),
    ConnectionState.LOST: marked("needs reconnect"),
}  # fmt: skip
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
        (each.athlete_id, title(each.provider), _(STATES[each.state]), when(each.last_sync) or _("never"), _todo(each))
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
        return _("connect again: {command}", command=f"fitintel connect {connection.provider}")
    if connection.state is ConnectionState.STARTED:
        return _("not finished: {command}", command=f"fitintel connect {connection.provider}")
    if connection.retry_at is not None:
        return _("waits until {moment}, as the service asks", moment=when(connection.retry_at))
    return connection.last_error[:100]


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


COUNTED = (
    ("imported", marked("{n} new")), ("updated", marked("{n} updated")), ("unchanged", marked("{n} unchanged")),
    ("deleted", marked("{n} deleted there, now hidden")), ("restored", marked("{n} restored there, shown again")),
    ("quarantined", marked("{n} in quarantine")), ("wellness", marked("{n} days of wellness")),
)  # fmt: skip


def sync_text(report: Any) -> str:
    """What became of one account, in lines; `report` is a SyncReport."""
    counts = [_(words, n=plain(getattr(report, name))) for name, words in COUNTED if getattr(report, name)]
    lines = [f"{report.athlete_id}, {title(report.provider)}: {', '.join(counts) or _('nothing new')}"]
    if report.withheld:
        lines.append("  " + _("{n} are not given out: {reason}", n=plain(report.withheld), reason=report.withheld_why))
    error: FitintelError | None = report.error
    if error is not None:
        lines.append(f"  {error.what}")
        lines += [f"    {label:<6}{text}" for label in ("where", "why", "next") if (text := getattr(error, label))]
    if report.reconnect:
        command = f"fitintel connect {report.provider} --athlete {report.athlete_id}"
        lines.append("  " + _("Connect the account again: {command}", command=command))
    return "\n".join(lines)
