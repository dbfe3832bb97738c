"""Plans compared with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.plans import Outlook, WeeklyPlan


class PlanDoor(Door):
    """Verbs on plans that might be followed."""

    def what_if(
        self, plans: Sequence[WeeklyPlan], athlete_id: str | None = None, day: str | int | None = None,
        *, weeks: int = 8,
    ) -> Outlook:  # fmt: skip
        """What one to three plans come to in the weeks after a day; `fitintel.views.what_if` makes it visible."""
        from fitintel.workbench.what_if import what_if

        return what_if(self, plans, athlete_id, day, weeks=weeks)
