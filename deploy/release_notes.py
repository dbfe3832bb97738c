"""The section of a release in the changelog: `python deploy/release_notes.py CHANGELOG.md v1.2.0`."""

from __future__ import annotations

import re
import sys
from pathlib import Path


def notes(changelog: str, release: str) -> str:
    """What stands under a release's heading, or under Unreleased where it has none yet; raises LookupError.

    >>> notes("# Changes\\n## Unreleased\\n- new\\n## 1.0.0\\n- first", "v1.0.0")
    '- first'
    >>> notes("# Changes\\n## Unreleased\\n- new\\n## 1.0.0\\n- first", "v1.1.0")
    '- new'
    """
    parts = re.split(r"^## +", changelog, flags=re.MULTILINE)[1:]
    sections = {heading.strip(" []").split()[0].strip("[]"): body.strip() for part in parts
                for heading, _, body in [part.partition("\n")]}  # fmt: skip
    for name in (release.removeprefix("v"), "Unreleased"):
        if sections.get(name):
            return sections[name]
    raise LookupError(f"the changelog says nothing of {release}")


if __name__ == "__main__":
    print(notes(Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[2]))
