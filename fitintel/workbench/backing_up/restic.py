"""restic as a program: what it is asked, and its failures in words."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from fitintel.core.errors import NotFound, ServiceMissing, StorageError, UsageError
from fitintel.core.settings import PREFIX, Settings

SHORTEST = 16
"""characters of a password that a repository is opened with"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One backup as restic lists it."""

    id: str
    at: datetime
    """UTC"""
    tags: tuple[str, ...]
    paths: tuple[str, ...]


class Restic:
    """A repository. It is made when it is first written to."""

    def __init__(self, settings: Settings) -> None:
        repository, password = settings.account("BACKUP_REPOSITORY"), settings.account("BACKUP_PASSWORD")
        if not repository:
            raise UsageError("No place for backups is set", next=f"set {PREFIX}BACKUP_REPOSITORY to a folder, "
                             "best on another machine, or to an address that restic knows")  # fmt: skip
        if not password or len(password) < SHORTEST:
            raise UsageError(
                "The password of the backups is missing or too short", why=f"it needs {SHORTEST} characters",
                next=f"openssl rand -base64 32 > FILE; chmod 600 FILE; set {PREFIX}BACKUP_PASSWORD_FILE to it, and "
                "keep a copy elsewhere: without it no backup can be read",
            )  # fmt: skip
        program = shutil.which("restic")
        if program is None:
            raise ServiceMissing("The program restic is not installed", next="apt-get install restic")
        self._program, self.repository, self._password = program, repository, password

    @property
    def folder(self) -> Path | None:
        """The repository's folder; None for one that is elsewhere."""
        path = Path(self.repository.removeprefix("local:"))
        return path if path.is_absolute() else None

    def make(self) -> None:
        """Make the repository if there is none."""
        if self._run("cat", "config").returncode:
            self._asked("init", what="The place for backups cannot be made")

    def keep(self, paths: Sequence[Path], tag: str, *, leave_out: Sequence[str] = ()) -> Mapping[str, Any]:
        """Back paths up; restic's summary (`snapshot_id`, `data_added` bytes, ...)."""
        excluded = [word for one in leave_out for word in ("--exclude", one)]
        said = self._asked("backup", "--json", "--tag", tag, *excluded, "--", *map(str, paths),
                           what="The backup was not made")  # fmt: skip
        last: Mapping[str, Any] = json.loads(said.strip().splitlines()[-1])
        return last

    def snapshots(self, tag: str) -> list[Snapshot]:
        """Oldest first."""
        said = self._asked("snapshots", "--json", "--tag", tag, what="The backups cannot be listed")
        found = [
            Snapshot(str(one["short_id"]), datetime.fromisoformat(_to_micros(one["time"])), tuple(one["tags"]),
                     tuple(one["paths"]))
            for one in json.loads(said) or ()
        ]  # fmt: skip
        return sorted(found, key=lambda one: one.at)

    def named(self, tag: str, name: str) -> Snapshot:
        """One by its id, or the `latest`; raises NotFound."""
        found = [one for one in self.snapshots(tag) if name in ("latest", one.id)]
        if not found:
            raise NotFound(f"There is no backup {name}", where=self.repository, next="fitintel backup list")
        return found[-1]

    def restore(self, snapshot: Snapshot, target: Path) -> None:
        """Write a snapshot below a folder; a damaged one is refused."""
        self._asked("restore", snapshot.id, "--target", str(target), what="The backup cannot be restored")

    def check(self) -> None:
        """Read all of it; raises StorageError. (`check` alone does not notice a changed byte of a pack.)"""
        self._asked("check", "--read-data", what="The backup is damaged")

    def forget(self, tag: str, *policy: str) -> None:
        """Remove what the policy no longer keeps."""
        self._asked("forget", "--tag", tag, *policy, "--prune", what="Old backups cannot be removed")

    def _asked(self, *words: str, what: str) -> str:
        done = self._run(*words)
        if done.returncode:
            why = " / ".join(done.stderr.decode("utf-8", "replace").strip().splitlines()[-3:])[:400]
            raise StorageError(what, where=self.repository, why=why,
                               next="see that the place can be reached, and that the password is its own")  # fmt: skip
        return done.stdout.decode("utf-8")

    def _run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        # the password does not stand on a command line; what restic caches could be read by who may read the home
        given = {**os.environ, "RESTIC_REPOSITORY": self.repository, "RESTIC_PASSWORD": self._password}
        return subprocess.run([self._program, "--no-cache", *words], env=given, capture_output=True)


def _to_micros(time: str) -> str:
    """restic's time without what Python's reader of 3.11 does not take: nanoseconds.

    >>> _to_micros("2026-11-23T15:20:01.123456789+01:00")
    '2026-11-23T15:20:01.123456+01:00'
    """
    head, dot, tail = time.partition(".")
    if not dot:
        return time
    digits = len(tail) - len(tail.lstrip("0123456789"))
    return f"{head}.{tail[: min(digits, 6)].ljust(6, '0')}{tail[digits:]}"
