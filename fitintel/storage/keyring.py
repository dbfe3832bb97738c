"""The keyring: one data key for each athlete, wrapped by the workspace's key, in a folder of its own.

The folder lies outside the database and the file store and has a backup life of its own: once an athlete's keys are
destroyed here and have left the keyring's backups, what they sealed cannot be read any more, in whatever copy. No file
of it says an athlete's id: folders are named by a keyed digest of it, the athlete's mark.

    marks.key                    the key of the marks
    MARK/000001-NAME.key         a data key, wrapped; the one with the highest number seals, all of them open
    erased                       marks of those who were erased (storage/erased.py)
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import SealBroken, StorageUnavailable
from fitintel.storage.keys import (
    KEY_SIZE,
    SEAL,
    Purpose,
    folder,
    keep_in_ring,
    kept_key,
    new_key,
    put_in_place,
    ring,
)
from fitintel.storage.sealed import Sealer

MARKS = Purpose("marks athletes in the keyring", "FITINTEL_MARKS_KEY", "marks.key")
MARK_SIZE = 32
"""hex digits of a mark"""
SHARED = "0" * MARK_SIZE
"""mark of what several athletes have; its key is the workspace's own"""
WRAPPED = "data key"
"""what a wrapped key is bound to, beside its mark"""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key as it lies in the keyring."""

    mark: str
    number: int
    name: str
    path: Path


class Keyring:
    """The athletes' data keys. Nothing is read or made before a key is first asked for.

    Args:
        folder: where the keys lie; made when the first one is.
        home: the workspace, with its own key.
        given: the workspace's key in base64, where a setting gives it.
    """

    def __init__(self, folder: Path, home: Path, given: Callable[[], str | None] = lambda: None) -> None:
        self.folder, self._home, self._given = folder, home, given
        self._marks: bytes | None = None
        self._open: dict[tuple[str, str], tuple[Path, Sealer]] = {}

    def mark(self, athlete_id: str) -> str:
        """The athlete's mark: 32 hex digits that say nothing without the key of the marks."""
        if self._marks is None:
            self._marks = kept_key(MARKS, self.folder)
        return hmac.new(self._marks, athlete_id.encode(), hashlib.sha256).hexdigest()[:MARK_SIZE]

    def data_keys(self, mark: str | None = None) -> list[DataKey]:
        """The data keys of one mark, or all, by mark and number."""
        found = []
        for path in sorted(self.folder.glob(f"{mark or '?' * MARK_SIZE}/*.key")):
            number, _, name = path.stem.partition("-")
            found.append(DataKey(path.parent.name, int(number), name, path))
        return found

    def sealer(self, athlete_id: str) -> Sealer:
        """What seals for the athlete now; their first key is made here.

        Raises SealBroken where the workspace's key does not open it.
        """
        return self.newest(self.mark(athlete_id))

    def newest(self, mark: str) -> Sealer:
        """The same for the owner of a mark."""
        newest = max(self.data_keys(mark), key=lambda each: each.number, default=None)
        return self.add(mark) if newest is None else self._unwrapped(newest)

    def opener(self, mark: str, name: str) -> Sealer:
        """What opens values that the named key of a mark has sealed; raises SealBroken where it is there no more."""
        known = self._open.get((mark, name))
        if known is not None and known[0].exists():  # one that was destroyed opens nothing in any process
            return known[1]
        for each in self.data_keys(mark):
            if each.name == name:
                return self._unwrapped(each)
        raise SealBroken(
            "A sealed value cannot be opened", where=mark, why="its key is not in the keyring: it was destroyed",
            next="restore the keyring from its own backup, unless the athlete was erased",
        )  # fmt: skip

    def add(self, mark: str) -> Sealer:
        """A new data key, which seals from now on."""
        key = new_key()
        made = Sealer(key)
        number = max((each.number for each in self.data_keys(mark)), default=0) + 1
        path = self.folder / mark / f"{number:06d}-{made.name}.key"
        _write(path, self._workspace()[0].seal(key, mark, WRAPPED))
        self._open[mark, made.name] = (path, made)
        return made

    def destroy(self, keys: list[DataKey]) -> None:
        """Destroy data keys for good: their files are written over, then removed."""
        for each in keys:
            self._open.pop((each.mark, each.name), None)
            try:
                with each.path.open("r+b") as file:
                    size = os.fstat(file.fileno()).st_size
                    file.write(bytes(size))
                    file.flush()
                    os.fsync(file.fileno())
                each.path.unlink()
            except FileNotFoundError:
                continue
            if not any(each.path.parent.iterdir()):
                each.path.parent.rmdir()

    def rewrap(self, each: DataKey) -> bool:
        """Wrap a data key with the workspace's newest key; False where it is already."""
        newest = self._workspace()[0]
        wrapped = each.path.read_bytes()
        if newest.sealed(wrapped):
            return False
        _write(each.path, newest.seal(self._raw(each), each.mark, WRAPPED))
        return True

    def wrapped_by_newest(self, each: DataKey) -> bool:
        """Whether a data key is wrapped with the workspace's newest key."""
        return self._workspace()[0].sealed(each.path.read_bytes())

    def of_workspace(self, value: bytes) -> Sealer:
        """What opens a value that a key of the workspace has sealed: its newest, or one that is being rotated away."""
        sealers = self._workspace()
        return next((one for one in sealers if one.sealed(value)), sealers[0])

    def renew_workspace_key(self) -> None:
        """A new key of the workspace; the one before stays in its folder until `drop_older_workspace_keys`."""
        old = kept_key(SEAL, self._home)
        keep_in_ring(SEAL, self._home, Sealer(old).name, old)
        put_in_place(SEAL, self._home, new_key())

    def drop_older_workspace_keys(self) -> None:
        """Remove the workspace's former keys, unless a data key is still wrapped with one."""
        if all(map(self.wrapped_by_newest, self.data_keys())):
            for path in (self._home / folder(SEAL)).glob("*.key"):
                path.unlink()

    def _unwrapped(self, each: DataKey) -> Sealer:
        known = self._open.get((each.mark, each.name))
        if known is None or known[0] != each.path:
            known = each.path, Sealer(self._raw(each))
            self._open[each.mark, each.name] = known
        return known[1]

    def _raw(self, each: DataKey) -> bytes:
        try:
            wrapped = each.path.read_bytes()
        except OSError as error:
            raise StorageUnavailable(
                "A key of the keyring cannot be read", where=str(each.path), why=error.strerror or str(error),
                next="check the keyring's folder",
            ) from error  # fmt: skip
        key = self.of_workspace(wrapped).open(wrapped, each.mark, WRAPPED)
        if len(key) != KEY_SIZE:
            raise SealBroken("A key of the keyring is damaged", where=str(each.path), next="restore the keyring")
        return key

    def _workspace(self) -> list[Sealer]:
        """The workspace's key, then those that a rotation has not done with yet."""
        newest = kept_key(SEAL, self._home, self._given())
        return [Sealer(newest), *(Sealer(key) for key in ring(SEAL, self._home).values() if key != newest)]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    number = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
