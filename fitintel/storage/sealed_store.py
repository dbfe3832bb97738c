"""SealedStore: the cached store with free text sealed on its way in and opened on its way out.

It stands before the cache: neither the database nor Redis ever holds such a text in the clear. A text that was kept
before there were keys is given as it is, until `fitintel keys rotate` seals it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from fitintel.core.answers import Answer, Label
from fitintel.core.comments import Comment
from fitintel.core.recorded import Incoming, LinkState, Recorded
from fitintel.core.records import ImportRecord, Problem
from fitintel.core.stated import ExcusedDays, PlannedWorkout, S, Stated
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.storage import erased, sealed_text
from fitintel.storage.bell import Bell
from fitintel.storage.cache import Cache
from fitintel.storage.cached import CachedStore
from fitintel.storage.keyring import Keyring
from fitintel.storage.sql_workouts import check_workouts
from fitintel.storage.store import Store

T = TypeVar("T", Comment, Answer, Label, PlannedWorkout, ExcusedDays)
TABLES: dict[type[Any], str] = {
    Comment: "comments", Answer: "answers", Label: "labels", PlannedWorkout: "planned_workouts",
    ExcusedDays: "excused_days",
}  # fmt: skip
"""record -> table of its free text"""
NOTES = "notes"


class SealedStore(CachedStore):
    """What a workspace with a keyring opens."""

    def __init__(
        self, store: Store, cache: Cache, identity: str, keyring: Keyring, bell: Bell | None = None
    ) -> None:  # fmt: skip
        super().__init__(store, cache, identity, bell)
        self._keyring = keyring
        self._erased = erased.stamp(keyring.folder)

    def _cached(self, key: str) -> bytes | None:
        """What is cached, unless somebody was erased since it was: another process may have done that."""
        if (now := erased.stamp(self._keyring.folder)) != self._erased:
            self._erased = now
            self._cache.forget()
        return super()._cached(key)

    # workouts

    def workouts(
        self,
        athlete_id: str,
        *,
        columns: Sequence[str] = ANALYSIS,
        since: int | None = None,
        until: int | None = None,
        twins: bool = False,
    ) -> Workouts:
        """The athlete's workouts in canonical order; the arrays are read-only."""
        if NOTES not in columns:
            return super().workouts(athlete_id, columns=columns, since=since, until=until, twins=twins)
        asked = columns if "id" in columns else (*columns, "id")
        found = super().workouts(athlete_id, columns=asked, since=since, until=until, twins=twins)
        made = {name: found[name] for name in found if name in columns}
        made[NOTES] = self._opened(athlete_id, found)
        return Workouts(made)

    def _opened(self, athlete_id: str, found: Workouts) -> Any:
        notes = found[NOTES].copy()
        merged: set[tuple[str, str]] | None = None
        for place, kept in enumerate(notes.tolist()):
            if kept and kept.startswith(sealed_text.PREFIX):
                text, of = sealed_text.open_(self._keyring, athlete_id, "workouts", kept)
                if of not in (None, found["id"][place]):
                    if merged is None:  # a merged workout may have the notes of another one of its sources
                        merged = {(one.workout_id, one.other_id) for one in self._store.links(athlete_id)
                                  if one.state is LinkState.MERGED}  # fmt: skip
                    if (str(found["id"][place]), of) not in merged:
                        text = sealed_text.open_of(self._keyring, athlete_id, "workouts", str(found["id"][place]), kept)
                notes[place] = text
        notes.flags.writeable = False
        return notes

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
        """Ledger row, workouts, wellness and problems in one transaction."""
        self.save_imports([Incoming(record, workouts, tuple(problems), tuple(replaced), tuple(wellness),
                                    tuple(recordings))])  # fmt: skip

    def save_imports(self, incoming: Sequence[Incoming], *, flags: Mapping[str, str] | None = None) -> None:
        """Several imports of one athlete in one transaction, and changed flags of workouts."""
        for one in incoming:
            check_workouts(one.workouts)  # lengths are those of the texts, not of their sealed forms
        sealed = [replace(one, workouts=self._sealed(one.record.athlete_id, one.workouts)) for one in incoming]
        super().save_imports(sealed, flags=flags)

    def _sealed(self, athlete_id: str, workouts: Workouts) -> Workouts:
        written = [place for place, text in enumerate(workouts[NOTES].tolist()) if text]
        if not written:
            return workouts
        notes, sealer = workouts[NOTES].copy(), self._keyring.sealer(athlete_id)
        for place in written:
            notes[place] = sealed_text.seal(sealer, athlete_id, "workouts", str(workouts["id"][place]), notes[place])
        return Workouts({**{name: workouts[name] for name in workouts}, NOTES: notes})

    # what people state, answer and write

    def state(self, statements: Sequence[Stated]) -> None:
        """Keep statements in one transaction."""
        super().state([self._with(one, self._seal) if type(one) in TABLES else one for one in statements])

    def stated(self, athlete_id: str, kind: type[S]) -> tuple[S, ...]:
        """Every statement of a kind that the athlete ever made, oldest first."""
        found = super().stated(athlete_id, kind)
        return tuple(self._with(one, self._open) for one in found) if kind in TABLES else found

    def put_labels(self, said: Sequence[Label]) -> None:
        """Keep labels in one transaction."""
        super().put_labels([self._with(one, self._seal) for one in said])

    def labels(self, athlete_id: str) -> tuple[Label, ...]:
        """Every label that was ever given to the athlete's workouts, oldest first."""
        return tuple(self._with(one, self._open) for one in super().labels(athlete_id))

    def answer(self, given: Sequence[Answer]) -> None:
        """Keep answers in one transaction."""
        super().answer([self._with(one, self._seal) for one in given])

    def answers(self, athlete_id: str, *, key: str | None = None) -> tuple[Answer, ...]:
        """Every answer ever given about what the athlete was told, oldest first."""
        return tuple(self._with(one, self._open) for one in super().answers(athlete_id, key=key))

    def put_comments(self, said: Sequence[Comment]) -> None:
        """Keep comments in one transaction."""
        super().put_comments([self._with(one, self._seal) for one in said])

    def comments(self, athlete_id: str) -> tuple[Comment, ...]:
        """Every comment on the athlete, oldest first."""
        return tuple(self._with(one, self._open) for one in super().comments(athlete_id))

    def comments_on(self, athlete_ids: Sequence[str]) -> dict[str, tuple[Comment, ...]]:
        """The same of many at once, by athlete id."""
        return {whose: tuple(self._with(one, self._open) for one in said)
                for whose, said in super().comments_on(athlete_ids).items()}  # fmt: skip

    def _with(self, one: Any, change: Callable[[str, str, str, str], str]) -> Any:
        table = TABLES[type(one)]
        name = sealed_text.COLUMNS[table]
        kept = getattr(one, name)
        return replace(one, **{name: change(one.athlete_id, table, one.id, kept)}) if kept else one

    def _seal(self, athlete_id: str, table: str, row_id: str, text: str) -> str:
        return sealed_text.seal(self._keyring.sealer(athlete_id), athlete_id, table, row_id, text)

    def _open(self, athlete_id: str, table: str, row_id: str, kept: str) -> str:
        return sealed_text.open_of(self._keyring, athlete_id, table, row_id, kept)
