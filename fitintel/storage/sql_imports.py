"""The import ledger and its problems in SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select, update

from fitintel.core.errors import NotFound
from fitintel.core.recorded import Incoming, Recorded
from fitintel.core.records import ImportRecord, Problem, ProblemStatus
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts
from fitintel.storage import encode
from fitintel.storage.engine import Database
from fitintel.storage.sql_athletes import touch
from fitintel.storage.sql_recordings import keep_recordings
from fitintel.storage.sql_tombstones import stay_hidden
from fitintel.storage.sql_wellness import keep_wellness, wellness_rows
from fitintel.storage.sql_workouts import check_workouts, forget, keep_workouts, set_flags
from fitintel.storage.statements import add_missing_records
from fitintel.storage.tables import imports as ledger
from fitintel.storage.tables import problems as table


class SqlImports:
    """The ledger's part of SqlStore."""

    _database: Database

    def save_import(
        self,
        record: ImportRecord,
        workouts: Workouts,
        problems: Sequence[Problem],
        *,
        replaced: Sequence[str] = (),
        wellness: Sequence[Wellness] = (),
        recordings: Sequence[Recorded] = (),
    ) -> None:
        """Ledger row, workouts, wellness and problems in one transaction; what exists stays, but for `replaced` ids.
        Raises NotFound for an unknown athlete and DataError for values that cannot be kept; then nothing is stored.
        """  # fmt: skip
        incoming = Incoming(record, workouts, tuple(problems), tuple(replaced), tuple(wellness), tuple(recordings))
        self.save_imports([incoming])

    def save_imports(self, incoming: Sequence[Incoming], *, flags: Mapping[str, str] | None = None) -> None:
        """Several imports of one athlete in one transaction, and changed flags of workouts: id -> flags.

        What one of them replaces must have been stored before. Raises as `save_import`; then nothing is stored.
        """
        if not incoming:
            return
        athlete_id = incoming[0].record.athlete_id
        for one in incoming:
            owners = {one.record.athlete_id, *(problem.athlete_id for problem in one.problems)}
            if owners != {athlete_id}:
                raise ValueError(f"import {one.record.id} or its problems are of another athlete than {athlete_id}")
        ledger_rows = [encode.import_row(one.record) for one in incoming]
        workouts = Workouts.concat([one.workouts for one in incoming])
        check_workouts(workouts)
        wellness_values = wellness_rows(athlete_id, [each for one in incoming for each in one.wellness])
        recordings = [each for one in incoming for each in one.recordings]
        problem_rows = [encode.problem_row(problem) for one in incoming for problem in one.problems]
        replaced = [each for one in incoming for each in one.replaced]

        def work(connection: Connection) -> None:
            touch(connection, athlete_id)
            add_missing_records(connection, ledger, ledger_rows)
            forget(connection, athlete_id, replaced)
            keep_workouts(connection, athlete_id, workouts)
            stay_hidden(connection, athlete_id, replaced)
            keep_recordings(connection, athlete_id, recordings, replaced=replaced)
            keep_wellness(connection, wellness_values, replaced=replaced)
            add_missing_records(connection, table, problem_rows)
            set_flags(connection, athlete_id, flags or {})

        self._database.write(work)

    def note_imports(self, records: Sequence[ImportRecord]) -> None:
        """Ledger rows of files that brought nothing, in one transaction; raises NotFound for an unknown athlete."""
        rows = [encode.import_row(record) for record in records]

        def work(connection: Connection) -> None:
            for athlete_id in sorted({record.athlete_id for record in records}):
                touch(connection, athlete_id)
            add_missing_records(connection, ledger, rows)

        if rows:
            self._database.write(work)

    def imports(
        self, athlete_id: str | None = None, *, sha256: str | Sequence[str] | None = None
    ) -> tuple[ImportRecord, ...]:
        """Ledger rows, oldest first; only of files with this content, or one of these."""
        statement = select(ledger).order_by(ledger.c.at, ledger.c.id)
        if athlete_id is not None:
            statement = statement.where(ledger.c.athlete_id == athlete_id)
        if sha256 is not None:
            statement = statement.where(ledger.c.sha256.in_([sha256] if isinstance(sha256, str) else list(sha256)))
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(map(encode.import_record, found))

    def imports_with_workouts(self, athlete_id: str) -> frozenset[str]:
        """Ids of the imports that brought workouts or values; not the rows, of which there may be thousands."""
        statement = select(ledger.c.id).where(
            ledger.c.athlete_id == athlete_id, ledger.c.imported + ledger.c.warned > 0
        )
        return frozenset(self._database.read(lambda connection: connection.execute(statement).scalars().all()))

    def problems(
        self,
        *,
        athlete_id: str | None = None,
        import_id: str | Sequence[str] | None = None,
        outcome: str | None = None,
        status: ProblemStatus | None = ProblemStatus.OPEN,
    ) -> tuple[Problem, ...]:
        """Problems by import time, row and column; `status=None` gives all."""
        statement = (
            select(table, ledger.c.athlete_id)
            .join(ledger, table.c.import_id == ledger.c.id)
            .order_by(ledger.c.at, ledger.c.id, table.c.row, table.c.column, table.c.id)
        )
        if athlete_id is not None:
            statement = statement.where(ledger.c.athlete_id == athlete_id)
        if import_id is not None:
            statement = statement.where(ledger.c.id.in_([import_id] if isinstance(import_id, str) else list(import_id)))
        if outcome is not None:
            statement = statement.where(table.c.outcome == str(outcome))
        if status is not None:
            statement = statement.where(table.c.status == ProblemStatus(status).value)
        found = self._database.read(lambda connection: connection.execute(statement).mappings().all())
        return tuple(map(encode.problem, found))

    def settle_problems(self, problem_ids: Sequence[str], status: ProblemStatus) -> None:
        """Mark problems resolved or dismissed; raises NotFound, changing nothing, when one is missing."""
        wanted = sorted(set(problem_ids))

        def work(connection: Connection) -> None:
            asked = select(table.c.id, ledger.c.athlete_id).join(ledger, table.c.import_id == ledger.c.id)
            found = {
                row.id: row.athlete_id
                for start in range(0, len(wanted), 500)
                for row in connection.execute(asked.where(table.c.id.in_(wanted[start : start + 500])))
            }
            if missing := set(wanted).difference(found):
                raise NotFound(f"There is no problem {min(missing)!r}", next="see them with: fitintel quarantine")
            for athlete_id in sorted(set(found.values())):
                touch(connection, athlete_id)
            for start in range(0, len(wanted), 500):
                connection.execute(
                    update(table)
                    .where(table.c.id.in_(wanted[start : start + 500]))
                    .values(status=ProblemStatus(status).value)
                )

        self._database.write(work)
