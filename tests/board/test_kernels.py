"""Kernels of the pages are forks, loaded before anybody is there: each has its own viewer's address and data of now."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fitintel.access.policy import policy
from fitintel.board.squad import SquadBoard
from fitintel.core import settings as settings_
from fitintel.views.coach.address import Address
from fitintel.workbench.door import Workbench
from fitintel.workbench.serving import coach
from fitintel.workbench.sessions import Gate
from tests.board.browsing import DAY, PATIENCE
from tests.board.conftest import LAST_DAY

MADE = """
import json, sys
from importlib import import_module
for name in {preload!r}:
    import_module(name)
before = set(sys.modules)
from fitintel.views.coach.address import Address
from fitintel.workbench.door import Workbench
from fitintel.board.live import start
with Workbench.open({home!r}, surface="coach") as bench:
    for module, page in (("squad", "SquadBoard"), ("athlete", "AthletePage"), ("what_if", "WhatIfPage"),
                         ("algorithms", "AlgorithmsPage")):
        content = getattr(sys.modules[f"fitintel.board.{{module}}"], page)(bench, Address(day={day!r})).painted()
        assert "fi-error" not in content, content
print(json.dumps(sorted(name for name in set(sys.modules) - before if name.startswith("fitintel."))))
"""


def opened(server: str, page: str, query: str = "") -> str:
    """A page as a browser gets it, before any script runs."""
    with urllib.request.urlopen(f"{server}{page}.ipynb?day={DAY}{query}", timeout=PATIENCE / 1000) as answer:
        return answer.read().decode()


def chosen(content: str) -> str:
    """Whose page it is."""
    found = re.search(r'<option value="([^"]+)" selected', content)
    assert found is not None, content[-2000:]
    return found[1]


def row(content: str, athlete_id: str) -> str:
    """What stands in the row of an athlete."""
    return content.partition(f'id="row-{athlete_id}"')[2].partition('id="row-')[0]


def test_a_page_that_is_made_in_a_fork_finds_every_module_loaded(home: Path) -> None:
    code = MADE.format(preload=coach.PRELOAD, home=str(home), day=DAY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE / 1000,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    later = json.loads(done.stdout.splitlines()[-1])
    # versions that are no longer in use are looked up by name where somebody asks for them
    assert [name for name in later if ".versions" not in name] == []


def test_the_pages_have_kernels_that_are_forks(home: Path) -> None:
    _line, environment = coach.command(settings_.read(home=home), 0)
    folder = Path(environment["JUPYTER_PATH"].split(":")[0])
    described = json.loads((folder / "kernels" / coach.KERNEL / "kernel.json").read_text())
    assert described["metadata"]["kernel_provisioner"]["provisioner_name"] == "fitintel-warm"
    assert described["metadata"]["kernel_provisioner"]["config"]["preload"] == list(coach.PRELOAD)


def test_each_viewer_gets_the_athlete_of_their_own_address(server: str, bench) -> None:
    everyone = [one.id for one in bench.athletes()][:6]
    with ThreadPoolExecutor(len(everyone)) as crowd:
        pages = list(crowd.map(lambda one: opened(server, "athlete", f"&athlete={one}"), everyone))
    assert [chosen(page) for page in pages] == everyone
    assert len(set(re.findall(r'data-kernel="([^"]+)"', "".join(pages)))) == len(everyone)
    # who names nobody gets the first, whoever was looked at before
    assert chosen(opened(server, "athlete")) == everyone[0]


def test_a_kernel_that_waited_shows_what_was_answered_and_said_meanwhile(server: str, bench) -> None:
    board = bench.board(DAY)
    one = [one for one in board.standings if any(each.state == "open" for each in one.alerts)][-1]
    alert = next(each for each in one.alerts if each.state == "open")
    before = row(opened(server, "squad_board"), one.athlete.id)
    assert f'value="{alert.key}"' in before
    # the next kernel waits by now, and has nothing of this
    bench.answer(alert.key, "acknowledge", athlete_id=one.athlete.id)
    bench.comment("Spoken to at breakfast.", day=DAY, athlete_id=one.athlete.id)
    try:
        bench.board(DAY)
        after = row(opened(server, "squad_board"), one.athlete.id)
        assert "acknowledged" in after.lower()
        assert "Spoken to at breakfast." in after
        assert after.count('value="reopen"') == before.count('value="reopen"') + 1
    finally:
        bench.answer(alert.key, "reopen", athlete_id=one.athlete.id)
        bench.board(DAY)


def test_a_kernel_that_waited_shows_a_brief_that_is_new_and_marks_one_that_is_old(server: str, bench) -> None:
    athlete = bench.athletes()[-1]
    workout = bench.latest_workouts(athlete.id, 1)[2][0]["id"]
    assert "being brought up to date" not in row(opened(server, "squad_board"), athlete.id)
    bench.label(workout, "activity", "walk", athlete_id=athlete.id)
    try:
        assert "being brought up to date" in row(opened(server, "squad_board"), athlete.id)
        bench.board(DAY)
        assert "being brought up to date" not in row(opened(server, "squad_board"), athlete.id)
    finally:
        bench.unlabel(workout, "activity", athlete_id=athlete.id)
        bench.board(DAY)


def test_who_withdraws_consent_is_gone_from_the_page_of_a_kernel_that_was_open(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "home") as owner:
        owner.ensure_demo(athletes=2, years=0.5, end_day=LAST_DAY)
        owner.board(DAY)
        owner.add_squad("red")
        owner.add_account("carl", ["coach"])
        owner.invite("red", "carl", "coach", accepted=True)
        for one in owner.athletes():
            owner.add_account(one.id, ["athlete"], athlete_id=one.id)
            owner.invite("red", one.id, accepted=True)
            owner.give_consent(policy().all_categories, athlete_id=one.id)
        stays, goes = (one.id for one in owner.athletes())
        gate = Gate(owner.settings, owner.vault)
        carl = gate.actor(gate.let_in(owner.vault.account("carl"), strong=True).access)
        with Workbench(owner.settings, carl, surface="coach") as waiting:
            before = SquadBoard(waiting, Address(day=DAY)).painted()
            assert f'id="row-{stays}"' in before
            assert f'id="row-{goes}"' in before
            owner.withdraw_consent(athlete_id=goes)
            after = SquadBoard(waiting, Address(day=DAY)).painted()
            assert f'id="row-{stays}"' in after
            assert goes not in after


@pytest.mark.parametrize("answers", [[None, "athlete=mine"], [None, None, "athlete=mine"]])
def test_a_kernel_asks_again_where_the_server_was_too_busy_to_hand_over(monkeypatch, answers) -> None:
    from fitintel.board.viewer import query

    utils = pytest.importorskip("voila.utils")
    monkeypatch.setenv("VOILA_PREHEAT", "True")
    monkeypatch.setenv("QUERY_STRING", "athlete=earlier")
    told = iter(answers)
    monkeypatch.setattr(utils, "get_query_string", lambda: next(told))
    assert query() == "athlete=mine"


def test_a_page_is_made_for_nobody_where_the_server_never_answers(monkeypatch) -> None:
    from fitintel.board.viewer import query
    from fitintel.core.errors import ServiceMissing

    utils = pytest.importorskip("voila.utils")
    monkeypatch.setenv("VOILA_PREHEAT", "True")
    monkeypatch.setattr(utils, "get_query_string", lambda: None)
    with pytest.raises(ServiceMissing):
        query()
