"""The ledger and its problems, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.records import ImportRecord, Problem, ProblemStatus
from fitintel.storage.store import Store


class CachedImports:
    """The part of CachedStore that passes the ledger on: an import must see what another one has just written."""

    _store: Store

    def note_imports(self, records: Sequence[ImportRecord]) -> None:
        """Ledger rows of files that brought nothing, in one transaction."""
        self._store.note_imports(records)

    def imports(
        self, athlete_id: str | None = None, *, sha256: str | Sequence[str] | None = None
    ) -> tuple[ImportRecord, ...]:
        """Ledger rows, oldest first."""
        return self._store.imports(athlete_id, sha256=sha256)

    def imports_with_workouts(self, athlete_id: str) -> frozenset[str]:
        """Ids of the imports that brought workouts or values."""
        return self._store.imports_with_workouts(athlete_id)

    def problems(
        self,
        *,
        athlete_id: str | None = None,
        import_id: str | Sequence[str] | None = None,
        outcome: str | None = None,
        status: ProblemStatus | None = ProblemStatus.OPEN,
    ) -> tuple[Problem, ...]:
        """Problems by import time, row and column."""
        return self._store.problems(athlete_id=athlete_id, import_id=import_id, outcome=outcome, status=status)

    def settle_problems(self, problem_ids: Sequence[str], status: ProblemStatus) -> None:
        """Mark problems resolved or dismissed."""
        self._store.settle_problems(problem_ids, status)
