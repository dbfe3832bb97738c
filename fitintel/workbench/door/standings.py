"""How athletes stand, for pages that are looked at often: the squad, and what surrounds one athlete's day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Progress
from fitintel.workbench.door.briefs import BriefDoor

if TYPE_CHECKING:
    from fitintel.core.records import OpenBrief
    from fitintel.core.standing import Board, Standing


class StandingDoor(BriefDoor):
    """Verbs on how athletes stand."""

    def board(
        self, day: str | int | None = None, *, most: int | None = None, progress: Progress | None = None
    ) -> Board:  # fmt: skip
        """How everybody stands on a day, who needs a look first; at most `most` briefs are made for it."""
        from fitintel.workbench.standings import board

        return board(self, day, most=most, progress=progress)

    def standing(self, athlete_id: str, day: int) -> Standing:
        """How one athlete stands on a day, made from their brief."""
        from fitintel.workbench.standings import standing

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return standing(self, athlete, day)

    def open_standing(self, athlete_id: str, day: str | int | None = None) -> tuple[Standing, OpenBrief]:
        """How one athlete stands on a day, and the brief behind it."""
        from fitintel.workbench.standings import open_standing

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return open_standing(self, athlete, day)

    def around(self, athlete_id: str, day: int) -> list[dict[str, Any]]:
        """The days around a day: planned, done, excused, and what became of each plan."""
        from fitintel.workbench.around import around

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.BRIEF)
        return around(self, athlete, day)

    def records(self, athlete_id: str, day: int) -> dict[str, Any]:
        """The athlete's fastest over each distance, ever and in the last year."""
        from fitintel.workbench.records import records

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.WORKOUT)
        return records(self, athlete, day)

    def mean_maximal(self, athlete_id: str, day: int, *, most: int | None = None) -> dict[str, Any]:
        """The athlete's highest mean power and speed over each duration; at most `most` recordings are read for it."""
        from fitintel.workbench.mean_maximal import mean_maximal

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.RECORDING)
        return mean_maximal(self, athlete, day, most=most)

    def workout_curve(self, athlete_id: str, workout_id: str) -> dict[str, Any]:
        """The highest mean power and speed over each duration in one recording, beside the best to that day."""
        from fitintel.workbench.mean_maximal import of_workout

        athlete = self.athlete(athlete_id)
        self.may(Action.READ, athlete.id, Kind.RECORDING)
        return of_workout(self, athlete, workout_id)

    def printed(self, document: str) -> bytes | None:
        """An HTML document as PDF; None where no browser that can print is installed."""
        from fitintel.reporting.pdf import printed

        return printed(document)
