"""The page's templates, and the one place that loads them. Everything is escaped unless it is markup we made."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

NUMBER_AND_UNIT = re.compile(
    r"(?<=\d) (?=(?:km|mi|m|ft|h|min|s|%|bpm|ppm|weeks?|days?|sessions?|Wochen?|Tagen?|Tage?|Einheit(?:en)?|semaines?"
    r"|jours?|séances?|semanas?|días?|sesión|sesiones)\b|%)|(?<=\bp) (?=[<=])|(?<=\bp [<=]) (?=\d)"
)


def unbroken(text: str) -> str:
    """A number stays on one line with its unit.

    >>> unbroken("5.0 km in 28 min")
    '5.0\\xa0km in 28\\xa0min'
    """
    return NUMBER_AND_UNIT.sub("\N{NO-BREAK SPACE}", text)


@cache
def environment() -> Environment:
    """Templates with autoescaping always on; an undefined name is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    found = Environment(
        loader=FileSystemLoader(__path__), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=False,
    )  # fmt: skip
    found.filters["unbroken"] = unbroken
    return found
