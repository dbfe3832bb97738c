"""What a PDF says of itself: its title, and the headings in its outline."""

from __future__ import annotations

import re


def titles(content: bytes) -> list[str]:
    """The title and every heading of the outline."""
    found = []
    for plain, coded in re.findall(rb"/Title (?:\(((?:\\.|[^\\)])*)\)|<FEFF([0-9A-Fa-f]*)>)", content):
        found.append(bytes.fromhex(coded.decode()).decode("utf-16-be") if coded else
                     re.sub(rb"\\(.)", rb"\1", plain).decode("latin-1"))  # fmt: skip
    return found
