"""Everything on one machine, started for real: log-in over TLS, a brief, and what happens when a process dies."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.production.conftest import table
from tests.production.panels import NEED_CLOSED_DAYS, queries
from tests.production.up import NAME, PASSWORD, Up, until
from tests.services import _program, folder

SMALL = ("--apps=1", "--without=lab", "--without=mlflow", "--without=coach", "--without=schedule")


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    for program in ("nginx", "mariadbd", "redis-server", "prometheus", "prometheus-alertmanager", "restic"):
        _program(program)
    with folder("up") as home:
        home.chmod(0o711)
        started = Up(home / "w", *SMALL)
        try:
            started.wait()
            data = tmp_path_factory.mktemp("up")
            word = data / "password"
            word.write_text(PASSWORD)
            word.chmod(0o600)
            started.run("import", str(table(data, "runs", 2025)), "--athlete", "ann")
            started.run("account", "add", "ann", "--role", "athlete", "--password-file", str(word))
            started.run("account", "add", "bob", "--role", "athlete", "--password-file", str(word))
            started.run("nightly", "--workers", "1")
            started.run("backup")
            started.run("backup", "verify")
            yield started
        finally:
            started.stop()


@pytest.fixture(scope="module")
def token(up: Up) -> str:
    status, said = up.ask("POST", "/api/v1/sessions", {"name": "ann", "password": PASSWORD})
    assert status == 201
    return str(said["access"])


def test_an_athlete_logs_in_over_tls_and_reads_their_brief(up: Up, token: str) -> None:
    status, brief = up.get("/api/v1/athletes/ann/briefs/latest", token)
    assert status == 200, brief
    assert "ann" in str(brief)
    assert brief["brief"]
    status, _ = up.ask("POST", "/api/v1/sessions", {"name": "ann", "password": "wrong"})
    assert status == 401


def test_nobody_reads_anything_without_a_log_in_and_nobody_anothers(up: Up, token: str) -> None:
    assert up.get("/api/v1/athletes/ann/briefs/latest")[0] == 401
    assert up.get("/app/")[0] == 401
    _, said = up.ask("POST", "/api/v1/sessions", {"name": "bob", "password": PASSWORD})
    assert up.get("/api/v1/athletes/ann/briefs/latest", said["access"])[0] in (403, 404)


def test_the_firewall_stands_before_the_application(up: Up, token: str) -> None:
    assert up.get("/api/v1/workouts?sport=x%27%20UNION%20SELECT%20password%20FROM%20accounts--", token)[0] == 403


def test_only_the_gateway_listens_outside_loopback(up: Up) -> None:
    mine = _family(up.process.pid)
    said = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    outside = set()
    for line in said.splitlines():
        parts = line.split()
        pids = {int(part.partition(",")[0]) for part in line.split("pid=")[1:]}
        if pids & mine and not parts[3].startswith(("127.0.0.1:", "[::1]:")):
            outside.add(int(parts[3].rpartition(":")[2]))
    assert outside == {up.port, up.http_port}


@pytest.mark.skipif(os.geteuid() != 0, reason="another network namespace is made by root only")
def test_from_another_network_only_the_gateway_answers(up: Up) -> None:
    made = f"fi{os.getpid() % 10000}"
    program = (
        "import socket, sys\n"
        "for port in map(int, sys.argv[2:]):\n"
        "    try:\n"
        "        socket.create_connection((sys.argv[1], port), 2).close(); print(port)\n"
        "    except OSError:\n"
        "        pass\n"
    )
    ports = _listening(_family(up.process.pid))
    steps = (f"netns add {made}", f"link add {made}a type veth peer name {made}b netns {made}",
             f"addr add 10.213.7.1/30 dev {made}a", f"link set {made}a up",
             f"-n {made} addr add 10.213.7.2/30 dev {made}b", f"-n {made} link set {made}b up")  # fmt: skip
    try:
        for step in steps:
            done = subprocess.run(["ip", *step.split()], capture_output=True, text=True)
            if done.returncode:
                pytest.skip(f"no network namespace can be made here: {done.stderr.strip()}")
        found = subprocess.run(
            ["ip", "netns", "exec", made, "python3", "-c", program, "10.213.7.1", *map(str, sorted(ports))],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    finally:
        subprocess.run(["ip", "link", "del", f"{made}a"], capture_output=True)
        subprocess.run(["ip", "netns", "del", made], capture_output=True)
    assert len(ports) >= 6
    assert set(map(int, found.stdout.split())) == {up.port, up.http_port}


def test_a_killed_process_comes_back_by_itself(up: Up, token: str) -> None:
    before = up.pid("api-1")
    os.kill(before, signal.SIGKILL)
    until(lambda: up.states()["api-1"].state == "RUNNING" and up.pid("api-1") != before, "the manager starts it again")
    status, _ = until(lambda: _well(up, token), "the log-in of before is still good")
    assert status == 200


def test_a_process_that_hangs_is_started_again(up: Up) -> None:
    before = up.pid("app-1")
    os.kill(before, signal.SIGSTOP)
    until(lambda: "app-1" in up.states() and up.states()["app-1"].state == "RUNNING" and up.pid("app-1") != before,
          "the watch has it started again")  # fmt: skip


def test_without_its_cache_the_same_is_answered(up: Up, token: str) -> None:
    _, warm = up.get("/api/v1/athletes/ann/briefs/latest", token)
    pid = up.pid("redis")
    os.kill(pid, signal.SIGSTOP)
    try:
        status, cold = up.get("/api/v1/athletes/ann/briefs/latest", token)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert (status, cold) == (200, warm)


def test_what_happens_is_seen_by_prometheus_and_an_alert_reaches_alertmanager(up: Up, token: str) -> None:
    until(lambda: up.figures('fitintel_log_ins_total{outcome="ok",surface="rest",way="password"} > 0'), "log-ins")
    until(lambda: up.figures('fitintel_requests_total{surface="api",status="200"}'), "requests")
    assert until(lambda: up.figures("fitintel_workouts == 40"), "workouts")
    until(lambda: up.figures('ALERTS{alertname="AlwaysFiring",alertstate="firing"}'), "the alert fires")
    until(lambda: up.figures("prometheus_notifications_sent_total > 0"), "Alertmanager was told")


def test_every_panel_of_the_dashboards_shows_something(up: Up, token: str) -> None:
    asked = {title: query for title, query in queries().items() if NEED_CLOSED_DAYS not in query}
    until(lambda: up.figures("fitintel_backup_verified_age_seconds"), "the backup is seen")
    until(lambda: up.figures('increase(fitintel_requests_total{surface="api"}[1h])'), "two figures in a row")
    empty = [title for title, query in asked.items() if not up.figures(query)]
    assert empty == []


def test_no_secret_stands_where_others_could_read_it(up: Up) -> None:
    for path in (up.place.configuration, up.place.environment, up.place.certificate.with_name("gate.key")):
        assert path.stat().st_mode & 0o077 == 0, path
    for pid in _family(up.process.pid):
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
        assert b"password" not in line.lower()
    assert NAME.encode() in up.place.certificate.read_bytes() or up.get("/api/v1/health")[0] == 200


def _well(up: Up, token: str) -> tuple[int, object] | None:
    answer = up.get("/api/v1/athletes/ann/briefs/latest", token)
    return answer if answer[0] == 200 else None


def _family(pid: int) -> set[int]:
    """A process with everything that it has started."""
    found, parents = {pid}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _listening(pids: set[int]) -> set[int]:
    said = subprocess.run(["ss", "-Hltnp"], capture_output=True, text=True, check=True).stdout
    return {
        int(line.split()[3].rpartition(":")[2]) for line in said.splitlines()
        if {int(part.partition(",")[0]) for part in line.split("pid=")[1:]} & pids
    }  # fmt: skip
