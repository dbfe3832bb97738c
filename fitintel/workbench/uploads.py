"""Files that a browser sends: written where only this process looks, taken in like any others, and removed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.ingest.report import ImportReport
    from fitintel.workbench.door import Progress, Workbench

LONGEST = 200
"""characters of a name; file systems take 255 bytes"""


def safe_name(name: str) -> str:
    """The last part of a name that a browser sent, as this machine may write it.

    >>> safe_name("..\\\\..\\\\etc/run.fit"), safe_name("/"), safe_name("a\\x00b.csv")
    ('run.fit', 'file', 'ab.csv')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip().lstrip(".")
    # the end tells the format, so it is the beginning that gives way
    return kept.encode("utf-8", "ignore")[-LONGEST:].decode("utf-8", "ignore") or "file"


def import_uploads(
    bench: Workbench, files: Iterable[tuple[str, bytes]], athlete_id: str, progress: Progress | None = None
) -> Sequence[ImportReport]:
    """Take in files as (name, content); one report a file, and for each member of an archive."""
    with tempfile.TemporaryDirectory(prefix="fitintel-upload-") as folder:
        paths = []
        for number, (name, content) in enumerate(files):
            place = Path(folder, str(number))  # two files may have one name
            place.mkdir()
            paths.append(place / safe_name(name))
            paths[-1].write_bytes(content)
        return bench.import_files(paths, athlete_id=athlete_id, progress=progress)
