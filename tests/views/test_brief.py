"""The view of a brief, and what is made of it."""

from __future__ import annotations

import html as html_
import json
import re
import unicodedata
from dataclasses import FrozenInstanceError
from xml.etree import ElementTree

import pytest

from fitintel.core.errors import NotFound, UnknownName
from fitintel.core.records import Insight, Section
from fitintel.core.units import UnitSystem

PAYLOADS = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "'\"&<>{{7*7}}",
            "javascript:alert(1)", "</style><script>alert(1)</script>")  # fmt: skip


def lines(view):
    return [line for section in view.sections for line in section.lines]


def tags(html: str) -> list[str]:
    return re.findall(r"<\s*([a-zA-Z][\w-]*)", html)


def test_the_first_things_read_are_focus_alerts_and_what_next(view):
    assert [section.name for section in view.sections][:5] == [
        "focus", "readiness", "today", "alerts", "recommendations",
    ]  # fmt: skip
    assert {section.name for section in view.sections} == {section.value for section in Section}


def test_every_line_with_a_run_says_how_it_was_computed(view):
    html = view._repr_html_()
    for line in lines(view):
        assert line.run_id
        assert line.badge == line.made_by[0].badge.text
        assert f"fitintel replay {line.run_id}" in html
    assert html.count('<details class="fi-how">') == len(lines(view))
    for made in lines(view)[0].made_by:
        for said in (made.source, *made.limits, made.description, *(digest[:12] for _, _, digest in made.inputs)):
            assert html_.escape(said) in html


def test_json_is_strict_and_holds_text_badge_run_and_si_values(view):
    plain = json.loads(json.dumps(view.as_dict(), allow_nan=False))
    forecast = next(section for section in plain["sections"] if section["name"] == "forecast")
    line = forecast["lines"][0]
    assert line["values"]["mean"] == 42100.0
    assert line["text"].startswith("Week of 6 Oct 2025: 42.1 km expected")
    assert line["run_id"] == "r-weekly_forecast"
    assert line["badge"] == "Weekly forecast 1.0.0"
    assert line["made_by"][0]["replay"] == "fitintel replay r-weekly_forecast"
    assert plain["brief"] == view.header.brief_id
    assert plain["units"] == "metric"


def test_the_same_sentences_stand_in_page_terminal_and_json(view):
    page = html_.unescape(view._repr_html_()).replace("\N{NO-BREAK SPACE}", " ")
    text = " ".join(view.text().split())
    plain = json.dumps(view.as_dict(), ensure_ascii=False)
    for line in lines(view):
        for said in (line.text, *line.said.notes):
            assert said in page
            assert said in text
            assert said in plain


def test_the_first_block_tells_alerts_and_what_next_too(view_of):
    view = view_of()
    focus = view.section("focus")
    assert focus.glance == (("Alerts", "2"), ("Next", view.section("recommendations").lines[0].text))
    assert "<dt>Alerts</dt><dd>2</dd>" in focus._repr_html_()
    calm = Insight(Section.ALERTS, "alerts_none", {"checked": 5}, ())
    assert view_of(insights=(calm,)).section("focus").glance == (("Alerts", "none"),)


def test_units_change_figures_and_nothing_else(view_of):
    metric, imperial = view_of(UnitSystem.METRIC), view_of(UnitSystem.IMPERIAL)
    assert [line.code for line in lines(metric)] == [line.code for line in lines(imperial)]
    assert not re.search(r"\d\s(km|km/h|min/km)\b", imperial.text())
    assert not re.search(r"\d\s(mi|mi/h|min/mi)\b", metric.text())
    assert [line.values for line in lines(metric)] == [line.values for line in lines(imperial)]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_people_is_shown_and_never_becomes_markup(view_of, payload):
    plain, html = view_of(name="Ann")._repr_html_(), view_of(name=payload)._repr_html_()
    assert tags(html) == tags(plain)
    assert html_.escape(payload, quote=False)[:5] in html.replace("&#34;", '"').replace("&#39;", "'")
    evil = Insight(Section.RECENT, "recent_workout", {"id": "w", "day": 20366, "sport": payload, "label": payload,
                   "confidence": 0.9, "duration": 1800.0, "distance": 5000.0, "flags": payload}, ())  # fmt: skip
    assert "<script>alert" not in view_of(insights=(evil,))._repr_html_()
    assert "<img" not in view_of(insights=(evil,))._repr_html_()
    assert "onload=" not in re.sub(r">[^<]*<", "><", view_of(insights=(evil,))._repr_html_())


def test_a_name_cannot_control_the_terminal(view_of):
    text = view_of(name="Ann\x1b[2J\x1b]0;owned\x07\u202egnp").text()
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"]


def test_a_simulated_athlete_is_said_to_be_simulated(view_of):
    for shown in (view_of(simulated=True).text(), view_of(simulated=True)._repr_html_()):
        assert "Simulated athlete" in shown
    assert "Simulated" not in view_of().text()


def test_the_cutoff_of_the_data_is_said(view_of):
    assert view_of().header.cutoff == "Data to Sun 5 Oct 2025, 2 days earlier"
    assert view_of(last_day=20368).header.cutoff == "Data to Tue 7 Oct 2025, the same day"
    assert view_of(last_day=None).header.cutoff == "No workouts yet"


def test_a_brief_without_data_is_a_page_too(view_of):
    nothing = Insight(Section.MISSING, "missing_no_workouts", {}, ())
    start = Insight(Section.FOCUS, "focus_collect", {"n": 0, "needed": 5}, ())
    view = view_of(insights=(start, nothing), charts={}, run_ids=(), last_day=None)
    assert "There are no workouts" in view._repr_html_()
    assert "Nothing to say today." in view.text()
    assert "<figure" not in view._repr_html_()
    assert not lines(view)[0].badge


def test_a_run_that_is_not_here_is_an_error_not_a_blank(view_of):
    with pytest.raises(NotFound, match="r-elsewhere"):
        view_of(insights=(Insight(Section.ALERTS, "alerts_none", {"checked": 1}, ("r-elsewhere",)),))


def test_a_number_is_trusted_no_further_than_its_weakest_run(view_of):
    both = Insight(Section.ALERTS, "alerts_none", {"checked": 1}, ("r-training_gap", "r-pmc"))
    line = lines(view_of(insights=(both,)))[0]
    assert line.made_by[0].badge.validity.value == "high"
    assert line.validity == "rough"


def test_parts_are_found_by_name_and_stand_alone(view):
    for section in view.sections:
        part = view.section(section.name)
        assert part._repr_html_().startswith('<div class="fi ')
        assert part.title.upper() in repr(part)
    assert "<style>" in view.header._repr_html_()
    with pytest.raises(UnknownName, match="forecast"):
        view.section("forecasts")


def test_a_view_cannot_be_changed(view):
    with pytest.raises(FrozenInstanceError):
        view.header.athlete = "someone else"


def test_the_page_is_well_formed_and_fetches_nothing(view):
    html = view._repr_html_()
    markup = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    ElementTree.fromstring(markup)
    assert not re.search(r"https?:", markup)
    assert "<script" not in html
    assert not re.search(r"\s(?:src|href|srcset|on\w+)=", markup)


def test_ids_are_unique_on_the_page(view):
    ids = re.findall(r'\sid="([^"]+)"', view._repr_html_())
    assert ids
    assert len(ids) == len(set(ids))


def test_plain_text_keeps_its_width_and_a_pipe_gets_no_colour(view, capsys):
    assert max(map(len, view.text(72).splitlines())) <= 72
    view.show()
    out = capsys.readouterr().out
    assert out.strip() == view.text().strip()
    assert "\x1b" not in out


def test_drawing_a_brief_twice_gives_the_same_bytes(view_of):
    assert view_of()._repr_html_() == view_of()._repr_html_()
