"""restore(): a workspace as a backup holds it. Whoever was erased since is erased again before it can be opened."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import NotFound, UsageError
from fitintel.core.settings import Settings
from fitintel.storage.copies import put_back, suits
from fitintel.workbench.backing_up import contents
from fitintel.workbench.backing_up.making import alone
from fitintel.workbench.backing_up.restic import Restic
from fitintel.workbench.erasing import replay_tombstones

Erase = Callable[[Settings], int]
"""Erase everybody again who is on the list of the erased; how many were."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    snapshot: str
    at: str
    """UTC; the state that was restored"""
    databases: tuple[str, ...]
    erased_again: int
    seconds: float


def restore(settings: Settings, name: str = "latest", *, force: bool = False, erase: Erase = replay_tombstones,
            passed_over: Collection[str] = ()) -> Restored:  # fmt: skip
    """Put the workspace back as a backup holds it, with the newest keys; keys that are here stay.

    `passed_over`: databases that are checked and not put back.

    Raises UsageError where there is a workspace already and `force` is not given; NotFound, StorageError.
    """
    restic = Restic(settings)
    began = time.monotonic()
    if not force and contents.in_use(settings):
        raise UsageError("There is a workspace already", where=str(settings.home),
                         next="stop what uses it and say --force: what it holds is replaced")  # fmt: skip
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with alone(settings), tempfile.TemporaryDirectory(dir=contents.folder(settings)) as place:
        target = Path(place)
        _keys(restic, settings, target / "keys")
        snapshot = restic.named(contents.DATA, name)
        restic.restore(snapshot, target / "data")
        copies = next((target / "data").rglob(contents.MANIFEST)).parent
        said = contents.read(copies / contents.MANIFEST)
        urls = contents.databases(settings)
        wanted = [copy for copy in sorted(said.copies) if Path(copy).stem not in passed_over]
        for copy in wanted:
            if not suits(copies / copy, urls[Path(copy).stem]):
                raise UsageError("The backup is of another kind of database", where=copy,
                                 next="restore to that kind; what moves between kinds is fitintel export")  # fmt: skip
        _files(settings, said, target / "data", forget=force)
        for copy in wanted:
            put_back(copies / copy, urls[Path(copy).stem])
        contents.unmirror(settings)
        again = erase(settings)
    return Restored(snapshot.id, said.at, tuple(wanted), again, time.monotonic() - began)


def _keys(restic: Restic, settings: Settings, target: Path) -> None:
    """The newest keys, where none are here: a key that is here signs and seals what came later."""
    try:
        newest = restic.named(contents.KEYS, "latest")
    except NotFound:
        return
    restic.restore(newest, target)
    # those that the settings may have put elsewhere
    aside = {one.name: one for one in (settings.keyring, contents.database_key(settings)) if one is not None}
    for path in newest.paths:
        source, name = target / path.lstrip("/"), Path(path).name
        place = aside.get(name, settings.home / name)
        if source.exists() and not place.exists():
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.move(source, place)


def _files(settings: Settings, said: contents.Manifest, data: Path, *, forget: bool) -> None:
    """Files to their places; with `forget` what is here gives way, as it may be of a later day."""
    moves = [(data / said.home.lstrip("/"), settings.home)]
    if said.files and (here := contents.local_files(settings)) is not None:
        moves.append((data / said.files.lstrip("/"), here))
    for source, target in moves:
        if not source.is_dir():
            continue
        target.mkdir(parents=True, exist_ok=True)
        for one in sorted(source.iterdir()):
            if one.name == contents.FOLDER:
                _mirrored(one, contents.folder(settings))
                continue
            place = target / one.name
            if forget and place.is_dir():
                shutil.rmtree(place)
            if place.is_dir():
                shutil.copytree(one, place, dirs_exist_ok=True)
            else:
                shutil.move(one, place)


def _mirrored(source: Path, target: Path) -> None:
    if (source / contents.MIRROR).is_dir():
        shutil.rmtree(target / contents.MIRROR, ignore_errors=True)
        shutil.move(source / contents.MIRROR, target / contents.MIRROR)
