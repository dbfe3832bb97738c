"""The pages are safe with the firewall off: each attack of its corpus reaches them as themselves, and none is obeyed.

Each is sent as it stands to the gate and to every page, and what it carries is put where people write: the address of
the app and of a coach's page, the fields of the log-in, and what a coach's page sends to its kernel.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

import pytest

from fitintel.core.settings import read as read_settings
from fitintel.storage.digests import table_digests
from tests.access.world import World
from tests.gate.sockets import App, Channels, opened
from tests.gate.stack import Stack, running_stack
from tests.gate.test_through_nginx import SQUAD, STREAM, kernel_of
from tests.production.test_waf import Case, cases
from tests.production.test_without_waf import TECHNICAL

pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
pytest.importorskip("streamlit", reason="streamlit is not installed (pip install 'fitintel[app]')")

SIGNS = ("root:x:", "uid=0(", "Traceback", "<script>fetch", "<svg onload", "<img src=x")
"""of a file read, a command run, an error of the program, markup that was passed on"""
LEFT = {"session_tokens", "attempts"}
"""tables in which logging in, and failing to, leaves a trace"""


@pytest.fixture(scope="module")
def stack(kept_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("unguarded")
    shutil.copytree(kept_world.settings.home, folder / "home")
    world = replace(kept_world, settings=read_settings({}, home=folder / "home"))
    with running_stack(world, folder) as made:
        # what a first visit brings is there before anything is compared
        with opened(STREAM, made.port, made.tls(), made.cookies("red1"), origin=made.origin,
                    subprotocols=["streamlit"]) as visit:  # fmt: skip
            App(visit).run()
        with made.browser("coach-red") as coach:
            assert coach.get(SQUAD).status_code == 200
        yield made


@pytest.fixture(autouse=True)
def unchanged(stack: Stack) -> Iterator[None]:
    """Nothing that people have kept is another after the test."""
    before = table_digests(stack.settings.database_url)
    yield
    after = table_digests(stack.settings.database_url)
    changed = {name for name in before if before[name] != after[name] and not name.startswith(TECHNICAL)}
    assert changed <= LEFT, changed


def carried(case: Case) -> str:
    """What an attack puts into a field."""
    _, _, query = case["path"].partition("?")
    return str(case["body"] or unquote(query.partition("=")[2]) or next(iter(case["headers"].values()), case["path"]))


def harmless(text: str, name: str) -> None:
    for sign in SIGNS:
        assert sign not in text, (name, sign)


def test_as_it_stands_no_attack_is_obeyed_by_gate_or_pages(stack: Stack) -> None:
    with stack.browser("red1") as athlete, stack.browser("coach-red") as coach:
        for case in cases("attacks"):
            for browser in (athlete, coach):
                for head in ("/app/", "/coach/", "/auth/"):
                    path = case["path"].replace("/api/v1/", head).replace("/app/", head)
                    answer = browser.client.request(case["method"], path, content=case["body"],
                                                    headers={"origin": stack.origin, **case["headers"]},
                                                    follow_redirects=False)  # fmt: skip
                    assert answer.status_code < 500, (case["name"], path, answer.status_code)
                    harmless(answer.text, case["name"])
                    assert "a" not in answer.cookies, case["name"]
                    assert not answer.headers.get("location", "/").startswith(("http://169", "javascript:", "//"))


def test_in_the_address_of_the_app_an_attack_is_text(stack: Stack) -> None:
    with opened(STREAM, stack.port, stack.tls(), stack.cookies("red1"), origin=stack.origin,
                subprotocols=["streamlit"]) as made:  # fmt: skip
        app = App(made)
        for case in cases("attacks"):
            said = app.run("&".join(f"{name}={quote(carried(case))}" for name in ("athlete", "workout", "day", "to")))
            for sign in SIGNS[:3]:
                assert sign not in said, (case["name"], sign)
        assert "CANARY-red1" in app.run()


@pytest.mark.slow
def test_in_the_address_of_a_coachs_page_an_attack_is_text(stack: Stack) -> None:
    with stack.browser("coach-red") as coach:
        for case in cases("attacks"):
            text = quote(carried(case))
            page = coach.get(f"/coach/voila/render/squad_board.ipynb?day={text}&flag={text}&athlete={text}&q={text}")
            assert page.status_code < 500, case["name"]
            harmless(page.text, case["name"])


def test_what_a_coachs_page_is_sent_is_text_to_its_kernel(stack: Stack) -> None:
    held = stack.cookies("coach-red")
    with stack.browser() as browser:
        browser.cookies = held
        kernel = kernel_of(browser.get(SQUAD).text)
    with opened(f"/coach/api/kernels/{kernel}/channels", stack.port, stack.tls(), held, origin=stack.origin) as made:
        channels = Channels(made)
        for case in cases("attacks"):
            text = carried(case)
            for do, fields in _sent(text):
                said = channels.ask(do, **fields)
                for sign in SIGNS[:3]:
                    assert sign not in json.dumps(said), (case["name"], do, sign)
        assert "error" not in channels.ask("filter")


def test_in_the_fields_of_the_log_in_an_attack_is_a_wrong_name(stack: Stack) -> None:
    with stack.browser() as browser:
        for case in cases("attacks"):
            answer = browser.log_in(carried(case)[:64], carried(case), carried(case)[:16], to=carried(case))
            assert answer.status_code < 500, (case["name"], answer.status_code)
            harmless(answer.text, case["name"])
            assert not browser.cookies.get("__Host-fitintel")


def _sent(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Questions of a coach's page with a text in every place; none that would be kept, as that would be theirs."""
    return [("filter", {"flag": text, "sort": text, "q": text}), ("comment", {"of": text, "text": text}),
            ("answer", {"of": text, "key": text, "action": text}), (text, {})]  # fmt: skip
