"""The text of a JSON file as values, by RFC 8259 and within limits: what Python's reader lets pass is refused.

That reader takes NaN and Infinity, makes an infinity of 1e999, keeps the last of two equal names, and gives out texts
that cannot be written anywhere; each is named here with its line and column.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, NoReturn

from fitintel.core.errors import UnreadableFile
from fitintel.ingest.connectors.answers import DEEPEST, check_depth
from fitintel.ingest.json.places import lone_surrogate, place_of, place_of_twin

MAX_VALUES = 4_000_000
"""values and names in one file: twelve channels of a whole day at four samples a second"""
LONGEST_NUMBER = 40
"""characters of a number; a double has 17 digits"""
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class _Refused(ValueError):
    """A token that Python's reader would take."""

    def __init__(self, rule: str, what: str, token: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.token = rule, what, token


def documents(data: bytes) -> list[Any]:
    """The JSON value of a file, or those of its lines if each line is one (JSON Lines).

    Raises:
        UnreadableFile: not JSON, not UTF-8, cut, over a limit, or with a number or text that cannot be.

    >>> documents(b'{"a": [1, null]}'), documents(b"[1]\\n[2]\\n")
    ([{'a': [1, None]}], [[1], [2]])
    >>> documents(b'{"hr": NaN}')
    Traceback (most recent call last):
    ...
    fitintel.core.errors.UnreadableFile: NaN is not JSON. Where: line 1, column 8. Next: export the file again.
    """
    values = sum(data.count(mark) for mark in (b",", b":", b"[", b"{"))
    if values > MAX_VALUES:
        raise _over(f"The JSON file holds more than {MAX_VALUES:,} values", f"it has {values:,} signs between them")
    text = _text(data)
    try:
        return [_value(text)]
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        if error.msg == "Extra data" and len(lines) > 1:
            return [_line(line, number) for number, line in enumerate(lines, 1) if line.strip()]
        _broken(error, text)


def _line(line: str, number: int) -> Any:
    try:
        return _value(line, number)
    except json.JSONDecodeError as error:
        _broken(error, line, number)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile("The JSON file is not UTF-8 text", where=f"line {line}, byte {error.start}",
                             why=f"byte 0x{data[error.start]:02x}: {error.reason}", next="save it as UTF-8",
                             rule="json_encoding") from None  # fmt: skip


def _value(text: str, line: int = 1) -> Any:
    """The value of a text that begins in that line of the file; raises JSONDecodeError where it is not one value."""
    try:
        found = json.loads(text, parse_constant=_constant, parse_float=_decimal, parse_int=_whole,
                           object_pairs_hook=_once)  # fmt: skip
        check_depth(found)
    except json.JSONDecodeError:
        raise
    except _Refused as error:
        place = place_of_twin if error.rule == "json_syntax" and error.token.startswith('"') else place_of
        raise UnreadableFile(error.what, where=place(text, error.token, line), next="export the file again",
                             rule=error.rule) from None  # fmt: skip
    except (RecursionError, ValueError):
        raise _over(f"The JSON file is nested deeper than {DEEPEST}", "no vendor's file is") from None
    if _ESCAPED.search(text):
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise UnreadableFile("The JSON file holds half a character", where=lone_surrogate(text, line),
                                 why="a surrogate stands alone and is no text", next="export the file again",
                                 rule="json_encoding") from None  # fmt: skip
    return found


def _constant(name: str) -> NoReturn:
    raise _Refused("json_syntax", f"{name} is not JSON", name)


def _decimal(text: str) -> float:
    value = float(text) if len(text) <= LONGEST_NUMBER else float("inf")
    if abs(value) == float("inf"):
        raise _Refused("json_number", f"The number {text[:LONGEST_NUMBER]} is not finite or too long", text)
    return value


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _Refused("json_number", f"A number has {len(text):,} digits", text)
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = Counter(name for name, _ in pairs)
        twin = next(name for name, times in names.items() if times > 1)
        raise _Refused("json_syntax", f"The name {twin[:80]!r} appears twice in one object", json.dumps(twin))
    return found


def _broken(error: json.JSONDecodeError, text: str, line: int = 1) -> NoReturn:
    cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    raise UnreadableFile(
        "The JSON file ends early" if cut else "The file is not JSON",
        where=f"line {line + error.lineno - 1}, column {error.colno}", why=error.msg, next="export the file again",
        rule="json_truncated" if cut else "json_syntax",
    ) from None  # fmt: skip


def _over(what: str, why: str) -> UnreadableFile:
    return UnreadableFile(what, why=why, next="export the workouts one by one", rule="json_limit")
