"""Files of the workspace beside its stores: pages, executed notebooks, exports, caches, logs.

Pages and caches are made again from the rows, so whole ones are removed. From logs the lines go that name the athlete,
from notebooks of people the outputs; there and in any other text what still names them is struck out.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fitintel.core.settings import Settings
from fitintel.workbench.restoring import is_export, owner

STRUCK = "(erased)"
"""stands where an athlete was named"""
SQUAD = "squad"
"""folder of the squads' pages, each of several athletes"""
CACHES = ("columns", "pages", "backup")
"""folders of the workspace that are made again when they are needed, each of several athletes"""
STORES = ("files", "mlflow-artifacts", "keyring", "audit")
"""folders of the workspace that have steps of their own, or hold no figures"""
DATABASES = (".db", ".db-wal", ".db-shm", ".key", ".lock")
TEXTS = (".json", ".html", ".csv", ".md", ".txt", ".py", ".svg", ".toml", ".yaml")
SHORT = 4
"""characters; a shorter name is looked for in quotation marks only, as it may be a word"""


def remove_rendered(settings: Settings, athlete_id: str) -> int:
    """Remove the athlete's pages and notebooks, the squads' pages, caches, and exports; how many files."""
    gone = 0
    caches = [settings.home / name for name in CACHES]
    for folder in (settings.briefs / athlete_id, settings.briefs / SQUAD, *caches):
        gone += sum(1 for path in folder.rglob("*") if path.is_file())
        shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(settings.home.rglob("*.zip")):
        if is_export(path) and owner(path) == athlete_id:
            path.unlink()
            gone += 1
    return gone


def remove_mentions(settings: Settings, athlete_id: str, names: Sequence[str]) -> int:
    """Remove what names the athlete from every other file; how many files were changed or removed."""
    named = _pattern(names)
    changed = 0
    for path in _others(settings):
        data = path.read_bytes()
        if named.search(data) is None and athlete_id not in path.name:
            continue
        changed += 1
        if path.suffix == ".log":
            kept = b"".join(line for line in data.splitlines(keepends=True) if named.search(line) is None)
            _replace(path, kept)
        elif path.suffix == ".ipynb" and (cleared := _cleared(data)) is not None:
            _replace(path, named.sub(_strike, cleared))
        elif path.suffix in TEXTS and athlete_id not in path.name:
            _replace(path, named.sub(_strike, data))
        else:
            path.unlink()
    return changed


def _others(settings: Settings) -> Iterator[Path]:
    kept_apart = {settings.home / name for name in STORES} | {settings.keyring, settings.audit_anchors}
    for path in sorted(settings.home.rglob("*")):
        stays = path.name.endswith(DATABASES) or kept_apart.intersection(path.parents)
        if not stays and path.is_file() and not path.is_symlink():
            yield path


def _pattern(names: Sequence[str]) -> re.Pattern[bytes]:
    words = []
    for name in sorted(filter(None, names), key=len, reverse=True):
        for form in {name, json.dumps(name)[1:-1], json.dumps(json.dumps(name)[1:-1])[1:-1]}:
            word = re.escape(form.encode())
            words.append(
                rb"(?<![\w-])" + word + rb"(?![\w-])"
                if len(name) >= SHORT
                else rb"(?<=[\"'])" + word + rb"(?=\\?[\"'])"
            )
    return re.compile(b"|".join(words), re.IGNORECASE)


def _strike(_: re.Match[bytes]) -> bytes:
    return STRUCK.encode()


def _cleared(data: bytes) -> bytes | None:
    """A notebook without outputs; None for what is no notebook."""
    try:
        notebook: dict[str, Any] = json.loads(data)
        for cell in notebook["cells"]:
            if "outputs" in cell:
                cell |= {"outputs": [], "execution_count": None}
    except (ValueError, KeyError, TypeError):
        return None
    return json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _replace(path: Path, data: bytes) -> None:
    draft = path.with_name(path.name + ".part")
    draft.write_bytes(data)
    draft.chmod(path.stat().st_mode)
    draft.replace(path)
