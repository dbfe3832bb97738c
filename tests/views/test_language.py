"""Languages: catalogues are whole, figures are the same in all of them, and nothing of a page stays English."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from html.parser import HTMLParser
from string import Formatter
from typing import Any

import pytest

from fitintel.cli import catalogues
from fitintel.core import preferences
from fitintel.core.errors import UnknownName
from fitintel.core.units import UnitSystem
from fitintel.views import language, numbers
from fitintel.views.language import LANGUAGES, _, counted, known, speaking, spoken
from fitintel.views.words import SENTENCES, say
from tests.views.test_words import VALUES

OTHERS = [code for code in LANGUAGES if code != "en"]
ENGLISH = {
    "the", "of", "is", "are", "with", "and", "than", "your", "this", "that", "from", "which", "were", "been",
    "week", "weeks", "workout", "workouts", "between", "usual", "where", "about", "days", "day", "last", "not",
}  # fmt: skip
"""words that no German, French or Spanish sentence has"""


def catalogue(code: str) -> Any:
    from babel.messages.pofile import read_po

    with (language.CATALOGUES / code / "LC_MESSAGES" / "fitintel.po").open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def figures(text: str) -> set[str]:
    """The numbers of a text, whatever their separators."""
    text = re.sub(r"\b(?:fitintel|w-?[0-9a-f]{6,})\S*", "", text)
    group, decimal = {"en": (",", "."), "de": (".", ","), "fr": ("\u202f", ","), "es": (".", ",")}[spoken()]
    found = re.findall(rf"\d+(?:{re.escape(group)}\d{{3}})*(?:{re.escape(decimal)}\d+)?", text)
    return {number.replace(group, "").replace(decimal, ".") for number in found}


def prose(text: str) -> set[str]:
    """The words of a text without commands, and names in capitals or with digits."""
    text = re.sub(r"fitintel [a-z-]+[^.,;]*|[a-z_]+=\w+", "", text)
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def parts(said: Any) -> list[str]:
    found = [said.text, *said.notes, said.lead, said.reason, said.minimum, said.effect, said.avoid]
    return [*found, *(text for figure in said.figures for text in (figure.value, figure.label, figure.interval))]


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_with_the_same_fields(code):
    for message in catalogue(code):
        assert not message.fuzzy, message.id
        assert catalogues.complete(message), message.id
        if isinstance(message.id, str):
            assert fields(message.string) == fields(message.id), message.id
        else:
            assert len(message.string) == 2
            # the form for one may leave the number out
            named = fields(message.id[1])
            assert all(fields(form) in (named, named - {"n"}) for form in message.string), message.id
            assert fields(message.string[1]) == named, message.id


def test_the_catalogues_hold_the_messages_of_the_sources():
    found = catalogues.messages()
    for code in OTHERS:
        assert {m.id if isinstance(m.id, str) else tuple(m.id) for m in catalogue(code)} == set(found), (
            "make catalogues"
        )


def test_a_new_message_has_no_translation_and_the_others_keep_theirs():
    old = catalogues.written(catalogues.updated("de", "", {"one": {"a.py"}})).replace('msgstr ""\n', 'msgstr "eins"\n')
    old = old.replace('msgid ""\nmsgstr "eins"', 'msgid ""\nmsgstr ""')
    made = catalogues.updated("de", old, {"one": {"b.py"}, ("{n} day", "{n} days"): {"b.py"}})
    assert {str(m.id): m.string for m in made if m.id} == {"one": "eins", "('{n} day', '{n} days')": ("", "")}
    assert catalogues.updated("de", old, {}).get("one") is None


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_has_the_same_figures_in_every_language_and_no_english(sentence, code):
    english = parts(say(sentence, VALUES[sentence], UnitSystem.METRIC))
    expected = [figures(text) for text in english]
    with speaking(code):
        told = parts(say(sentence, VALUES[sentence], UnitSystem.METRIC))
        assert [figures(text) for text in told] == expected
    assert not prose(" ".join(told)) & ENGLISH, told


def pieces(view: Any) -> list[str]:
    """What a person reads of a brief: sentences, titles, charts and the tables behind them."""
    found = [view.header.title, view.header.cutoff, view.header.day_said]
    for section in view.sections:
        found += [section.title, section.empty, *(word for pair in section.glance for word in pair)]
        found += [text for line in section.lines for text in (*parts(line.said), line.loud, line.trusted)]
        for chart in section.charts:
            found += [chart.title, chart.alt, chart.caption, *chart.table.columns, *sum(chart.table.rows, ())]
    return found


@pytest.mark.parametrize("units", UnitSystem)
@pytest.mark.parametrize("code", OTHERS)
def test_a_brief_says_the_same_figures_in_every_language_and_nothing_in_english(view_of, code, units):
    english = pieces(view_of(units))
    expected = [figures(text) for text in english]
    with speaking(code):
        told = pieces(view_of(units))
        assert [figures(text) for text in told] == expected
        assert not prose(" ".join(told)) & ENGLISH
    # names and numbers aside, nearly everything differs
    same = {text for text, other in zip(told, english, strict=True) if text == other and re.search(r"[a-z]{4}", text)}
    assert same <= {"Distance", "Focus", "Plan", "Trends"}


class Shown(HTMLParser):
    """Text nodes and labels of a page, without what is marked as English, code and style."""

    QUIET = ("style", "code", "title", "desc")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "rect", "line", "path"):
            outer = bool(self.open) and self.open[-1][1]
            self.open.append((tag, outer or dict(attrs).get("lang") == "en" or tag in ("style", "code")))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self.open and self.open[-1][1]):
            self.texts.append(data.strip())


class Wrapped:
    """A catalogue that puts every message in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, several: str, n: int) -> str:
        return f"⟦{one if n == 1 else several}⟧"


def untranslated(text: str) -> list[str]:
    """Words outside of the brackets."""
    before = None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return [word for word in re.findall(r"[^\W\d_]{3,}", text) if word not in ("CTL", "ATL", "TSB", "Ann", "Example")]


def test_every_text_of_a_page_goes_through_the_catalogue(monkeypatch, view_of):
    from babel import Locale

    monkeypatch.setattr(language, "catalogue", lambda code: Wrapped())
    german = Locale("de")
    calendar = {name for kind in (german.days, german.months) for width in ("wide", "abbreviated")
                for use in ("format", "stand-alone") for name in kind[use][width].values()}  # fmt: skip
    calendar = {part for name in calendar for part in re.findall(r"[^\W\d_]+", name)}
    badges = {"Training gap", "Workout check", "Week against norm", "Trend", "Lasting shifts", "Weekly forecast",
              "Consistency", "Performance chart", "Daily totals", "Workout type"}  # fmt: skip
    titles = {word for name in badges for word in name.split()}
    with speaking("de"):
        page = view_of()._repr_html_()
    left = {word for text in Shown(page).texts for word in untranslated(text)} - calendar - titles
    assert left <= {"MET", "minutes", "min", "bpm", "kcal"}, left


def test_the_page_says_its_language(view_of):
    with speaking("fr"):
        view = view_of()
    # drawn later, outside of the language it was made in
    assert 'lang="fr"' in view._repr_html_()
    assert "Bulletin du jour de Ann Example" in view.text()
    assert view.as_dict()["language"] == "fr"
    made = [made for section in view.as_dict()["sections"] for line in section["lines"] for made in line["made_by"]]
    assert {one["trust"] for one in made} <= {
        "arithmétique, ou validé par des mesures", "bon pour comparer une personne à elle-même",
        "une estimation grossière ; une meilleure entrée serait préférable",
    }  # fmt: skip
    assert spoken() == "en"


def test_the_notebooks_page_is_told_its_headings_and_english_needs_none(view_of):
    assert view_of().header._repr_mimebundle_()[1] == {}
    with speaking("es"):
        brought = view_of().header._repr_mimebundle_()[1]["page"]
    assert brought["language"] == "es"
    assert brought["words"]["What next"] == "Qué hacer"


def test_separators_dates_and_lists_follow_the_language():
    with speaking("de"):
        assert numbers.plain(-12345.67, 1) == "−12.345,7"
        assert numbers.date(20368) == "Di., 7. Okt. 2025"
        assert numbers.quantity(3.25, "sessions", UnitSystem.METRIC) == "3,2 Einheiten"
        assert numbers.between(30000, 55210, "distance", UnitSystem.IMPERIAL) == "18,6 bis 34,3 mi"
    with speaking("fr"):
        assert numbers.plain(12345.67, 1) == "12\u202f345,7"
        assert numbers.listed(["lundi", "mardi", "jeudi"]) == "lundi, mardi et jeudi"
        assert counted("{n} day", "{n} days", 0) == "0 jour"
    with speaking("es"):
        assert numbers.full_date(20368) == "martes, 7 de octubre de 2025"
        assert numbers.certainty(0.9991) == "más del 99 %"


def test_a_number_is_rounded_the_same_in_every_language():
    for value in (0.05, 2.5, 3.5, 999.95, 1234.5, -0.04, 1e6 + 0.5):
        said = numbers.plain(value, 1)
        for code in OTHERS:
            with speaking(code):
                assert figures(numbers.plain(value, 1)) == {said.lstrip("−").replace(",", "")}


def test_an_unknown_language_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="known: de, en, es, fr"), speaking("xx"):
        pass
    assert known("de-CH") == "de"


def test_a_reader_can_prefer_exactly_the_languages_that_have_words():
    assert set(preferences.LANGUAGES) == set(LANGUAGES)


def test_a_language_ends_with_its_block_and_no_other_thread_hears_it():
    with speaking("de"):
        with speaking("fr"):
            assert _("Today") == "Aujourd'hui"
        assert _("Today") == "Heute"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(spoken).result() == "en"
            assert pool.submit(copy_context().run, spoken).result() == "de"
        with speaking(None):
            assert spoken() == "de"
    assert spoken() == "en"


def test_a_field_that_looks_like_markup_or_like_a_field_stays_text():
    with speaking("de"):
        assert "{0.__class__} <b>" in _("{title} for {athlete}, {day}", title="x", athlete="{0.__class__} <b>", day="y")


def test_english_loads_neither_babel_nor_a_catalogue():
    code = ("import sys\nfrom fitintel.views.words import say\nfrom fitintel.core.units import UnitSystem\n"
            "say('alerts_none', {'checked': 5}, UnitSystem.METRIC)\n"
            "import fitintel.views.brief, fitintel.views.squad\nsys.exit('babel' in sys.modules)")  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_chart_that_a_script_draws_has_the_languages_names_and_separators():
    from fitintel.views.charts.figure import CONFIG, config

    assert config() == CONFIG
    with speaking("de"):
        found = config()
    assert found["locale"] == "de"
    form = found["locales"]["de"]["format"]
    # weeks begin on Sunday there
    assert (form["days"][0], form["shortMonths"][2], form["decimal"], form["thousands"]) == ("Sonntag", "Mär", ",", ".")
    assert form["dayMonthYear"] == "%-d. %b %Y"


@pytest.mark.parametrize("code", LANGUAGES)
def test_names_at_the_ends_of_lines_stand_inside_the_drawing(view_of, code):
    from fitintel.views.svg import svg

    with speaking(code):
        (chart,) = view_of().section("load").charts
        drawings = [svg(chart), svg(chart, narrow=True)]
    for drawing in drawings:
        width = float(re.search(r'viewBox="0 0 ([\d.]+) ', drawing)[1])
        names = re.findall(r'<text x="([\d.]+)"[^>]*font-weight="600">([^<]+)', drawing)
        assert {name for _x, name in names} == {"CTL", "ATL"}
        # a bold letter of 12 px is at most 8 px wide
        assert all(float(x) + 8 * len(name) <= width for x, name in names)
