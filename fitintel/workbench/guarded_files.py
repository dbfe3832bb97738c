"""The guard before files: a verb with a permission may use those it found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, BinaryIO

from fitintel.core.errors import NotAllowed
from fitintel.storage.store import Blobs
from fitintel.workbench.door.verbs import current
from fitintel.workbench.guard import Guard
from fitintel.workbench.guarded import Level

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door


class GuardedBlobs(Guard):
    """The file store: names of files are no secret to guess, so a verb with a permission may use those it found."""

    def __init__(self, door: Door, blobs: Blobs) -> None:
        super().__init__(door)
        self._blobs = blobs

    def _within(self, level: Level) -> Blobs:
        call = current(self._door)
        if call is None or not any(writes or level is not Level.WRITE for writes in call.granted.values()):
            raise NotAllowed(f"{self._door.actor.id} may not use files on their own",
                             why="files are handed out by verbs")  # fmt: skip
        return self._blobs

    def of(self, athlete_id: str) -> Blobs:
        """The same, for keeping an athlete's files."""
        return GuardedBlobs(self._door, self._blobs.of(athlete_id))

    def put(self, kind: str, data: bytes) -> str:
        """Keep bytes."""
        return self._within(Level.DERIVE).put(kind, data)

    def put_many(self, kind: str, items: Mapping[str, bytes]) -> None:
        """Keep several."""
        self._within(Level.DERIVE).put_many(kind, items)

    def get(self, kind: str, digest: str) -> bytes:
        """The bytes."""
        return self._within(Level.READ).get(kind, digest)

    def open(self, kind: str, digest: str) -> BinaryIO:
        """The file."""
        return self._within(Level.READ).open(kind, digest)

    def remove(self, kind: str, digests: Collection[str]) -> None:
        """Remove bytes for good."""
        self._within(Level.WRITE).remove(kind, digests)
