"""How commands speak: JSON on demand, plain text otherwise, a progress bar on anything over a second."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from fitintel.core.units import UnitSystem
    from fitintel.workbench.door import Progress, Workbench

ACTING_AS: ContextVar[str] = ContextVar("fitintel_as", default="")
"""account that commands ask as (--as)"""
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Athlete = Annotated[
    str | None, typer.Option("--athlete", "-a", help="Athlete id. Default: yourself, or the first of the demo squad.")
]

Language = Annotated[str | None, typer.Option(help="en, de, fr or es. Default: as fitintel prefer says.")]


def emit(document: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str, allow_nan=False))


def say(text: str = "") -> None:
    """Print a line."""
    print(text)


def table(header: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[int] = ()) -> None:
    """Print rows under a header, columns aligned; those in `right` to the right."""
    cells = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[place]) for row in cells) for place in range(len(header))]
    for number, row in enumerate(cells):
        line = "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        say(line.rstrip())
        if number == 0:
            say("  ".join("-" * width for width in widths))


@contextmanager
def workbench() -> Iterator[Workbench]:
    """The workspace of the person at this keyboard, or of whom an administrator named with --as."""
    from fitintel.workbench.door import Workbench

    with Workbench.open(surface="cli") as bench:
        name = ACTING_AS.get()
        if not name:
            yield bench
            return
        with Workbench(bench.settings, bench.acting_as(name), surface="cli") as theirs:
            yield theirs


def reader(bench: Workbench, units: str | None = None, language: str | None = None) -> tuple[UnitSystem | None, str]:
    """(units, language) as asked for, else as the reader prefers; units None: those of each athlete.

    What the command words from here on is in that language. Raises UnknownName for another language, UsageError for
    other units.
    """
    from fitintel.core.errors import UsageError
    from fitintel.core.preferences import Preferences
    from fitintel.core.units import UnitSystem
    from fitintel.views.language import speak

    if units and units not in list(UnitSystem):
        raise UsageError(f"{units!r} is no system of units", next="say metric or imperial")
    # a token may be for less than that: then it reads as nobody has chosen
    prefers = bench.preferences() if bench.allows("read", "preference") else Preferences(bench.actor.id)
    return (UnitSystem(units) if units else prefers.units), speak(language or prefers.language)


@contextmanager
def progress() -> Iterator[Progress | None]:
    """A progress bar on a terminal, shown once work has lasted a second; nothing where output is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    began = time.monotonic()
    bar = Bar(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    task = bar.add_task("", total=None)
    shown = False

    def tell(done: int, total: int, text: str) -> None:
        nonlocal shown
        bar.update(task, completed=done, total=total, description=text)
        if not shown and time.monotonic() - began > 1.0:
            shown = True
            bar.start()

    try:
        yield tell
    finally:
        if shown:
            bar.stop()
