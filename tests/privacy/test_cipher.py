"""The embedded database encrypted as a whole: it answers as the plain one does, and its file shows nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.core import snapshot
from fitintel.core.errors import StorageUnavailable, UsageError
from fitintel.storage import open_store
from fitintel.workbench.door import Workbench

pytest.importorskip("sqlcipher3", reason="pip install 'fitintel[sqlcipher]'")
NAME = "Zq-name-2290"


def url(folder: Path) -> str:
    return f"sqlite+sqlcipher:///{folder / 'fitintel.db'}?key_file={folder / 'database.key'}"


def live(bench: Workbench, folder: Path) -> list[object]:
    """What a workspace answers after some days of use."""
    file = folder / "diary.csv"
    rows = "".join(f"2025-05-{day:02d},Run,{20 + day},{3 + day / 10},{NAME}\n" for day in range(1, 29))
    file.write_text(f"date,sport,duration (min),distance (km),notes\n{rows}2025-06-01,Run,abc,1,\n")
    bench.import_files([file], athlete_id="me")
    bench.import_files([file], athlete_id="me")
    bench.state("goal", athlete_id="me", kind="event", valid_from="2025-06-02", name=NAME)
    bench.comment("well done", athlete_id="me")
    made = bench.brief("me", "2025-05-28")
    vault = bench.vault
    problems = [(one.row, one.rule, one.value) for one in vault.problems(athlete_id="me")]
    return [vault.workouts("me"), made.id, made.insights, problems, [one.text for one in vault.comments("me")],
            bench.verify_audit().whole, [snapshot.digest(bench.replay(run)) for run in made.run_ids[:3]]]  # fmt: skip


def test_it_answers_as_the_plain_one_does_and_its_files_show_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "sealed").mkdir()
    with Workbench.open(tmp_path / "plain") as bench:
        expected = live(bench, tmp_path)
    assert NAME.encode() in b"".join(path.read_bytes() for path in (tmp_path / "plain").glob("fitintel.db*"))
    monkeypatch.setenv("FITINTEL_DATABASE_URL", url(tmp_path / "sealed"))
    with Workbench.open(tmp_path / "sealed") as bench:
        assert live(bench, tmp_path) == expected
        found = {path.name: path.read_bytes() for path in (tmp_path / "sealed").glob("fitintel.db*")}
        assert set(found) >= {"fitintel.db", "fitintel.db-wal"}
        for data in found.values():
            for word in (NAME.encode(), b"CREATE TABLE", b"SQLite format", b"workouts"):
                assert word not in data
        assert bench.erase("me", "me").state == "complete"
        assert bench.athletes() == ()


def test_a_wrong_key_and_a_plain_database_are_told(tmp_path: Path) -> None:
    open_store(url(tmp_path)).close()
    (tmp_path / "database.key").unlink()
    with pytest.raises(StorageUnavailable, match="key is another one"):
        open_store(url(tmp_path))
    open_store(f"sqlite:///{tmp_path / 'plain.db'}").close()
    with pytest.raises(StorageUnavailable, match="not encrypted"):
        open_store(url(tmp_path).replace("fitintel.db", "plain.db"))


def test_an_address_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="names no key"):
        open_store(f"sqlite+sqlcipher:///{tmp_path / 'a.db'}")


def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    open_store(url(tmp_path)).close()
    assert (tmp_path / "database.key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "database.key").chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        open_store(url(tmp_path))
