"""The narrow interface to all that is kept. One SQL implementation serves every database; the cache is a wrapper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO, Protocol

from fitintel.core.answers import Answer, Label, Told
from fitintel.core.audit import Entry, Signer
from fitintel.core.performance import Fared
from fitintel.core.recorded import Incoming, KeptRepair, Link, Recorded
from fitintel.core.records import Athlete, Brief, ImportRecord, Problem, ProblemStatus, Run
from fitintel.core.stated import S, Stated
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.storage.store_accounts import AccountStore
from fitintel.storage.store_audit import AuditStore
from fitintel.storage.store_comments import CommentStore
from fitintel.storage.store_connections import ConnectionStore
from fitintel.storage.store_details import DetailStore
from fitintel.storage.store_erasing import ErasingStore
from fitintel.storage.store_events import EventStore
from fitintel.storage.store_fleet import FleetStore
from fitintel.storage.store_mornings import MorningStore
from fitintel.storage.store_nights import NightStore
from fitintel.storage.store_performance import PerformanceStore
from fitintel.storage.store_preferences import PreferenceStore
from fitintel.storage.store_promotions import PromotionStore
from fitintel.storage.store_requests import RequestStore


class Store(
    PromotionStore, DetailStore, AuditStore, PerformanceStore, PreferenceStore, ErasingStore, NightStore, FleetStore,
    MorningStore, EventStore, RequestStore, CommentStore, AccountStore, ConnectionStore, Protocol,
):  # fmt: skip
    """Facts in, facts out. Every write is one transaction: after a crash it has happened whole or not at all."""

    # athletes
    def put_athlete(self, athlete: Athlete) -> None:
        """Insert or change an athlete."""

    def athlete(self, athlete_id: str) -> Athlete:
        """The athlete; raises NotFound."""

    def athletes(self) -> tuple[Athlete, ...]:
        """All athletes, by id."""

    def revision(self, athlete_id: str) -> int:
        """A number that grows with every change of the athlete's facts; 0 for an unknown athlete.

        It is never given out twice, even after a backup is restored.
        """

    def revisions(self) -> dict[str, int]:
        """The revision of every athlete, by id."""

    # workouts and the import ledger
    def workouts(
        self,
        athlete_id: str,
        *,
        columns: Sequence[str] = ANALYSIS,
        since: int | None = None,
        until: int | None = None,
        twins: bool = False,
    ) -> Workouts:
        """The athlete's workouts in canonical order (day, id), optionally only days `since` <= day <= `until`.

        Workouts that are merged are one: the leading one with the figures that the merge chose. With `twins` every
        workout is given as its source has it. The arrays are read-only. Raises UnknownName for a column that is not in
        COLUMNS.
        """

    def known_ids(self, athlete_id: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` that are already stored."""

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
        """Ledger row, workouts, recordings, wellness and problems in one transaction.

        `workouts` has every column of COLUMNS; an id that exists is left as it is (idempotent) unless `replaced` names
        it: then its source has corrected it. Raises NotFound for an
        unknown athlete and DataError for a text that is too long or an infinite number; then nothing is stored.
        """

    def save_imports(self, incoming: Sequence[Incoming], *, flags: Mapping[str, str] | None = None) -> None:
        """Several imports of one athlete in one transaction, and changed flags of workouts: id -> flags.

        What one of them replaces must have been stored before. Raises as `save_import`; then nothing is stored.
        """

    def update_flags(self, athlete_id: str, flags: Mapping[str, str]) -> None:
        """Replace the flags of stored workouts: id -> flags; raises NotFound, changing nothing, when one is missing."""

    def note_imports(self, records: Sequence[ImportRecord]) -> None:
        """Ledger rows of files that brought nothing, in one transaction; raises NotFound for an unknown athlete."""

    def imports(
        self, athlete_id: str | None = None, *, sha256: str | Sequence[str] | None = None
    ) -> tuple[ImportRecord, ...]:
        """Ledger rows, oldest first; only of files with this content, or one of these."""

    def imports_with_workouts(self, athlete_id: str) -> frozenset[str]:
        """Ids of the imports that brought workouts or values; not the rows, of which there may be thousands."""

    def problems(
        self,
        *,
        athlete_id: str | None = None,
        import_id: str | Sequence[str] | None = None,
        outcome: str | None = None,
        status: ProblemStatus | None = ProblemStatus.OPEN,
    ) -> tuple[Problem, ...]:
        """Problems by import time, row and column; `status=None` gives all."""

    def settle_problems(self, problem_ids: Sequence[str], status: ProblemStatus) -> None:
        """Mark problems resolved or dismissed; raises NotFound, changing nothing, when one is missing."""

    # recorded workouts
    def recordings(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[Recorded, ...]:
        """What is kept of the athlete's recorded workouts, by workout id; only of these, if they are named."""

    def judge_quality(self, athlete_id: str, judged: Mapping[str, tuple[float, Sequence[Mapping[str, Any]]]]) -> None:
        """Set quality (0-100) and its reasons: workout id -> (quality, reasons); raises NotFound, changing nothing."""

    def put_repairs(self, athlete_id: str, made: Sequence[KeptRepair]) -> None:
        """Keep what repairs found; one of the same workout and name takes the place of the one before."""

    def repairs(self, athlete_id: str, workout_ids: Sequence[str] | None = None) -> tuple[KeptRepair, ...]:
        """Repairs of the athlete's workouts, by workout and name."""

    def put_links(self, athlete_id: str, made: Sequence[Link], *, removed: Sequence[tuple[str, str]] = ()) -> None:
        """Keep merge decisions; one about the same two workouts takes the place of the one before.

        Those about the pairs `removed`, in either order, are forgotten, in the same transaction.
        """

    def links(self, athlete_id: str) -> tuple[Link, ...]:
        """Every merge decision about the athlete's workouts, by the leading workout, then the other."""

    # wellness, and what a person states
    def wellness(
        self,
        athlete_id: str,
        *,
        metrics: Sequence[str] | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> tuple[Wellness, ...]:
        """The athlete's values by day, metric and id; raises UnknownName for a metric that does not exist."""

    def state(self, statements: Sequence[Stated]) -> None:
        """Keep statements in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""

    def stated(self, athlete_id: str, kind: type[S]) -> tuple[S, ...]:
        """Every statement of a kind that the athlete ever made, oldest first; `core.stated` says which hold."""

    # labels of workouts
    def put_labels(self, said: Sequence[Label]) -> None:
        """Keep labels in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""

    def labels(self, athlete_id: str) -> tuple[Label, ...]:
        """Every label that was ever given to the athlete's workouts, oldest first; `core.answers` says which hold."""

    # runs and briefs
    def save_brief(
        self, brief: Brief, runs: Sequence[Run], told: Sequence[Told] = (), *,
        noted: Sequence[Entry] = (), signer: Signer | None = None, fared: Fared | None = None,
    ) -> None:  # fmt: skip
        """A brief, its runs and what it told in one transaction; what exists is left as it is. Queues a new brief for
        tracking, keeps how its algorithms `fared`, and adds what is `noted` of a new one to the audit chain.

        Raises NotFound for an unknown athlete.
        """

    def save_runs(self, runs: Sequence[Run], athlete_id: str | None = None) -> None:
        """Keep runs that no brief made, and whose they are; those that exist are left as they are."""

    def brief(self, brief_id: str) -> Brief:
        """The brief; raises NotFound."""

    def briefs(self, athlete_id: str, *, day: int | None = None) -> tuple[tuple[str, int, datetime], ...]:
        """(brief id, day, time made), oldest first."""

    def run(self, run_id: str) -> Run:
        """The run; raises NotFound."""

    def runs(self, run_ids: Sequence[str]) -> tuple[Run, ...]:
        """These runs, in the order asked; raises NotFound when one is missing."""

    # what was told, and what people answered
    def tell(self, told: Sequence[Told]) -> None:
        """Keep what briefs told, in one transaction; what is there is left as it is. Raises NotFound."""

    def told(
        self, athlete_id: str, *, key: str | None = None, since: int | None = None, until: int | None = None,
        brief_id: str | None = None, codes: Collection[str] | None = None,
    ) -> tuple[Told, ...]:  # fmt: skip
        """What was told to the athlete, by day, brief and key; optionally of one key, days, one brief, or `codes`."""

    def judge_told(self, athlete_id: str, outcomes: Mapping[tuple[int, str], str]) -> None:
        """Write down what became of what was told: (day, key) -> outcome, in every brief of that day."""

    def answer(self, given: Sequence[Answer]) -> None:
        """Keep answers in one transaction; one whose id exists is left as it is. Raises NotFound for an athlete."""

    def answers(self, athlete_id: str, *, key: str | None = None) -> tuple[Answer, ...]:
        """Every answer ever given about what the athlete was told, oldest first."""

    # fitted models
    def save_model(self, athlete_id: str, algorithm: str, version: str, inputs: str, value: Any) -> None:
        """Keep a fitted model (any snapshot value) and the digest of what it was fitted on.

        It takes the place of the model fitted before: a model is remade from its data, so old ones are not kept.
        """

    def model(self, athlete_id: str, algorithm: str, version: str) -> tuple[str, Any] | None:
        """(digest of the data it was fitted on, model) of the newest fitted model, or None."""

    def models(self, algorithm: str, version: str) -> dict[str, tuple[str, Any]]:
        """Athlete id -> (digest of the data, model) of everybody's newest."""

    def fitted(self, algorithm: str, version: str) -> dict[str, str]:
        """Athlete id -> digest of the data that their newest model was fitted on."""

    # what tracking has still to log
    def untracked(self, limit: int = 1000) -> tuple[str, ...]:
        """Ids of briefs not yet logged to MLflow, oldest first."""

    def mark_tracked(self, brief_ids: Sequence[str]) -> None:
        """These briefs are logged."""

    def close(self) -> None:
        """Release connections."""


class Blobs(Protocol):
    """Bytes by content hash: raw files and snapshots. Written before the row that names them: no row dangles."""

    def of(self, athlete_id: str) -> Blobs:
        """The same, for keeping an athlete's files: where there are keys they are sealed with the athlete's."""

    def put(self, kind: str, data: bytes) -> str:
        """Keep bytes under their SHA-256 (hex), once; `kind` is `raw`, `snapshots` or `streams`."""

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep several, digest -> bytes, already hashed."""

    def get(self, kind: str, digest: str) -> bytes:
        """The bytes; raises NotFound, or StorageError when the content does not match its hash."""

    def open(self, kind: str, digest: str) -> BinaryIO:
        """The file, to read parts of it; raises NotFound. Its hash is not checked: the parts have their own."""

    def remove(self, kind: str, digests: Collection[str]) -> None:
        """Remove bytes for good; what is not there is passed over."""
