"""The workspace itself: is it sound, and does MLflow know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.algorithms import AlgorithmDoor

if TYPE_CHECKING:
    from fitintel.core.performance import Point
    from fitintel.workbench.doctor import Check


class WorkspaceDoor(AlgorithmDoor):
    """Verbs on the workspace."""

    def doctor(self) -> list[Check]:
        """Does everything here work, and what to do where it does not."""
        self.may(Action.READ, kind=Kind.WORKSPACE)
        from fitintel.workbench.doctor import check

        return check(self)

    def register(self) -> dict[str, Any]:
        """Register every card in MLflow; in this process, which imports MLflow."""
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        from fitintel.workbench.track import register_all

        return register_all(self.settings, self.store, self.cards())

    def performance(self, algorithm_id: str | None = None) -> tuple[dict[str, list[Point]], dict[str, tuple[str, ...]]]:
        """Algorithm -> points of its days, oldest first; and what of the last one lies outside the limits.

        Figures are over the fleet, of no person.
        """
        self.may(Action.READ, kind=Kind.ALGORITHM)
        from fitintel.intelligence.registry import get
        from fitintel.workbench.limits import limits, outside

        if algorithm_id is not None:
            get(algorithm_id)  # says which there are
        points: dict[str, list[Point]] = {}
        for one in self.store.points(algorithm_id):
            points.setdefault(one.algorithm, []).append(one)
        return points, {name: outside(mine[-1].figures, limits()) for name, mine in points.items()}

    def track(self, *, wait: bool = True, night: bool = False) -> bool:
        """Log finished briefs to MLflow in a process of its own; False if that failed (they are logged next time).

        `night`: all briefs of the newest day are made, so that its figures of performance are sent as well.
        """
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        from fitintel.workbench.track import track_in_child

        return track_in_child(self.settings, wait=wait, night=night)
