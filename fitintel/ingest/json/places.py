"""Where in a JSON text something stands: looked for only when it is to be told."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s,:\[\]{}"]+')
_ALONE = re.compile(
    r"(?<!\\)\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def place_of(text: str, token: str, line: int = 1) -> str:
    """Line and column of the first such token outside of texts.

    >>> place_of('{"NaN": 1,' + chr(10) + '"b": NaN}', "NaN")
    'line 2, column 6'
    """
    found = next((each.start() for each in _TOKEN.finditer(text) if each[0] == token), 0)
    return _said(text, found, line)


def place_of_twin(text: str, name: str, line: int = 1) -> str:
    """Line and column of the first name that its object has already; `name` is quoted.

    >>> place_of_twin('[{"id": 1}, {"id": 1, "id": 2}]', '"id"')
    'line 1, column 23'
    """
    open_: list[int] = []
    last = None
    for each in _TOKEN.finditer(text):
        if each[0] in "{[":
            open_.append(0)
        elif each[0] in "}]" and open_:
            open_.pop()
        elif each[0] == ":" and last is not None and last[0] == name and open_:
            open_[-1] += 1
            if open_[-1] == 2:
                return _said(text, last.start(), line)
        last = each
    return _said(text, 0, line)  # its names are written in two ways


def lone_surrogate(text: str, line: int = 1) -> str:
    """Line and column of the first half of a character that stands alone."""
    found = _ALONE.search(text)
    return _said(text, found.start() if found else 0, line)


def _said(text: str, at: int, line: int) -> str:
    begins = text.rfind("\n", 0, at) + 1
    return f"line {line + text.count(chr(10), 0, at)}, column {at - begins + 1}"
