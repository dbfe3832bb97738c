"""Tokens, notes, files and tracks lie sealed with their athlete's key, read as before, and keys can be changed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitintel.core.errors import SealBroken
from fitintel.core.stated import PlannedWorkout
from fitintel.core.workouts import COLUMNS
from fitintel.storage import open_blobs, open_store, sealed_text
from fitintel.storage.keyring import SHARED, Keyring
from fitintel.storage.sealed_files import FORMAT, HEAD
from fitintel.workbench.door import Workbench
from fitintel.workbench.keyring import sealed_files
from tests.storage.children import in_child

NOTE = "Zq-note-8812"
TRACK = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<name>{name}</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"""


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Workbench]:
    """`anna` with a note, a plan, a comment, a label and a track; `ben` with the very same track."""
    points = "".join(
        f'<trkpt lat="{47 + 3e-5 * s:.6f}" lon="8.5"><time>2024-05-04T06:{s // 60:02d}:{s % 60:02d}Z</time></trkpt>'
        for s in range(0, 600, 5)
    )
    (tmp_path / "track.gpx").write_text(TRACK.format(name="morning", points=points))
    (tmp_path / "diary.csv").write_text(
        f"date,sport,duration (min),notes\n2024-05-06,Run,30,{NOTE}\n2024-05-07,Run,31,\n"
    )
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "track.gpx", tmp_path / "diary.csv"], athlete_id="anna", workers=1)
        bench.import_files([tmp_path / "track.gpx"], athlete_id="ben", workers=1)
        bench.state("plan", athlete_id="anna", day="2024-06-02", sport="running", duration="30 min", notes=NOTE,
                    today=19_870)  # fmt: skip
        bench.comment(NOTE, athlete_id="anna")
        bench.label(str(bench.workouts("anna")["id"][0]), "activity", "walk", athlete_id="anna", why=NOTE)
        yield bench


def everything(bench: Workbench) -> list[object]:
    """All that is kept of anna that can be sealed, as it is read."""
    vault = bench.vault
    recorded = vault.recordings("anna")
    raw = [bench.blobs.get("raw", one.sha256) for one in vault.imports("anna")]
    streams = [bench.blobs.get("streams", str(one.stream)) for one in recorded]
    return [vault.workouts("anna", columns=tuple(COLUMNS)), vault.stated("anna", PlannedWorkout),
            vault.comments("anna"), vault.labels("anna"), raw, streams]  # fmt: skip


def bytes_of(home: Path) -> bytes:
    """Every byte of the workspace."""
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_no_note_and_no_track_lies_in_the_clear_and_all_is_read_as_it_was(kept: Workbench) -> None:
    found = bytes_of(kept.settings.home)
    assert NOTE.encode() not in found
    assert b"<trkpt" not in found
    assert b"PAR1" not in found, "samples are no Parquet file any more for who has no key"
    with Workbench(kept.settings) as again:
        assert everything(again) == everything(kept)
        assert [one.text for one in again.comments("anna")] == [NOTE]
        assert NOTE in again.vault.workouts("anna", columns=("notes",))["notes"].tolist()
        assert again.samples("anna", again.vault.recordings("anna")[0].workout_id)["lat"][0] == 47.0


def test_another_workspace_key_is_told_and_gives_nothing(kept: Workbench) -> None:
    home = kept.settings.home
    (home / "secret.key").unlink()
    with Workbench(kept.settings) as again, pytest.raises(SealBroken, match="another key"):
        again.vault.comments("anna")


def test_a_text_opens_in_its_own_place_only(kept: Workbench) -> None:
    (sealed,) = (one.text for one in kept.vault.kept_texts("anna") if one.table == "comments")
    for athlete, table in (("ben", "comments"), ("anna", "answers")):
        with pytest.raises(SealBroken):
            sealed_text.open_(kept.keyring, athlete, table, sealed)
    with pytest.raises(SealBroken):
        sealed_text.open_of(kept.keyring, "anna", "comments", "another", sealed)
    broken = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]
    with pytest.raises(SealBroken):
        sealed_text.open_(kept.keyring, "anna", "comments", broken)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=200))
def test_every_text_comes_back_and_a_plain_one_is_left(tmp_path: Path, text: str) -> None:
    keyring = Keyring(tmp_path / "keyring", tmp_path)
    sealed = sealed_text.seal(keyring.sealer("anna"), "anna", "comments", "c-1", text)
    assert sealed_text.open_of(keyring, "anna", "comments", "c-1", sealed) == text
    assert sealed_text.is_sealed(sealed) == bool(text)
    assert sealed_text.open_(keyring, "anna", "comments", text) == (text, None)


def test_a_file_of_two_athletes_outlives_either_of_them(kept: Workbench) -> None:
    digest = kept.vault.recordings("anna")[0].sha256
    data = kept.blobs.get("raw", digest)
    path = next((kept.settings.home / "files" / "raw").rglob(digest))
    assert path.read_bytes()[len(FORMAT) : HEAD].decode() == SHARED
    kept.erase("anna", "anna")
    assert kept.blobs.get("raw", digest) == data
    kept.erase("ben", "ben")
    assert not path.exists()


def test_what_was_kept_before_there_were_keys_is_read_and_then_sealed_by_a_rotation(tmp_path: Path) -> None:
    settings_ = Workbench.open(tmp_path / "home").settings
    with Workbench(settings_) as bench:
        bench.__dict__["vault"] = open_store(settings_.database_url)
        bench.__dict__["blobs"] = open_blobs(settings_.files_url)
        (tmp_path / "diary.csv").write_text(f"date,sport,duration (min),notes\n2024-05-06,Run,30,{NOTE}\n")
        bench.import_files([tmp_path / "diary.csv"], athlete_id="anna")
        bench.comment(NOTE, athlete_id="anna")
        before = everything(bench)
    with Workbench(settings_) as bench:
        assert everything(bench) == before
        assert bench.key_status().outdated == 3
        made = bench.rotate_keys()
        assert (made.texts, made.files) == (2, 1)
        assert bench.key_status().outdated == 0
        assert everything(bench) == before
        bench.vault.overwrite_freed()
    assert NOTE.encode() not in bytes_of(settings_.home)


def test_a_rotation_changes_every_key_and_nothing_that_is_read(kept: Workbench) -> None:
    before, home = everything(kept), kept.settings.home
    keys, workspace = kept.keyring.data_keys(), (home / "secret.key").read_bytes()
    made = kept.rotate_keys(data=True)
    assert made.workspace_key
    assert made.wrapped == len(keys)
    assert (home / "secret.key").read_bytes() != workspace
    assert not list(home.glob("secret-keys/*.key"))
    assert not {one.name for one in keys if one.mark != SHARED} & {one.name for one in kept.keyring.data_keys()}
    assert everything(kept) == before
    with Workbench(kept.settings) as again:
        assert everything(again) == before
        found = again.key_status()
        assert (found.outdated, found.spare, found.wrapped_by_older) == (0, 0, 0)


def test_a_rotation_cut_off_anywhere_loses_nothing_and_goes_on(kept: Workbench) -> None:
    before = everything(kept)
    kept.vault.close()

    def rotate(die_at: int) -> None:
        seen = 0

        def after(path: str, flags: int, mode: int = 0o777, **more: object) -> int:
            nonlocal seen
            seen += bool(flags & os.O_CREAT)
            if seen == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return opened(path, flags, mode, **more)  # type: ignore[arg-type]

        opened, os.open = os.open, after  # type: ignore[assignment]
        with Workbench(kept.settings) as bench:
            bench.rotate_keys(data=True)

    for place in (1, 3, 5):
        _, status = os.waitpid(in_child(lambda place=place: rotate(place)), 0)  # type: ignore[misc]
        assert os.WIFSIGNALED(status)
        with Workbench(kept.settings) as bench:
            assert everything(bench) == before
    with Workbench(kept.settings) as bench:
        bench.rotate_keys(data=True)
        assert everything(bench) == before
        assert bench.key_status().spare == 0


def test_a_second_factor_outlives_a_rotation(kept: Workbench) -> None:
    from fitintel.workbench.sessions import opened_secret, sealed_secret

    kept.add_account("boss", ["admin"], password="correct horse battery staple")
    secrets = kept.vault.secrets("boss")
    assert secrets is not None
    from dataclasses import replace

    kept.vault.put_secrets("boss", replace(secrets, totp=sealed_secret(kept.settings, "boss", "ABCDEFGH")))
    kept.rotate_keys()
    now = kept.vault.secrets("boss")
    assert now is not None
    assert opened_secret(kept.settings, "boss", now) == "ABCDEFGH"


def test_files_are_read_as_they_lie_by_who_has_the_keys(kept: Workbench) -> None:
    recorded = kept.vault.recordings("anna")[0]
    path = f"streams/{str(recorded.stream)[:2]}/{recorded.stream}"
    files = sealed_files(kept)
    with files.open(path) as file:
        assert file.read(4) == b"PAR1"
    assert files.sizes([path]) == [len(kept.blobs.get("streams", str(recorded.stream)))]
    lying = kept.settings.home / "files" / path
    data = bytearray(lying.read_bytes())
    data[-1] ^= 1
    lying.write_bytes(bytes(data))
    with pytest.raises(SealBroken):
        kept.blobs.get("streams", str(recorded.stream))
