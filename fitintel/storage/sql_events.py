"""Events in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from fitintel.core.events import Event, Topic
from fitintel.storage import encode
from fitintel.storage.bell import local_bell
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_events import event_head, events


class SqlEvents:
    """The part of SqlStore that keeps events."""

    _database: Database
    identity: str

    def put_events(self, happened: Sequence[Event]) -> int:
        """Keep events in the order given; the id of the last."""

        def work(connection: Connection) -> int:
            add_missing_records(connection, event_head, [{"one": 1, "newest": 0}])
            # held until the commit: the next writer waits, and ids are committed in their order
            connection.execute(update(event_head).values(newest=event_head.c.newest + len(happened)))
            last = int(connection.execute(select(event_head.c.newest)).scalar_one())
            first = last - len(happened) + 1
            rows = [{"id": first + place, "topic": one.topic.value, "kind": one.kind, "athlete_id": one.athlete_id,
                     "at": encode.micros(one.at), "detail": json.dumps(dict(one.detail))}
                    for place, one in enumerate(happened)]  # fmt: skip
            connection.execute(insert(events), rows)
            return last

        if not happened:
            return self.newest_event()
        newest = self._database.write(work)
        local_bell(self.identity).ring()
        return newest

    def await_event(self, heard: int, seconds: float) -> int:
        """Return when somebody may have kept an event, at the latest after `seconds`; the count to pass next time."""
        return local_bell(self.identity).wait(heard, seconds)

    def events(self, after: int, *, limit: int = 500) -> tuple[Event, ...]:
        """Events with a larger id, oldest first."""
        statement = select(events).where(events.c.id > after).order_by(events.c.id).limit(limit)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(
            Event(Topic(row["topic"]), row["kind"], row["athlete_id"], encode.moment(row["at"]),
                  json.loads(row["detail"]), row["id"])
            for row in found
        )  # fmt: skip

    def newest_event(self) -> int:
        """The id of the newest event; 0 before the first."""
        statement = select(func.max(event_head.c.newest))
        return int(self._database.read(lambda connection: connection.execute(statement).scalar()) or 0)

    def drop_events(self, before: datetime) -> int:
        """Forget events that are older; how many there were."""
        gone = delete(events).where(events.c.at < encode.micros(before))
        return self._database.write(lambda connection: connection.execute(gone).rowcount)
