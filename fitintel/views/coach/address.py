"""What a page's address says: athlete, day, filters. A link that is shared shows the same to whoever may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

MOST = 200
"""characters of one value; the rest of a longer one is left out"""
PAGES = {"squad": "squad_board.ipynb", "athlete": "athlete.ipynb", "what_if": "what_if.ipynb",
         "algorithms": "algorithms.ipynb"}  # fmt: skip
"""page -> its notebook, which is its address"""


@dataclass(frozen=True, slots=True)
class Address:
    """The state of a page; empty: not said. Values are as they were typed: who uses one checks it."""

    athlete: str = ""
    day: str = ""
    squad: str = ""
    coach: str = ""
    sport: str = ""
    status: str = ""
    flag: str = ""
    search: str = ""
    workout: str = ""
    planned: str = ""
    """day and number of a planned workout that is to be changed: 2026-11-24.1"""
    algorithm: str = ""
    plans: str = ""

    @classmethod
    def of(cls, query: str) -> Self:
        """From the query of an address; what is not known is passed over.

        >>> Address.of("athlete=demo-01&day=2026-11-22&x=1").athlete
        'demo-01'
        """
        names = {field.name for field in fields(cls)}
        said = {name: value[:MOST] for name, value in parse_qsl(query.removeprefix("?")) if name in names}
        return cls(**said)

    def query(self) -> str:
        """As it stands in an address, without the question mark."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def but(self, **changes: Any) -> Self:
        """The same with changes."""
        return replace(self, **changes)

    def link(self, page: str, **changes: Any) -> str:
        """A link to a page in this state, relative to every page.

        >>> Address(day="2026-11-22").link("athlete", athlete="demo-01")
        'athlete.ipynb?athlete=demo-01&day=2026-11-22'
        """
        query = self.but(**changes).query()
        return PAGES[page] + (f"?{query}" if query else "")


def said_of(fields_: Mapping[str, Any]) -> dict[str, str]:
    """What a form sends, as an address keeps it.

    >>> said_of({"sport": "running", "more": None})
    {'sport': 'running'}
    """
    names = {field.name for field in fields(Address)}
    return {name: str(value)[:MOST] for name, value in fields_.items() if name in names and value is not None}
