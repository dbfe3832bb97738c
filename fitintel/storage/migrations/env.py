"""What Alembic runs around the migrations. The connection is handed over by `storage.migrate`, already locked."""

from __future__ import annotations

from alembic import context

from fitintel.storage.migrate import VERSION_TABLE
from fitintel.storage.tables import metadata


def run() -> None:
    """Run the migrations that Alembic chose on the connection in the configuration."""
    connection = context.config.attributes.get("connection")
    if connection is None:
        raise RuntimeError("migrations run through fitintel.storage.migrate, which locks the database first")
    context.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
    context.run_migrations()


if __name__ == "env_py":  # the name under which Alembic loads this file; test collectors import it under another
    run()
