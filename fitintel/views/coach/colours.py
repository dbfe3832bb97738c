"""Which colours the reader of a coach's page chose; templates read it as they read the language that is spoken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from fitintel.core.errors import UnknownName
from fitintel.core.preferences import THEMES

_chosen: ContextVar[str] = ContextVar("colours", default=THEMES[0])


def chosen() -> str:
    """The colours in which pages are made now: auto, light or dark."""
    return _chosen.get()


@contextmanager
def coloured(theme: str) -> Iterator[None]:
    """Pages made inside have these colours; raises UnknownName.

    >>> with coloured("dark"):
    ...     chosen()
    'dark'
    >>> chosen()
    'auto'
    """
    if theme not in THEMES:
        raise UnknownName("theme", theme, THEMES)
    before = _chosen.set(theme)
    try:
        yield
    finally:
        _chosen.reset(before)
