"""Research without names: workspaces of pseudonyms, and sets released from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door, Progress

if TYPE_CHECKING:
    from fitintel.workbench.research.build import Built
    from fitintel.workbench.research.release import Released


class ResearchDoor(Door):
    """Verbs of whoever builds data sets, and of whoever works with them."""

    def build_research(
        self, project: str, out: str | Path, athletes: Collection[str] = (), *, location: bool = False,
        progress: Progress | None = None,
    ) -> Built:  # fmt: skip
        """Build a workspace of pseudonyms for a project, of those who consent to research; a data scientist's only one.

        Raises UsageError where `out` is not empty, or nobody consents.
        """
        from fitintel.workbench.research.build import build

        self.may(Action.CREATE, kind=Kind.DATASET)
        made = build(self, project, Path(out), athletes, location=location, progress=progress)
        self.note("export", "research", "build_research", detail={"project": project, "athletes": made.athletes})
        return made

    def release_research(
        self, out: str | Path, attributes: Sequence[str] = ("sex", "age_band"), *, years: int = 20
    ) -> Released:
        """Write a set that may leave this research workspace; raises UsageError where its gate refuses."""
        from fitintel.workbench.research.release import release

        self.may(Action.EXECUTE, kind=Kind.DATASET)
        made = release(self, Path(out), attributes, years=years)
        self.note("export", "research", "release_research", detail={"athletes": made.athletes, "k": made.k})
        return made
