"""Settings from the environment and a `.env` file. Reading them has no side effect; nothing is created on import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fitintel.core.errors import UsageError

PREFIX = "FITINTEL_"
KNOWN = {
    "HOME": "workspace folder (default: var)",
    "DATABASE_URL": "SQLAlchemy URL of the store (default: SQLite in the workspace)",
    "CACHE_URL": "memory:// or redis://host:port/db (default: memory://)",
    "FILES_URL": "fsspec URL of the file store (default: folder in the workspace)",
    "MLFLOW_URI": "MLflow tracking and registry URI (default: SQLite in the workspace)",
}
"""name without prefix -> what it means; `fitintel doctor` prints this table."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is kept."""

    home: Path
    database_url: str
    cache_url: str
    files_url: str
    mlflow_uri: str

    @property
    def briefs(self) -> Path:
        """Folder of finished briefs."""
        return self.home / "briefs"


def read(environment: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
    """Settings from `environment` (default: the process's, over a `.env` file in the current folder)."""
    values = dict(environment) if environment is not None else {**_dotenv(Path(".env")), **os.environ}
    folder = (home or Path(values.get(PREFIX + "HOME") or "var")).expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError("The workspace is not a folder", where=str(folder), next=f"set {PREFIX}HOME to a folder")

    def get(name: str, default: str) -> str:
        return values.get(PREFIX + name) or default

    return Settings(
        home=folder,
        database_url=get("DATABASE_URL", f"sqlite:///{folder / 'fitintel.db'}"),
        cache_url=get("CACHE_URL", "memory://"),
        files_url=get("FILES_URL", f"file://{folder / 'files'}"),
        mlflow_uri=get("MLFLOW_URI", f"sqlite:///{folder / 'mlflow.db'}"),
    )


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return {name: value for name, value in dotenv_values(path).items() if value is not None}
