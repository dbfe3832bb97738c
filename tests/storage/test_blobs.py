"""Files by content hash."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.core import snapshot
from fitintel.core.errors import NotFound, StorageError, StorageUnavailable, UnknownName, UsageError
from fitintel.storage import open_blobs
from fitintel.storage.store import Blobs

SNAPSHOT = snapshot.dump({"load": [1.0, 2.0], "name": "ü" * 500})


@pytest.fixture(params=["folder", "file url", "memory"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    places = {
        "folder": str(tmp_path / "100% & #1"),
        "file url": f"file://{tmp_path / 'files'}",
        "memory": f"memory://{tmp_path.name}",
    }
    return open_blobs(places[request.param])


@pytest.mark.parametrize(("kind", "data"), [("raw", b"a,b\r\n\x00\xff"), ("raw", b""), ("snapshots", SNAPSHOT)])
def test_bytes_come_back_by_their_hash(blobs: Blobs, kind: str, data: bytes) -> None:
    digest = blobs.put(kind, data)
    assert digest == snapshot.digest_of(data)
    assert blobs.put(kind, data) == digest
    assert blobs.get(kind, digest) == data


def test_many_come_back_by_their_hashes(blobs: Blobs) -> None:
    items = {snapshot.digest(i): snapshot.dump(i) for i in range(30)}
    blobs.put_many("snapshots", items)
    blobs.put_many("snapshots", {**items, snapshot.digest("new"): snapshot.dump("new")})
    blobs.put_many("snapshots", {})
    assert {digest: blobs.get("snapshots", digest) for digest in items} == items
    assert blobs.get("snapshots", snapshot.digest("new")) == snapshot.dump("new")


def test_a_missing_file_is_not_found(blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        blobs.get("raw", "0" * 64)
    digest = blobs.put("raw", b"x")
    with pytest.raises(NotFound):
        blobs.get("snapshots", digest)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", "0" * 62 + "/x"])
def test_what_is_no_hash_is_refused(blobs: Blobs, digest: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.get("raw", digest)
    with pytest.raises(ValueError, match="SHA-256"):
        blobs.put_many("raw", {digest: b"x"})


def test_an_unknown_kind_is_refused(blobs: Blobs) -> None:
    with pytest.raises(UnknownName, match="raw"):
        blobs.put("row", b"x")


def only_file(folder: Path) -> Path:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    return files[0]


def test_the_path_is_made_of_kind_and_hash_and_nothing_else_is_left(tmp_path: Path) -> None:
    digest = open_blobs(str(tmp_path)).put("raw", b"x")
    assert only_file(tmp_path) == tmp_path / "raw" / digest[:2] / digest


def test_snapshots_are_kept_compressed_and_raw_files_as_they_came(tmp_path: Path) -> None:
    open_blobs(str(tmp_path / "a")).put("snapshots", SNAPSHOT)
    open_blobs(str(tmp_path / "b")).put("raw", SNAPSHOT)
    assert only_file(tmp_path / "a").stat().st_size < len(SNAPSHOT) / 2
    assert only_file(tmp_path / "b").read_bytes() == SNAPSHOT


@pytest.mark.parametrize("value", [{"x": list(range(500))}, {"x": np.zeros(5_000)}, {"x": np.arange(5_000) / 7.0}])
def test_snapshots_of_texts_and_of_numbers_are_packed_and_come_back(value: dict[str, Any]) -> None:
    data = snapshot.dump(value)
    assert len(snapshot.pack(data)) < len(data)
    assert snapshot.unpack(snapshot.pack(data)) == data


@pytest.mark.parametrize("kind", ["raw", "snapshots"])
@pytest.mark.parametrize("how", ["one bit", "cut short", "emptied", "swapped"])
def test_a_changed_file_is_refused(tmp_path: Path, kind: str, how: str) -> None:
    blobs = open_blobs(str(tmp_path))
    digest = blobs.put(kind, SNAPSHOT)
    path = only_file(tmp_path)
    kept = path.read_bytes()
    middle = len(kept) // 2
    changed = {
        "one bit": kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :],
        "cut short": kept[:-1],
        "emptied": b"",
        "swapped": snapshot.pack(b"another") if kind == "snapshots" else b"another",
    }
    path.write_bytes(changed[how])
    with pytest.raises(StorageError, match="changed or damaged"):
        blobs.get(kind, digest)


def test_a_crash_before_the_rename_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = open_blobs(str(tmp_path))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(StorageUnavailable, match="No space left"):
        blobs.put("raw", b"x")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    monkeypatch.undo()
    assert blobs.get("raw", blobs.put("raw", b"x")) == b"x"


def test_every_file_is_synced_before_it_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[tuple[str, str]] = []
    names: dict[int, str] = {}
    real_open, real_sync, real_replace = os.open, os.fsync, os.replace

    def spy_open(path: object, *args: int) -> int:
        number = real_open(path, *args)  # type: ignore[call-overload]
        names[number] = Path(str(path)).name.lstrip(".")[:64]
        return int(number)

    monkeypatch.setattr(os, "open", spy_open)
    monkeypatch.setattr(os, "fsync", lambda number: (events.append(("sync", names[number])), real_sync(number)))
    monkeypatch.setattr(
        os, "replace", lambda old, new: (events.append(("rename", Path(new).name)), real_replace(old, new))
    )
    items = {snapshot.digest_of(data): data for data in (b"1", b"2", b"3")}
    open_blobs(str(tmp_path)).put_many("raw", items)
    for digest in items:
        assert events.index(("sync", digest)) < events.index(("rename", digest)) < events.index(("sync", digest[:2]))


def test_a_folder_that_cannot_be_written_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("a file where the folder should be")
    with pytest.raises(StorageUnavailable, match="cannot be used") as caught:
        open_blobs(str(tmp_path)).put("raw", b"x")
    assert str(tmp_path) in str(caught.value)


def test_an_unknown_file_system_is_refused() -> None:
    with pytest.raises(UsageError, match="file store"):
        open_blobs("nonsense://bucket/x")


@given(st.binary(max_size=5000))
def test_any_bytes_come_back(data: bytes) -> None:
    blobs = open_blobs("memory://hypothesis")
    for kind in ("raw", "snapshots"):
        assert blobs.get(kind, blobs.put(kind, data)) == data


def test_a_local_folder_needs_no_fsspec(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from fitintel.storage import open_blobs; "
        f"open_blobs('file://{tmp_path}').put('raw', b'x'); sys.exit('fsspec' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
