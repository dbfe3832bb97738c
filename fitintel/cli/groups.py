"""A table of who belongs to which group: `athlete,sex,age_band`; read for one report and not kept."""

from __future__ import annotations

import csv
from pathlib import Path

from fitintel.core.errors import UnknownName, UnreadableFile

KNOWN = ("sex", "age_band", "sport", "device_class", "history_length")


def read(path: str | None) -> dict[str, dict[str, str]]:
    """Athlete id -> name of a group -> the athlete's; empty cells are left out."""
    if path is None:
        return {}
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile("The table of groups cannot be read", where=path, why=str(error)) from error
    for name in [name for name in (rows[0] if rows else {}) if name != "athlete"]:
        if name not in KNOWN:
            raise UnknownName("group", str(name), KNOWN, next="columns: athlete, then names of groups")
    if rows and "athlete" not in rows[0]:
        raise UnreadableFile("The table of groups has no column athlete", where=path)
    return {row["athlete"]: {name: value for name, value in row.items() if name != "athlete" and value} for row in rows}
