"""A brief's files as their digests, for nights whose pages would fill a disk. A module: worker processes import it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from fitintel.core.preferences import Preferences
from fitintel.core.records import OpenBrief
from fitintel.views.files import brief_files


def digests(opened: OpenBrief, reads: Preferences) -> Mapping[str, bytes]:
    """The SHA-256 of each file of the brief."""
    return {suffix: sha256(content).digest() for suffix, content in brief_files(opened, reads).items()}
