"""Answers in JSON, read strictly: what is not as documented is named by its path, never guessed at."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Self

from fitintel.core.errors import UnexpectedAnswer, UpstreamError

DEEPEST = 64
LARGEST = 1e15


def parsed(data: bytes, where: str, kind: str = "") -> Any:
    """The JSON value in an answer. Raises UpstreamError, with the hash of the body, for anything else.

    `kind` is the content type: a web page is refused whatever it holds, other types are not believed either way.

    >>> parsed(b'{"a": [1, null]}', "api/x")
    {'a': [1, None]}
    """
    try:
        if not data.strip():
            raise ValueError("the body is empty")
        if "html" in kind.lower():
            raise ValueError("it is a web page")
        value = json.loads(data, parse_constant=_no_constant, object_pairs_hook=_once)
        check_depth(value)
        return value
    except (ValueError, RecursionError) as error:
        begins = data[:40].decode("ascii", "replace").strip()
        why = "the body is empty" if not data.strip() else f"it begins {begins!r}: {error}"
        raise UpstreamError(
            "The service gave an answer that is not data", where=where,
            why=f"{why[:200]} ({len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()[:16]})",
            next="it is asked again with the next sync; if it goes on, look at the service's status page",
        ) from error  # fmt: skip


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name appears twice in one object")
    return found


def check_depth(value: Any) -> None:
    """Raise ValueError for a value that is nested too deep."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise ValueError(f"it is nested deeper than {DEEPEST}")
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
            if isinstance(child, dict | list)
        ]


class Node:
    """A value in an answer and the path to it. A field that is missing or null reads as None unless it is needed.

    >>> node = Node({"laps": [{"distance": "5 km"}]}, "activity")
    >>> [lap.number("distance") for lap in node.items("laps")]
    Traceback (most recent call last):
    ...
    fitintel.core.errors.UnexpectedAnswer: The service's answer is not what its documentation says. Where: activity.laps[0].distance. Why: expected a number, found text '5 km'...
    """  # noqa: E501

    what = "The service's answer is not what its documentation says"
    next = "the answer is kept; read it again with a newer fitintel: fitintel sync --reparse"
    rule = UnexpectedAnswer.rule

    def __init__(self, value: Any, path: str) -> None:
        self.value, self.path = value, path

    def has(self, name: str) -> bool:
        """Whether there is a field that is not null."""
        return isinstance(self.value, dict) and self.value.get(name) is not None

    def child(self, name: str) -> Self:
        """A field; its value is None when it is missing."""
        if not isinstance(self.value, dict):
            raise self.unexpected("an object")
        return type(self)(self.value.get(name), f"{self.path}.{name}")

    def number(self, name: str) -> float | None:
        """A finite number."""
        return self.child(name).as_number()

    def needed_number(self, name: str) -> float:
        """A finite number that every answer has."""
        value = self.number(name)
        if value is None:
            raise self.child(name).unexpected("a number")
        return value

    def text(self, name: str) -> str | None:
        """A text; half of a letter, which JSON can hold and no database can, reads as a question mark."""
        node = self.child(name)
        if node.value is None:
            return None
        if isinstance(node.value, str):
            return node.value.encode("utf-8", "replace").decode()
        raise node.unexpected("a text")

    def needed_text(self, name: str) -> str:
        """A text that every answer has."""
        value = self.text(name)
        if not value:
            raise self.child(name).unexpected("a text")
        return value

    def identity(self, name: str) -> str:
        """An id: a whole number or a short text of letters, digits and signs that a path may hold."""
        node = self.child(name)
        if isinstance(node.value, int) and not isinstance(node.value, bool) and 0 < node.value < 10**19:
            return str(node.value)
        if isinstance(node.value, str) and 0 < len(node.value) <= 64 and node.value.replace("-", "").isalnum():
            return node.value
        raise node.unexpected("an id")

    def moment(self, name: str) -> float | None:
        """A time [s since 1970-01-01 UTC]; one without an offset is read as UTC."""
        text = self.text(name)
        if text is None:
            return None
        try:
            found = datetime.fromisoformat(text)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
        except (ValueError, OverflowError):
            raise self.child(name).unexpected("a time such as 2025-10-07T06:30:00Z") from None

    def flag(self, name: str) -> bool:
        """A truth value; missing is False."""
        node = self.child(name)
        if node.value is None or isinstance(node.value, bool):
            return bool(node.value)
        raise node.unexpected("true or false")

    def items(self, name: str | None = None) -> Iterator[Self]:
        """The elements of a list, or of the list in a field; none where it is missing."""
        node = self if name is None else self.child(name)
        if node.value is None and name is not None:
            return
        if not isinstance(node.value, list):
            raise node.unexpected("a list")
        for place, value in enumerate(node.value):
            yield type(self)(value, f"{node.path}[{place}]")

    def fields(self) -> Mapping[str, Self]:
        """The fields of an object."""
        if not isinstance(self.value, dict):
            raise self.unexpected("an object")
        return {name: type(self)(value, f"{self.path}.{name}") for name, value in self.value.items()}

    def as_number(self) -> float | None:
        """This value as a finite number, None for null."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.unexpected("a number")
        if not math.isfinite(self.value) or abs(self.value) > LARGEST:
            raise self.unexpected("a number that can be")
        return float(self.value)

    def unexpected(self, expected: str) -> UnexpectedAnswer:
        """The error that names this place."""
        kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "nothing"}
        kind = kinds.get(type(self.value), "the number")
        shown = "" if isinstance(self.value, dict | list | None) else f" {str(self.value)[:40]!r}"
        return UnexpectedAnswer(
            self.what, where=self.path, why=f"expected {expected}, found {kind}{shown}", next=self.next, rule=self.rule,
        )  # fmt: skip
