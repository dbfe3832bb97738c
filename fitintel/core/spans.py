"""Spans of a trace: which request asked which verb, which sent which statement, and how long each took.

Nothing is kept, and nothing imported, unless FITINTEL_TRACES names a folder for them (`core.spans_kept`). What a span
says is of closed lists: surfaces, routes, verbs, statements without their values. No id, address or text is in one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

FOLDER = "FITINTEL_TRACES"
"""variable of the environment: the folder that spans are written to"""


def kept() -> bool:
    """Whether spans are kept in this process."""
    return FOLDER in os.environ


@contextmanager
def span(name: str, parent: str | None = None, **said: str | int) -> Iterator[dict[str, str | int]]:
    """A span around the block; what is put into the dictionary is said of it too.

    `parent`: a W3C traceparent that came with a request; without one the span that is open here.

    >>> with span("brief", surface="cli") as said:
    ...     said["athletes"] = 1
    """
    held: dict[str, str | int] = dict(said)
    if not kept():
        yield held
        return
    from fitintel.core.spans_kept import opened

    with opened(os.environ[FOLDER], name, parent, held):
        yield held


def trace_id() -> str:
    """Of the span that is open here, 32 hexadecimal digits; empty where there is none."""
    if not kept():
        return ""
    from fitintel.core.spans_kept import current_trace

    return current_trace()


def attributes(held: Mapping[str, Any]) -> dict[str, str | int]:
    """What may stand in a span.

    >>> attributes({"status": 200, "route": "/a", "body": b"x"})
    {'status': 200, 'route': '/a'}
    """
    return {name: value for name, value in held.items() if isinstance(value, str | int)}
