"""Imports: files and typed workouts come in, and what was not taken is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotFound
from fitintel.workbench.door.base import Door, Progress

if TYPE_CHECKING:
    from fitintel.core.records import Athlete, ImportRecord, Problem
    from fitintel.ingest.report import ImportReport


class ImportDoor(Door):
    """Verbs on imports and on what they could not take."""

    def import_files(
        self, paths: Sequence[str | Path], *, athlete_id: str | None = None, progress: Progress | None = None,
        **options: Any,
    ) -> tuple[ImportReport, ...]:  # fmt: skip
        """Take files in: each row ends imported, imported with a warning, duplicate, or quarantined."""
        from fitintel.workbench.athletes import own
        from fitintel.workbench.happening import following, imported
        from fitintel.workbench.importing import import_files

        athlete = own(self, athlete_id)
        self.may(Action.CREATE, athlete.id, Kind.IMPORT)
        reports = import_files(self.store, self.blobs, athlete.id, [Path(path) for path in paths],
                               progress=following(self, athlete.id, progress), **options)  # fmt: skip
        self._adopt_units(athlete, reports)
        imported(self, athlete.id, reports)
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
        self.may(Action.CREATE, athlete.id, Kind.IMPORT)
        return add_workout(self.store, self.blobs, athlete.id, **fields)

    def import_record(self, import_id: str) -> ImportRecord:
        """The ledger row of an import."""
        found = next((record for record in self.store.imports() if record.id == import_id), None)
        if found is None:
            raise NotFound(f"There is no import {import_id!r}", next="see them with: fitintel quarantine")
        self.may(Action.READ, found.athlete_id, Kind.IMPORT)
        return found

    def import_records(self, athlete_id: str | None = None) -> tuple[ImportRecord, ...]:
        """The ledger of an athlete: a row a file, oldest first."""
        from fitintel.workbench.briefs import whom

        athlete = whom(self, athlete_id)
        self.may(Action.READ, athlete.id, Kind.IMPORT)
        return self.store.imports(athlete.id)

    def quarantine(self, athlete_id: str | None = None) -> tuple[Problem, ...]:
        """Rows that wait to be mended, oldest first."""
        athlete_id = athlete_id or self.actor.athlete_id
        self.may(Action.READ, athlete_id, Kind.IMPORT)
        from fitintel.core.records import Outcome

        return self.store.problems(athlete_id=athlete_id, outcome=Outcome.QUARANTINED.value)

    def retry(self, athlete_id: str | None = None, **options: Any) -> tuple[ImportReport, ...]:
        """Try the quarantined rows again, with the options given and today's rules, or with `mended` files."""
        if options.get("mended"):
            from fitintel.workbench.athletes import own

            athlete_id = own(self, athlete_id).id
        athlete_id = athlete_id or self.actor.athlete_id
        self.may(Action.RETRY, athlete_id, Kind.IMPORT)
        from fitintel.workbench.importing import retry_quarantined

        return retry_quarantined(self.store, self.blobs, athlete_id, **options)

    def ensure_demo(self, *, progress: Progress | None = None, **options: Any) -> int:
        """Create the simulated squad if it is not here; the number of athletes added."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.demo import make_demo

        before = len(self.store.athletes())
        make_demo(self.store, self.blobs, progress=progress, **options)
        return len(self.store.athletes()) - before
