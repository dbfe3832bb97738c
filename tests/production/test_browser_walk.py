"""People in a browser before everything on one machine: log-in over TLS, a file taken in, the brief, the coach's board.

The browser trusts the gateway's certificate by its key and nothing else, and finds the gateway by its name.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fitintel.access import codes
from tests.browsers import chromium_open
from tests.production.conftest import table
from tests.production.people import ATHLETE, COACH, settle
from tests.production.up import PASSWORD, Up
from tests.services import _program, folder

pytestmark = pytest.mark.slow
PATIENCE = 120_000
"""ms; the machine may have other work"""
MAIN = '[data-testid="stMain"]'


@pytest.fixture(scope="module")
def up() -> Iterator[Up]:
    pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
    pytest.importorskip("streamlit", reason="streamlit is not installed (pip install 'fitintel[app]')")
    for program in ("nginx", "mariadbd", "redis-server", "prometheus", "prometheus-alertmanager"):
        _program(program)
    with folder("walk") as home:
        home.chmod(0o711)
        started = Up(home / "w", "--apps=2", "--without=lab", "--without=mlflow", "--without=schedule")
        try:
            started.wait()
            with started.inside() as bench:
                settle(bench)
            yield started
        finally:
            started.stop()


@pytest.fixture(scope="module")
def browser(up: Up) -> Iterator[Any]:
    held = x509.load_pem_x509_certificate(up.place.certificate.read_bytes()).public_key()
    key = hashlib.sha256(held.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    with chromium_open(f"--host-resolver-rules=MAP {up.name} 127.0.0.1",
                       f"--ignore-certificate-errors-spki-list={base64.b64encode(key).decode()}") as made:  # fmt: skip
        yield made


class Person:
    """Somebody with a browser of their own, and everything in it that must not happen."""

    def __init__(self, browser: Any, up: Up, width: int = 1280) -> None:
        self.up, self.wrong, self.sockets = up, [], []
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda shown: (self.wrong.append(shown.message), shown.dismiss()))
        self.page.on("websocket", lambda made: self.sockets.append(made.url))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        own = (self.up.origin, self.up.origin.replace("https", "wss"), "data:", "blob:")
        if not request.url.startswith(own):
            self.wrong.append(request.url)

    def log_in(self, name: str, code: str = "") -> None:
        self.page.goto(self.up.origin)
        self.page.fill('input[name="name"]', name)
        self.page.fill('input[name="password"]', PASSWORD)
        if code:
            self.page.fill('input[name="code"]', code)
        with self.page.expect_navigation():
            self.page.click('form[action="/auth/log-in"] button')

    def until(self, there: Callable[[], Any], what: str) -> None:
        """The page's policy lets no text be run in it, so it is asked from outside."""
        end = time.monotonic() + PATIENCE / 1000
        while not there():
            assert time.monotonic() < end, f"{what}: {self.page.url} {self.page.inner_text('body')[:500]}"
            self.page.wait_for_timeout(100)

    def screen(self, path: str, text: str) -> None:
        """A screen of the app, once a text stands on it."""
        self.page.goto(f"{self.up.origin}{path}")
        self.says(text)

    def says(self, text: str) -> None:
        self.page.locator(MAIN).get_by_text(re.compile(re.escape(text))).first.wait_for()

    def picture(self, name: str) -> None:
        if kept := os.environ.get("FITINTEL_SCREENSHOTS"):
            self.page.screenshot(path=str(Path(kept, f"production-{name}.png")))

    def sound(self) -> None:
        assert self.wrong == []
        assert "Traceback" not in self.page.content()


@pytest.fixture
def person(browser: Any, up: Up) -> Iterator[Callable[..., Person]]:
    made: list[Person] = []

    def new(**more: Any) -> Person:
        made.append(Person(browser, up, **more))
        return made[-1]

    yield new
    for one in made:
        one.context.close()


def test_an_athlete_logs_in_brings_a_file_in_and_reads_their_brief(
    person: Callable[..., Person], up: Up, tmp_path: Path
) -> None:
    one = person()
    # whoever is not logged in is asked to, and comes back to where they wanted to go
    one.page.goto(f"{up.origin}/app/")
    assert "/auth/log-in" in one.page.url
    one.log_in(ATHLETE)
    one.screen("/app/add", "Add")
    one.page.set_input_files('input[type="file"]', str(table(tmp_path, "mine", 2019)))
    one.page.locator(MAIN).get_by_role("button", name="Take them in").click()
    one.says("What happened to each file")
    one.picture("report")
    with up.inside() as bench:
        assert len([day for day in bench.workouts(ATHLETE)["day"].tolist() if day < 18262]) == 40
    one.page.get_by_role("link", name="See it in Today").click()
    one.until(lambda: "What happened to each file" not in (said := one.page.inner_text(MAIN)) and len(said) > 200,
              "the brief stands there")  # fmt: skip
    one.picture("today")
    assert any(url.startswith(f"wss://{up.name}:{up.port}/app/_stcore/stream") for url in one.sockets)
    one.sound()


def test_a_coach_needs_their_second_factor_and_sees_the_board_live(person: Callable[..., Person], up: Up) -> None:
    with up.inside() as bench:
        made = bench.begin_second_factor(COACH)
        # a code is good once: the one of half a minute ago leaves that of now for the log-in
        bench.confirm_second_factor(
            codes.code_at(made.secret, datetime.now(UTC) - timedelta(seconds=codes.STEP)), COACH
        )
    one = person()
    one.log_in(COACH)
    one.page.goto(f"{up.origin}/coach/")
    assert "board" not in one.page.title().lower()
    one.context.clear_cookies()
    one.log_in(COACH, codes.code_at(made.secret, datetime.now(UTC)))
    one.page.goto(f"{up.origin}/coach/voila/render/squad_board.ipynb")
    one.page.wait_for_selector("body[data-state=live]")
    assert one.page.locator("#rows > li").count() == 2
    assert any("/coach/api/kernels/" in url for url in one.sockets)
    # the kernel answers over the socket
    row = one.page.locator(f"#says-{ATHLETE} summary")
    row.click()
    one.page.fill(f"#text-{ATHLETE}", "Rest today.")
    one.page.locator(f"#says-{ATHLETE}").get_by_role("button", name="Comment").click()
    one.page.locator(f"#says-{ATHLETE}").get_by_text("Rest today.").wait_for()
    one.picture("board")
    # the app is not a coach's
    one.page.goto(f"{up.origin}/app/")
    assert one.page.locator(MAIN).count() == 0
    one.sound()


def test_one_visitor_stays_with_one_process_of_the_app(person: Callable[..., Person], up: Up) -> None:
    """What somebody has open lives in one process: all their requests and sockets go there."""
    one = person(width=390)
    one.log_in(ATHLETE)
    for _ in range(3):
        one.page.goto(f"{up.origin}/app/")
        one.until(lambda: one.page.locator(f"{MAIN} h1").count(), "the screen is drawn")
    assert len(one.sockets) >= 3
    # scripts and styles are anybody's: they may come from each, and their connections are let go of
    one.until(lambda: sorted(bool(_sessions(up, name)) for name in ("app-1", "app-2")) == [False, True], "one is used")
    one.picture("today-phone")
    one.sound()


def _sessions(up: Up, name: str) -> int:
    """Sockets that the gateway holds open to a process of the app."""
    import psutil

    port = int(up.at(name).rpartition(":")[2])
    return sum(1 for one in psutil.Process(up.pid(name)).net_connections("tcp")
               if one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port)  # fmt: skip
