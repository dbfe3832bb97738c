"""What papermill loads when it starts: the name of the engine, and nothing else.

papermill loads the engines of all packages while it is being imported itself. The engine is a class of papermill's, so
it is imported when it is first used: whichever of the two a program imports first, the other is whole.
"""

from __future__ import annotations

from typing import Any


class Warm:
    """The engine `fitintel-warm`, as papermill asks it."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:
        """Execute a notebook; see `engine.WarmEngine`."""
        return _engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> Any:
        """The kernel that the notebook names."""
        return _engine().nb_kernel_name(nb, name)

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> Any:
        """The language that the notebook names."""
        return _engine().nb_language(nb, language)


def _engine() -> Any:
    from fitintel.reporting.warm.engine import WarmEngine

    return WarmEngine
