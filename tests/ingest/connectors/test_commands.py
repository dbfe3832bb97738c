"""The commands of connected accounts, as a person uses them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from fitintel.cli.listening import redirected
from fitintel.core.errors import UsageError
from tests.ingest.connectors import faults
from tests.ingest.connectors.conftest import DAY, START
from tests.ingest.connectors.servers import IntervalsCloud, StravaCloud, ride
from tests.services import free_port


@pytest.fixture
def run(tmp_path: Path, empty: Path, strava: StravaCloud, intervals: IntervalsCloud):
    home = tmp_path / "home"
    home.mkdir()
    (home / "fitintel.db").write_bytes(empty.read_bytes())
    secret = tmp_path / "strava-secret"
    secret.write_text(strava.client_secret + "\n")
    environment = {
        **os.environ, "FITINTEL_HOME": str(home), "NO_COLOR": "1",
        "FITINTEL_STRAVA_URL": strava.address, "FITINTEL_STRAVA_CLIENT_ID": strava.client_id,  # type: ignore[attr-defined]
        "FITINTEL_STRAVA_CLIENT_SECRET_FILE": str(secret), "FITINTEL_INTERVALS_URL": intervals.address,  # type: ignore[attr-defined]
    }  # fmt: skip

    def call(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "fitintel", *arguments], capture_output=True, text=True,
                              env=environment, cwd=tmp_path, timeout=120, check=False, input=given)  # fmt: skip

    return call


def test_from_connecting_to_forgetting(run, strava: StravaCloud) -> None:
    strava.add(ride(1, START))
    strava.add(ride(2, START + DAY, moving_time=None))
    begun = run("connect", "strava", "--json")
    assert begun.returncode == 0, begun.stderr
    url = json.loads(begun.stdout)["url"]
    assert run("sync").stdout.startswith("No account is connected")
    finished = run("connect", "strava", "--redirect", strava.allow("77", url))
    assert "Connected me to Strava (account 77)" in finished.stdout
    synced = run("sync")
    assert synced.returncode == 3, "one waits in quarantine"
    assert "1 new" in synced.stdout
    (report,) = json.loads(run("sync", "--json").stdout)
    assert (report["imported"], report["unchanged"], report["error"]) == (0, 2, None)
    (listed,) = json.loads(run("connections", "--json").stdout)
    assert (listed["state"], listed["account"]) == ("active", "77")
    assert run("sync", "--reparse").returncode in (0, 3)
    gone = run("disconnect", "strava", "--forget", "--yes")
    assert "1 workouts were removed" in gone.stdout
    assert json.loads(run("connections", "--json").stdout) == []
    spoken = "".join(done.stdout + done.stderr for done in (begun, finished, synced, gone))
    assert not [secret for secret in [*strava.issued, strava.client_secret] if secret in spoken]


def test_a_key_is_read_from_a_pipe_and_not_shown(run, intervals: IntervalsCloud) -> None:
    done = run("connect", "intervals", "--key", given=intervals.key + "\n")
    assert done.returncode == 0, done.stderr
    assert "Connected me to intervals.icu" in done.stdout
    assert intervals.key not in done.stdout + done.stderr
    assert run("sync", "--provider", "intervals", "--since", "2025-01-01").returncode == 0


def test_failures_are_said_with_what_to_do_and_exit_code_1(run, strava: StravaCloud) -> None:
    url = json.loads(run("connect", "strava", "--json").stdout)["url"]
    run("connect", "strava", "--redirect", strava.allow("77", url))
    strava.go_wrong("activities$", faults.says(403), 10)
    done = run("sync")
    assert done.returncode == 1
    assert "fitintel connect strava" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "needs reconnect" in run("connections").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("connect", "garmin"), "intervals, strava"), (("sync", "--provider", "x"), "intervals, strava"),
     (("sync", "--since", "monday"), "2024-02-29"), (("disconnect", "strava"), "fitintel connect strava"),
     (("connect", "intervals"), "--key")],
)  # fmt: skip
def test_wrong_words_are_answered_with_the_right_ones(run, arguments, said: str) -> None:
    done = run(*arguments)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_browser_is_waited_for_on_loopback() -> None:
    port, found = free_port(), []
    waiting = threading.Thread(target=lambda: found.append(redirected(port, 20)))
    waiting.start()
    for path in ("/favicon.ico", "/?state=abc&code=1&scope=read"):
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
    waiting.join(20)
    assert found == [f"http://localhost:{port}/?state=abc&code=1&scope=read"]


def test_nobody_coming_is_said() -> None:
    with pytest.raises(UsageError, match="Nobody came back"):
        redirected(free_port(), 0.1)


def test_help_of_the_commands_loads_no_http_client() -> None:
    code = (
        "import sys\nfrom fitintel.cli.app import main\n"
        "try:\n    main(['sync', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'httpx', 'authlib', 'cryptography', 'anyio'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert re.search(r"\[\]", done.stderr)
