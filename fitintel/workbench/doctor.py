"""check(): what is here, does it work, and what to do where it does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import FitintelError
from fitintel.core.settings import KNOWN, PREFIX

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `state` is ok, absent or failed; `todo` says what to do."""

    name: str
    state: str
    detail: str
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def check(bench: Door) -> list[Check]:
    """Look at settings, database, file store, athletes and optional packages."""
    said = ", ".join(PREFIX + name for name in KNOWN if os.environ.get(PREFIX + name)) or "defaults only"
    return [
        Check("workspace", "ok", str(bench.settings.home)),
        Check("settings", "ok", said),
        _tried("database", lambda: _database(bench)),
        _tried("file store", lambda: _files(bench)),
        _tried("cache", lambda: _cache(bench)),
        _tried("file readers", _readers),
        *(_package(name, package, why) for name, package, why in OPTIONAL),
    ]


OPTIONAL = (
    ("MLflow", "mlflow", "the registry and the log of briefs"),
    ("papermill", "papermill", "executed notebooks"),
    ("PyMySQL", "pymysql", "a MySQL or MariaDB store"),
    ("Redis client", "redis", "a shared cache"),
    ("Authlib", "authlib", "accounts at Strava and intervals.icu"),
    ("JupyterLab", "jupyterlab", "working in notebooks"),
    ("Voila", "voila", "dashboards for coaches"),
    ("Streamlit", "streamlit", "the app for athletes"),
)
"""name, package, what it is for."""


def _tried(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, "ok", look())
    except FitintelError as error:
        return Check(name, "failed", error.what, error.next or "see the message")


def _database(bench: Door) -> str:
    athletes = bench.store.athletes()
    imports = bench.store.imports()
    scheme = bench.settings.database_url.split(":", 1)[0]
    waiting = len(bench.store.untracked())
    return f"{scheme}: {len(athletes)} athletes, {len(imports)} imports, {waiting} briefs not yet in MLflow"


def _files(bench: Door) -> str:
    probe = b"fitintel doctor"
    if bench.blobs.get("raw", bench.blobs.put("raw", probe)) != probe:
        raise FitintelError("The file store gave back other bytes than were put in", next="check its disk")
    return f"{bench.settings.files_url.split(':', 1)[0]}: writes and reads"


def _cache(bench: Door) -> str:
    from fitintel.storage.cache import open_cache

    probe, cache = b"fitintel doctor", open_cache(bench.settings.cache_url)
    try:
        cache.put("fitintel:doctor", probe)
        there = cache.get("fitintel:doctor") == probe
    finally:
        cache.close()
    where = "Redis" if bench.settings.cache_url.startswith("redis") else "in each process"
    found = "writes and reads" if there else "does not answer, and is not needed: everything is as right, and slower"
    return f"{where}: {found}; fitintel metrics counts hits and misses of every level"


def _readers() -> str:
    """A child that reads files is started, and says how the network is kept away from it."""
    from fitintel.ingest.confine import Limits
    from fitintel.ingest.sandbox import Sandbox

    with Sandbox(lambda data: data, workers=1) as children:
        answer = children.one(b"fitintel doctor")
        if answer.error is not None:
            raise answer.error
    limits = Limits()
    network = {"namespace": "no network (empty namespace)", "python": "network closed in Python only"}
    return f"children with {limits.memory // 2**20} MB and {limits.processor} s a file, {network[children.isolation]}"


def _package(name: str, package: str, why: str) -> Check:
    if find_spec(package):
        return Check(name, "ok", f"installed, for {why}")
    return Check(name, "absent", f"not installed; it is for {why}", "install the full set with: make setup")
