"""Who operates a workspace leaves a row in its audit chain, whether it went well or not."""

from __future__ import annotations

import pytest

from fitintel.cli.app import main
from fitintel.core.settings import Settings
from tests.production.conftest import PASSWORD, opened


@pytest.fixture
def commands(workspace: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("FITINTEL_HOME", str(workspace.home))
    monkeypatch.setenv("FITINTEL_BACKUP_REPOSITORY", workspace.account("BACKUP_REPOSITORY") or "")
    monkeypatch.setenv("FITINTEL_BACKUP_PASSWORD", PASSWORD)
    return workspace


def rows(settings: Settings) -> list[tuple[str, str]]:
    store, _ = opened(settings)
    try:
        found = [row.said for row in store.audit_rows() if row.kind == "operation"]
    finally:
        store.close()
    return [(said["what"], said["outcome"]) for said in found]


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    return int(ended.value.code or 0)


def test_a_backup_its_verification_a_drill_and_a_restore_are_rows(commands: Settings) -> None:
    for words in (("backup",), ("backup", "verify"), ("backup", "drill")):
        assert run(*words) == 0, words
    assert rows(commands) == [("backup", "done"), ("verify backup", "done"), ("drill", "done")]
    assert run("restore") == 2
    assert rows(commands)[-1] == ("restore", "refused")
    assert run("restore", "--force") == 0
    # the state of before the backup, which knows of no row after it, and the row of the restore
    assert rows(commands) == [("restore", "done")]


def test_a_damaged_backup_is_a_row(commands: Settings) -> None:
    assert run("backup") == 0
    pack = next(path for path in (commands.home.parent / "repository" / "data").rglob("*") if path.is_file())
    pack.chmod(0o600)
    pack.write_bytes(b"x" + pack.read_bytes()[1:])
    assert run("backup", "verify") == 1
    assert rows(commands) == [("backup", "done"), ("verify backup", "refused")]


def test_a_restore_that_fails_in_an_empty_place_leaves_it_empty(commands: Settings) -> None:
    import shutil

    shutil.rmtree(commands.home)
    assert run("restore") != 0
    assert not (commands.home / "fitintel.db").exists()
