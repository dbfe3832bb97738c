"""A new key for the audit chain: the old one closes its part, the new one begins, and both are verified as one."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from fitintel.core.audit import Entry, Kind, Signer, anchor, name_of
from fitintel.core.errors import KeyRetired
from fitintel.core.tampering import Tampering, verify
from fitintel.storage import anchors
from fitintel.workbench.door import Workbench

ROWS = 3


def note(bench: Workbench, count: int = ROWS) -> None:
    for number in range(count):
        bench.note_policy("access", "changed", f"{number}")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home", surface="cli") as opened:
        note(opened)
        yield opened


def key_in(bench: Workbench) -> bytes:
    return base64.b64decode((bench.settings.home / "audit.key").read_text())


def test_the_chain_goes_on_under_the_new_key_and_is_whole_over_both(bench: Workbench) -> None:
    old = key_in(bench)
    made = bench.rekey_audit("a laptop was lost")
    assert (made.before, made.now, made.closed, made.file) == (name_of(old), name_of(key_in(bench)), ROWS + 1, None)
    assert made.before != made.now
    note(bench)
    rows = list(bench.store.audit_rows())
    assert [row.said["key"] for row in rows] == [made.before] * (ROWS + 1) + [made.now] * (ROWS + 1)
    closing, opening = rows[ROWS], rows[ROWS + 1]
    assert (closing.said["what"], opening.said["what"], opening.previous) == ("rekey", "rekeyed", closing.mac)
    assert closing.said["detail"] == {"before": made.before, "next": made.now}
    assert bench.verify_audit().whole
    for _ in range(2):
        bench.rekey_audit()
        note(bench, 1)
    assert bench.verify_audit().whole
    assert (bench.settings.home / "audit-keys" / f"{made.before}.key").stat().st_mode & 0o077 == 0


def test_an_edit_before_and_after_the_change_is_named_as_an_edit(bench: Workbench) -> None:
    old = Signer(key_in(bench))
    bench.rekey_audit()
    note(bench)
    rows = list(bench.store.audit_rows())
    new = Signer(key_in(bench))
    for number in (2, ROWS + 4):
        changed = [row._replace(body=row.body.replace("access", "export")) if row.number == number else row
                   for row in rows]  # fmt: skip
        verdict = verify(changed, new, retired=[old])
        assert [(fault.kind, fault.number) for fault in verdict.faults] == [(Tampering.EDIT, number)]


def test_without_the_retired_key_its_rows_are_named(bench: Workbench) -> None:
    made = bench.rekey_audit()
    note(bench)
    (bench.settings.home / "audit-keys" / f"{made.before}.key").unlink()
    faults = bench.verify_audit().faults
    (fault,) = [one for one in faults if one.kind is Tampering.KEY]
    assert fault.number == 1
    assert {one.kind for one in faults} == {Tampering.KEY, Tampering.ANCHOR}, "what it sealed is not believed either"
    assert f"rows 1 to {ROWS + 1} are signed with the key {made.before}" in fault.says


def test_who_has_the_old_key_can_add_nothing(bench: Workbench) -> None:
    old = Signer(key_in(bench))
    made = bench.rekey_audit()
    entry = Entry(Kind.POLICY, "eve", "cli", "access", "changed", "")
    with pytest.raises(KeyRetired, match=f"replaced by the key {made.now}"):
        bench.store.append_audit([entry], old)
    from fitintel.core.audit import chain

    rows = list(bench.store.audit_rows())
    forged = list(chain([entry], number=rows[-1].number, previous=rows[-1].mac, signer=old, events=["e"]))
    verdict = verify([*rows, *forged], Signer(key_in(bench)), retired=[old])
    assert [(fault.kind, fault.number) for fault in verdict.faults] == [(Tampering.KEY, ROWS + 3)]


def test_who_has_the_old_key_cannot_write_the_old_part_anew(bench: Workbench) -> None:
    """A whole new chain, properly signed with the retired key: it ends under that key, and misses what is anchored."""
    from fitintel.core.audit import START, chain

    old = Signer(key_in(bench))
    bench.rekey_audit()
    entries = [Entry(Kind.POLICY, "eve", "cli", "access", "changed", "") for _ in range(8)]
    rows = list(chain(entries, number=0, previous=START, signer=old, events="abcdefgh"))
    held = [*anchors.read(bench.settings.audit_anchors), anchor(old, 8, rows[-1].mac, entries[0].at)]
    verdict = verify(rows, Signer(key_in(bench)), anchors=held, retired=[old])
    assert {fault.kind for fault in verdict.faults} == {Tampering.KEY, Tampering.ANCHOR}
    assert any("ends under the key" in fault.says for fault in verdict.faults)
    assert any("is not sealed by the key" in fault.says for fault in verdict.faults), "the forged anchor"


def test_a_process_that_runs_on_takes_the_new_key(bench: Workbench) -> None:
    with Workbench.open(bench.settings.home, surface="nightly") as other:
        note(other, 1)
        made = bench.rekey_audit()
        note(other, 1)
        assert list(other.store.audit_rows())[-1].said["key"] == made.now
    assert bench.verify_audit().whole


def test_a_change_that_was_cut_off_is_completed_by_asking_again(bench: Workbench, monkeypatch) -> None:
    old = key_in(bench)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("fitintel.workbench.auditing.put_in_place", crash)
        with pytest.raises(KeyboardInterrupt):
            bench.rekey_audit()
    assert key_in(bench) == old
    with pytest.raises(KeyRetired):
        note(bench, 1)
    made = bench.rekey_audit()
    assert (made.now, made.closed) == (name_of(key_in(bench)), None)
    note(bench)
    assert bench.verify_audit().whole
    assert len(list((bench.settings.home / "audit-keys").iterdir())) == 2


def test_a_key_that_a_setting_gives_is_left_to_a_person(tmp_path: Path, monkeypatch) -> None:
    old = base64.b64encode(bytes(range(32))).decode()
    monkeypatch.setenv("FITINTEL_AUDIT_KEY", old)
    with Workbench.open(tmp_path / "home") as bench:
        note(bench)
        made = bench.rekey_audit()
        assert made.file is not None
        with pytest.raises(KeyRetired, match="FITINTEL_AUDIT_KEY_FILE"):
            note(bench, 1)
    monkeypatch.delenv("FITINTEL_AUDIT_KEY")
    monkeypatch.setenv("FITINTEL_AUDIT_KEY_FILE", str(made.file))
    with Workbench.open(tmp_path / "home") as bench:
        note(bench)
        assert bench.verify_audit().whole
