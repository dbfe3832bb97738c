"""Settings from the environment and a `.env` file. Reading them has no side effect; nothing is created on import."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fitintel.core.errors import UsageError

PREFIX = "FITINTEL_"
KNOWN = {
    "HOME": "workspace folder (default: var)",
    "DATABASE_URL": "SQLAlchemy URL of the store (default: SQLite in the workspace)",
    "CACHE_URL": "memory:// or redis://host:port/db (default: memory://)",
    "FILES_URL": "fsspec URL of the file store (default: folder in the workspace)",
    "MLFLOW_URI": "MLflow tracking and registry URI (default: SQLite in the workspace)",
    "SECRET_KEY": "32 bytes in base64 that seal account tokens (default: the file secret.key in the workspace)",
    "KEYRING": "folder of the athletes' keys, best backed up apart (default: keyring in the workspace)",
    "AUDIT_KEY": "32 bytes in base64 that sign the audit chain (default: the file audit.key in the workspace)",
    "AUDIT_ANCHORS": "folder for anchors of the audit chain, best on another machine (default: audit in the workspace)",
    "TOKEN": "token of the account that commands and notebooks ask as (default: the owner, without an account)",
    "ACCESS": "gate: pages let in only whom the gate has checked; local (default): the person at this machine",
    "PUBLIC_URL": "https:// address of the gate, as browsers reach it",
    "IDENTITY_KEY": "32 bytes in base64 that sign identities (default: the file identity.key in the workspace)",
    "OIDC_ISSUER": "https:// address of the organisation that people log in with, beside passwords (default: none)",
    "OIDC_NAME": "what people call that organisation (default: its host)",
    "OIDC_HOSTS": "further hosts of that organisation, separated by commas (default: none)",
    "OIDC_CLIENT_ID": "id under which the organisation knows this server",
    "OIDC_CLIENT_SECRET": "secret of that id; not needed for a public client",
    "PRIVATE_HOSTS": "hosts in private networks that may be asked, separated by commas (default: none)",
    "STRAVA_CLIENT_ID": "number of your Strava API application",
    "STRAVA_CLIENT_SECRET": "secret of your Strava API application",
    "STRAVA_VERIFY_TOKEN": "token that Strava must show when a webhook subscription is made",
    "STRAVA_URL": "address of Strava (default: https://www.strava.com)",
    "INTERVALS_CLIENT_ID": "id of your intervals.icu application; not needed with a personal API key",
    "INTERVALS_CLIENT_SECRET": "secret of your intervals.icu application",
    "INTERVALS_WEBHOOK_SECRET": "secret that intervals.icu must send with webhook events",
    "INTERVALS_URL": "address of intervals.icu (default: https://intervals.icu)",
    "SMTP_URL": "mail server for briefs: smtp://host or smtps://host, with user:password@ where it wants them",
    "MAIL_FROM": "address that mails come from",
    "WEBHOOK_HOSTS": "hosts that briefs may be posted to, separated by commas (default: none)",
    "WEBHOOK_SECRET": "secret that signs what is posted",
    "BACKUP_REPOSITORY": "place of backups: a folder, best on another machine, or an address that restic knows",
    "BACKUP_PASSWORD": "password of that place, 16 characters or more; without it no backup can be read",
}
"""name without prefix -> what it means; `fitintel doctor` prints this table."""
SECRET = ("SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY", "TOKEN", "OIDC_CLIENT_SECRET", "STRAVA_CLIENT_SECRET",
          "STRAVA_VERIFY_TOKEN", "INTERVALS_CLIENT_SECRET", "INTERVALS_WEBHOOK_SECRET", "SMTP_URL", "WEBHOOK_SECRET",
          "BACKUP_PASSWORD")  # fmt: skip
"""Those that may be given as a file instead: the same name with `_FILE`, holding a path."""
ADDRESSES = ("DATABASE_URL", "CACHE_URL")
"""They may hold a password, so they may be given as a file, too."""
ACCOUNTS = (*SECRET, "PUBLIC_URL", "OIDC_ISSUER", "OIDC_NAME", "OIDC_HOSTS", "OIDC_CLIENT_ID", "PRIVATE_HOSTS",
            "STRAVA_CLIENT_ID", "STRAVA_URL", "INTERVALS_CLIENT_ID", "INTERVALS_URL", "MAIL_FROM", "WEBHOOK_HOSTS",
            "BACKUP_REPOSITORY")  # fmt: skip
"""What connected accounts and deliveries need, and the keys."""


ACCESS = ("local", "gate")
"""Who may open pages: the person at this machine, or whom the gate has checked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is kept."""

    home: Path
    database_url: str
    cache_url: str
    files_url: str
    mlflow_uri: str
    audit_anchors: Path
    """folder for anchors of the audit chain"""
    keyring: Path
    """folder of the athletes' data keys, and of the marks of those who were erased"""
    access: str = "local"
    """one of ACCESS"""
    accounts: Mapping[str, str] = field(default_factory=dict, repr=False)
    """name of ACCOUNTS, or of SECRET with `_FILE` -> value; read with `account`"""

    def account(self, name: str) -> str | None:
        """A setting of ACCOUNTS; one of SECRET may stand in a file. Raises UsageError for a file that cannot be read.

        >>> read({"FITINTEL_STRAVA_CLIENT_ID": "42"}).account("STRAVA_CLIENT_ID")
        '42'
        """
        if name in self.accounts:
            return self.accounts[name]
        path = self.accounts.get(f"{name}_FILE")
        return None if path is None else _held(path, name)

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
        path = values.get(f"{PREFIX}{name}_FILE") if name in ADDRESSES else None
        return values.get(PREFIX + name) or (_held(path, name) if path else default)

    access = get("ACCESS", ACCESS[0])
    if access not in ACCESS:
        raise UsageError(f"{PREFIX}ACCESS is not usable", why=f"it must be {' or '.join(ACCESS)}")

    return Settings(
        home=folder,
        database_url=get("DATABASE_URL", f"sqlite:///{folder / 'fitintel.db'}"),
        cache_url=get("CACHE_URL", "memory://"),
        files_url=get("FILES_URL", f"file://{folder / 'files'}"),
        mlflow_uri=get("MLFLOW_URI", f"sqlite:///{folder / 'mlflow.db'}"),
        audit_anchors=Path(get("AUDIT_ANCHORS", str(folder / "audit"))).expanduser(),
        keyring=Path(get("KEYRING", str(folder / "keyring"))).expanduser(),
        access=access,
        accounts={
            name: found
            for name in (*ACCOUNTS, *(f"{name}_FILE" for name in SECRET))
            if (found := values.get(PREFIX + name))
        },
    )


def _held(path: str, name: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not text"
        raise UsageError(f"The file that {PREFIX}{name}_FILE names cannot be read", why=why) from error


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values

    return {name: value for name, value in dotenv_values(path).items() if value is not None}
