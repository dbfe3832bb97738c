"""What the athlete's app shows, made from records."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fitintel.core import days
from fitintel.core.answers import Action, Answer, key_of
from fitintel.core.preferences import Preferences
from fitintel.core.records import Athlete, Insight, Level, OpenBrief, Section
from fitintel.core.stated import PlannedWorkout, Threshold
from fitintel.core.units import UnitSystem
from fitintel.core.workouts import Workouts
from fitintel.views.app.calendar import COLUMNS, bounds, month_rows, month_view, months
from fitintel.views.app.cards import today_view
from fitintel.views.app.me import threshold_rows
from fitintel.views.charts.stream import MOST, stream_figure, streams
from tests.views.conftest import DAY, cards, make_brief, runs

AT = datetime(2025, 10, 7, tzinfo=UTC)
METRIC, IMPERIAL = UnitSystem.METRIC, UnitSystem.IMPERIAL


@pytest.fixture
def opened() -> OpenBrief:
    return OpenBrief(make_brief(), Athlete("ann", "Ann"), runs(), cards())


def answer(key: str, action: Action, until: int | None = None) -> Answer:
    return Answer("a-1", "ann", key, action, DAY, "ann", AT, until=until)


def test_every_sentence_of_the_brief_is_a_card_once(opened):
    view = today_view(opened, METRIC)
    shown = [card.text for card in view.cards] + [card.text for _, rest in view.more for card in rest]
    assert len(shown) == len(opened.brief.insights)


def test_a_sentence_that_two_sections_say_is_one_card_at_the_top(opened):
    focus = opened.brief.of(Section.FOCUS)[0]
    told = (*opened.brief.insights, replace(focus, section=Section.READINESS))
    view = today_view(replace(opened, brief=replace(opened.brief, insights=told)), METRIC)
    said = today_view(opened, METRIC)
    (text,) = [card.text for card in said.cards if card.kind == "Focus"]
    assert [card.text for card in view.cards].count(text) == 1
    assert len([card for _, rest in view.more for card in rest if card.text == text]) == 1, (
        "the other stands under More"
    )


def test_an_alert_stands_before_everything_else(opened):
    first = today_view(opened, METRIC).cards[0]
    assert first.level is Level.ALERT
    assert first.loud == "Alert"


def test_that_nothing_is_unusual_is_said_last_and_a_check_that_was_not_made_under_more(opened):
    runs_of = opened.brief.of(Section.ALERTS)[0].run_ids
    quiet = Insight(Section.ALERTS, "alerts_none", {"checked": 5}, runs_of)
    few = {"sign": "sleep", "signs": ["sleep"], "n": 1, "nights": 7, "needed": 3, "base": 14, "base_needed": 14}
    missing = Insight(Section.ALERTS, "alerts_few_nights", few, runs_of, Level.MISSING)
    others = tuple(one for one in opened.brief.insights if one.section is not Section.ALERTS)
    view = today_view(replace(opened, brief=replace(opened.brief, insights=(*others, quiet, missing))), METRIC)
    assert [card.kind for card in view.cards].index("Alert") == len(view.cards) - 1
    assert view.cards[-1].text.startswith("Nothing unusual")
    assert [card.level for _, rest in view.more for card in rest if card.kind == "Alert"] == [Level.MISSING]


def test_what_was_put_off_stands_under_more_until_its_day(opened):
    told = opened.brief.of(Section.RECOMMENDATIONS)[0]
    key = key_of(told)
    for until, there in ((DAY + 3, False), (DAY, True)):
        view = today_view(opened, METRIC, [answer(key, Action.SNOOZE, until)])
        assert (key in [card.key for card in view.cards]) is there
        assert [card.answered for _, rest in view.more for card in rest if card.key == key] == (
            [] if there else ["put off"]
        )


def test_no_card_tells_a_person_to_type_a_command(opened):
    view = today_view(opened, METRIC)
    every = [*view.cards, *(card for _, rest in view.more for card in rest)]
    assert not [note for card in every for note in card.notes if "fitintel " in note]


def workouts(*rows: tuple[str, int, float, float, str]) -> Workouts:
    return Workouts.from_rows([
        {"id": id, "day": day, "sport": "running", "duration": duration, "distance": distance, "flags": flags}
        for id, day, duration, distance, flags in rows
    ])  # fmt: skip


def test_a_month_adds_up_without_what_no_figure_may_use():
    first, last = bounds("2025-10")
    found = workouts(("a", first, 1800.0, 5000.0, ""), ("b", first, 1200.0, math.nan, ""),
                     ("c", last, 3600.0, 9000.0, "left_out_by_person"), ("d", last + 1, 60.0, 10.0, ""))  # fmt: skip
    plan = PlannedWorkout("p", "ann", first + 2, "running", 3600.0, None, AT)
    view = month_view(found, [plan], "2025-10", last, METRIC)
    assert view.title == "October 2025"
    assert view.totals == "2 workouts: 5.0 km in 50 min"
    assert [(line.day, len(line.done), len(line.planned)) for line in view.days] == [(first, 2, 0), (first + 2, 0, 1)]
    assert (view.earlier, view.later) == ("2025-09", "2025-11")
    assert month_rows(found, METRIC)[1] == [("2025-11", "1", "0.0 km", "1 min"), ("2025-10", "2", "5.0 km", "50 min")]
    assert month_view(found, [], "2025-10", last, IMPERIAL).totals == "2 workouts: 3.1 mi in 50 min"
    alone = workouts(("b", first, 1200.0, math.nan, ""))
    assert month_view(alone, [], "2025-10", last, METRIC).totals == "1 workout: 20 min"


def test_months_are_all_between_the_first_and_the_last():
    first, last = bounds("2025-10")
    plan = PlannedWorkout("p", "ann", last + 40, "running", 3600.0, None, AT)
    found = months(workouts(("a", first, 1800.0, 5000.0, "")), [plan], "2025-09")
    assert found == {"2025-12": "December 2025", "2025-11": "November 2025", "2025-10": "October 2025",
                     "2025-09": "September 2025"}  # fmt: skip


def test_a_month_ahead_shows_its_plans_only():
    first, _ = bounds("2025-12")
    plan = PlannedWorkout("p", "ann", first, "running", None, 8000.0, AT)
    view = month_view(Workouts.empty(COLUMNS), [plan], "2025-12", first - 20, METRIC)
    assert view.totals == ""
    assert [line.planned for line in view.days] == [("running, 8.0 km",)]


def test_a_threshold_speed_is_read_as_a_pace_on_foot_and_as_a_speed_elsewhere():
    held = [Threshold("1", "ann", "speed", 1000 / 300, 20_000, AT, sport) for sport in ("running", "cycling")]
    assert {row[1] for row in threshold_rows(held, METRIC)[1]} == {"5:00 min/km", "12.0 km/h"}
    assert threshold_rows([Threshold("2", "ann", "hr_max", 190.0, 20_000, AT)], METRIC)[1][0][:2] == (
        "Highest heart rate", "190 bpm")  # fmt: skip


def test_a_spike_is_still_seen_among_many_samples_and_a_place_never():
    time = [float(second) for second in range(20_000)]
    recorded = {"time": time, "hr": [120.0] * 20_000, "lat": [47.0] * 20_000, "lon": [8.0] * 20_000}
    recorded["hr"][12_345] = 240.0
    repaired = {**recorded, "hr": [120.0] * 20_000}
    (one,) = streams(repaired, recorded, METRIC)
    assert len(one.value) <= MOST
    assert max(one.recorded) == 240.0
    assert max(one.value) == 120.0
    figure = stream_figure([one])
    assert [trace["name"] for trace in figure["data"]] == ["as recorded", "repaired"]
    assert "47.0" not in str(figure)


def test_samples_without_a_channel_that_is_drawn_are_no_chart():
    assert streams({"time": [0.0, 1.0], "lat": [1.0, 2.0]}, {}, METRIC) == ()
    assert streams({}, {}, METRIC) == ()
    (one,) = streams({"time": [0.0, 1.0], "speed": [3.0, math.nan]}, {}, METRIC)
    assert one.value == (pytest.approx(10.8), None)


def test_the_readers_day_is_that_of_their_time_zone():
    late = datetime(2025, 10, 7, 23, 30, tzinfo=UTC)
    assert days.iso(Preferences("me", time_zone="Asia/Tokyo").today(late)) == "2025-10-08"
    assert days.iso(Preferences("me", time_zone="America/New_York").today(late)) == "2025-10-07"
