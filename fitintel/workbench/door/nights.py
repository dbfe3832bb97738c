"""Nights: everybody's brief of a day."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action
from fitintel.workbench.door.base import Progress
from fitintel.workbench.door.briefs import BriefDoor
from fitintel.workbench.door.workspace import WorkspaceDoor

if TYPE_CHECKING:
    from fitintel.core.nights import AthleteNight, NightReport
    from fitintel.workbench.nightly.athlete import Render


class NightDoor(BriefDoor, WorkspaceDoor):
    """Verbs on nights."""

    def nightly(
        self, render: Render, *, day: str | int | None = None, athletes: Sequence[str] = (), notebooks: str = "none",
        workers: int | None = None, out: str | Path | None = None, progress: Progress | None = None, **limits: Any,
    ) -> NightReport:  # fmt: skip
        """Everybody's brief of a day as files, made by several processes; a row an athlete, whatever happens.

        `render` turns an open brief into files (`fitintel.views.files.brief_files`). Stopped, it goes on where it was.
        """
        from fitintel.core.errors import UnknownName
        from fitintel.workbench.nightly.night import Notebooks, nightly

        if notebooks not in list(Notebooks):
            raise UnknownName("choice of notebooks", notebooks, list(Notebooks))
        return nightly(self, render, day=day, athletes=athletes, notebooks=Notebooks(notebooks), workers=workers,
                       out=Path(out) if out else None, progress=progress, **limits)  # fmt: skip

    def night(self, day: int) -> tuple[AthleteNight, ...]:
        """The ledger of a night, by athlete."""
        self.may(Action.READ)
        return self.store.night(day)
