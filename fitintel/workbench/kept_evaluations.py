"""Evaluations as they are kept: one JSON document each in the workspace, beside a mark once MLflow has it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import NotFound, StorageError

if TYPE_CHECKING:
    from fitintel.core.settings import Settings

_ID = re.compile(r"e-[0-9a-f]{20}")


def folder(settings: Settings) -> Path:
    """Where evaluations are kept."""
    return settings.home / "evaluations"


def keep(settings: Settings, document: Mapping[str, Any]) -> Path:
    """Keep an evaluation under its id; one with equal figures is left as it is."""
    place = folder(settings) / f"{document['id']}.json"
    if not place.is_file():
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".draft")
        draft.write_text(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
        draft.replace(place)
    return place


def kept(settings: Settings, evaluation_id: str | None = None) -> dict[str, Any]:
    """The evaluation of that id, or the newest; raises NotFound, or StorageError for a damaged one."""
    if evaluation_id is None:
        files = sorted(folder(settings).glob("e-*.json"), key=lambda file: (file.stat().st_mtime_ns, file.name))
        if not files:
            raise NotFound("There is no evaluation yet", next="make one with: fitintel evaluate all")
        return _read(files[-1])
    file = folder(settings) / f"{evaluation_id}.json"
    # an id is part of a file's name: only what looks like one is asked for
    if not _ID.fullmatch(evaluation_id) or not file.is_file():
        raise NotFound(f"There is no evaluation {evaluation_id!r}", where=str(folder(settings)),
                       next="see the newest with: fitintel evaluate show")  # fmt: skip
    return _read(file)


def waiting(settings: Settings) -> list[dict[str, Any]]:
    """Evaluations that MLflow does not have yet, oldest first."""
    files = [file for file in folder(settings).glob("e-*.json") if not _mark(file).is_file()]
    return [_read(file) for file in sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name))]


def mark_logged(settings: Settings, evaluation_id: str) -> None:
    """MLflow has this one."""
    _mark(folder(settings) / f"{evaluation_id}.json").touch()


def _mark(file: Path) -> Path:
    return file.with_suffix(".logged")


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise StorageError(
            "A kept evaluation was damaged", where=str(file), why=str(error),
            next="remove the file, and make it again with: fitintel evaluate all",
        ) from error  # fmt: skip
    return dict(found)
