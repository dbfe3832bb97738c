"""A span around each statement that an engine sends: its words, never its values."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from sqlalchemy import Engine, event

from fitintel.core.spans import kept, span

LONGEST = 200
"""characters of a statement that are kept"""


def trace_statements(engine: Engine) -> None:
    """Have every statement of an engine be a span, where spans are kept."""
    if not kept():
        return
    event.listen(engine, "before_cursor_execute", _begins)
    event.listen(engine, "after_cursor_execute", _ends)
    event.listen(engine, "handle_error", _fails)


def _begins(_: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    if context is not None:
        context.fitintel_span = ExitStack()
        said = " ".join(statement[: 2 * LONGEST].split())[:LONGEST]
        context.fitintel_span.enter_context(span("statement", database=context.dialect.name, statement=said))


def _ends(_: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
    _close(context)


def _fails(error: Any) -> None:
    _close(error.execution_context)


def _close(context: Any) -> None:
    held = getattr(context, "fitintel_span", None)
    if held is not None:
        held.close()
