"""Cells of tables that a spreadsheet may open: a text that it would compute is made a text again."""

from __future__ import annotations

from typing import Any

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\N{MINUS SIGN}", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""beginnings of cells that a spreadsheet takes for a formula (OWASP ASVS 5.0, 1.2.10), or would after an exchange of
characters: a minus sign, and full-width forms"""
BLANK = " \N{NO-BREAK SPACE}"


def cell(value: Any) -> Any:
    """A value for a CSV cell: a text that begins like a formula gets an apostrophe before it; numbers stay numbers.

    A text with an apostrophe before such a beginning gets one as well, so that `plain` gives every text back.

    >>> cell("=1+1"), cell(-2.5), cell("run"), cell("'=1")
    ("'=1+1", -2.5, 'run', "''=1")
    """
    return f"'{value}" if isinstance(value, str) and _triggers(value.lstrip("'")) else value


def plain(text: str) -> str:
    """The text of a cell that `cell` wrote.

    >>> plain("'=1+1"), plain("'t is fine")
    ('=1+1', "'t is fine")
    """
    return text[1:] if text.startswith("'") and _triggers(text.lstrip("'")) else text


def _triggers(text: str) -> bool:
    return text.lstrip(BLANK).startswith(TRIGGERS)
