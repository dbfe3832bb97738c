"""Where the running programs keep what is theirs: a folder of the workspace that no backup holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import UsageError
from fitintel.core.settings import Settings

LONGEST_SOCKET = 100
"""characters of the path of a socket (sockaddr_un has room for 107)"""


@dataclass(frozen=True, slots=True)
class Places:
    """Folders and files below one root."""

    root: Path

    @property
    def run(self) -> Path:
        """Sockets: only their owner may enter."""
        return self.root / "run"

    @property
    def manager(self) -> Path:
        """Socket of the manager of processes."""
        return self.run / "manager.sock"

    @property
    def database(self) -> Path:
        """Socket of MariaDB."""
        return self.run / "mariadb.sock"

    @property
    def cache(self) -> Path:
        """Socket of Redis."""
        return self.run / "redis.sock"

    @property
    def configuration(self) -> Path:
        """What the manager reads."""
        return self.root / "supervisord.conf"

    @property
    def logs(self) -> Path:
        """A log of each process."""
        return self.root / "logs"

    @property
    def gateway(self) -> Path:
        """nginx's configuration, logs and what is on its way."""
        return self.root / "gateway"

    @property
    def certificate(self) -> Path:
        """The gateway's; put your own here, with its key beside it."""
        return self.root / "tls" / "gate.crt"

    @property
    def counts(self) -> Path:
        """What each process has counted."""
        return self.root / "counts"

    @property
    def environment(self) -> Path:
        """What the processes were started with, as JSON."""
        return self.root / "environment.json"

    def keep(self, given: Mapping[str, str]) -> None:
        """Keep the environment of the processes, for commands on what is up."""
        self.environment.touch(mode=0o600)
        self.environment.write_text(json.dumps(given), encoding="utf-8")

    def make(self) -> None:
        """Make the folders, to be read by their owner alone; raises UsageError for a path too long for sockets."""
        if len(str(self.database)) > LONGEST_SOCKET:
            raise UsageError("The path of the workspace is too long for sockets", where=str(self.root),
                             next="put the workspace where its path is shorter: FITINTEL_HOME")  # fmt: skip
        for folder in (self.root, self.gateway):
            folder.mkdir(parents=True, exist_ok=True)
            # nginx's workers are nobody where it is started by root: they pass through to their own folders
            folder.chmod(0o711)
        for folder in (self.run, self.logs, self.counts, self.certificate.parent):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)


def places(settings: Settings) -> Places:
    """Of a workspace."""
    return Places(settings.home / "production")
