"""Workbench: the one door. Every front end gets its data here, bound to an actor; each verb asks permission first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import LOCAL_OWNER, Action, Actor, authorize
from fitintel.core import settings as settings_
from fitintel.core.settings import Settings

if TYPE_CHECKING:
    from fitintel.core.card import Card
    from fitintel.core.connections import Connection
    from fitintel.core.recording import Recording
    from fitintel.core.records import Athlete, Brief, ImportRecord, OpenBrief, Problem, Run
    from fitintel.core.stated import Stated
    from fitintel.core.wellness import Wellness
    from fitintel.core.workouts import Workouts
    from fitintel.ingest.connectors.contract import Event, Started
    from fitintel.ingest.report import ImportReport
    from fitintel.intelligence.registry import Algorithm
    from fitintel.intelligence.resample import Even
    from fitintel.storage.store import Blobs, Store
    from fitintel.workbench.accounts import Disconnected, Office
    from fitintel.workbench.doctor import Check
    from fitintel.workbench.duplicates import Duplicates
    from fitintel.workbench.evaluate_detectors import DetectorScore
    from fitintel.workbench.evaluate_forecast import ForecastScore
    from fitintel.workbench.exporting import Exported
    from fitintel.workbench.publishing import Published
    from fitintel.workbench.repairs import Layer
    from fitintel.workbench.restoring import Restored
    from fitintel.workbench.synced import SyncReport
    from fitintel.workbench.workouts import OpenWorkout

Progress = Callable[[int, int, str], None]
"""Called with (done, total, text) while long work goes on."""


class Workbench:
    """The workspace of one actor. Use it as a context manager, or call `close` when done.

    Imports, store and algorithms are loaded when a verb needs them.
    """

    def __init__(self, settings: Settings, actor: Actor = LOCAL_OWNER) -> None:
        self.settings = settings
        self.actor = actor

    @classmethod
    def open(cls, home: str | Path | None = None, *, actor: Actor = LOCAL_OWNER) -> Workbench:
        """The workspace that the environment names (FITINTEL_HOME, default `var/`), or the one in `home`."""
        return cls(settings_.read(home=Path(home) if home is not None else None), actor)

    @cached_property
    def store(self) -> Store:
        """Facts. For the workbench's own verbs: front ends use verbs."""
        from fitintel.storage import open_store

        return open_store(self.settings.database_url, self.settings.cache_url)

    @cached_property
    def blobs(self) -> Blobs:
        """Raw files and snapshots."""
        from fitintel.storage import open_blobs

        return open_blobs(self.settings.files_url)

    def close(self) -> None:
        """Release connections."""
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Workbench:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def may(self, action: Action, athlete_id: str | None = None) -> None:
        """Raise NotAllowed unless this actor may do it."""
        authorize(self.actor, action, athlete_id)

    # athletes and their workouts

    def athletes(self) -> tuple[Athlete, ...]:
        """Everyone whose workouts are kept here."""
        self.may(Action.READ)
        return self.store.athletes()

    def athlete(self, athlete_id: str) -> Athlete:
        """One athlete; an unknown id is answered with the nearest known ones."""
        self.may(Action.READ, athlete_id)
        from fitintel.workbench.athletes import find

        return find(self, athlete_id)

    def workouts(self, athlete_id: str, **limits: Any) -> Workouts:
        """The athlete's workouts in columns; `.frame()` makes a pandas data frame."""
        self.may(Action.READ, athlete_id)
        return self.store.workouts(self.athlete(athlete_id).id, **limits)

    def latest_workouts(self, athlete_id: str | None, last: int) -> tuple[Athlete, int, list[dict[str, Any]]]:
        """(whose, how many there are, the newest of them first)."""
        from fitintel.core.workouts import COLUMNS
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id)
        found = self.store.workouts(athlete.id, columns=tuple(COLUMNS))
        return athlete, len(found), list(found.take(slice(-last, None)).rows())[::-1]

    def workout(self, workout_id: str, athlete_id: str | None = None) -> OpenWorkout:
        """One workout with recording, problems, import and links."""
        from fitintel.workbench.workouts import opened

        found = opened(self, workout_id, athlete_id)
        self.may(Action.READ, found.athlete.id)
        return found

    def import_files(
        self, paths: Sequence[str | Path], *, athlete_id: str | None = None, progress: Progress | None = None,
        **options: Any,
    ) -> tuple[ImportReport, ...]:  # fmt: skip
        """Take files in: each row ends imported, imported with a warning, duplicate, or quarantined."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.importing import import_files

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        reports = import_files(self.store, self.blobs, athlete.id, [Path(path) for path in paths],
                               progress=progress, **options)  # fmt: skip
        self._adopt_units(athlete, reports)
        return reports

    def _adopt_units(self, athlete: Athlete, reports: Sequence[ImportReport]) -> None:
        # a person whose watch exports miles reads miles; only the first file says so, later choices are the person's
        from dataclasses import replace

        hints = [report.units for report in reports if report.units is not None and report.record.read]
        if hints and hints[0] != athlete.units and len(self.store.imports(athlete.id)) == len(reports):
            self.store.put_athlete(replace(athlete, units=hints[0]))

    def add(self, *, athlete_id: str | None = None, **fields: Any) -> ImportReport:
        """Take in one workout typed by hand, through the same checks as a file."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.importing import add_workout

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return add_workout(self.store, self.blobs, athlete.id, **fields)

    def read_recording(self, path: str | Path) -> tuple[Recording, ...]:
        """The workouts recorded in a FIT, GPX or TCX file, to look at: nothing is stored."""
        self.may(Action.READ)
        from fitintel.workbench.looking import read_recording

        return read_recording(Path(path))

    def even(self, recording: Recording, channel: str) -> Even:
        """A channel of a recording at one value a second of moving time: what the algorithms on streams take."""
        self.may(Action.READ)
        from fitintel.workbench.looking import even

        return even(recording, channel)

    def repairs(
        self, workout_id: str, *, athlete_id: str | None = None, off: Sequence[str] = (), on: Sequence[str] = ()
    ) -> Layer:
        """What each repair changed in a recorded workout; `off` and `on` turn repairs off and on again for it."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.repairs import layer, toggle

        athlete = whom(self, athlete_id)
        self.may(Action.WRITE if off or on else Action.READ, athlete.id)
        if off or on:
            toggle(self.store, self.blobs, athlete.id, workout_id, off=off, on=on)
        return layer(self.store, athlete.id, workout_id)

    # wellness, and what a person states

    def add_wellness(self, *, athlete_id: str | None = None, **fields: Any) -> ImportReport:
        """Take in the typed wellness of one day, through the same checks as a file."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.wellness import add_wellness

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return add_wellness(self.store, self.blobs, athlete.id, **fields)

    def wellness(self, athlete_id: str | None = None, **limits: Any) -> tuple[Wellness, ...]:
        """The athlete's values of wellness, by day and metric."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id)
        return self.store.wellness(athlete.id, **limits)

    def state(self, what: str, *, athlete_id: str | None = None, **fields: Any) -> Stated:
        """Keep a threshold, goal, plan or excuse; the earlier statement about the same thing stays readable."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.stating import keep, make

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return keep(self.store, make(what, athlete.id, **fields))

    def stated(self, what: str, athlete_id: str | None = None, *, history: bool = False) -> tuple[Stated, ...]:
        """The thresholds, goals, plans or excuses that hold, or all that were ever stated."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.stating import holding

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id)
        return holding(self.store, athlete.id, what, history=history)

    def quarantine(self, athlete_id: str | None = None) -> tuple[Problem, ...]:
        """Rows that wait to be mended, oldest first."""
        self.may(Action.READ, athlete_id)
        from fitintel.core.records import Outcome

        return self.store.problems(athlete_id=athlete_id, outcome=Outcome.QUARANTINED.value)

    def import_record(self, import_id: str) -> ImportRecord:
        """The ledger row of an import."""
        self.may(Action.READ)
        return next(record for record in self.store.imports() if record.id == import_id)

    def retry(self, athlete_id: str | None = None, **options: Any) -> tuple[ImportReport, ...]:
        """Try the quarantined rows again, with the options given and today's rules."""
        self.may(Action.WRITE, athlete_id)
        from fitintel.workbench.importing import retry_quarantined

        return retry_quarantined(self.store, self.blobs, athlete_id, **options)

    def ensure_demo(self, *, progress: Progress | None = None, **options: Any) -> int:
        """Create the simulated squad if it is not here; the number of athletes added."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.demo import make_demo

        before = len(self.store.athletes())
        make_demo(self.store, self.blobs, progress=progress, **options)
        return len(self.store.athletes()) - before

    # workouts that are one, and taking everything along

    def duplicates(self, athlete_id: str | None = None, *, look: bool = False) -> Duplicates:
        """What was merged, what waits for a decision, what a person said are two; `look` compares everything anew."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.duplicates import listed, match_new

        athlete = whom(self, athlete_id)
        self.may(Action.WRITE if look else Action.READ, athlete.id)
        if look:
            match_new(self.store, self.blobs, athlete.id)
        return listed(self.store, athlete.id)

    def doubtful(self, athlete_id: str | None = None) -> int:
        """How many pairs of workouts wait for a decision."""
        from fitintel.core.recorded import LinkState
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id)
        return sum(link.state is LinkState.DOUBTFUL for link in self.store.links(athlete.id))

    def decide_duplicates(self, what: str, *workout_ids: str, athlete_id: str | None = None) -> Duplicates:
        """Say that two workouts are one (`merge`) or two (`keep`), or that one is none of its group (`split`)."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.duplicates import decide, listed

        athlete = whom(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        decide(self.store, self.blobs, athlete.id, what, workout_ids)
        return listed(self.store, athlete.id)

    def samples(self, athlete_id: str, workout_id: str) -> dict[str, Any]:
        """Samples of a recorded workout: `time` and channels; of a merged one each channel from its best source."""
        self.may(Action.READ, athlete_id)
        from fitintel.workbench.twins import merged_samples

        return merged_samples(self.store, self.blobs, athlete_id, workout_id)

    def export(self, out: str | Path, athlete_id: str | None = None, *, force: bool = False) -> Exported:
        """Write everything that an athlete owns as one archive; `restore` makes the same of it elsewhere."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.exporting import export

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id)
        return export(self.store, self.blobs, athlete.id, Path(out), force=force)

    def is_export(self, path: str | Path) -> bool:
        """Whether a file is an archive that `export` wrote."""
        from fitintel.workbench.restoring import is_export

        return is_export(Path(path))

    def restore(self, path: str | Path, athlete_id: str | None = None, *, dry_run: bool = False) -> Restored:
        """Take an export in; what is here already is left as it is."""
        from fitintel.workbench.restoring import owner, restore

        self.may(Action.WRITE, owner(Path(path)))
        return restore(self.store, self.blobs, Path(path), athlete_id=athlete_id, dry_run=dry_run)

    # connected accounts

    def _office(self) -> Office:
        from fitintel.workbench.accounts import Office

        return Office(self.store, self.blobs, self.settings)

    def begin_connection(self, provider: str, redirect_uri: str, *, athlete_id: str | None = None) -> Started:
        """Begin to connect an account: `url` is where the athlete allows it."""
        from fitintel.workbench.accounts import begin
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return begin(self._office(), athlete.id, provider, redirect_uri)

    def finish_connection(self, provider: str, redirected: str, *, athlete_id: str | None = None) -> Connection:
        """Connect the account, with the address to which the athlete was sent back."""
        from fitintel.workbench.accounts import finish
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return finish(self._office(), athlete.id, provider, redirected)

    def connect_with_key(self, provider: str, key: str, *, athlete_id: str | None = None) -> Connection:
        """Connect an account with its personal API key."""
        from fitintel.workbench.accounts import with_key
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return with_key(self._office(), athlete.id, provider, key)

    def connections(self, athlete_id: str | None = None, provider: str | None = None) -> tuple[Connection, ...]:
        """Connected accounts, without what opens them."""
        self.may(Action.READ, athlete_id)
        from dataclasses import replace

        found = self.store.connections(None if athlete_id is None else self.athlete(athlete_id).id, provider)
        return tuple(replace(each, sealed=b"") for each in found)

    def sync(
        self, athlete_id: str | None = None, *, provider: str | None = None, since: str | int | None = None,
        reparse: bool = False, progress: Progress | None = None,
    ) -> tuple[SyncReport, ...]:  # fmt: skip
        """Bring in what is new, changed or deleted at connected services; one report an account."""
        self.may(Action.WRITE, athlete_id)
        from fitintel.workbench import syncing

        chosen = syncing.chosen(self, athlete_id, provider)
        if reparse:
            return syncing.reparse(self._office(), chosen, progress)
        return syncing.sync(self._office(), chosen, since=syncing.moment(since), progress=progress)

    def disconnect(self, provider: str, *, athlete_id: str | None = None, forget: bool = False) -> Disconnected:
        """Take the permission back and forget the tokens; `forget` removes all that was fetched."""
        from fitintel.workbench.accounts import disconnect
        from fitintel.workbench.athletes import own

        athlete = own(self, athlete_id)
        self.may(Action.WRITE, athlete.id)
        return disconnect(self._office(), athlete.id, provider, forget=forget)

    def receive(self, provider: str, headers: Mapping[str, str], body: bytes) -> tuple[Event, ...]:
        """Note what a service's message says has changed; raises ForgedEvent unless the service has sent it."""
        from fitintel.workbench.webhooks import receive

        return receive(self._office(), provider, headers, body)

    def challenge(self, provider: str, query: Mapping[str, str]) -> dict[str, str]:
        """The answer to a service that checks the address for its messages."""
        from fitintel.workbench.webhooks import challenge

        return challenge(self._office(), provider, query)

    # intelligence

    def brief(
        self, athlete_id: str | None = None, day: str | int | None = None, *, known_on: datetime | None = None
    ) -> Brief:
        """The athlete's brief of a day; made once, and the same again while nothing has changed.

        `known_on`: with thresholds as they were known at that time.
        """
        from fitintel.workbench.briefs import brief

        return brief(self, athlete_id, day, known_on=known_on)

    def open_brief(self, athlete_id: str | None = None, day: str | int | None = None) -> OpenBrief:
        """The brief with its runs and their cards: what `fitintel.views` makes visible."""
        from fitintel.workbench.briefs import opened

        return opened(self, self.brief(athlete_id, day))

    def publish(
        self, athlete_id: str | None = None, day: str | int | None = None, units: str | None = None,
        *, out: str | Path | None = None, progress: Progress | None = None,
    ) -> Published:  # fmt: skip
        """The brief as an executed notebook and one self-contained page."""
        from fitintel.workbench.publishing import publish

        return publish(self, athlete_id, day, units, Path(out) if out else None, progress)

    def run(self, run_id: str) -> Run:
        """The audit row of a run."""
        self.may(Action.READ)
        return self.store.run(run_id)

    def value(self, digest: str) -> Any:
        """The value behind a digest in a run: an input or a result."""
        self.may(Action.READ)
        from fitintel.core import snapshot

        return snapshot.load(self.blobs.get("snapshots", digest))

    def replay(self, run_id: str) -> Any:
        """Compute a stored run again; raises ReplayMismatch unless it gives the same value, bit for bit."""
        from fitintel.intelligence.registry import replay

        return replay(self.run(run_id), lambda digest: self.blobs.get("snapshots", digest))

    def algorithm(self, algorithm_id: str) -> Algorithm:
        """An algorithm to call like a function: it computes, without an audit row."""
        self.may(Action.READ)
        from fitintel.intelligence.registry import get

        return get(algorithm_id)

    def cards(self) -> Mapping[str, Card]:
        """Every algorithm's card, by id."""
        from fitintel.intelligence.registry import catalogue

        return {name: found.card for name, found in catalogue().items()}

    def card(self, algorithm_id: str) -> Card:
        """One algorithm's card."""
        from fitintel.intelligence.registry import get

        return get(algorithm_id).card

    def evaluate_forecast(self, **options: Any) -> ForecastScore:
        """Rolling-origin back-tests of the weekly forecast of every athlete here, or of one."""
        from fitintel.workbench.evaluation import forecast

        return forecast(self, **options)

    def evaluate_detectors(self, **options: Any) -> DetectorScore:
        """What the detectors find in a simulated squad with known truth."""
        from fitintel.workbench.evaluation import detectors

        return detectors(self, **options)

    def compare_demo(self, **options: Any) -> list[dict[str, Any]]:
        """The simulated squad's statistics beside those of a real history."""
        from fitintel.workbench.evaluation import compare

        return compare(**options)

    # the workspace

    def doctor(self) -> list[Check]:
        """Does everything here work, and what to do where it does not."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.doctor import check

        return check(self)

    def register(self) -> dict[str, Any]:
        """Register every card in MLflow; in this process, which imports MLflow."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.track import register_all

        return register_all(self.settings, self.cards())

    def track(self, *, wait: bool = True) -> bool:
        """Log finished briefs to MLflow in a process of its own; False if that failed (they are logged next time)."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.track import track_in_child

        return track_in_child(self.settings, wait=wait)
