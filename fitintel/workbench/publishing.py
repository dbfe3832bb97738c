"""publish(): a brief as an executed notebook and one self-contained page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core import days
from fitintel.core.records import OpenBrief

if TYPE_CHECKING:
    from fitintel.workbench.door import BriefDoor, Progress


@dataclass(frozen=True, slots=True)
class Published:
    """A brief, and where its notebook and page were written."""

    opened: OpenBrief
    notebook: Path
    html: Path


def notebook_source(name: str) -> Path:
    """A notebook of the project's `notebooks/` folder."""
    return Path(__file__).resolve().parents[2] / "notebooks" / name


def publish(
    bench: BriefDoor, athlete_id: str | None, day: str | int | None, units: str | None, out: Path | None,
    progress: Progress | None,
) -> Published:  # fmt: skip
    """Make the brief, execute its notebook, render the page; files go to `out` (default: briefs/ in the workspace)."""
    from fitintel.reporting.html import render
    from fitintel.reporting.notebooks import execute

    opened = bench.open_brief(athlete_id, day)
    made = opened.brief
    folder = out or bench.settings.briefs / made.athlete_id
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{made.athlete_id}-{days.iso(made.day)}"
    if progress:
        progress(0, 2, "executing the notebook")
    parameters = {"athlete": made.athlete_id, "day": days.iso(made.day), "units": units or opened.athlete.units.value}
    notebook = execute(notebook_source("briefs/daily_brief.ipynb"), parameters, folder / f"{stem}.ipynb",
                       environment={"FITINTEL_HOME": str(bench.settings.home)})  # fmt: skip
    if progress:
        progress(1, 2, "rendering the page")
    html = render(notebook, folder / f"{stem}.html")
    if progress:
        progress(2, 2, "done")
    return Published(opened, notebook, html)
