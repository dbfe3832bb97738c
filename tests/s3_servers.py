"""S3 for tests: moto's server in this process, and a door before it that can be shut, also in the middle of a request.

Loaded by `tests/conftest.py`. The environment of a test names the server and its credentials, as a person's would.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest

KEY, SECRET = "fit:tester", "a-secret-that-no-message-tells"
BUCKET = "fitintel-test"
STEP = 64 * 1024


@dataclass(frozen=True)
class Bucket:
    """A new, empty bucket: its URL, the address that answers for it, and whether that looks at credentials."""

    url: str
    endpoint: str
    strict: bool


class Door:
    """Passes connections on to a server; shut, it refuses them and cuts those that are open.

    `shut_after` shuts it when so many more bytes have been sent to the server: in the middle of a request.
    """

    def __init__(self, port: int) -> None:
        self._behind = port
        self._left: int | None = None
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self.port = 0
        self.open()

    def open(self) -> None:
        """Let connections through (again), at the same port."""
        self._left = None
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def shut_after(self, size: int) -> None:
        self._left = size

    @property
    def is_shut(self) -> bool:
        return self._listener is None

    def shut(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self._behind)) as server:
            pair = {client, server}
            self._open |= pair
            with selectors.DefaultSelector() as ready:
                for each in pair:
                    ready.register(each, selectors.EVENT_READ)
                while not self.is_shut:
                    for key, _ in ready.select(0.2):
                        source = key.fileobj
                        data = source.recv(STEP)  # type: ignore[union-attr]
                        if not data:
                            self._open -= pair
                            return
                        if source is client and self._left is not None:
                            data, self._left = data[: self._left], max(0, self._left - len(data))
                        (server if source is client else client).sendall(data)
                        if self._left == 0:
                            self.shut()
                            break
            self._open -= pair


@contextmanager
def named(endpoint: str, monkeypatch: pytest.MonkeyPatch, secret: str = SECRET) -> Iterator[None]:
    """The environment of a process that uses that server."""
    import s3fs

    said = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": secret, "AWS_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}  # fmt: skip
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    # clients are kept by their arguments, which do not tell where the environment led them
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture(scope="session")
def moto_port() -> Iterator[int]:
    """Port of moto's S3 server, which believes any credentials."""
    server = pytest.importorskip("moto.server", reason="moto is not installed (pip install 'fitintel[dev]')")
    pytest.importorskip("s3fs", reason="s3fs is not installed (pip install 'fitintel[s3]')")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it logs every request
    thread = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    thread.start()
    yield thread.get_host_and_port()[1]
    thread.stop()


def client(endpoint: str) -> Any:
    """Another program's view of the server."""
    import boto3

    return boto3.client("s3", endpoint_url=endpoint, aws_access_key_id=KEY, aws_secret_access_key=SECRET,
                        region_name="us-east-1")  # fmt: skip


def emptied(endpoint: str) -> None:
    """Make the bucket, or remove what it holds."""
    asked = client(endpoint)
    if BUCKET not in {one["Name"] for one in asked.list_buckets()["Buckets"]}:
        asked.create_bucket(Bucket=BUCKET)
    for page in asked.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
        for found in page.get("Contents", []):
            asked.delete_object(Bucket=BUCKET, Key=found["Key"])


@pytest.fixture
def s3_door(moto_port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """An empty bucket on moto's server, behind a door; the environment leads through the door."""
    emptied(f"http://127.0.0.1:{moto_port}")
    door = Door(moto_port)
    with named(f"http://127.0.0.1:{door.port}", monkeypatch):
        yield door
    door.shut()


@pytest.fixture(params=["moto", pytest.param("swift", marks=pytest.mark.slow)])
def s3(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """An empty bucket on moto's server, and in the full form on OpenStack Swift."""
    real = request.param == "swift"
    port = request.getfixturevalue("swift_port" if real else "moto_port")
    endpoint = f"http://127.0.0.1:{port}"
    emptied(endpoint)
    with named(endpoint, monkeypatch):
        yield Bucket(f"s3://{BUCKET}/files", endpoint, real)
