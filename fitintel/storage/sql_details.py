"""Sex and year of birth of athletes, in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from fitintel.core.details import Details
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import hold
from fitintel.storage.tables_details import athlete_details


class SqlDetails:
    """The part of SqlStore that keeps what fairness is watched by."""

    _database: Database

    def put_details(self, details: Details) -> None:
        """Insert or change an athlete's details; raises NotFound for an unknown athlete."""
        row = {name: getattr(details, name) for name in Details.__dataclass_fields__}
        row["at"] = encode.micros(details.at)

        def work(connection: Connection) -> None:
            # no change of facts: briefs are not made of details, so the athlete's revision stays
            hold(connection, details.athlete_id)
            _remove(connection, details.athlete_id)
            connection.execute(athlete_details.insert(), [row])

        self._database.write(work)

    def details(self, athlete_id: str) -> Details | None:
        """What an athlete said; None where nothing was."""
        statement = select(athlete_details).where(athlete_details.c.athlete_id == athlete_id)
        row = self._database.read(lambda connection: connection.execute(statement).mappings().first())
        if row is None:
            return None
        return Details(**{**{str(name): value for name, value in row.items()}, "at": encode.moment(row["at"])})

    def forget_details(self, athlete_id: str) -> bool:
        """Remove an athlete's details for good; whether there were any."""
        return self._database.write(lambda connection: _remove(connection, athlete_id))


def _remove(connection: Connection, athlete_id: str) -> bool:
    return connection.execute(delete(athlete_details).where(athlete_details.c.athlete_id == athlete_id)).rowcount > 0
