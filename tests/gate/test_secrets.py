"""Nothing is served with a secret that is missing, short, known to everybody, or readable by others."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fitintel.core.errors import UsageError
from fitintel.core.fit_for_production import KEYS, MADE_HERE, check
from fitintel.core.settings import read

PREFIX = "FITINTEL_"
GOOD = {"ACCESS": "gate", "PUBLIC_URL": "https://gate.example"}
KEY = base64.b64encode(bytes(range(7, 39))).decode()
STRONG = "kZ4!vRt9Qm2xLp7Wd"
WEAK = ("", "short", "password1234567890", "changeme-changeme", "x" * 40, "FITINTEL-fitintel-1234")
WEAK_KEYS = (base64.b64encode(bytes(32)).decode(), base64.b64encode(b"short").decode(), "not base64 at all!", STRONG)


def given(home: Path, **values: str) -> None:
    check(read({PREFIX + name: value for name, value in {**GOOD, **values}.items()}, home=home))


def test_good_settings_are_fit(tmp_path: Path) -> None:
    given(tmp_path)
    given(tmp_path, **dict.fromkeys(KEYS, KEY), WEBHOOK_SECRET=STRONG, CACHE_URL=f"rediss://:{STRONG}@cache.example/0",
          DATABASE_URL=f"mysql://fit:{STRONG}@db.example/fit?ssl_ca=/etc/ca.pem")  # fmt: skip
    given(
        tmp_path,
        DATABASE_URL="mysql+pymysql://fit@localhost/fit?unix_socket=/run/db",
        CACHE_URL="unix:///run/cache?db=0",
    )


@pytest.mark.parametrize("name", MADE_HERE)
def test_a_weak_secret_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    for value in WEAK_KEYS if name in KEYS else WEAK[1:]:
        with pytest.raises(UsageError, match=f"{PREFIX}{name}") as caught:
            given(tmp_path, **{name: value})
        assert value not in str(caught.value)


@pytest.mark.parametrize("name", MADE_HERE)
def test_a_file_that_others_may_read_or_that_is_not_there_is_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    with pytest.raises(UsageError, match=f"{PREFIX}{name}_FILE: the file cannot be read"):
        given(tmp_path, **{f"{name}_FILE": str(file)})
    file.write_text(KEY if name in KEYS else STRONG)
    file.chmod(0o640)
    with pytest.raises(UsageError, match=f"{PREFIX}{name}_FILE: others may read"):
        given(tmp_path, **{f"{name}_FILE": str(file)})
    file.chmod(0o600)
    given(tmp_path, **{f"{name}_FILE": str(file)})


@pytest.mark.parametrize(("name", "value"), [
    ("PUBLIC_URL", "http://gate.example"), ("PUBLIC_URL", ""), ("DATABASE_URL", "mysql://fit@127.0.0.1/fit"),
    ("DATABASE_URL", "mysql://fit:password1234567890@127.0.0.1/fit"),
    ("DATABASE_URL", f"mysql://fit:{STRONG}@db.example/fit"), ("CACHE_URL", "redis://127.0.0.1:6379/0"),
    ("CACHE_URL", f"redis://:{STRONG}@cache.example/0"),
])  # fmt: skip
def test_what_could_be_read_or_guessed_on_the_way_is_refused(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=PREFIX + name) as caught:
        given(tmp_path, **{name: value})
    assert STRONG not in str(caught.value)


def test_the_server_does_not_start_with_a_weak_secret(tmp_path: Path) -> None:
    environment = {**os.environ, "FITINTEL_HOME": str(tmp_path), "FITINTEL_ACCESS": "gate",
                   "FITINTEL_WEBHOOK_SECRET": "x1x1", "FITINTEL_PUBLIC_URL": "https://gate.example"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", "from fitintel.api.app import served; served()"], env=environment,
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode != 0
    assert "FITINTEL_WEBHOOK_SECRET" in done.stderr
    assert "x1x1" not in done.stderr
