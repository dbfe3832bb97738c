"""Down and up again with a row in every table: what stays is what was, and nothing is lost unasked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from fitintel.core.errors import SchemaMismatch
from fitintel.storage.engine import Database
from fitintel.storage.migrate import HEAD, VERSION_TABLE, config, prepare
from fitintel.storage.migrations.remove import MAY_LOSE
from fitintel.storage.tables import identity, metadata

TABLES = [table for table in metadata.sorted_tables if table is not identity]
STEPS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()]
"""newest first"""
WITHOUT_ROWS = {"0017", "0018", "0020"}
"""steps that add nothing yet"""
Held = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    prepare(made)
    yield made
    made.close()


def value(column: sa.Column[Any]) -> Any:
    """Of its kind, at its widest; the same wherever tables point at each other."""
    if isinstance(column.type, sa.Boolean):
        return True
    if isinstance(column.type, sa.LargeBinary):
        return bytes(range(256))
    if isinstance(column.type, sa.String):
        return "Ø🏃"[: column.type.length or 8].ljust(min(column.type.length or 8, 20), "x")
    return 0.1 if isinstance(column.type, sa.Double | sa.Float) else 2**31 - 1


def fill(database: Database) -> None:
    with database.engine.begin() as connection:
        for table in TABLES:
            connection.execute(table.insert(), {column.name: value(column) for column in table.columns})


def held(database: Database) -> Held:
    with database.engine.connect() as connection:
        there = sa.MetaData()
        there.reflect(connection)
        return {name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
                for name, table in there.tables.items() if name != VERSION_TABLE}  # fmt: skip


def step(database: Database, way: str, to: str, *may_lose: str) -> None:
    with database.engine.connect() as connection, connection.begin():
        asked = config(connection)
        asked.attributes[MAY_LOSE] = may_lose
        getattr(command, way)(asked, to)


def schema(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar())


def test_every_table_has_a_row(database: Database) -> None:
    fill(database)
    assert {name for name, rows in held(database).items() if not rows} == set()


def test_each_step_down_refuses_to_lose_rows_and_leaves_everything_as_it_was(database: Database) -> None:
    fill(database)
    for revision, below in zip(STEPS, [*STEPS[1:], "base"], strict=True):
        before = held(database)
        if revision in WITHOUT_ROWS:
            step(database, "downgrade", below)
            assert held(database) == before
            continue
        lost: set[str] = set()
        while schema(database) == revision:
            try:
                step(database, "downgrade", below, *lost)
                break
            except SchemaMismatch as refused:
                assert held(database) == before, revision
                lost.add(str(refused.where).removeprefix("table "))
        after = held(database)
        assert lost, revision
        # what is gone is what was given up by name; tables that lost a column keep their rows
        assert set(before) - set(after) - {identity.name} <= lost, revision
        for name, rows in after.items():
            assert rows == before[name] or name in lost, (revision, name)
            assert len(rows) == len(before[name]), (revision, name)
    assert set(held(database)) == set()
    prepare(database)
    assert all(not rows for name, rows in held(database).items() if name != identity.name)


def test_rows_of_an_older_schema_are_there_after_the_way_up(database: Database) -> None:
    fill(database)
    every = tuple(table.name for table in TABLES)
    for below in STEPS[1:]:
        step(database, "downgrade", below, *every)
        before = held(database)
        step(database, "upgrade", "+1")
        after = held(database)
        for name, rows in before.items():
            # a column that is added says what nobody said, behind the others
            assert [row[: len(rows[0])] for row in after[name]] == rows if rows else after[name] == [], (below, name)
        step(database, "downgrade", below, *every)
        assert held(database) == before, below
    first = held(database)
    assert sum(bool(rows) for rows in first.values()) >= 9
    prepare(database)
    assert schema(database) == HEAD
    assert {name: held(database)[name] for name in first} == first


def test_an_empty_database_goes_all_the_way_down_without_being_asked(database: Database) -> None:
    step(database, "downgrade", "base")
    assert held(database) == {}
