"""fitintel serve: pages that come up together, answer on this machine only, and go down with one Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from fitintel.core import settings as settings_
from fitintel.core.errors import ServiceMissing, UnknownName
from fitintel.workbench import serving
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import HOST, Service, free_port, services
from fitintel.workbench.serving.running import Running, running

pytest.importorskip("streamlit", reason="streamlit is not installed (pip install 'fitintel[app]')")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A workspace with one athlete."""
    with Workbench.open(tmp_path / "home") as bench:
        bench.add(date="2025-05-04", sport="running", duration="40 min")
    return tmp_path / "home"


def serve(home: Path, *what: str) -> list[str]:
    """What it prints, once every address has answered and it was stopped; nothing of it is left then."""
    environment = {**os.environ, "FITINTEL_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "fitintel", "serve", *what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as run:
        assert run.stdout is not None
        said = []
        for line in run.stdout:
            said.append(line.strip())
            if line.startswith("Ctrl-C"):
                for address in (text.split()[-1] for text in said[:-1] if "http" in text):
                    assert address.startswith(f"http://{HOST}:")
                    with urllib.request.urlopen(address, timeout=60) as answer:
                        assert answer.status == 200
                run.send_signal(signal.SIGINT)
        assert run.wait(60) == 0, said
    for address in (text.split()[-1] for text in said if "http" in text):
        port = int(address.split(":")[2].split("/")[0])
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((HOST, port), timeout=5).close()
    return said


def test_the_app_answers_and_one_interrupt_ends_it(home: Path) -> None:
    said = serve(home, "app", "--port", str(free_port(0)))
    assert said[0].startswith("athletes")
    assert said[-1] == "Stopped."


@pytest.mark.slow
def test_notebooks_and_app_come_up_together_with_kernel_and_templates(home: Path) -> None:
    pytest.importorskip("jupyterlab", reason="jupyterlab is not installed (pip install 'fitintel[lab]')")
    said = serve(home, "lab", "app")
    assert [line.split()[0] for line in said[:2]] == ["notebooks", "athletes"]
    assert "?token=" in said[0]
    assert list((home / "lab" / "notebooks" / "templates").rglob("*.ipynb"))
    assert (home / "lab" / "jupyter" / "kernels" / "fitintel" / "kernel.json").is_file()


def test_a_port_that_is_taken_gives_way_to_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) != port


def test_an_unknown_front_end_is_answered_with_the_known_ones(home: Path) -> None:
    with pytest.raises(UnknownName, match=r"did you mean app|known"):
        services(settings_.read({}, home=home), ("apps",))


def test_a_missing_package_is_named_with_what_installs_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None)
    with pytest.raises(ServiceMissing, match="streamlit") as missing:
        services(settings_.read({}, home=home), ("app",))
    assert "pip install 'fitintel[app]'" in str(missing.value)


def test_outside_a_checkout_it_says_so(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    with pytest.raises(ServiceMissing, match="checkout"):
        services(settings_.read({}, home=home), ("app",))


def test_a_front_end_that_ends_takes_the_others_along_and_shows_its_log(tmp_path: Path) -> None:
    waits = Service(
        "waits", "", f"http://{HOST}:{free_port(0)}/", (sys.executable, "-c", "import time; time.sleep(99)")
    )
    fails = Service("fails", "", waits.ready, (sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"))
    started: list[Running] = []
    with pytest.raises(ServiceMissing, match="no such thing"), running([fails, waits], tmp_path) as found:
        started += found
    assert not started, "nothing is handed out before all answer"
    with pytest.raises(ServiceMissing, match="fails"):
        serve_until_it_fails(fails, tmp_path)


def serve_until_it_fails(service: Service, logs: Path) -> None:
    one = Running(service, logs / "one.log")
    one.process.wait(60)
    try:
        one.check()
    finally:
        one.stop()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see whether a process lives")
def test_stopping_ends_what_a_front_end_has_started_itself(tmp_path: Path) -> None:
    child = (
        "import subprocess, sys, time\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)']).pid, flush=True)\n"
        "time.sleep(99)"
    )
    one = Running(Service("parent", "", "", (sys.executable, "-c", child)), tmp_path / "parent.log")
    while not one.log.read_text().endswith("\n"):
        assert one.process.poll() is None
    pid = int(one.log.read_text())
    assert lives(pid)
    one.stop()
    until = time.monotonic() + 30
    while lives(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lives(pid)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
