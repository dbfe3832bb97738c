"""A store before the store: knows what some athletes' briefs will ask, and holds what they write until it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from fitintel.core.answers import Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.events import Event
from fitintel.core.made import MadeBrief
from fitintel.core.performance import Fared
from fitintel.core.promotion import Promotion, Shadow
from fitintel.core.records import Athlete, Brief, Run
from fitintel.core.stated import ExcusedDays, Goal, PlannedWorkout, S, Threshold
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.storage.store import Store

LOOKS_BACK = 60
"""d. What was told before this many days is not asked for by a brief (telling, followed)."""
RECENT = 8
"""d. Runs of a brief of so many days ago may still serve."""
DEAR = 0.004
"""s. Computing what took less is quicker than finding it."""
STATED: dict[type[Any], str] = {
    Threshold: "thresholds", Goal: "goals", PlannedWorkout: "planned_workouts", ExcusedDays: "excused_days",
}  # fmt: skip
"""kind of statement -> its table"""
EMPTY = {"answers": "answers", "connections": "connections", "labels": "labels", "links": "links",
         "recordings": "recordings", "wellness": "wellness", "problems": "problems"}  # fmt: skip
"""method that gives an athlete's rows -> their table"""


class Ahead:
    """Answers as the store does. What it was not told to read ahead it asks the store behind it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: frozenset[str] = frozenset()
        self._day = 0
        self._having: Mapping[str, frozenset[str]] = {}
        self._told: dict[str, tuple[Told, ...]] = {}
        self._dear: Mapping[str, Run] = {}
        self._workouts: tuple[str, Workouts] | None = None
        self.made: list[MadeBrief] = []
        self.noted: list[Entry] = []
        self.happened: list[Event] = []

    def __getattr__(self, name: str) -> Any:
        """The store's method; of athletes who have nothing there the answer is known."""
        method = getattr(self._store, name)
        if name not in EMPTY:
            return method

        def asked(athlete_id: str | None = None, *args: Any, **named: Any) -> Any:
            return () if self._nothing(EMPTY[name], athlete_id) else method(athlete_id, *args, **named)

        return asked

    def read(self, athlete_ids: Sequence[str], day: int) -> None:
        """Read what briefs of these athletes for this day will ask."""
        self._ids, self._day = frozenset(athlete_ids), day
        self._having = self._store.having(athlete_ids)
        self._told = self._store.told_of(athlete_ids, since=day - LOOKS_BACK, until=day - 1)
        self._dear = self._store.dear_runs(athlete_ids, since=day - RECENT, least=DEAR)

    def keep(self, signer: Signer) -> tuple[int, str] | None:
        """Keep all that waits in one transaction, and tell who follows; the end of the audit chain then."""
        end = self._store.save_briefs(self.made, noted=self.noted, signer=signer) if self.made or self.noted else None
        self._store.put_events(self.happened)
        return end

    def forget(self) -> None:
        """Know nothing and hold nothing."""
        self._ids = frozenset()
        self._having, self._told, self._dear = {}, {}, {}
        self._workouts = None
        for name in ("_promotions", "_shadows", "_athletes"):
            self.__dict__.pop(name, None)
        self.made.clear()
        self.noted.clear()
        self.happened.clear()

    def _nothing(self, table: str, athlete_id: str | None) -> bool:
        return athlete_id in self._ids and athlete_id not in self._having[table]

    # the same for all

    @cached_property
    def _promotions(self) -> tuple[Promotion, ...]:
        return self._store.promotions()

    @cached_property
    def _shadows(self) -> tuple[Shadow, ...]:
        return self._store.shadows()

    @cached_property
    def _athletes(self) -> dict[str, Athlete]:
        return {one.id: one for one in self._store.athletes()}

    def promotions(self) -> tuple[Promotion, ...]:
        """Steps of promotions."""
        return self._promotions

    def shadows(self) -> tuple[Shadow, ...]:
        """What runs in the shadow."""
        return self._shadows

    # an athlete's

    def athlete(self, athlete_id: str) -> Athlete:
        """The athlete; raises NotFound."""
        return self._athletes[athlete_id] if athlete_id in self._ids else self._store.athlete(athlete_id)

    def preferences(self, who: str) -> Any:
        """What a reader prefers."""
        return None if self._nothing("preferences", who) else self._store.preferences(who)

    def model(self, athlete_id: str, algorithm: str, version: str) -> tuple[str, Any] | None:
        """The newest fitted model, or None."""
        return None if self._nothing("models", athlete_id) else self._store.model(athlete_id, algorithm, version)

    def problems(self, *, athlete_id: str | None = None, **named: Any) -> tuple[Any, ...]:
        """Problems of an athlete."""
        known = self._nothing("problems", athlete_id)
        return () if known else self._store.problems(athlete_id=athlete_id, **named)

    def stated(self, athlete_id: str, kind: type[S]) -> tuple[S, ...]:
        """Every statement of a kind that the athlete ever made."""
        return () if self._nothing(STATED[kind], athlete_id) else self._store.stated(athlete_id, kind)

    def workouts(
        self, athlete_id: str, *, columns: Sequence[str] = ANALYSIS, since: int | None = None,
        until: int | None = None, twins: bool = False,
    ) -> Workouts:  # fmt: skip
        """The athlete's workouts; of one without merged workouts all that a brief asks are read once."""
        plain = athlete_id in self._ids and since is None and set(columns) <= set(ANALYSIS)
        if not plain or (twins and athlete_id in self._having["links"]):
            return self._store.workouts(athlete_id, columns=columns, since=since, until=until, twins=twins)
        if self._workouts is None or self._workouts[0] != athlete_id:
            self._workouts = athlete_id, self._store.workouts(athlete_id)
        found = self._workouts[1]
        if len(columns) < len(ANALYSIS):
            found = found.select(columns)
        return found if until is None else found.take(self._workouts[1]["day"] <= until)

    def told(
        self, athlete_id: str, *, key: str | None = None, since: int | None = None, until: int | None = None,
        brief_id: str | None = None, codes: Collection[str] | None = None,
    ) -> tuple[Told, ...]:  # fmt: skip
        """What was told to the athlete."""
        if (athlete_id not in self._ids or key is not None or brief_id is not None or since is None or until is None
                or not self._day - LOOKS_BACK <= since <= until < self._day):  # fmt: skip
            return self._store.told(athlete_id, key=key, since=since, until=until, brief_id=brief_id,
                                    codes=codes)  # fmt: skip
        return tuple(each for each in self._told[athlete_id]
                     if since <= each.day <= until and (codes is None or each.code in codes))  # fmt: skip

    def judge_told(self, athlete_id: str, outcomes: Mapping[tuple[int, str], str]) -> None:
        """Write down what became of what was told."""
        self._store.judge_told(athlete_id, outcomes)
        if athlete_id in self._told and outcomes:
            self._told[athlete_id] = tuple(
                replace(each, outcome=outcomes.get((each.day, each.key), each.outcome))
                for each in self._told[athlete_id]
            )

    # runs and briefs

    def runs_about(self, athlete_id: str, day: int) -> Mapping[str, Run]:
        """The runs of last briefs that took long; what a brief does not find it computes."""
        return self._dear if athlete_id in self._ids else self._store.runs_about(athlete_id, day)

    def save_brief(
        self, brief: Brief, runs: Sequence[Run], told: Sequence[Told] = (), *,
        noted: Sequence[Entry] = (), signer: Signer | None = None, fared: Fared | None = None,
    ) -> None:  # fmt: skip
        """Let a brief wait, with all that is kept beside it."""
        self.made.append(MadeBrief(brief, runs, told, noted, fared))

    def put_events(self, happened: Sequence[Event]) -> int:
        """Let events wait; nobody asks for their ids here."""
        self.happened.extend(happened)
        return 0

    def close(self) -> None:
        """Release connections."""
        self._store.close()
