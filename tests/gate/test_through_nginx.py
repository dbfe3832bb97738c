"""Through a real gateway to the real pages: who logs in reaches what is theirs, and nobody reaches anything past it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from fitintel.access import identity
from fitintel.core.settings import read as read_settings
from fitintel.storage.keys import IDENTITY, kept_key
from fitintel.workbench.identities import HEADER
from tests.access.world import DAYS, FIRST, PASSWORD, World, canary
from tests.gate.sockets import App, Channels, opened
from tests.gate.stack import Stack, running_stack

pytest.importorskip("voila", reason="voila is not installed (pip install 'fitintel[lab]')")
pytest.importorskip("streamlit", reason="streamlit is not installed (pip install 'fitintel[app]')")

LAST = str(FIRST.fromordinal(FIRST.toordinal() + DAYS))
SQUAD = f"/coach/voila/render/squad_board.ipynb?day={LAST}"
STREAM = "/app/_stcore/stream"
CANARY = re.compile(r"CANARY-([a-z]+\d)")
SEEN_BY_RED = {"red1"}
"""red2 shares no brief, red3 never consented, red4 has withdrawn"""


@pytest.fixture(scope="module")
def stack(kept_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    folder = tmp_path_factory.mktemp("stack")
    shutil.copytree(kept_world.settings.home, folder / "home")
    world = replace(kept_world, settings=read_settings({}, home=folder / "home"))
    with running_stack(world, folder) as made:
        yield made


def whose(text: str) -> set[str]:
    return set(CANARY.findall(text))


def kernel_of(page: str) -> str:
    found = re.search(r'data-kernel="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_coach_logs_in_and_sees_their_own_squad_only(stack: Stack) -> None:
    with stack.browser() as browser:
        answer = browser.log_in("coach-red", PASSWORD, stack.code("coach-red"), to=SQUAD)
        assert (answer.status_code, answer.headers["location"]) == (303, SQUAD)
        page = browser.get(SQUAD)
    assert page.status_code == 200
    assert canary("red1", "profile") in page.text
    assert whose(page.text) == SEEN_BY_RED


def test_neither_header_nor_address_makes_somebody_else_of_a_coach(stack: Stack) -> None:
    theirs = _identity(stack, "coach-blue", "coach")
    with stack.browser("coach-red") as browser:
        page = browser.get(f"{SQUAD}&account=coach-blue&{HEADER}={theirs}", headers={HEADER: theirs})
    assert whose(page.text) == SEEN_BY_RED


def test_past_the_gateway_nobody_is_let_in_without_an_identity_for_that_page(stack: Stack) -> None:
    forged = identity.signed(bytes(32), "coach-red", "s", "coach", datetime.now(UTC))
    for value in (None, forged, _identity(stack, "red1", "app"), _identity(stack, "coach-red", "app")):
        headers = {HEADER: value} if value else {}
        with httpx.Client(base_url=f"http://{stack.upstreams['coach']}", timeout=60) as client:
            assert client.get(SQUAD, headers=headers).status_code == 403
        port = int(stack.upstreams["app"].rpartition(":")[2])
        if value is None or value == forged:
            with opened(STREAM, port, None, {}, headers=headers, subprotocols=["streamlit"]) as made:
                assert not whose(App(made).run())


def test_a_kernel_answers_only_to_the_log_in_that_its_page_was_made_for(stack: Stack) -> None:
    mine, again, theirs = (stack.cookies(name) for name in ("coach-red", "coach-red", "coach-blue"))
    with stack.browser() as browser:
        browser.cookies = mine
        kernel = kernel_of(browser.get(SQUAD).text)
        for held, status in ((mine, 200), (again, 403), (theirs, 403)):
            browser.cookies = held
            assert browser.get(f"/coach/api/kernels/{kernel}").status_code == status
    path = f"/coach/api/kernels/{kernel}/channels"
    for held in (again, theirs, stack.cookies("red1"), {}):
        with pytest.raises(InvalidStatus) as refused, opened(path, stack.port, stack.tls(), held, origin=stack.origin):
            pass
        assert refused.value.response.status_code in (401, 403)
    with pytest.raises(InvalidStatus), opened(path, stack.port, stack.tls(), mine, origin="https://evil.example"):
        pass
    with opened(path, stack.port, stack.tls(), mine, origin=stack.origin) as made:
        channels = Channels(made)
        # messages with somebody else's ids
        foreign = [("comment", {"of": "blue1", "text": "x"}), ("comment", {"of": "nobody", "text": "x"}),
                   ("answer", {"of": "blue1", "key": "k", "action": "snooze"}), ("unheard", {})]  # fmt: skip
        for do, fields in foreign:
            said = channels.ask(do, **fields)
            assert "error" in said, said
            assert not whose(str(said))
        # nothing is executed for a page
        channels.send("execute_request", {"code": "import os; os._exit(1)", "silent": False})
        assert "error" not in channels.ask("filter")
        with stack.browser() as browser:
            browser.cookies = mine
            browser.post("/auth/log-out")
        assert "error" in channels.ask("comment", of="red1", text="after the log-out")


def test_an_athlete_sees_themselves_in_the_app_whatever_the_address_says(stack: Stack) -> None:
    with opened(STREAM, stack.port, stack.tls(), stack.cookies("red1"), origin=stack.origin,
                subprotocols=["streamlit"]) as made:  # fmt: skip
        app = App(made)
        assert whose(app.run()) == {"red1"}
        assert whose(app.run("athlete=blue1")) == {"red1"}


@pytest.mark.parametrize("turns", [6, pytest.param(200, marks=pytest.mark.slow)])
def test_two_browsers_in_turn_never_see_each_others_data(turns: int, stack: Stack) -> None:
    names = ("red1", "blue1")
    tokens = {name: stack.cookies(name) for name in names}
    from fitintel.api.login import cookies

    with (
        opened(STREAM, stack.port, stack.tls(), tokens["red1"], origin=stack.origin, subprotocols=["streamlit"]) as one,
        opened(
            STREAM, stack.port, stack.tls(), tokens["blue1"], origin=stack.origin, subprotocols=["streamlit"]
        ) as two,
        stack.browser() as browser,
    ):
        apps = dict(zip(names, (App(one), App(two)), strict=True))
        for turn in range(turns):
            name = names[turn % 2]
            assert whose(apps[name].run()) == {name}, turn
            bearer = {"authorization": f"Bearer {tokens[name][cookies.ACCESS]}"}
            for path in ("/api/v1/athletes", f"/api/v1/athletes/{name}/briefs/{LAST}"):
                answer = browser.get(path, headers=bearer)
                assert answer.status_code == 200
                assert whose(answer.text) <= {name}


def test_the_app_stops_at_the_next_rerun_after_a_log_out(stack: Stack) -> None:
    held = stack.cookies("red1")
    with opened(STREAM, stack.port, stack.tls(), held, origin=stack.origin, subprotocols=["streamlit"]) as made:
        app = App(made)
        assert whose(app.run()) == {"red1"}
        with stack.browser() as browser:
            browser.cookies = held
            browser.post("/auth/log-out")
        assert not whose(app.run())


def _identity(stack: Stack, account: str, surface: str) -> str:
    """A genuine one, of a log-in of its own."""
    from fitintel.workbench.door import Workbench
    from fitintel.workbench.sessions import Gate

    with Workbench(stack.settings) as bench:
        tokens = Gate(stack.settings, bench.vault).let_in(bench.vault.account(account), strong=True)
    seed = kept_key(IDENTITY, stack.settings.home)
    return identity.signed(seed, account, tokens.session_id, surface, datetime.now(UTC))
