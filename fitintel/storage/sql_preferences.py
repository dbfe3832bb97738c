"""What readers prefer, in SQL."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from fitintel.core.preferences import Preferences
from fitintel.core.units import UnitSystem
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables_preferences import preferences


class SqlPreferences:
    """The part of SqlStore that keeps what readers prefer."""

    _database: Database

    def put_preferences(self, chosen: Preferences) -> None:
        """Keep what a reader prefers."""
        row = {name: getattr(chosen, name) for name in Preferences.__dataclass_fields__}
        row["units"] = None if chosen.units is None else chosen.units.value

        def work(connection: Connection) -> None:
            add_missing_records(connection, preferences, [row])
            connection.execute(update(preferences).where(preferences.c.who == chosen.who).values(**row))

        self._database.write(work)

    def preferences(self, who: str) -> Preferences | None:
        """What a reader prefers; None where nothing was chosen."""
        statement = select(preferences).where(preferences.c.who == who)
        row = self._database.read(lambda connection: connection.execute(statement).mappings().first())
        return None if row is None else _preferences(row)

    def all_preferences(self) -> dict[str, Preferences]:
        """What every reader prefers who has chosen something, by reader."""
        rows = self._database.read(lambda connection: connection.execute(select(preferences)).mappings().all())
        return {row["who"]: _preferences(row) for row in rows}


def _preferences(row: encode.Row) -> Preferences:
    units = None if row["units"] is None else UnitSystem(row["units"])
    return Preferences(**{**encode.named(row), "units": units})
