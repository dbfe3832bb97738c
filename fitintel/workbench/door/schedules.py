"""The schedule: everybody's brief at their own morning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.nights import NightDoor

if TYPE_CHECKING:
    import threading
    from datetime import datetime

    from fitintel.workbench.nightly.athlete import Render
    from fitintel.workbench.scheduling.keeping import Tell, Trouble
    from fitintel.workbench.scheduling.looking import Batch
    from fitintel.workbench.scheduling.standing import Standing


class ScheduleDoor(NightDoor):
    """Verbs on the schedule."""

    def look(self, render: Render, **wishes: Any) -> list[Batch]:
        """Make the briefs of all mornings that have come: once a local day, whoever asks and however often.

        `wishes`: notebooks, workers, out, catch_up and track (`workbench.scheduling.looking.Wishes`).
        """
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        from fitintel.workbench.scheduling.looking import Wishes, look

        return look(self, Wishes(render, **wishes))

    def keep_schedule(
        self, render: Render, *, tell: Tell, trouble: Trouble, stop: threading.Event | None = None, every: float = 60,
        **wishes: Any,
    ) -> None:  # fmt: skip
        """Look every `every` s until `stop` is set; `tell` hears of each batch, `trouble` of what stopped a look."""
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        from fitintel.workbench.scheduling.keeping import keep
        from fitintel.workbench.scheduling.looking import Wishes

        keep(self, Wishes(render, **wishes), every=every, tell=tell, trouble=trouble, stop=stop)

    def schedule(self, now: datetime | None = None) -> list[Standing]:
        """When each athlete's next brief is due, by time, and what has become of the newest."""
        self.may(Action.READ, kind=Kind.WORKSPACE)
        from fitintel.workbench.scheduling.standing import standing

        return standing(self, now)
