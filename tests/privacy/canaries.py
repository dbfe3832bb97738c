"""A value of its own in every column of every table for one athlete, written behind the store's back.

Which tables there are is read from the metadata: a new one gets its canaries by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, LargeBinary, String, Table, insert, select, update

from fitintel.core import snapshot
from fitintel.core.audit import START
from fitintel.storage.tables import metadata
from fitintel.workbench.door import Workbench

OF_NOBODY = frozenset({
    "audit", "audit_end", "identity", "event_head", "rights_head", "points", "evaluations", "shadows", "squads",
    "attempts", "promotions", "approvals", "runs", "account_roles",
})  # fmt: skip
"""tables without rows of one athlete; runs and roles are written with their owners"""
CHOSEN: dict[str, Any] = {
    "units": "metric", "state": "merged", "connections.state": "needs reconnect", "outbox.state": "waiting",
    "nights.done": "failed", "nights.step": "brief", "action": "snooze", "problems.outcome": "quarantined",
    "problems.status": "open", "part": "athlete", "accounts.status": "active", "topic": "briefs", "sex": "female",
    "category": "training", "purpose": "coaching", "language": "en", "theme": "dark", "time_zone": "UTC",
    "morning": "05:30", "metric": "weight", "memberships.squad_id": "red", "affected_figures.promotion_id": "p-1",
    "level": "activity", "glasses.account_id": "boss", "glasses.approved_by": "boss", "mornings.state": "made",
}  # fmt: skip
"""columns that hold one of a few words, or an id of somebody else"""
LISTS = {"scopes", "workout_ids", "run_ids", "files", "parents", "channels"}
OBJECTS = {"profile", "device", "figures", "changed", "effect", "parameters", "inputs", "reasons", "told.detail",
           "events.detail", "result"}  # fmt: skip
DIGESTS = {"sha256", "stream", "rr", "digest", "listed", "output", "asked", "models.inputs"}
MOMENTS = {
    "at", "since", "until", "entered_at", "fetched_at", "received_at", "invited_at", "deleted_at", "last_sync",
    "retry_at", "expires_at", "heard_at", "approved_at", "ended_at", "told_at", "revoked_at", "used_at",
}  # fmt: skip
OF_A_WORKOUT = ("recordings", "legs", "laps", "pauses", "repairs", "labels")
SHARED = {
    **{f"{name}.workout_id": "workout" for name in OF_A_WORKOUT}, "workouts.id": "workout",
    **dict.fromkeys(("imports.id", "problems.import_id", "recordings.import_id"), "import"),
    **dict.fromkeys(("run_owners.run_id", "expected.run_id"), "run"),
    **dict.fromkeys(("briefs.id", "untracked.brief_id"), "brief"),
    **{f"{name}.account_id": "account" for name in ("jobs", "sessions", "api_tokens", "repeats")},
    **dict.fromkeys(("sessions.id", "session_tokens.session_id"), "session"), "accounts.id": "account",
}  # fmt: skip
"""columns that have to name each other"""


class Canaries:
    """The canaries of one athlete; `tag` is a word that stands in every text of theirs."""

    def __init__(self, athlete_id: str, tag: str, first: int) -> None:
        self.athlete_id, self.tag, self._next = athlete_id, tag, first
        self.of: dict[str, str] = {}
        """table.column -> its canary as it was written, or as an export writes it"""
        self.texts: set[str] = set()

    def plant(self, bench: Workbench) -> None:
        """Write a row of everything."""
        work = bench.vault._store._database.write  # type: ignore[attr-defined]
        work(self._plant)

    def _plant(self, connection: Connection) -> None:
        for table in metadata.sorted_tables:
            if table.name in OF_NOBODY:
                continue
            row = dict(self._row(table))
            there = table.c[next(iter(table.primary_key.columns)).name]
            if table.name == "athletes" and connection.execute(select(there).where(there == self.athlete_id)).first():
                connection.execute(update(table).where(there == self.athlete_id).values(**row))
            else:
                connection.execute(insert(table).values(**row))
        connection.execute(
            insert(metadata.tables["account_roles"]).values(account_id=self.shared("account"), role="athlete")
        )
        runs = metadata.tables["runs"]
        row = dict(self._row(runs)) | {"id": self.shared("run"), "inputs": "{}"}
        self.of = {name: canary for name, canary in self.of.items() if name not in ("runs.id", "runs.inputs")}
        connection.execute(insert(runs).values(**row))

    def shared(self, name: str) -> str:
        """A value that several columns have."""
        return f"{self.tag}{name}"

    def _row(self, table: Table) -> Iterator[tuple[str, Any]]:
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            self._next += 1
            yield column.name, self._value(name, column)

    def _value(self, name: str, column: Column[Any]) -> Any:
        bare = column.name
        if bare in ("athlete_id", "who") or name == "athletes.id":
            return self.athlete_id
        for key in (name, bare):
            if key in CHOSEN:
                return CHOSEN[key]
        if name in SHARED:
            return self._text(name, self.shared(SHARED[name]))
        if isinstance(column.type, Boolean):
            return True
        text = f"{self.tag}{self._next}"
        if isinstance(column.type, LargeBinary):
            return snapshot.dump({"x": text}) if name != "briefs.value" else _brief(self, text)
        if name in DIGESTS or bare in DIGESTS:
            return self._text(name, hashlib.sha256(text.encode()).hexdigest())
        if bare in LISTS and name != "executed.inputs":
            return self._json(name, text, f'["{text}"]')
        if name == "executed.seconds":
            return f"[{self._number(name)}.5]"
        if name == "executed.inputs":
            return self._json(name, text, f'{{"{text}":1.5}}')
        if name == "links.reasons":
            return self._json(name, text, f'{{"parts":[["{text}",1,""]],"shift":0.0,"clear":false}}')
        if name == "recordings.reasons":
            return self._json(name, text, f'[{{"x":"{text}"}}]')
        if name in OBJECTS or (bare in OBJECTS and isinstance(column.type, String)):
            return self._json(name, text, f'{{"x":"{text}"}}')
        if isinstance(column.type, String):
            return self._text(name, text)
        whole = column.type.python_type is int
        if whole and name != "answers.until" and bare in MOMENTS:
            return self._moment(name)
        if name == "wellness.utc_offset" or name == "workouts.utc_offset":
            return 3600.0
        return column.type.python_type(self._number(name))

    def _text(self, name: str, text: str) -> str:
        self.of[name] = text
        self.texts.add(text)
        return text

    def _json(self, name: str, text: str, written: str) -> str:
        self._text(name, text)
        return written

    def _number(self, name: str) -> int:
        self.of[name] = str(self._next)
        return self._next

    def _moment(self, name: str) -> int:
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=self._next)
        self.of[name] = at.isoformat()
        return int(at.timestamp()) * 1_000_000


def _brief(canaries: Canaries, text: str) -> bytes:
    from fitintel.core.records import Brief, Insight, Section
    from fitintel.storage import encode

    said = Insight(Section.LOAD, "load_week", {"x": text}, (canaries.shared("run"),))
    canaries._text("briefs.value", text)
    made = Brief(canaries.shared("brief"), canaries.athlete_id, canaries._next, None, "1", START, (said,), {},
                 (canaries.shared("run"),))  # fmt: skip
    return snapshot.pack(encode.brief_bytes(made))


def prepare(bench: Workbench) -> None:
    """What the rows of athletes refer to."""

    def work(connection: Connection) -> None:
        tables = metadata.tables
        connection.execute(insert(tables["squads"]).values(id="red", name="red", at=0))
        promotion = {"id": "p-1", "algorithm": "pmc", "version": "2", "before": "1", "step": "roll back", "by": "boss"}
        connection.execute(insert(tables["promotions"]).values(**promotion, at=0, why="", alone=True))
        account = {"id": "boss", "status": "active", "at": 0, "password": "", "totp": b""}
        connection.execute(insert(tables["accounts"]).values(**account, totp_pending=False, totp_step=0))

    bench.vault._store._database.write(work)  # type: ignore[attr-defined]
