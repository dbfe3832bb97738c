"""CachedStore: a Store in front of another one. It changes how fast an answer comes, never the answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fitintel.core import snapshot
from fitintel.core.answers import Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.performance import Fared
from fitintel.core.recorded import Incoming, KeptRepair, Link, Recorded
from fitintel.core.records import Athlete, Brief, ImportRecord, Problem, Run
from fitintel.core.stated import S, Stated
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.storage import encode
from fitintel.storage.bell import Bell
from fitintel.storage.cache import Cache
from fitintel.storage.cached_accounts import CachedAccounts
from fitintel.storage.cached_audit import CachedAudit
from fitintel.storage.cached_comments import CachedComments
from fitintel.storage.cached_connections import CachedConnections
from fitintel.storage.cached_details import CachedDetails
from fitintel.storage.cached_erasing import CachedErasing
from fitintel.storage.cached_events import CachedEvents
from fitintel.storage.cached_fleet import CachedFleet
from fitintel.storage.cached_imports import CachedImports
from fitintel.storage.cached_labels import CachedLabels
from fitintel.storage.cached_mornings import CachedMornings
from fitintel.storage.cached_nights import CachedNights
from fitintel.storage.cached_performance import CachedPerformance
from fitintel.storage.cached_preferences import CachedPreferences
from fitintel.storage.cached_promotions import CachedPromotions
from fitintel.storage.cached_requests import CachedRequests
from fitintel.storage.cached_told import CachedTold
from fitintel.storage.store import Store

FORMAT = 1
"""Raised when the bytes of a cached value change their meaning, so that two versions may share one Redis."""


class CachedStore(
    CachedImports, CachedLabels, CachedTold, CachedAudit, CachedPromotions, CachedPerformance, CachedDetails,
    CachedPreferences, CachedErasing, CachedNights, CachedFleet, CachedMornings, CachedEvents, CachedRequests,
    CachedComments, CachedAccounts, CachedConnections,
):  # fmt: skip
    """Remembers workouts, briefs and runs.

    Workouts are remembered under the athlete's revision, which is read from the store each time: an entry is never out
    of date, it is only no longer asked for. Briefs and runs never change. `identity` names the database: two databases
    may share one Redis.
    """

    def __init__(self, store: Store, cache: Cache, identity: str, bell: Bell | None = None) -> None:
        self._store, self._cache, self._identity, self._bell = store, cache, identity, bell

    def _key(self, kind: str, *parts: object) -> str:
        name = "\0".join(map(repr, (FORMAT, self._identity, kind, *parts)))
        return f"fitintel:{kind}:{hashlib.sha256(name.encode()).hexdigest()}"

    def _cached(self, key: str) -> bytes | None:
        """What is cached under a key."""
        return self._cache.get(key)

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
        # read before the workouts: a write in between puts newer rows under an older revision, never the reverse
        revision = self._store.revision(athlete_id)
        key = self._key("workouts", athlete_id, sorted(set(columns)), since, until, twins, revision)
        data = self._cached(key)
        if data is not None:
            return _frozen(snapshot.load(data))
        found = self._store.workouts(athlete_id, columns=columns, since=since, until=until, twins=twins)
        self._cache.put(key, snapshot.dump(found))
        return found

    def brief(self, brief_id: str) -> Brief:
        """The brief; raises NotFound."""
        key = self._key("brief", brief_id)
        data = self._cached(key)
        if data is not None:
            return encode.brief_from(data)
        found = self._store.brief(brief_id)
        self._cache.put(key, encode.brief_bytes(found))
        return found

    def run(self, run_id: str) -> Run:
        """The run; raises NotFound."""
        key = self._key("run", run_id)
        data = self._cached(key)
        if data is not None:
            return encode.run_from(data)
        found = self._store.run(run_id)
        self._cache.put(key, encode.run_bytes(found))
        return found

    def close(self) -> None:
        """Release connections of store and cache."""
        self._store.close()
        self._cache.close()
        if self._bell is not None:
            self._bell.close()

    # the rest is asked of the store

    def put_athlete(self, athlete: Athlete) -> None:
        """Insert or change an athlete."""
        self._store.put_athlete(athlete)

    def athlete(self, athlete_id: str) -> Athlete:
        """The athlete; raises NotFound."""
        return self._store.athlete(athlete_id)

    def athletes(self) -> tuple[Athlete, ...]:
        """All athletes, by id."""
        return self._store.athletes()

    def revision(self, athlete_id: str) -> int:
        """A number that grows with every change of the athlete's facts."""
        return self._store.revision(athlete_id)

    def revisions(self) -> dict[str, int]:
        """The revision of every athlete, by id."""
        return self._store.revisions()

    def known_ids(self, athlete_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are already stored."""
        return self._store.known_ids(athlete_id, ids)

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
        self._store.save_import(record, workouts, problems, replaced=replaced, wellness=wellness, recordings=recordings)

    def save_imports(self, incoming: Sequence[Incoming], *, flags: Mapping[str, str] | None = None) -> None:
        """Several imports of one athlete in one transaction, and changed flags of workouts."""
        self._store.save_imports(incoming, flags=flags)

    def update_flags(self, athlete_id: str, flags: Mapping[str, str]) -> None:
        """Replace the flags of stored workouts."""
        self._store.update_flags(athlete_id, flags)

    def wellness(
        self,
        athlete_id: str,
        *,
        metrics: Sequence[str] | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> tuple[Wellness, ...]:
        """The athlete's values by day, metric and id."""
        return self._store.wellness(athlete_id, metrics=metrics, since=since, until=until)

    def state(self, statements: Sequence[Stated]) -> None:
        """Keep statements in one transaction."""
        self._store.state(statements)

    def stated(self, athlete_id: str, kind: type[S]) -> tuple[S, ...]:
        """Every statement of a kind that the athlete ever made, oldest first."""
        return self._store.stated(athlete_id, kind)

    def recordings(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[Recorded, ...]:
        """What is kept of the athlete's recorded workouts."""
        return self._store.recordings(athlete_id, workout_ids)

    def judge_quality(self, athlete_id: str, judged: Mapping[str, tuple[float, Sequence[Mapping[str, Any]]]]) -> None:
        """Set quality and its reasons."""
        self._store.judge_quality(athlete_id, judged)

    def put_repairs(self, athlete_id: str, made: Sequence[KeptRepair]) -> None:
        """Keep what repairs found."""
        self._store.put_repairs(athlete_id, made)

    def repairs(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[KeptRepair, ...]:
        """Repairs of the athlete's workouts."""
        return self._store.repairs(athlete_id, workout_ids)

    def put_links(self, athlete_id: str, made: Sequence[Link], *, removed: Sequence[tuple[str, str]] = ()) -> None:
        """Keep merge decisions."""
        self._store.put_links(athlete_id, made, removed=removed)

    def links(self, athlete_id: str) -> tuple[Link, ...]:
        """Every merge decision about the athlete's workouts."""
        return self._store.links(athlete_id)

    def save_brief(
        self, brief: Brief, runs: Sequence[Run], told: Sequence[Told] = (), *,
        noted: Sequence[Entry] = (), signer: Signer | None = None, fared: Fared | None = None,
    ) -> None:  # fmt: skip
        """A brief, its runs, what it told and what is noted of it in one transaction."""
        self._store.save_brief(brief, runs, told, noted=noted, signer=signer, fared=fared)

    def save_runs(self, runs: Sequence[Run], athlete_id: str | None = None) -> None:
        """Keep runs that no brief made, and whose they are."""
        self._store.save_runs(runs, athlete_id)

    def briefs(self, athlete_id: str, *, day: int | None = None) -> tuple[tuple[str, int, datetime], ...]:
        """(brief id, day, time made), oldest first."""
        return self._store.briefs(athlete_id, day=day)

    def runs(self, run_ids: Sequence[str]) -> tuple[Run, ...]:
        """These runs, in the order asked."""
        return self._store.runs(run_ids)

    def save_model(self, athlete_id: str, algorithm: str, version: str, inputs: str, value: Any) -> None:
        """Keep a fitted model."""
        self._store.save_model(athlete_id, algorithm, version, inputs, value)

    def model(self, athlete_id: str, algorithm: str, version: str) -> tuple[str, Any] | None:
        """The newest fitted model, or None."""
        return self._store.model(athlete_id, algorithm, version)

    def models(self, algorithm: str, version: str) -> dict[str, tuple[str, Any]]:
        """Athlete id -> (digest of the data, model) of everybody's newest."""
        return self._store.models(algorithm, version)

    def fitted(self, algorithm: str, version: str) -> dict[str, str]:
        """Athlete id -> digest of the data that their newest model was fitted on."""
        return self._store.fitted(algorithm, version)

    def untracked(self, limit: int = 1000) -> tuple[str, ...]:
        """Ids of briefs not yet logged to MLflow."""
        return self._store.untracked(limit)

    def mark_tracked(self, brief_ids: Sequence[str]) -> None:
        """These briefs are logged."""
        self._store.mark_tracked(brief_ids)


def _frozen(workouts: Workouts) -> Workouts:
    for name in workouts:
        workouts[name].flags.writeable = False
    return workouts
