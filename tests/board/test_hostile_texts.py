"""Thirty texts that try to become markup, in everything that people write, on every page in a real browser."""

from __future__ import annotations

import html
from pathlib import Path
from urllib.parse import quote

import pytest

from fitintel.ingest.normalise import SOURCE_SPORT_SIZE
from tests.board.browsing import serving, visiting
from tests.board.hostile import hostile_squad
from tests.xss_payloads import NOTICE, PAYLOADS, called, canary, payloads

NOTEBOOKS = ("squad_board", "athlete", "what_if", "algorithms")


@pytest.fixture(scope="module")
def bird():
    with canary() as found:
        yield found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, bird):
    """The address of pages of a hostile squad."""
    home = tmp_path_factory.mktemp("hostile") / "home"
    hostile_squad(home, payloads(bird.address))
    with serving(home) as address:
        yield address


@pytest.fixture
def visitor(chromium, hostile, bird):
    """A visitor to whom nothing may happen."""
    with visiting(chromium, hostile, "desktop", NOTICE) as made:
        yield made
        made.page.wait_for_timeout(200)  # a request that something started may still be under way
        assert called(made.page) == []
        assert bird.asked == []


def seen(page) -> str:
    """Everything that is read on a page, open or not, on one line."""
    told = page.evaluate("""() => {
      const copy = document.getElementById("fi-page").cloneNode(true);
      copy.querySelectorAll("script, style").forEach(each => each.remove());
      const typed = [...copy.querySelectorAll("input, textarea")].map(each => each.value || each.defaultValue);
      return copy.textContent + " " + typed.join(" ");
    }""")
    return " ".join(told.replace("\N{NO-BREAK SPACE}", " ").split())


def foreign(page) -> list[str]:
    """Elements and attributes that no page of ours has."""
    found: list[str] = page.evaluate("""() => {
      const links = new Set(["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data"]);
      return [...document.querySelectorAll("*")].flatMap(each => [
        ...(each.matches("main iframe, main object, main embed, main base, main meta, main link, main img, main math")
            || each.matches("main script:not([type='application/json'])") ? [each.outerHTML.slice(0, 90)] : []),
        ...[...each.attributes].filter(one => one.name.startsWith("on") || (links.has(one.name)
            && /^(javascript|data):(?!,$)/i.test(one.value.trim()))).map(one => each.tagName + " " + one.name)]);
    }""")
    return found


def test_the_board_shows_thirty_payloads_in_every_field_as_text(visitor, bird):
    page = visitor.open("squad_board")
    for place, text in enumerate(payloads(bird.address)):
        row = page.locator(f"#row-a{place:02d}")
        said = " ".join(row.text_content().replace("\N{NO-BREAK SPACE}", " ").split())
        assert row.locator("h2").text_content() == text
        assert said.count(text) >= 3, "name, squad or next event, and comment"
    assert foreign(page) == []


def test_what_is_typed_is_text_too(visitor, bird):
    page = visitor.open("squad_board")
    for place in (3, 9, 14):
        page.fill("#search", payloads(bird.address)[place])
        visitor.until("id => document.querySelectorAll('#rows > li').length === 1 && !!document.getElementById(id)",
                      f"row-a{place:02d}")  # fmt: skip
    athlete = page.locator("#rows > li").first.get_attribute("data-athlete")
    page.locator(f"#says-{athlete} summary").click()
    text = " ".join(payloads(bird.address))
    page.fill(f"#text-{athlete}", text)
    page.locator(f"#says-{athlete}").get_by_role("button", name="Comment").click()
    visitor.until("([id, text]) => document.querySelector(`#${id} .fi-said p`)?.textContent === text",
                  [f"says-{athlete}", text])  # fmt: skip
    assert foreign(page) == []


FEW = (0, 14, 22)


@pytest.mark.parametrize(
    "places",
    [pytest.param(FEW, id="some"), pytest.param(range(len(PAYLOADS)), id="all", marks=pytest.mark.slow)],
)
def test_the_athlete_page_shows_every_field_as_text(visitor, bird, places):
    texts = payloads(bird.address)
    for place in places:
        page = visitor.open("athlete", athlete=f"a{place:02d}")
        visitor.follow(page.locator("#workouts tbody a").first)
        said, text = seen(page), texts[place]
        assert page.locator("h1").text_content() == text
        # the planned session with its note, the event, the comment, the sport of the file, the name of the file
        # of which the sport is kept as far as a name of a sport goes
        assert said.count(" ".join(text.split())) >= (5 if len(text) <= SOURCE_SPORT_SIZE else 4), text
        assert said.count(" ".join(text[:SOURCE_SPORT_SIZE].split())) >= 5, text
        assert foreign(page) == []
        plan = page.locator("#calendar a[href*=planned]").first
        visitor.follow(plan)
        assert page.locator("#plan-notes").input_value() == text


@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize(
    "places",
    [pytest.param(FEW[1:2], id="one"), pytest.param(range(len(PAYLOADS)), id="all", marks=pytest.mark.slow)],
)
def test_an_address_that_says_a_payload_does_nothing(visitor, bird, notebook, places):
    for place in places:
        text = quote(payloads(bird.address)[place])
        page = visitor.open(notebook, search=text, squad=text, workout="", algorithm=text, plans=text, planned=text,
                            athlete="" if notebook == "squad_board" else "a01", coach=text)  # fmt: skip
        assert foreign(page) == []


@pytest.mark.parametrize("notebook", ["what_if", "algorithms"])
def test_names_in_lists_are_text(visitor, bird, notebook):
    page = visitor.open(notebook, athlete="a03")
    options = page.locator("select[name=athlete] option").all_text_contents()
    assert sorted(options) == sorted(" ".join(text.split()) for text in payloads(bird.address))
    assert foreign(page) == []


MADE_HERE = {
    "fitintel/board/live.py": 3,  # whole pages and their style sheet, made by the templates
    "fitintel/board/template/index.html.j2": 1,  # what the notebook displays
    "fitintel/workbench/serving/gateway.py": 1,  # the configuration of nginx, which is no markup
    "fitintel/views/templates/style.css.j2": 2,  # names of fonts
    "fitintel/views/templates/parts.html.j2": 1,  # an attribute without data
}
"""file -> places at which markup is put in as it is"""


def test_markup_is_put_in_as_it_is_only_where_it_was_made_here():
    import re

    root = Path(__file__).resolve().parents[2]
    files = [path for folder in ("fitintel", "streamlit_app", "notebooks", "reports")
             for kind in ("*.py", "*.j2", "*.ipynb", "*.html") for path in (root / folder).rglob(kind)]  # fmt: skip
    raw = re.compile(r"unsafe_allow_html|\|\s*safe\b|\bHTML\(|components\.v1|st\.html\(|autoescape\s*(?:=\s*)?[Ff]alse")
    found = {str(path.relative_to(root)): len(raw.findall(html.unescape(path.read_text("utf-8")))) for path in files
             if "published" not in path.parts}  # fmt: skip
    assert {name: count for name, count in found.items() if count} == MADE_HERE
