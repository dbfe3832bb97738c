"""The schema: created, upgraded, checked, refused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from fitintel.core.errors import SchemaMismatch
from fitintel.core.workouts import COLUMNS
from fitintel.storage import open_store
from fitintel.storage.engine import Database
from fitintel.storage.migrate import HEAD, VERSION_TABLE, config, prepare
from fitintel.storage.tables import metadata
from tests.storage.examples import ANNA


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    prepare(made)
    yield made
    made.close()


def run(database: Database, *statements: str) -> None:
    with database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
    return list(compare_metadata(context, metadata))


def test_the_migrated_schema_is_the_one_that_statements_are_built_from(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_a_difference_between_schema_and_tables_would_be_found(database: Database) -> None:
    run(database, "ALTER TABLE models ADD COLUMN extra INTEGER")
    with database.engine.connect() as connection:
        assert len(differences(connection)) == 1


def test_the_workouts_table_has_the_columns_of_the_definition(database: Database) -> None:
    found = {column["name"]: column for column in inspect(database.engine).get_columns("workouts")}
    assert list(found) == ["athlete_id", *COLUMNS]
    for name, column in COLUMNS.items():
        if column.kind == "number":
            assert "DOUBLE" in str(found[name]["type"]).upper()
        if column.kind == "text":
            assert getattr(found[name]["type"], "length", None) == column.size
    assert inspect(database.engine).get_pk_constraint("workouts")["constrained_columns"] == ["athlete_id", "day", "id"]


def test_workouts_lie_in_the_order_of_their_key(database: Database) -> None:
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'workouts'")).scalar_one()
            assert "WITHOUT ROWID" in made
        else:
            row = connection.execute(text("SHOW CREATE TABLE workouts")).one()
            assert "ENGINE=InnoDB" in row[1]
            assert "utf8mb4_nopad_bin" in row[1] or "utf8mb4_0900_bin" in row[1]


def test_a_commit_on_sqlite_is_synced_to_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new' / 'store.db'}")
    with database.engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1]
    database.close()


def test_the_schema_goes_down_and_up_again(database: Database) -> None:
    with database.engine.begin() as connection:
        command.downgrade(config(connection), "base")
        assert set(inspect(connection).get_table_names()) == {VERSION_TABLE}
    identity = prepare(database)
    assert identity
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_the_head_is_the_newest_migration() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


def test_opening_again_keeps_facts_and_identity(database_url: str) -> None:
    identities = set()
    for _ in range(2):
        database = Database(database_url)
        identities.add(prepare(database))
        database.close()
        store = open_store(database_url)
        store.put_athlete(ANNA)
        assert store.athletes() == (ANNA,)
        store.close()
    assert len(identities) == 1


def test_an_interrupted_migration_is_completed(database: Database) -> None:
    run(database, "DROP TABLE identity", "DROP TABLE models", "DROP TABLE untracked", f"DELETE FROM {VERSION_TABLE}")
    assert prepare(database)
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_a_newer_database_is_refused_and_left_as_it_is(database: Database, database_url: str) -> None:
    run(database, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(SchemaMismatch, match="9999"):
        open_store(database_url)
    with database.engine.connect() as connection:
        assert connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() == "9999"


def test_the_tables_of_another_program_are_refused_and_left_as_they_are(database_url: str) -> None:
    database = Database(database_url)
    run(database, "CREATE TABLE runs (run_uuid VARCHAR(32))")
    with pytest.raises(SchemaMismatch, match="another program"):
        open_store(database_url)
    assert inspect(database.engine).get_table_names() == ["runs"]
    database.close()


def test_alembic_is_not_imported_for_a_current_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    open_store(url).close()
    code = f"import sys; from fitintel.storage import open_store; open_store({url!r}).close(); "
    code += "sys.exit(any(name.partition('.')[0] in ('alembic', 'dogpile', 'redis', 'pandas') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
