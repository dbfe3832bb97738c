"""The squad's day and the week that is over: the order has reasons, and every word and figure is that of the brief."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

import pytest

from fitintel.core import days
from fitintel.core.records import Brief, Insight, Level, Section
from fitintel.intelligence.triage import needs_a_look
from fitintel.views.opened import view_of
from fitintel.views.squad import squad_view
from fitintel.views.weekly import weekly_view
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2025, 3, 3))
LAST = FIRST + 7 * 30 - 1


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """One who trains on, and one who stopped three weeks ago."""
    folder = tmp_path_factory.mktemp("squad")
    with Workbench.open(folder / "home") as opened:
        for name, until in (("ann", LAST), ("bob", LAST - 21)):
            path = folder / f"{name}.csv"
            rows = [
                f"{days.iso(day)},run,{40 + day % 9},{7 + day % 4}"
                for day in range(FIRST, until + 1)
                if day % 7 in (0, 2, 4)
            ]
            path.write_text("\n".join(["date,sport,duration (min),distance (km)", *rows]))
            opened.import_files([path], athlete_id=name)
        yield opened


def test_who_stopped_comes_first_and_the_reasons_are_sentences_of_the_brief(bench: Workbench) -> None:
    rows = bench.squad(LAST)
    view = squad_view(rows)
    assert [row.athlete_id for row in view.rows] == ["bob", "ann"]
    assert view.rows[0].stale
    assert 1 <= len(view.rows[0].reasons) <= 2
    for row, seen in zip(rows, view.rows, strict=True):
        told = view_of(row.opened).text(10_000)
        for reason in seen.reasons:
            assert reason.split(". ")[0] in told


def test_page_text_and_json_of_a_squad_say_the_same(bench: Workbench) -> None:
    view = squad_view(bench.squad(LAST))
    page = html.unescape(view._repr_html_()).replace("\N{NO-BREAK SPACE}", " ")
    text = " ".join(view.text().split())
    plain = json.dumps(view.as_dict(), ensure_ascii=False)
    for row in view.rows:
        for said in (*row.reasons, *(value for _, value in row.cells)):
            assert said in page
            assert said in text
            assert said in plain


def brief(*insights: Insight) -> Brief:
    return Brief("b", "ann", LAST, LAST, "1", "i", insights, {}, ())


def say(code: str, level: Level = Level.INFO, **values: object) -> Insight:
    return Insight(Section.ALERTS, code, values, (), level)


def test_what_concerns_the_person_comes_before_a_slow_trend() -> None:
    _, reasons = needs_a_look(brief(say("trend_declining"), say("readiness_verdict", verdict="rest"),
                                    say("alert_load_higher", Level.ALERT)))  # fmt: skip
    assert [one.code for one in reasons] == ["readiness_verdict", "alert_load_higher"]


def test_a_gap_is_one_reason_however_often_it_is_told() -> None:
    _, reasons = needs_a_look(brief(say("alert_gap", Level.ALERT), say("missing_recent", Level.MISSING)))
    assert [one.code for one in reasons] == ["alert_gap"]


def test_missed_sessions_and_an_unlikely_goal_are_reasons_and_a_good_day_is_none() -> None:
    score, reasons = needs_a_look(brief(say("week_plan", missed=2), say("goal_week", p=0.1)))
    assert (score, [one.code for one in reasons]) == (3, ["week_plan", "goal_week"])
    assert needs_a_look(brief(say("week_plan", missed=0), say("goal_week", p=0.9), say("alerts_none"))) == (0, ())


def test_a_week_is_reviewed_with_what_became_of_its_recommendations(bench: Workbench) -> None:
    monday = days.week_start(LAST) - 7
    for day in range(monday, monday + 7):
        bench.brief("ann", day)
    bench.brief("ann", monday + 14)
    found = bench.weekly_review("ann", days.iso(monday + 2))
    assert found.week == monday
    view = weekly_view(found)
    assert view.header.title == "Weekly review"
    assert any(line.code.startswith("forecast_week") for line in view.section("became").lines)
    page = html.unescape(view._repr_html_()).replace("\N{NO-BREAK SPACE}", " ")
    for section in view.sections:
        for line in section.lines:
            assert line.text in page
            assert line.text in " ".join(view.text().split())


def test_the_last_week_that_is_over_is_reviewed_by_default(bench: Workbench) -> None:
    assert bench.weekly_review("ann").week == days.week_start(LAST)
