"""Staged: a store to which some imports are written at once, and which already answers as if they had been.

One wait for the disk serves all of them. A crash before loses them whole; importing again brings them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.core.recorded import Incoming, Recorded
from fitintel.core.records import ImportRecord, Problem, ProblemStatus
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import Workouts, as_column

if TYPE_CHECKING:
    from fitintel.storage.store import Store


class Staged:
    """What the keeping of files asks of a store, for the files of one athlete.

    Args:
        store: the store behind it.
        athlete_id: whose files.
        expected: rows that are about to be kept; what lies beside them is looked up once.
        columns: workout columns that will be asked for.
    """

    def __init__(self, store: Store, athlete_id: str, expected: Workouts, columns: Sequence[str]) -> None:
        self._store, self._athlete_id, self._columns = store, athlete_id, tuple(columns)
        ids, days = expected["id"].tolist(), expected["day"]
        self._known = store.known_ids(athlete_id, ids)
        self._beside = (
            store.workouts(athlete_id, columns=columns, since=int(days.min()), until=int(days.max()), twins=True)
            if ids
            else Workouts.empty(columns)
        )
        self._incoming: list[Incoming] = []
        self._flags: dict[str, str] = {}
        self._settled: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)  # whatever else is asked

    def known_ids(self, athlete_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are stored or staged."""
        return self._known & set(ids)

    def workouts(
        self, athlete_id: str, *, columns: Sequence[str], since: int | None = None, until: int | None = None,
        twins: bool = False,
    ) -> Workouts:  # fmt: skip
        """Workouts that are stored or staged, of days that were expected."""
        day = self._beside["day"]
        return self._beside.take((day >= (since or 0)) & (day <= (until or 0))).select(columns).ordered()

    def update_flags(self, athlete_id: str, flags: Mapping[str, str]) -> None:
        """Stage changed flags."""
        if not flags:
            return
        self._flags |= flags
        texts = [flags.get(each, text) for each, text in zip(self._beside["id"], self._beside["flags"], strict=True)]
        self._beside = self._beside.replace(flags=as_column("flags", texts))

    def save_import(
        self, record: ImportRecord, workouts: Workouts, problems: Sequence[Problem], *,
        replaced: Sequence[str] = (), wellness: Sequence[Wellness] = (), recordings: Sequence[Recorded] = (),
    ) -> None:  # fmt: skip
        """Stage an import."""
        staged = {each for one in self._incoming for each in one.workouts["id"].tolist()}
        if staged & set(replaced):
            self.commit()  # what is replaced must be there
        self._incoming.append(
            Incoming(record, workouts, tuple(problems), tuple(replaced), tuple(wellness), tuple(recordings))
        )
        self._known |= set(workouts["id"].tolist())
        beside = self._beside
        if replaced:
            beside = beside.take(~np.isin(beside["id"].astype(str), list(replaced)))
        self._beside = Workouts.concat([beside, workouts.select(self._columns)]) if len(workouts) else beside

    def settle_problems(self, problem_ids: Sequence[str], status: ProblemStatus) -> None:
        """Stage the settling of old problems, after everything else."""
        if status is not ProblemStatus.RESOLVED:
            raise ValueError("only what was resolved by an import is staged")
        self._settled += problem_ids

    def commit(self) -> None:
        """Write what is staged: imports and flags in one transaction, then the settling."""
        self._store.save_imports(self._incoming, flags=self._flags)
        if self._settled:
            self._store.settle_problems(self._settled, ProblemStatus.RESOLVED)
        self._incoming, self._flags, self._settled = [], {}, []
