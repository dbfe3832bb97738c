"""Security events are counted, by names and labels that can hold no id."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.access.actor import Action, Kind
from fitintel.core import audit, counted
from fitintel.core.counted import COUNTERS, OTHER, counts
from fitintel.core.errors import LogInRefused, NotAllowed, SealBroken, TooManyAttempts, UnknownName
from fitintel.storage.sealed import Sealer
from fitintel.workbench.auditing import AuditOffice
from fitintel.workbench.door import Workbench
from fitintel.workbench.sessions import ATTEMPTS, Gate
from tests.access.world import PASSWORD


@pytest.fixture(autouse=True)
def from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "_counted", {})


def said(name: str, **labels: str) -> int:
    return counts().get((name, tuple(sorted(labels.items()))), 0)


@pytest.mark.parametrize(("name", "labels"), [("log_in", {}), ("denials", {}), ("denials", {"athlete": "anna"})])
def test_what_is_not_declared_cannot_be_counted(name: str, labels: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        counted.count(name, **labels)


@pytest.mark.parametrize("name", COUNTERS)
def test_no_label_takes_a_value_that_is_not_listed(name: str) -> None:
    counted.count(name, **dict.fromkeys(COUNTERS[name].labels, "anna"))
    assert list(counts()) == [(name, tuple((label, OTHER) for label in sorted(COUNTERS[name].labels)))]


def test_log_ins_that_worked_failed_or_were_too_many_are_counted_and_noted(gate: Gate) -> None:
    gate.log_in("anna", PASSWORD, surface="page")
    for _ in range(ATTEMPTS):
        with pytest.raises(LogInRefused):
            gate.log_in("anna", "wrong " + PASSWORD, surface="page")
    for _ in range(3):
        with pytest.raises(TooManyAttempts):
            gate.log_in("anna", PASSWORD, surface="page")
    ways = {"way": "password", "surface": "page"}
    assert said("log_ins", outcome="ok", **ways) == 1
    assert said("log_ins", outcome="refused", **ways) == ATTEMPTS
    assert said("log_ins", outcome="limited", **ways) == said("limits", what="name") == 3
    rows = [row.said for row in gate.vault.audit_rows() if row.said["what"] == "log in"]
    assert [row["outcome"] for row in rows] == ["done"] + ["refused"] * (ATTEMPTS + 1)
    assert rows[-1]["why"] == "too many attempts with this name"


def test_a_stolen_refresh_token_is_counted(gate: Gate) -> None:
    found = gate.log_in("anna", PASSWORD)
    gate.renew(found.refresh)
    with pytest.raises(LogInRefused):
        gate.renew(found.refresh)
    assert said("stolen_tokens") == 1


def test_a_denial_is_counted_with_the_front_end_and_nothing_else(gate: Gate, owner: Workbench) -> None:
    actor = gate.actor(gate.log_in("carl", PASSWORD).access, surface="rest")
    with Workbench(owner.settings, actor, surface="rest") as bench, pytest.raises(NotAllowed):
        bench.may(Action.READ, "anna", Kind.WORKOUT)
    assert said("denials", surface="rest") == 1
    assert said("audit_rows", kind="access", outcome="refused") == 1


def test_every_kind_of_audit_row_has_its_counter() -> None:
    assert set(COUNTERS["audit_rows"].labels["kind"]) == {kind.value for kind in audit.Kind}


def test_a_broken_audit_chain_is_counted(gate: Gate, owner: Workbench, tmp_path: Path) -> None:
    office = AuditOffice(owner.vault, owner.settings)
    gate.log_in("anna", PASSWORD)
    office.verify()
    assert said("audit_checks", outcome="whole") == 1


def test_a_seal_that_is_opened_or_broken_is_counted() -> None:
    sealer = Sealer(bytes(32))
    sealed = sealer.seal(b"a token", "anna", "strava")
    assert sealer.open(sealed, "anna", "strava") == b"a token"
    for broken, whose in ((sealed, "bert"), (sealed[:-1] + bytes([sealed[-1] ^ 1]), "anna"), (b"no seal", "anna")):
        with pytest.raises(SealBroken):
            sealer.open(broken, whose, "strava")
    assert (said("seals", outcome="ok"), said("seals", outcome="broken")) == (1, 3)


def test_a_file_that_is_put_aside_is_counted_and_one_only_looked_at_is_not(owner: Workbench, tmp_path: Path) -> None:
    file = tmp_path / "no-table.csv"
    file.write_bytes(b"\x00\x01 this is nothing that is known")
    owner.import_files([file], athlete_id="anna", dry_run=True)
    assert said("quarantined") == 0
    owner.import_files([file], athlete_id="anna")
    assert said("quarantined") == 1


def test_every_counter_is_counted_somewhere() -> None:
    package = Path(counted.__file__).parents[1]
    text = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert {name for name in COUNTERS if f'count("{name}"' not in text} == set()
