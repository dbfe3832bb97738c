"""The coaches' pages without a browser: what they show, what they answer, and that nothing of anybody's is markup."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.board.algorithms import AlgorithmsPage
from fitintel.board.athlete import AthletePage
from fitintel.board.live import query
from fitintel.board.squad import SquadBoard
from fitintel.board.what_if import WhatIfPage
from fitintel.core.spreadsheet import cell
from fitintel.views.coach.address import Address
from fitintel.views.coach.plans import plans_of
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from tests.board.browsing import DAY
from tests.xss_payloads import PAYLOADS

PAGES = (SquadBoard, AthletePage, WhatIfPage, AlgorithmsPage)
ALLOWED_SCRIPTS = {"application/json"}


class Tags(HTMLParser):
    """Every element and attribute of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def tags(content: str) -> Tags:
    made = Tags()
    made.feed(content)
    return made


def shapes(content: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements with the names of their attributes: what markup there is, whatever it says."""
    return [(tag, tuple(sorted(attributes))) for tag, attributes in tags(content).found]


@pytest.fixture
def own(tmp_path):
    """A small squad of its own, to be written into."""
    with Workbench.open(tmp_path / "home", surface="coach") as bench:
        bench.ensure_demo(athletes=2, years=0.5, end_day=20779)
        yield bench


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_shows_no_markup_of_a_name_a_comment_or_a_reason(own, kind):
    athlete = own.athletes()[0]
    workout = own.latest_workouts(athlete.id, 1)[2][0]["id"]
    address = Address(athlete=athlete.id, day=DAY, workout=workout if kind is AthletePage else "")
    own.comment("A comment.", day=DAY, athlete_id=athlete.id)
    own.label(workout, "activity", "walk", "why", athlete_id=athlete.id)
    plain = shapes(kind(own, address).painted())
    for payload in PAYLOADS:
        own.store.put_athlete(replace(athlete, name=f"Ann {payload}"))
        content = kind(own, replace(address, search="" if kind is SquadBoard else payload)).painted()
        assert shapes(content) == plain, payload
    own.comment(" ".join(PAYLOADS), day=DAY, athlete_id=athlete.id)
    content = kind(own, address).painted()
    assert {one["type"] for tag, one in tags(content).found if tag == "script"} <= ALLOWED_SCRIPTS
    assert not [name for _tag, one in tags(content).found for name in one if name.startswith("on")]


@pytest.mark.parametrize("kind", PAGES)
def test_what_an_address_says_never_becomes_markup(bench, kind):
    for payload in PAYLOADS:
        said = dict.fromkeys(Address.__dataclass_fields__, payload)
        content = kind(bench, Address(**said)).painted()
        assert not [name for _tag, one in tags(content).found for name in one if name.startswith("on")], payload
        assert {one.get("type") for tag, one in tags(content).found if tag == "script"} <= ALLOWED_SCRIPTS
        assert not [one for tag, one in tags(content).found if tag in ("iframe", "object", "base", "meta")]


def test_every_figure_of_the_board_is_the_figure_of_the_brief(bench):
    board = SquadBoard(bench, Address(day=DAY))
    board.html()
    for row in board.view().rows:
        brief = view_of(bench.open_brief(row.athlete_id, DAY))
        lines = {f"{line.text} {line.said.reason}".strip() for section in brief.sections for line in section.lines}
        assert {one.text for one in row.reasons} <= lines
        state = next((line for section in brief.sections for line in section.lines if line.code == "load_state"), None)
        balance = next(cell for cell in row.cells if cell.code == "balance")
        if state is not None:
            assert balance.value.split(", ") == [figure.value for figure in state.said.figures][:3]


def test_the_board_is_read_without_making_a_brief(bench, monkeypatch):
    bench.board(DAY)
    monkeypatch.setattr("fitintel.workbench.standings.brief", lambda *_args, **_more: pytest.fail("a brief was made"))
    board = bench.board(DAY)
    assert all(one.current for one in board.standings)


def test_an_answer_makes_only_that_athletes_brief_again(own):
    own.board(DAY)
    first, second = own.athletes()
    own.state("goal", athlete_id=first.id, kind="training_days", value=4) if not first.simulated else \
        own.label(own.latest_workouts(first.id, 1)[2][0]["id"], "activity", "walk", athlete_id=first.id)  # fmt: skip
    found = {one.athlete.id: one.current for one in own.board(DAY, most=0).standings}
    assert found == {first.id: False, second.id: True}
    assert all(one.current for one in own.board(DAY, most=1).standings)


def test_briefs_that_are_missing_are_made_one_by_one(own):
    page = SquadBoard(own, Address(day=DAY))
    assert 'data-waiting="2"' in page.html()
    assert 'data-waiting="1"' in page.answer({"do": "more", "fields": {}})["parts"]["rows"]
    assert 'data-waiting="0"' in page.answer({"do": "more", "fields": {}})["parts"]["rows"]


def test_looking_at_the_board_is_noted_once_for_each_athlete(own):
    own.board(DAY)
    before = len(list(own.vault.audit_rows()))
    own.board(DAY)
    assert [row.subject for row in list(own.vault.audit_rows())[before:]] == [one.id for one in own.athletes()]


def test_acknowledging_an_alert_twice_says_who_did_once(bench):
    board = SquadBoard(bench, Address(day=DAY, flag="alert"))
    board.html()
    row = board.view().rows[0]
    fields = {"of": row.athlete_id, "key": row.alerts[0].key, "action": "acknowledge"}
    before = len(bench.answers(row.athlete_id, row.alerts[0].key))
    for _ in range(2):
        answer = board.answer({"do": "answer", "fields": fields})
        assert "error" not in answer
    assert len(bench.answers(row.athlete_id, row.alerts[0].key)) == before + 1
    board.answer({"do": "answer", "fields": {**fields, "action": "reopen"}})


@pytest.mark.parametrize("message", [{}, {"do": "html"}, {"do": "_file", "fields": {}}, {"do": "answer"},
                                     {"do": "comment", "fields": {"of": "nobody", "text": "x"}}])  # fmt: skip
def test_what_cannot_be_done_is_answered_in_words(bench, message):
    page = SquadBoard(bench, Address(day=DAY))
    page.html()
    assert page.answer(message)["error"]


def test_filters_keep_the_order_and_say_how_many_there_are(bench):
    whole = SquadBoard(bench, Address(day=DAY))
    whole.html()
    order = [row.athlete_id for row in whole.view().rows]
    for one in whole.view().filters:
        for value, _words in one.options:
            part = SquadBoard(bench, Address(day=DAY, **{one.name: value}))
            part.html()
            shown = [row.athlete_id for row in part.view().rows]
            assert shown == [name for name in order if name in shown]
            assert str(len(shown)) in part.view().shown


@pytest.mark.parametrize("kind", PAGES)
def test_without_athletes_a_page_says_what_to_do(tmp_path, kind):
    with Workbench.open(tmp_path / "empty", surface="coach") as bench:
        content = kind(bench).painted()
    assert "fitintel" in content or "Import" in content
    assert "<main" in content


def test_no_cell_of_the_export_is_a_formula(own):
    athlete = own.athletes()[0]
    own.store.put_athlete(replace(athlete, name='=HYPERLINK("http://evil.example")'))
    own.comment("+1+1", day=DAY, athlete_id=athlete.id)
    board = SquadBoard(own, Address(day=DAY))
    board.html()
    board.answer({"do": "more", "fields": {}})
    board.answer({"do": "more", "fields": {}})
    name, media, content = board.act("filter", {"as": "csv"}).file
    assert (name, media) == (f"squad-{DAY}.csv", "text/csv")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


@given(st.text())
def test_a_safe_cell_never_begins_a_formula_and_keeps_its_text(text):
    made = cell(text)
    assert made in (text, f"'{text}")
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@given(st.text(max_size=60))
def test_an_address_with_any_plans_shows_some(said):
    plans, weeks = plans_of(said)
    assert len(plans) == 2
    assert all(plan.checked(weeks) for plan in plans)


@given(
    st.dictionaries(st.sampled_from(["athlete", "day", "flag", "search", "plans"]), st.text(min_size=1, max_size=80))
)
def test_an_address_comes_back_from_its_query(said):
    assert Address.of(Address(**said).query()) == Address(**said)


def test_a_kernel_that_waited_never_reads_an_earlier_viewers_address(monkeypatch):
    monkeypatch.setenv("VOILA_PREHEAT", "True")
    monkeypatch.setenv("VOILA_REQUEST_URL", "http://127.0.0.1/voila/render/athlete.ipynb?athlete=earlier")
    monkeypatch.setenv("QUERY_STRING", "athlete=earlier")
    utils = pytest.importorskip("voila.utils")
    monkeypatch.setattr(utils, "get_query_string", lambda: "athlete=mine")
    assert query() == "athlete=mine"


def test_a_printed_page_is_a_pdf(bench):
    from fitintel.reporting.pdf import browser

    if browser() is None:
        pytest.skip("no browser that can print is installed (Debian: apt-get install chromium)")
    board = SquadBoard(bench, Address(day=DAY, flag="alert"))
    board.html()
    name, media, content = board.act("filter", {"as": "pdf", "flag": "alert"}).file
    assert (name, media) == (f"squad-{DAY}.pdf", "application/pdf")
    assert content.startswith(b"%PDF-")
    assert len(content) > 10_000
