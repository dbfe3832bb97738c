"""Nights in SQL: the ledger, who gets briefs, and the outbox."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from fitintel.core.errors import NotFound
from fitintel.core.nights import AthleteNight, Delivery, Done, Recipient, Sent, Step
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_nights import nights, outbox, recipients


class SqlNights:
    """The part of SqlStore that keeps nights."""

    _database: Database

    def keep_nights(self, rows: Sequence[AthleteNight], deliveries: Sequence[Delivery] = ()) -> None:
        """Keep how athletes' nights ended, and what they put into the outbox, in one transaction."""
        written = [{**_plain(row), "files": json.dumps(list(row.files)), "done": row.done.value,
                    "step": None if row.step is None else row.step.value} for row in rows]  # fmt: skip
        waiting = [{**_plain(one), "state": one.state.value} for one in deliveries]

        def work(connection: Connection) -> None:
            for athlete_id in sorted({row.athlete_id for row in rows}):
                hold(connection, athlete_id)
            add_missing_records(connection, nights, written)
            for row in written:
                mine = nights.c.day == row["day"], nights.c.athlete_id == row["athlete_id"]
                connection.execute(update(nights).where(*mine).values(**row))
            if waiting:
                add_missing_records(connection, outbox, waiting)

        self._database.write(work)

    def night(self, day: int) -> tuple[AthleteNight, ...]:
        """The ledger of a day, by athlete."""
        statement = select(nights).where(nights.c.day == day).order_by(nights.c.athlete_id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(_night(row) for row in found)

    def put_recipient(self, one: Recipient) -> None:
        """Keep who gets an athlete's briefs."""

        def work(connection: Connection) -> None:
            hold(connection, one.athlete_id)
            add_missing_records(connection, recipients, [_plain(one)])

        self._database.write(work)

    def remove_recipient(self, athlete_id: str, recipient_id: str) -> None:
        """Nothing more goes there; raises NotFound."""
        gone = delete(recipients).where(recipients.c.athlete_id == athlete_id, recipients.c.id == recipient_id)
        if self._database.write(lambda connection: connection.execute(gone).rowcount) != 1:
            raise NotFound(f"{athlete_id} has no recipient {recipient_id}", next="fitintel deliver list")

    def recipients(self, athlete_id: str | None = None) -> tuple[Recipient, ...]:
        """Who gets briefs, of one athlete or of all, by athlete and time."""
        statement = select(recipients).order_by(recipients.c.athlete_id, recipients.c.at, recipients.c.id)
        if athlete_id is not None:
            statement = statement.where(recipients.c.athlete_id == athlete_id)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(Recipient(**{**encode.named(row), "at": encode.moment(row["at"])}) for row in found)

    def outbox(self, state: Sent | None = None, *, day: int | None = None) -> tuple[Delivery, ...]:
        """Deliveries by day, athlete and id; only in this state, only of this day."""
        statement = select(outbox).order_by(outbox.c.day, outbox.c.athlete_id, outbox.c.id)
        if state is not None:
            statement = statement.where(outbox.c.state == state.value)
        if day is not None:
            statement = statement.where(outbox.c.day == day)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(
            Delivery(**{**encode.named(row), "state": Sent(row["state"]), "at": encode.moment(row["at"])})
            for row in found
        )

    def settle_delivery(self, delivery: Delivery, state: Sent, reason: str = "") -> bool:
        """Write down what has become of a delivery, if it still is as `delivery` says."""
        attempts = delivery.attempts + (state is Sent.SENDING)
        as_said = (
            outbox.c.id == delivery.id,
            outbox.c.state == delivery.state.value,
            (outbox.c.attempts == delivery.attempts),
        )
        change = update(outbox).where(*as_said).values(
            state=state.value, attempts=attempts, at=encode.micros(datetime.now(UTC)), reason=reason
        )  # fmt: skip
        return self._database.write(lambda connection: connection.execute(change).rowcount) == 1


def _plain(record: Any) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in type(record).__dataclass_fields__}
    return {**row, "at": encode.micros(record.at)}


def _night(row: Mapping[Any, Any]) -> AthleteNight:
    return AthleteNight(**{
        **encode.named(row), "done": Done(row["done"]), "at": encode.moment(row["at"]),
        "files": tuple(json.loads(row["files"])), "step": None if row["step"] is None else Step(row["step"]),
    })  # fmt: skip
