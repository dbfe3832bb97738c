"""Thirty texts that try to become markup, in every field that an athlete fills, on every screen in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.records import Athlete
from fitintel.core.units import UnitSystem
from fitintel.workbench.door import Workbench
from tests.app.browser import Visit, serving
from tests.app.test_browser import TITLES
from tests.browsers import chromium_open
from tests.xss_payloads import NOTICE, Canary, called, canary, payloads

NO_SLASH = "\N{FRACTION SLASH}"
"""of a file's name, which can have no other"""
FOREIGN = """() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((each) =>
  each.matches('iframe, object, embed, base, meta, link, math, script, form[action], img[src^="http"]')
  || [...each.attributes].some((one) => one.name.startsWith('on') || one.name === 'srcdoc'
     || (/^(href|src|action|formaction|xlink:href)$/.test(one.name) && /^\\s*(javascript|data:text)/i.test(one.value))))
  .map((each) => each.outerHTML.slice(0, 120))"""
"""elements and attributes that no screen of ours has"""


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    with canary() as found:
        yield found


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, bird: Canary) -> tuple[Path, str]:
    """(workspace, the newest workout): `me` has all texts in every field, and thirty others each one as a name."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    texts = payloads(bird.address)
    today = days.today()
    with Workbench.open(home) as bench:
        everything = " ".join(texts)
        quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
        rows = "".join(f"{days.iso(today - 1 - place)},running,{40 + place},8,{text}\n"
                       for place, text in enumerate(quoted))  # fmt: skip
        file = tmp_path_factory.mktemp("files") / f"{texts[1].replace('/', NO_SLASH)}.csv"
        file.write_text(f"date,sport,duration (min),distance (km),notes\n{rows}")
        bench.import_files([file], workers=1)
        for place, text in enumerate(texts):
            bench.state("goal", athlete_id="me", kind="event", name=text, valid_from=days.iso(today + 30 + place))
            bench.state("plan", athlete_id="me", day=days.iso(today + 1 + place), sport="running", duration="1 h",
                        notes=text)  # fmt: skip
            bench.state("excuse", athlete_id="me", first=days.iso(today - 3 * place), reason="other", notes=text)
            bench.store.put_athlete(Athlete(f"a{place:02d}", text, UnitSystem.METRIC))
        bench.store.put_athlete(Athlete("me", everything[:250], UnitSystem.METRIC))
        bench.state("threshold", athlete_id="me", kind="hr_max", value="190 bpm", protocol=everything[:400])
        bench.add(athlete_id="me", date=days.iso(today), sport="running", duration="45 min", notes=everything)
        _whose, _count, (latest, *_rest) = bench.latest_workouts("me", 1)
        bench.label(latest["id"], "activity", "walk", why=everything, athlete_id="me")
        bench.comment(everything, day=days.iso(today), athlete_id="me")
    return home, latest["id"]


@pytest.fixture(scope="module")
def visit(written: tuple[Path, str], bird: Canary) -> Iterator[Visit]:
    with serving(written[0]) as address, chromium_open() as chromium:
        yield Visit(chromium, address, "phone", script=NOTICE).open("me")


def harmless(one: Visit, bird: Canary, where: str) -> None:
    """No payload has done anything."""
    one.page.wait_for_timeout(200)  # a request that something started may still be under way
    assert one.page.evaluate(FOREIGN) == [], where
    assert called(one.page) == [], where
    assert bird.asked == [], where
    one.sound(where)


def read(text: Any) -> str:
    """As it stands on the page: white space is one blank."""
    return " ".join(str(text).split())


def test_every_screen_shows_thirty_payloads_as_text(visit, written, bird):
    texts = payloads(bird.address)
    listed = [read(one).rpartition(" (")[0] for one in visit.page.locator(".fi-frame option").all_text_contents()]
    assert set(map(read, texts)) <= set(listed), "names of athletes"
    for name, title in TITLES.items():
        visit.go(title)
        harmless(visit, bird, name)
        if name == "plans":
            goals = read(visit.text())
            assert [text for text in texts if read(text) not in goals] == [], "names of goals"
            for part in ("Planned workouts", "Excused days"):
                visit.tab(part)
                said = read(visit.text())
                assert [text for text in texts if read(text) not in said] == [], part
                harmless(visit, bird, part)
    visit.page.goto(f"{visit.address}workouts?athlete=me&workout={written[1]}")
    visit.settled()
    said = read(visit.text())
    assert [text for text in texts if read(text) not in said] == [], "notes of a workout"
    visit.wrong = [each for each in visit.wrong if "404" not in each]  # Streamlit looks for its base below the address
    harmless(visit, bird, "workout")


def test_what_is_typed_or_sent_is_text_too(visit, bird):
    texts = payloads(bird.address)
    visit.open("me")
    visit.go("Add")
    visit.page.set_input_files('input[type="file"]', [
        {"name": f"{text}.csv", "mimeType": "text/csv", "buffer": f"date,sport\n{text},{text}\n".encode()}
        for text in texts])  # fmt: skip
    visit.press("Take them in")
    visit.until("What happened to each file")
    assert visit.page.locator('[data-testid="stMain"]').get_by_text("alert(1)").count() > 10
    harmless(visit, bird, "report")
    visit.go("Query")
    for text in (texts[1], texts[13]):
        visit.page.locator("textarea").first.fill(f"SELECT {text}")
        visit.press("Run")
        visit.page.locator('[data-testid="stAlert"]').first.wait_for()
        harmless(visit, bird, "query")
    visit.go("Algorithms")
    visit.fill("Search", texts[0])
    visit.page.keyboard.press("Enter")
    visit.until("No algorithm is named like this.")
    harmless(visit, bird, "search")
