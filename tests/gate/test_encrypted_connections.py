"""TLS to the database and to Redis: what the address says is spoken, and a stranger's certificate is refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fitintel.access.limiting import Addresses
from fitintel.core.errors import StorageUnavailable
from fitintel.core.records import Athlete
from fitintel.storage import open_store
from fitintel.storage.cache import open_cache
from tests.services import MariaDB, _program, folder, free_port, redis_server


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority (ca.pem), a server's certificate and key, and a stranger's authority (other.pem)."""
    place, openssl = tmp_path_factory.mktemp("tls"), _program("openssl")

    def run(*words: str) -> None:
        subprocess.run([openssl, *words], cwd=place, check=True, capture_output=True)

    for name in ("ca", "other"):
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}", "-keyout",
            f"{name}.key", "-out", f"{name}.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    run("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr")
    (place / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
        "-extfile", "names", "-out", "server.pem")  # fmt: skip
    return place


def test_the_database_is_spoken_to_over_tls_alone(authority: Path) -> None:
    from sqlalchemy import create_engine, text

    with folder("tls") as home:
        private = MariaDB(home, f"--ssl-ca={authority}/ca.pem", f"--ssl-cert={authority}/server.pem",
                          f"--ssl-key={authority}/server.key", "--require-secure-transport=ON")  # fmt: skip
        private.start()
        try:
            safe = f"ssl_ca={authority}/ca.pem"
            engine = create_engine(f"{private.url}?{safe}", isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text("CREATE DATABASE fit"))
                assert connection.execute(text("SHOW STATUS LIKE 'Ssl_cipher'")).one()[1]
            engine.dispose()
            store = open_store(f"{private.url}fit?{safe}", "memory://")
            store.put_athlete(Athlete("anna", "Anna"))
            assert store.athlete("anna").name == "Anna"
            store.close()
            for query in (f"ssl_ca={authority}/other.pem",):
                with pytest.raises(StorageUnavailable):
                    open_store(f"{private.url}fit?{query}", "memory://").athletes()
        finally:
            private.stop()


def test_redis_is_spoken_to_over_tls_alone(authority: Path) -> None:
    port = free_port()
    options = ["--tls-port", str(port), "--tls-cert-file", str(authority / "server.pem"), "--tls-key-file",
               str(authority / "server.key"), "--tls-ca-cert-file", str(authority / "ca.pem"),
               "--tls-auth-clients", "no"]  # fmt: skip
    with redis_server(*options):
        url = f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={authority}/ca.pem"
        kept = open_cache(url)
        kept.put("a", b"value")
        assert kept.get("a") == b"value"
        kept.close()
        stranger = open_cache(f"rediss://127.0.0.1:{port}/0?ssl_ca_certs={authority}/other.pem")
        stranger.put("a", b"other")
        assert stranger.get("a") is None
        stranger.close()
        limits = Addresses(url, most="2/minute")
        assert [limits.may_try("192.0.2.1") for _ in range(3)] == [True, True, False]
        assert [Addresses(url, most="2/minute").may_try("192.0.2.1")] == [False]  # counted there, not here
