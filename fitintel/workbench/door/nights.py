"""Nights: everybody's brief of a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Progress
from fitintel.workbench.door.briefs import BriefDoor
from fitintel.workbench.door.workspace import WorkspaceDoor

if TYPE_CHECKING:
    from fitintel.core.nights import AthleteNight, NightReport, Recipient
    from fitintel.workbench.nightly.athlete import Render


class NightDoor(BriefDoor, WorkspaceDoor):
    """Verbs on nights."""

    def nightly(
        self, render: Render, *, day: str | int | None = None, athletes: Sequence[str] = (), notebooks: str = "none",
        workers: int | None = None, out: str | Path | None = None, progress: Progress | None = None,
        engine: str = "local", **limits: Any,
    ) -> NightReport:  # fmt: skip
        """Everybody's brief of a day as files, made by several processes; a row an athlete, whatever happens.

        `render` turns an open brief into files (`fitintel.views.files.brief_files`). Stopped, it goes on where it was.
        """
        from fitintel.core.errors import UnknownName
        from fitintel.workbench.nightly.night import Engine, Notebooks, nightly

        if notebooks not in list(Notebooks):
            raise UnknownName("choice of notebooks", notebooks, list(Notebooks))
        if engine not in list(Engine):
            raise UnknownName("engine of nights", engine, list(Engine))
        return nightly(self, render, day=day, athletes=athletes, notebooks=Notebooks(notebooks), workers=workers,
                       out=Path(out) if out else None, progress=progress, engine=Engine(engine), **limits)  # fmt: skip

    def add_recipient(self, athlete_id: str | None, channel: str, address: str) -> Recipient:
        """Let an athlete's briefs go to a `mail` address or a `webhook`, from the next night on."""
        from fitintel.workbench.nightly.outbox import add_recipient

        return add_recipient(self, athlete_id, channel, address)

    def remove_recipient(self, athlete_id: str | None, recipient_id: str) -> None:
        """Nothing more goes there; raises NotFound."""
        from fitintel.workbench.nightly.outbox import remove_recipient

        remove_recipient(self, athlete_id, recipient_id)

    def recipients(self, athlete_id: str | None = None) -> tuple[Recipient, ...]:
        """Who gets briefs, of one athlete or of all."""
        athlete_id = athlete_id or self.actor.athlete_id
        self.may(Action.READ, athlete_id, Kind.PREFERENCE)
        return self.store.recipients(athlete_id)

    def night(self, day: int) -> tuple[AthleteNight, ...]:
        """The ledger of a night, by athlete."""
        self.may(Action.READ, kind=Kind.WORKSPACE)
        return self.vault.night(day)
