"""OpenStack Swift with its S3 interface, for the full form of the tests: a server that checks what it is sent.

It is installed from the package index into an environment of its own (var/swift), once. Loaded by `tests/conftest.py`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.s3_servers import KEY, SECRET
from tests.services import folder, free_port, server

SWIFT = "swift==2.38.3"
HOME = Path(__file__).resolve().parents[1] / "var" / "swift"
PIPELINE = (
    "catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth copy slo dlo versioned_writes"
    " symlink proxy-server"
)
ACCOUNT, _, PERSON = KEY.partition(":")
STORAGE = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {home}
devices = {home}/devices
mount_check = false
fallocate_reserve = 0
log_name = {kind}
log_address = {home}/none
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""
PROXY = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {home}
log_address = {home}/none
[pipeline:main]
pipeline = {pipeline}
[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{person} = {secret} .admin
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
"""
PLAIN = ("catch_errors", "gatekeeper", "healthcheck", "listing_formats", "bulk", "copy", "slo", "dlo", "symlink")


def installed() -> Path:
    """Programs of Swift, installed now if they are not; skips the test where that is not possible."""
    programs = HOME / "bin"
    if (programs / "swift-proxy-server").is_file():
        return programs
    for command in ([sys.executable, "-m", "venv", str(HOME)],
                    [str(programs / "python"), "-m", "pip", "install", "-q", "setuptools<81", SWIFT]):  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = f"{SWIFT} cannot be installed: {(done.stderr or done.stdout).strip()[-300:]}"
            if os.environ.get("FITINTEL_REQUIRE_SERVICES") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
    return programs


def _rings(programs: Path, home: Path, ports: dict[str, int]) -> None:
    for kind, port in ports.items():
        name = str(home / f"{kind}.builder")
        for step in (["create", "4", "1", "1"], ["add", f"r1z1-127.0.0.1:{port}/d1", "1"], ["rebalance"]):
            subprocess.run([str(programs / "swift-ring-builder"), name, *step], capture_output=True, check=True)


@pytest.fixture(scope="session")
def swift_port() -> Iterator[int]:
    """Port of Swift's S3 interface."""
    programs = installed()
    with folder("swift") as home, ExitStack() as running:
        ports = {kind: free_port() for kind in ("account", "container", "object")}
        (home / "devices" / "d1").mkdir(parents=True)
        (home / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = tests\n")
        _rings(programs, home, ports)
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        for kind, port in ports.items():
            config = home / f"{kind}-server.conf"
            config.write_text(STORAGE.format(kind=kind, port=port, user=user, home=home))
            running.enter_context(_started(programs, kind, config, port))
        port = free_port()
        config = home / "proxy-server.conf"
        filters = "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n" for name in PLAIN)
        # without memcached: what is cached is asked again
        filters += "[filter:cache]\nuse = egg:swift#memcache\nmemcache_servers = 127.0.0.1:1\n"
        config.write_text(PROXY.format(port=port, user=user, home=home, pipeline=PIPELINE, account=ACCOUNT,
                                       person=PERSON, secret=SECRET) + filters)  # fmt: skip
        running.enter_context(_started(programs, "proxy", config, port))
        yield port


def _started(programs: Path, kind: str, config: Path, port: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    def ready() -> bool:
        path = "healthcheck" if kind == "proxy" else "recon/version"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    command = [str(programs / "python"), str(programs / f"swift-{kind}-server"), str(config), "-v"]
    return server(command, config.with_suffix(".log"), ready)
