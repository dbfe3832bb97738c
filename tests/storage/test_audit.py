"""The audit chain: what is planted in the database is found at its place, and many writers make one chain."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from fitintel.core.audit import START, Anchor, Entry, Kind, Signer, anchor, chain
from fitintel.core.errors import FitintelError, StorageError, UsageError
from fitintel.core.tampering import Verdict, verify
from fitintel.storage import anchors
from fitintel.storage.keys import AUDIT, kept_key
from fitintel.storage.sql import SqlStore
from fitintel.storage.store import Store

KEY = Signer(b"k" * 32)
ROWS = 12


def said(number: int, subject: str = "anna") -> Entry:
    return Entry(Kind.ACCESS, "coach", "cli", subject, "brief", "own use", {"n": number})


def checked(store: Store, held: tuple[Anchor, ...] = ()) -> Verdict:
    return verify(store.audit_rows(), KEY, anchors=held, head=store.audit_end)


@pytest.fixture
def chained(database_url: str) -> Iterator[SqlStore]:
    """A chain of ROWS rows in a database into which an attacker writes."""
    store = SqlStore(database_url)
    store.append_audit([said(number) for number in range(ROWS)], KEY)
    if database_url.startswith("sqlite"):
        run(store, "DROP TRIGGER audit_is_never_changed", "DROP TRIGGER audit_is_never_removed")
    yield store
    store.close()


def run(store: SqlStore, *statements: str, **values: Any) -> None:
    with store._database.engine.connect() as connection:
        connection = connection.execution_options(fitintel_write=True)
        with connection.begin():
            for statement in statements:
                connection.execute(text(statement), values)


def shift(store: SqlStore, first: int, by: int) -> None:
    """Number the rows from `first` on anew, as whoever removes or puts in a row would."""
    order = "DESC" if by > 0 else "ASC"
    with store._database.engine.connect() as connection:
        found = connection.execute(text(f"SELECT number FROM audit WHERE number >= {first} ORDER BY number {order}"))
        numbers = [row.number for row in found]
    for number in numbers:
        run(store, f"UPDATE audit SET number = {number + by} WHERE number = {number}")


def edit(store: SqlStore) -> None:
    run(store, "UPDATE audit SET body = replace(body, 'coach', 'nobody') WHERE number = 5")


def edit_of_whom(store: SqlStore) -> None:
    run(store, "UPDATE audit SET subject = 'berta' WHERE number = 5")


def edit_of_signature(store: SqlStore) -> None:
    run(store, f"UPDATE audit SET mac = '{'a' * 64}' WHERE number = 5")


def delete(store: SqlStore) -> None:
    run(store, "DELETE FROM audit WHERE number = 5")


def delete_and_renumber(store: SqlStore) -> None:
    delete(store)
    shift(store, 6, -1)


def insert(store: SqlStore) -> None:
    shift(store, 5, 1)
    run(store, "INSERT INTO audit (number, at, kind, subject, body, previous, mac) "
        "SELECT 5, at, kind, subject, replace(body, 'coach', 'eve'), mac, forged FROM "
        f"(SELECT at, kind, subject, body, mac, '{'b' * 64}' AS forged FROM audit WHERE number = 4) AS o")  # fmt: skip


def insert_of_a_copy(store: SqlStore) -> None:
    shift(store, 5, 1)
    run(store, "INSERT INTO audit SELECT 5, at, kind, subject, body, previous, mac FROM audit WHERE number = 2")


def swap(store: SqlStore) -> None:
    for old, new in ((5, 500), (9, 5), (500, 9)):
        run(store, f"UPDATE audit SET number = {new} WHERE number = {old}")


def swap_of_neighbours(store: SqlStore) -> None:
    for old, new in ((5, 500), (6, 5), (500, 6)):
        run(store, f"UPDATE audit SET number = {new} WHERE number = {old}")


def truncate(store: SqlStore) -> None:
    run(store, "DELETE FROM audit WHERE number >= 5")


PLANTED: dict[Callable[[SqlStore], None], str] = {
    edit: "edit", edit_of_whom: "edit", edit_of_signature: "edit", delete: "delete", delete_and_renumber: "delete",
    insert: "insert", insert_of_a_copy: "insert", swap: "swap", swap_of_neighbours: "swap", truncate: "truncate",
}  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: str(planted.__name__))
def test_what_is_planted_in_the_database_is_found_at_its_row(
    chained: SqlStore, planted: Callable[[SqlStore], None]
) -> None:
    assert checked(chained).whole
    planted(chained)
    assert [(fault.kind.value, fault.number) for fault in checked(chained).faults] == [(PLANTED[planted], 5)]


def test_a_truncation_that_mends_the_databases_own_note_is_found_by_the_anchor(
    chained: SqlStore, tmp_path: Path
) -> None:
    number, mac = chained.audit_end()
    anchors.write(tmp_path / "elsewhere", anchor(KEY, number, mac, said(0).at))
    truncate(chained)
    fourth = list(chained.audit_rows())[-1]
    run(chained, f"UPDATE audit_end SET number = 4, mac = '{fourth.mac}'")
    assert checked(chained).whole, "without an anchor a cut at the end cannot be seen"
    verdict = checked(chained, anchors.read(tmp_path / "elsewhere"))
    assert [(fault.kind.value, fault.number) for fault in verdict.faults] == [("truncate", 5)]
    # and rows written on after the cut do not hide it
    chained.append_audit([said(number) for number in range(ROWS)], KEY)
    verdict = checked(chained, anchors.read(tmp_path / "elsewhere"))
    assert [(fault.kind.value, fault.number) for fault in verdict.faults] == [("anchor", 1)]


def test_several_things_planted_are_all_found(chained: SqlStore) -> None:
    run(chained, "UPDATE audit SET body = replace(body, 'coach', 'nobody') WHERE number = 2")
    run(chained, "DELETE FROM audit WHERE number = 6")
    run(chained, "UPDATE audit SET body = replace(body, 'cli', 'api') WHERE number = 10")
    found = [(fault.kind.value, fault.number) for fault in checked(chained).faults]
    assert found == [("edit", 2), ("delete", 6), ("edit", 10)]


def test_rows_written_with_another_key_are_named(chained: SqlStore) -> None:
    chained.append_audit([said(0), said(1)], Signer(b"other" * 8))
    chained.append_audit([said(2)], KEY)
    verdict = checked(chained)
    assert [(fault.kind.value, fault.number) for fault in verdict.faults] == [("key", ROWS + 1)]
    assert f"rows {ROWS + 1} to {ROWS + 2}" in verdict.faults[0].says


def test_sqlite_refuses_to_change_or_remove_a_row(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path / 'store.db'}")
    store.append_audit([said(0)], KEY)
    for statement in ("UPDATE audit SET kind = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="never"):
            run(store, statement)
    assert checked(store).whole
    store.close()


def _writer(database_url: str, name: str, count: int, start: Any) -> None:
    store = SqlStore(database_url)
    start.wait()
    for number in range(count):
        store.append_audit([said(number, name), said(number, name)], KEY)
    store.close()


def test_eight_processes_make_one_unbroken_chain(database_url: str) -> None:
    SqlStore(database_url).close()
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(8)
    children = [context.Process(target=_writer, args=(database_url, f"a{n}", 10, start)) for n in range(8)]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0] * 8
    store = SqlStore(database_url)
    verdict = checked(store)
    assert verdict.whole, verdict.faults
    assert verdict.rows == 160
    for name in range(8):
        numbers = [row.said["detail"]["n"] for row in store.audit_rows(subject=f"a{name}")]
        assert numbers == [number for number in range(10) for _ in range(2)], "each writer's rows are in its order"
    store.close()


def test_an_append_whose_commit_was_lost_from_sight_is_not_doubled(store: Store) -> None:
    from fitintel.storage.sql_audit import Adding

    adding = Adding([said(0), said(1)], KEY)
    database = store._store._database  # type: ignore[attr-defined]
    first = database.write(adding)
    assert database.write(adding) == first == store.audit_end()
    assert checked(store).rows == 2


def test_rows_are_read_by_subject_kind_and_number(store: Store) -> None:
    assert (list(store.audit_rows()), store.audit_end()) == ([], (0, START))
    store.append_audit([said(0), said(1, "berta"), said(2)], KEY)
    assert [row.number for row in store.audit_rows(subject="anna")] == [1, 3]
    assert [row.number for row in store.audit_rows(kind="access", after=1, limit=1)] == [2]
    assert list(store.audit_rows(kind="export")) == []


def test_a_chain_longer_than_what_is_read_at_once_is_read_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fitintel.storage.sql_audit.READ", 3)
    store.append_audit([said(number) for number in range(ROWS)], KEY)
    assert [row.number for row in store.audit_rows()] == list(range(1, ROWS + 1))
    assert [row.number for row in store.audit_rows(limit=7)] == list(range(1, 8))


def test_a_forged_anchor_is_named() -> None:
    rows = list(chain([said(0), said(1)], number=0, previous=START, signer=KEY, events="ab"))
    good = anchor(KEY, 2, rows[1].mac, said(0).at)
    assert verify(rows, KEY, anchors=[good]).whole
    forged = Anchor(2, rows[0].mac, good.at, good.seal)
    assert [fault.kind.value for fault in verify(rows, KEY, anchors=[good, forged]).faults] == ["anchor"]


def test_anchors_are_lines_of_a_file_that_only_grows(tmp_path: Path) -> None:
    assert (anchors.read(tmp_path), anchors.last(tmp_path)) == ((), None)
    made = [anchor(KEY, number, "a" * 64, said(0).at) for number in (1, 2)]
    for each in made:
        path = anchors.write(tmp_path, each)
    assert (anchors.read(tmp_path), anchors.last(tmp_path)) == (tuple(made), made[-1])
    assert path.stat().st_mode & 0o077 == 0
    with path.open("ab") as file:
        file.write(b'{"number": 3')  # a crash in the middle of a line
    assert anchors.read(tmp_path) == tuple(made)
    path.write_bytes(b"nonsense\n" + path.read_bytes())
    with pytest.raises(StorageError, match="line 1"):
        anchors.read(tmp_path)


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = kept_key(AUDIT, tmp_path)
    assert kept_key(AUDIT, tmp_path) == key
    assert len(key) == 32
    path = tmp_path / "audit.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(UsageError, match="signs the audit chain"):
        kept_key(AUDIT, tmp_path)
    with pytest.raises(FitintelError, match="FITINTEL_AUDIT_KEY"):
        kept_key(AUDIT, tmp_path, "short")
