"""publish(): a brief as an executed notebook and one self-contained page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import FIXED, Action, Kind
from fitintel.core import days
from fitintel.core.open_algorithm import OpenAlgorithm
from fitintel.core.records import OpenBrief
from fitintel.core.settings import PREFIX, Settings

if TYPE_CHECKING:
    from fitintel.workbench.door import BriefDoor, Progress


AlgorithmPage = Callable[[OpenAlgorithm], bytes]
"""What is known of an algorithm as a page."""
ALGORITHMS = "algorithms"
"""folder of such pages"""


@dataclass(frozen=True, slots=True)
class Published:
    """A brief, and where its notebook and page were written."""

    opened: OpenBrief
    notebook: Path
    html: Path


def notebook_source(name: str) -> Path:
    """A notebook of the project's `notebooks/` folder."""
    from fitintel.workbench.serving import from_checkout

    return from_checkout("notebooks", name)


def environment(settings: Settings) -> dict[str, str]:
    """What tells a notebook's process which workspace it is in."""
    names = {"HOME": settings.home, "DATABASE_URL": settings.database_url, "CACHE_URL": settings.cache_url,
             "FILES_URL": settings.files_url, "MLFLOW_URI": settings.mlflow_uri,
             "KEYRING": settings.keyring}  # fmt: skip
    return {PREFIX + name: str(value) for name, value in names.items()}


@contextmanager
def in_their_name(bench: BriefDoor) -> Iterator[dict[str, str]]:
    """What tells a notebook's process where it is and as whom it asks: an account's with a token for so long.

    Any other process asks as the owner: whoever starts one must be allowed to run notebooks on everybody's data.
    """
    from fitintel.workbench.programs import lent

    given = environment(bench.settings)
    if bench.actor.roles & FIXED or not bench.actor.roles:
        bench.may(Action.EXECUTE, kind=Kind.NOTEBOOK_RUN)
        yield given
        return
    with lent(bench, "notebook") as token:
        yield {**given, f"{PREFIX}TOKEN": token}


def publish(
    bench: BriefDoor, athlete_id: str | None, day: str | int | None, units: str | None, out: Path | None,
    progress: Progress | None, language: str | None = None, page: AlgorithmPage | None = None,
) -> Published:  # fmt: skip
    """Make the brief, execute its notebook, render the page; files go to `out` (default: briefs/ in the workspace).

    With `page`, the page of each algorithm and version behind a figure is written beside, once, and linked.
    """
    from fitintel.reporting.html import render
    from fitintel.reporting.notebooks import execute

    opened = bench.open_brief(athlete_id, day)
    made = opened.brief
    folder = out or _folder(bench, made.athlete_id)
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{made.athlete_id}-{days.iso(made.day)}"
    if progress:
        progress(0, 2, "executing the notebook")
    parameters = {"athlete": made.athlete_id, "day": days.iso(made.day), "units": units or opened.athlete.units.value,
                  "language": language or ""}  # fmt: skip
    with in_their_name(bench) as given:
        notebook = execute(notebook_source("briefs/daily_brief.ipynb"), parameters, folder / f"{stem}.ipynb",
                           environment=given)  # fmt: skip
    if progress:
        progress(1, 2, "rendering the page")
    beside = ""
    if page is not None:
        # in the workspace one folder serves all athletes
        beside = ALGORITHMS if out else os.path.relpath(bench.settings.briefs / ALGORITHMS, folder)
        _describe(opened, folder / beside, page)
    html = render(notebook, folder / f"{stem}.html", algorithms=beside)
    if progress:
        progress(2, 2, "done")
    return Published(opened, notebook, html)


def _folder(bench: BriefDoor, of: str) -> Path:
    """Where pages are kept; those of another reader apart, for what is withheld from them is theirs alone."""
    shared = bench.settings.briefs / of
    own = not bench.actor.roles or bench.actor.roles & FIXED or bench.actor.athlete_id == of
    return shared if own else shared / "for" / bench.actor.id


def _describe(opened: OpenBrief, folder: Path, page: AlgorithmPage) -> None:
    """Write the page of each algorithm and version that made a figure, where it is not there yet."""
    from fitintel.workbench.opening import described

    folder.mkdir(parents=True, exist_ok=True)
    for name, version in sorted({(run.algorithm, run.version) for run in opened.runs.values()}):
        path = folder / f"{name}-{version}.html"
        if not path.exists():
            part = path.with_name(path.name + ".part")
            part.write_bytes(page(described(name, version)))
            part.replace(path)


def publish_squad(
    bench: BriefDoor, day: str | int | None, units: str | None, out: Path | None, language: str | None = None
) -> tuple[Path, Path]:
    """The squad's day: (notebook, page), in `out` (default: briefs/ in the workspace)."""
    rows = bench.squad(day)
    shown = days.iso(rows[0].opened.brief.day) if rows else days.iso(days.today())
    parameters = {"day": shown, "units": units or "", "language": language or ""}
    return _publish(bench, "briefs/squad_brief.ipynb", parameters,
                    out or _folder(bench, "squad"), f"squad-{shown}")  # fmt: skip


def publish_review(
    bench: BriefDoor, athlete_id: str | None, day: str | int | None, units: str | None, out: Path | None,
    language: str | None = None,
) -> tuple[Path, Path]:  # fmt: skip
    """A week that is over: (notebook, page), in `out` (default: briefs/ in the workspace)."""
    found = bench.weekly_review(athlete_id, day)
    athlete = found.opened.athlete
    parameters = {"athlete": athlete.id, "week": days.iso(found.week), "units": units or athlete.units.value,
                  "language": language or ""}  # fmt: skip
    return _publish(bench, "briefs/weekly_review.ipynb", parameters, out or _folder(bench, athlete.id),
                    f"{athlete.id}-week-{days.iso(found.week)}")  # fmt: skip


def _publish(
    bench: BriefDoor, name: str, parameters: dict[str, Any], folder: Path, stem: str
) -> tuple[Path, Path]:  # fmt: skip
    from fitintel.reporting.html import render
    from fitintel.reporting.notebooks import execute

    folder.mkdir(parents=True, exist_ok=True)
    with in_their_name(bench) as given:
        notebook = execute(notebook_source(name), parameters, folder / f"{stem}.ipynb", environment=given)
    return notebook, render(notebook, folder / f"{stem}.html")
