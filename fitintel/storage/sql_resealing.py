"""Free texts in SQL as they are kept, so that they can be sealed anew; and the overwriting of what was removed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, select, update

from fitintel.storage.engine import Database
from fitintel.storage.sealed_text import COLUMNS
from fitintel.storage.sql_athletes import touch
from fitintel.storage.store_erasing import Kept
from fitintel.storage.tables import metadata


class SqlResealing:
    """The part of SqlStore that works on what is kept rather than on what it says."""

    _database: Database

    def kept_texts(self, athlete_id: str) -> tuple[Kept, ...]:
        """The athlete's free texts as they are kept; empty ones are left out."""

        def work(connection: Connection) -> tuple[Kept, ...]:
            found: list[Kept] = []
            for name, column in COLUMNS.items():
                of = metadata.tables[name].c
                asked = select(of.id, of[column]).where(of.athlete_id == athlete_id, of[column].is_not(None))
                found += [Kept(name, str(row_id), text) for row_id, text in connection.execute(asked) if text]
            return tuple(found)

        return self._database.read(work)

    def replace_texts(self, athlete_id: str, changed: Sequence[tuple[Kept, str]]) -> int:
        """Put other texts in the place of some, in one transaction; how many were still as they were said to be.

        The revision grows: what is cached under the one before is sealed with a key that may be destroyed.
        """

        def work(connection: Connection) -> int:
            touch(connection, athlete_id)
            count = 0
            for one, text in changed:
                table, column = metadata.tables[one.table], COLUMNS[one.table]
                mine = and_(table.c.athlete_id == athlete_id, table.c.id == one.row_id, table.c[column] == one.text)
                count += connection.execute(update(table).where(mine).values({column: text})).rowcount
            return count

        return self._database.write(work)

    def overwrite_freed(self) -> None:
        """Overwrite what removed rows have left in the files of the database. Raises StorageUnavailable."""
        self._database.compact(sorted(metadata.tables))

    def forget_cached(self) -> None:
        """Nothing is cached here."""
