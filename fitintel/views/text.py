"""A view in the terminal: plain text everywhere, colour and weight where there is a terminal."""

from __future__ import annotations

import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fitintel.core.records import Level
from fitintel.views.language import _, speaking
from fitintel.views.templates import unbroken

if TYPE_CHECKING:
    from fitintel.views.brief import BriefView, LineView, SectionView
    from fitintel.views.header import HeaderView

STYLES = {"title": "bold", "name": "bold", "quiet": "dim", Level.ALERT.value: "bold red",
          Level.NOTICE.value: "yellow", Level.MISSING.value: "dim", Level.INFO.value: ""}  # fmt: skip
"""kind of line -> rich style."""


def clean(text: str) -> str:
    """Text without control characters: a name cannot move the cursor or change the terminal.

    >>> clean("Ann\\x1b[2J")
    'Ann\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in ("Cc", "Cf") else char for char in text)


def _header(header: HeaderView) -> Iterator[tuple[str, str]]:
    yield "title", _("{title} for {athlete}, {day}", title=header.title, athlete=header.athlete, day=header.day_said)
    yield "quiet", _("{cutoff}. Brief {brief}, version {version}.", cutoff=header.cutoff, brief=header.brief_id,
                     version=header.version)  # fmt: skip
    if header.late:
        yield "notice", _("Late: {what}.", what="; ".join(header.late))
    if header.simulated:
        yield "notice", _("Simulated athlete, not a person.")


def _line(line: LineView) -> Iterator[tuple[str, str]]:
    said = line.said
    mark = "!" if line.level is Level.ALERT else said.sign or "·"
    lead = f"{said.lead}  " if said.lead else ""
    yield line.level.value, f"{mark} {lead}{said.text}"
    for note in said.notes:
        yield "quiet", f"  {note}"
    if said.reason:
        yield "quiet", "  " + _("Why: {reason}", reason=said.reason)
    if said.minimum:
        yield "quiet", "  " + _("At least: {minimum}", minimum=said.minimum)
    if said.effect:
        yield "quiet", "  " + _("Expect: {effect}", effect=said.effect)
    if said.avoid:
        yield "quiet", "  " + _("Avoid: {avoid}", avoid=said.avoid)
    if line.made_by:
        yield "quiet", f"  [{line.badge}, {line.trusted}] {line.run_id}"


def _section(section: SectionView) -> Iterator[tuple[str, str]]:
    yield "name", section.title.upper()
    if not section.lines:
        yield "quiet", f"  {section.empty}"
    for line in section.lines:
        yield from _line(line)


def _brief(view: BriefView) -> Iterator[tuple[str, str]]:
    yield from _header(view.header)
    for section in view.sections:
        yield "", ""
        yield from _section(section)
    yield "", ""
    yield "quiet", _("How was a number computed? {command} computes it again.", command="fitintel replay RUN_ID")


def _wrapped(lines: Iterator[tuple[str, str]], width: int) -> Iterator[tuple[str, str]]:
    for kind, words in lines:
        words = clean(words)
        indent = len(words) - len(words.lstrip())
        hang = " " * (indent if indent else 2 if kind in tuple(Level) else 0)
        # textwrap does not break at a no-break space, and a terminal has no use for one
        text = textwrap.fill(unbroken(words), width, subsequent_indent=hang, break_on_hyphens=False)
        yield kind, text.replace("\N{NO-BREAK SPACE}", " ")


def _plain(lines: Iterator[tuple[str, str]], width: int) -> str:
    return "\n".join(words for _, words in _wrapped(lines, width))


def lines_text(lines: Iterator[tuple[str, str]], width: int = 88) -> str:
    """Lines of (kind, words) as plain text."""
    return _plain(lines, width)


def header_text(header: HeaderView, width: int = 88) -> str:
    """The head as plain text."""
    with speaking(header.language):
        return _plain(_header(header), width)


def section_text(section: SectionView, width: int = 88) -> str:
    """One section as plain text."""
    with speaking(section.language):
        return _plain(_section(section), width)


def brief_text(view: BriefView, width: int = 88) -> str:
    """The whole brief as plain text."""
    with speaking(view.header.language):
        return _plain(_brief(view), width)


def show(view: BriefView) -> None:
    """Print the brief: styled in a terminal, plain text elsewhere."""
    if not sys.stdout.isatty():
        print(brief_text(view))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console()
    with speaking(view.header.language):
        for kind, words in _wrapped(_brief(view), min(console.width, 100)):
            # Text, not markup: square brackets in a name stay square brackets
            console.print(Text(words, style=STYLES.get(kind, "")), highlight=False)
