"""Through a real gateway: who logs in reaches what is theirs, and nobody reaches anything past it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.access.world import PASSWORD, World, canary
from tests.gate.stack import Stack, running_stack

SQUAD = "/coach/voila/render/squad_board.ipynb"
CANARY = re.compile(r"CANARY-([a-z]+\d)")
PUBLIC = re.compile(r"^https://gate\.example:\d+/")


@pytest.fixture(scope="module")
def stack(kept_world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    import shutil
    from dataclasses import replace

    from fitintel.core.settings import read

    folder = tmp_path_factory.mktemp("stack")
    shutil.copytree(kept_world.settings.home, folder / "home")
    world = replace(kept_world, settings=read({}, home=folder / "home"))
    with running_stack(world, folder) as made:
        yield made


def whose(text: str) -> set[str]:
    return set(CANARY.findall(text))


def test_a_coach_logs_in_and_sees_their_own_squad_only(stack: Stack) -> None:
    with stack.browser() as browser:
        away = browser.get(SQUAD, headers={"accept": "text/html", "sec-fetch-mode": "navigate"})
        assert away.status_code == 303
        assert away.headers["location"].endswith(f"/auth/renew?to={SQUAD}")
        answer = browser.log_in("coach-red", PASSWORD, stack.code("coach-red"), to=SQUAD)
        assert (answer.status_code, answer.headers["location"]) == (303, SQUAD)
        page = browser.get(SQUAD)
    assert page.status_code == 200
    assert canary("red1", "profile") in page.text
    assert whose(page.text) <= {"red1", "red2"}  # red3 never consented, red4 has withdrawn


def test_without_a_code_a_coach_opens_nothing(stack: Stack) -> None:
    with stack.browser("red1") as athlete:
        assert athlete.get(SQUAD).status_code == 403
        assert athlete.get("/lab/").status_code == 404  # not served here
        assert "not open to you" in athlete.get(SQUAD).text
