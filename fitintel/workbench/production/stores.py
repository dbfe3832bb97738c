"""MariaDB and Redis of one machine: reached by sockets in a folder that only their owner may enter.

MariaDB knows its client by the user of the operating system (unix_socket), so there is no password to keep or lose.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from pathlib import Path

from fitintel.core.errors import ServiceMissing, StorageError
from fitintel.workbench.production.places import Places
from fitintel.workbench.production.process import Probe, Process

DATABASE = "fitintel"
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
DURABLE = ("--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1")
"""what is committed outlives a power failure"""


def program(name: str, package: str) -> str:
    """Path of a system program; raises ServiceMissing."""
    found = shutil.which(name, path=PATH)
    if found is None:
        raise ServiceMissing(f"The program {name} is not installed", next=f"apt-get install {package}")
    return found


def database_url(place: Places) -> str:
    """Of the workspace's own MariaDB."""
    return f"mysql+pymysql://{getpass.getuser()}@localhost/{DATABASE}?unix_socket={place.database}"


def cache_url(place: Places) -> str:
    """Of the workspace's own Redis."""
    return f"unix://{place.cache}?db=0"


def mariadb(place: Places) -> Process:
    """The database; its folder is made on the first start. Raises ServiceMissing, StorageError."""
    daemon = program("mariadbd", "mariadb-server")
    data = place.root / "mariadb"
    user = getpass.getuser()
    if not (data / "mysql").is_dir():
        done = subprocess.run(
            [program("mariadb-install-db", "mariadb-server"), "--no-defaults", *_user(), f"--datadir={data}",
             "--auth-root-authentication-method=socket", f"--auth-root-socket-user={user}", "--skip-test-db"],
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise StorageError("The database could not be made", where=str(data), why=done.stderr.strip()[-300:])
    first = place.root / "first.sql"
    first.write_text(
        f"CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4;\n"
        f"CREATE USER IF NOT EXISTS '{user}'@'localhost' IDENTIFIED VIA unix_socket;\n"
        f"GRANT ALL ON {DATABASE}.* TO '{user}'@'localhost';\n"
    )
    return Process("mariadb", (
        daemon, "--no-defaults", *_user(), f"--datadir={data}", f"--socket={place.database}", "--skip-networking",
        f"--pid-file={place.run / 'mariadb.pid'}", f"--init-file={first}", "--innodb-buffer-pool-size=128M", *DURABLE,
    ), probe=Probe("mariadb", str(place.database)), order=10, grace=60)  # fmt: skip


def redis(place: Places) -> Process:
    """The cache: nothing is only there, so nothing of it is written to the disk."""
    return Process("redis", (
        program("redis-server", "redis-server"), "--port", "0", "--unixsocket", str(place.cache), "--unixsocketperm",
        "700", "--save", "", "--appendonly", "no", "--maxmemory", "256mb", "--maxmemory-policy", "allkeys-lru",
        "--dir", str(_made(place.root / "redis")),
    ), probe=Probe("redis", str(place.cache)), order=10)  # fmt: skip


def _user() -> list[str]:
    # the server refuses to be root unless it is told so
    return ["--user=root"] if os.geteuid() == 0 else []


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
