"""Rendering of pages with planted faults, by the athlete's id. A module of its own: worker processes import it."""

from __future__ import annotations

import os
from collections.abc import Mapping

from fitintel.core.errors import DataError
from fitintel.core.preferences import Preferences
from fitintel.core.records import OpenBrief
from fitintel.views.files import brief_files


def planted(opened: OpenBrief, reads: Preferences) -> Mapping[str, bytes]:
    """The brief's files, unless the athlete's name asks for a fault."""
    match opened.athlete.id.rpartition("-")[2]:
        case "bad":
            raise DataError("A figure has no words", why="it was planted", next="mend the data")
        case "missing":
            raise KeyError("model")
        case "dies":
            os.kill(os.getpid(), 9)
    return brief_files(opened, reads)
