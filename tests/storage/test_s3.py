"""The file store on S3: the same promises as a folder; failures are told with their place and without secrets."""

from __future__ import annotations

import io
import os
import traceback
from collections.abc import Callable

import numpy as np
import pytest

from fitintel.core import snapshot
from fitintel.core.errors import NotFound, StorageError, StorageUnavailable, UsageError
from fitintel.storage import open_blobs, remote, streams
from fitintel.storage.store import Blobs
from tests.s3_servers import BUCKET, KEY, SECRET, Bucket, Door, client, named

SNAPSHOT = snapshot.dump({"load": [1.0, 2.0], "name": "ü" * 500})
SAMPLES = {"time": np.arange(50_000.0), "hr": np.random.default_rng(3).normal(140, 20, 50_000)}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are told after one attempt: how often it is tried again is not what these tests are about."""
    again = {**remote.S3_OPTIONS["config_kwargs"], "retries": {"mode": "standard", "total_max_attempts": 1}}
    monkeypatch.setattr(remote, "S3_OPTIONS", {**remote.S3_OPTIONS, "config_kwargs": again})
    monkeypatch.setattr(remote, "S3_RETRIES", 1)


def objects(s3: Bucket) -> dict[str, bytes]:
    """What is in the bucket, seen without fitintel."""
    asked = client(s3.endpoint)
    found = asked.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    return {one["Key"]: asked.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in found}


@pytest.mark.parametrize(("kind", "data"), [("raw", b"a,b\r\n\x00\xff"), ("raw", b""), ("snapshots", SNAPSHOT)])
def test_bytes_come_back_by_their_hash(s3: Bucket, kind: str, data: bytes) -> None:
    blobs = open_blobs(s3.url)
    digest = blobs.put(kind, data)
    assert blobs.put(kind, data) == digest == snapshot.digest_of(data)
    assert blobs.get(kind, digest) == data
    assert list(objects(s3)) == [f"files/{kind}/{digest[:2]}/{digest}"]


def test_many_are_written_at_once_and_only_those_that_are_missing(s3: Bucket) -> None:
    blobs = open_blobs(s3.url)
    items = {snapshot.digest_of(data): data for data in (bytes([place]) * 100 for place in range(40))}
    blobs.put_many("raw", dict(list(items.items())[:10]))
    before = objects(s3)
    blobs.put_many("raw", items)
    blobs.put_many("raw", {})
    assert {digest: blobs.get("raw", digest) for digest in items} == items
    assert len(objects(s3)) == 40
    assert before.items() <= objects(s3).items()


def test_samples_are_read_in_parts(s3: Bucket) -> None:
    blobs = open_blobs(s3.url)
    digest = blobs.put(streams.KIND, streams.encode(SAMPLES))
    with blobs.open(streams.KIND, digest) as file:
        (only,) = streams.decode(file, ["hr"]).items()
    assert only[0] == "hr"
    np.testing.assert_array_equal(only[1], SAMPLES["hr"])


def test_what_is_missing_is_not_found_and_removing_it_is_no_error(s3: Bucket) -> None:
    blobs = open_blobs(s3.url)
    for ask in (blobs.get, blobs.open):
        with pytest.raises(NotFound, match="backup"):
            ask("raw", "0" * 64)
    digest = blobs.put("raw", b"x")
    blobs.remove("raw", [digest, "1" * 64])
    blobs.remove("raw", [digest])
    assert objects(s3) == {}


@pytest.mark.parametrize("kept", [b"", b"hal", b"other"])
def test_an_object_that_is_not_what_was_put_is_refused(s3: Bucket, kept: bytes) -> None:
    blobs = open_blobs(s3.url)
    digest = blobs.put("raw", b"whole")
    client(s3.endpoint).put_object(Bucket=BUCKET, Key=f"files/raw/{digest[:2]}/{digest}", Body=kept)
    with pytest.raises(StorageError, match="changed or damaged"):
        blobs.get("raw", digest)
    if len(kept) != len(b"whole"):
        blobs.put("raw", b"whole")  # one of another size is not believed: importing again mends it
        assert blobs.get("raw", digest) == b"whole"


def said(work: Callable[[], object], kind: type[StorageError] = StorageUnavailable) -> str:
    """What a person and a log read of a failure; it has place, reason and next step, and no secret."""
    with pytest.raises(kind) as caught:
        work()
    error = caught.value
    assert error.where
    assert error.why
    assert error.next
    whole = "".join(traceback.format_exception(error))
    assert SECRET not in whole
    assert "another-secret" not in whole
    return str(error)


def every_use(blobs: Blobs) -> list[Callable[[], object]]:
    digest = snapshot.digest_of(b"x")
    return [
        lambda: blobs.put("raw", b"x"), lambda: blobs.put_many("raw", {digest: b"x", snapshot.digest_of(b"y"): b"y"}),
        lambda: blobs.get("raw", digest), lambda: blobs.open("raw", digest), lambda: blobs.remove("raw", [digest]),
    ]  # fmt: skip


def test_a_bucket_that_does_not_exist_is_said_and_not_taken_for_missing_files(s3: Bucket) -> None:
    blobs = open_blobs("s3://no-such-bucket/files")
    put, many, get, opened, _ = every_use(blobs)
    for use in (put, many, get):
        assert "bucket does not exist" in said(use)
    with pytest.raises((StorageUnavailable, NotFound)):  # asked for its size, S3 does not tell one from the other
        opened()


def test_wrong_credentials_are_said_without_them(s3: Bucket, monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    if not s3.strict:
        pytest.skip("moto believes any credentials; the full form asks Swift")
    with named(s3.endpoint, monkeypatch, secret="another-secret"):
        for use in every_use(open_blobs(s3.url)):
            said(use)


def test_without_credentials_it_says_which_are_needed(
    s3_door: Door, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    blobs = open_blobs(f"s3://{BUCKET}/files")
    told = said(lambda: blobs.put("raw", b"x"))
    assert "AWS_SECRET_ACCESS_KEY" in told


@pytest.mark.parametrize("url", [f"s3://{KEY}:{SECRET}@{BUCKET}/files", f"s3://{KEY}@{BUCKET}"])
def test_credentials_in_the_address_are_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="AWS_ACCESS_KEY_ID") as caught:
        open_blobs(url)
    assert SECRET not in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_server_that_is_away_is_unavailable_and_works_again_when_it_is_back(s3_door: Door, quick: None) -> None:
    blobs = open_blobs(f"s3://{BUCKET}/files")
    blobs.put("raw", b"x")
    s3_door.shut()
    for use in every_use(blobs):
        assert f"s3://{BUCKET}/files" in said(use)
    s3_door.open()
    assert blobs.get("raw", blobs.put("raw", b"x")) == b"x"


def test_credentials_in_the_address_of_the_server_are_not_told(
    s3_door: Door, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    s3_door.shut()
    with named(f"http://ann:{SECRET}@127.0.0.1:{s3_door.port}", monkeypatch):
        blobs = open_blobs(f"s3://{BUCKET}/files")
        with pytest.raises(StorageUnavailable) as caught:
            blobs.put("raw", b"x")
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize("size", [0, 200, 3_000, 60_000, 150_000])
def test_a_write_that_is_cut_anywhere_is_an_error_and_writing_again_completes_it(
    s3_door: Door, quick: None, size: int
) -> None:
    rng = np.random.default_rng(size)
    items = {snapshot.digest_of(data): data for data in (rng.bytes(20_000) for _ in range(8))}
    blobs = open_blobs(f"s3://{BUCKET}/files")
    s3_door.shut_after(size)
    said(lambda: blobs.put_many("raw", items))
    assert s3_door.is_shut
    s3_door.open()
    blobs.put_many("raw", items)
    assert {digest: blobs.get("raw", digest) for digest in items} == items


def test_samples_whose_server_goes_away_are_not_taken_for_damaged_ones(s3_door: Door, quick: None) -> None:
    blobs = open_blobs(f"s3://{BUCKET}/files")
    digest = blobs.put(streams.KIND, streams.encode(SAMPLES))
    file = blobs.open(streams.KIND, digest)
    s3_door.shut()
    said(lambda: streams.decode(file))
    s3_door.open()
    damaged = streams.encode(SAMPLES)[:-100]
    with pytest.raises(StorageError, match="damaged") as caught:
        streams.decode(io.BytesIO(damaged))
    assert not isinstance(caught.value, StorageUnavailable)


def test_a_forked_child_connects_anew(s3_door: Door) -> None:
    blobs = open_blobs(f"s3://{BUCKET}/files")
    digest = blobs.put("raw", b"of the parent")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            status = 0 if blobs.get("raw", digest) == b"of the parent" and blobs.put("raw", b"of the child") else 2
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert blobs.get("raw", snapshot.digest_of(b"of the child")) == b"of the child"
