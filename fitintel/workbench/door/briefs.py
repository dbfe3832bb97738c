"""Briefs: made, opened, published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.algorithms import AlgorithmDoor
from fitintel.workbench.door.athletes import AthleteDoor
from fitintel.workbench.door.base import Progress

if TYPE_CHECKING:
    from fitintel.core.compared import Compared
    from fitintel.core.explained import Explained, Replayed
    from fitintel.core.records import Brief, OpenBrief
    from fitintel.core.squad import Review, SquadRow
    from fitintel.core.taken import Taken
    from fitintel.workbench.publishing import AlgorithmPage, Published


class BriefDoor(AthleteDoor, AlgorithmDoor):
    """Verbs on briefs."""

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
        from fitintel.workbench.briefs import made_brief, opened

        made = made_brief(self, athlete_id, day)
        # athletes share runs on equal inputs: as it is stored, a run may name another's as its parents
        return opened(self, made.brief, made.journal.runs)

    def compare(
        self, athlete_id: str | None = None, day: str | int | None = None, before: str | int | None = "yesterday"
    ) -> Compared:
        """The brief of `day` beside an earlier one (`yesterday`, a day, or a brief id), and why they differ.

        `fitintel.views.diff.diff_view` makes it visible.
        """
        from fitintel.workbench.comparing import compare

        return compare(self, athlete_id, day, before)

    def publish(
        self, athlete_id: str | None = None, day: str | int | None = None, units: str | None = None,
        *, out: str | Path | None = None, progress: Progress | None = None, language: str | None = None,
        page: AlgorithmPage | None = None,
    ) -> Published:  # fmt: skip
        """The brief as an executed notebook and one self-contained page, in a language (default: English).

        `page` makes the pages of algorithms (`fitintel.views.algorithm.algorithm_file`) that the brief then links to.
        """
        from fitintel.workbench.publishing import publish

        return publish(self, athlete_id, day, units, Path(out) if out else None, progress, language, page)

    def explain(self, asked: str, athlete_id: str | None = None) -> Explained:
        """A run (`r-...`) or a line of a brief (its number, `b-.../3`, or its key), opened down to the rows."""
        from fitintel.workbench.explaining import explain

        self.may(Action.READ, athlete_id or self.whose(asked) or self.actor.athlete_id, Kind.BRIEF)
        return explain(self, asked, athlete_id)

    def taken_for(
        self, workout_id: str, athlete_id: str | None = None, opened: OpenBrief | None = None
    ) -> Mapping[str, Taken]:
        """Level (activity, session) -> what the athlete's brief takes a workout for, and the run that says so.

        `opened`: the brief, where it is at hand.
        """
        from fitintel.workbench.taken_for import taken_for

        return taken_for(self, opened or self.open_brief(athlete_id), workout_id)

    def replay_run(self, run_id: str) -> Replayed:
        """A stored run computed again, with what newer versions make of its inputs and what has changed since.

        Raises ReplayMismatch unless the value is the same, bit for bit.
        """
        from fitintel.workbench.explaining import replayed

        run = self.run(run_id)
        return replayed(self, run, self.replay(run_id))

    def explain_cell(self, found: Explained) -> str:
        """Code of a notebook cell that computes the figure again."""
        from fitintel.workbench.explained_again import cell

        return cell(found)

    def explain_notebook(self, found: Explained, out: str | Path) -> Path:
        """Write a notebook with that cell and what the figure stands on."""
        from fitintel.workbench.explained_again import notebook

        return notebook(found, Path(out))

    def squad(self, day: str | int | None = None, *, progress: Progress | None = None) -> tuple[SquadRow, ...]:
        """Everyone's brief of a day, who needs a look first, with the two reasons."""
        from fitintel.workbench.squad import squad

        return squad(self, day, progress)

    def weekly_review(self, athlete_id: str | None = None, day: str | int | None = None) -> Review:
        """The week that holds a day, seen from its Sunday; by default the last one that is over."""
        from fitintel.workbench.squad import weekly_review

        return weekly_review(self, athlete_id, day)

    def publish_squad(
        self, day: str | int | None = None, units: str | None = None, *, out: str | Path | None = None,
        language: str | None = None,
    ) -> tuple[Path, Path]:  # fmt: skip
        """The squad's day as an executed notebook and one self-contained page."""
        from fitintel.workbench.publishing import publish_squad

        return publish_squad(self, day, units, Path(out) if out else None, language)

    def publish_review(
        self, athlete_id: str | None = None, day: str | int | None = None, units: str | None = None,
        *, out: str | Path | None = None, language: str | None = None,
    ) -> tuple[Path, Path]:  # fmt: skip
        """A week that is over as an executed notebook and one self-contained page."""
        from fitintel.workbench.publishing import publish_review

        return publish_review(self, athlete_id, day, units, Path(out) if out else None, language)
