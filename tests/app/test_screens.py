"""Every screen of the athlete's app, and what may be done there."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitintel.core.answers import Action
from fitintel.core.preferences import Preferences
from fitintel.core.units import UnitSystem
from fitintel.views.app.cards import today_view
from fitintel.views.opened import view_of
from fitintel.workbench.door import Workbench
from tests.app.conftest import SCREENS, drawn, go, shown, sound, tap, texts


def values(run):
    """What the script that draws Today was given."""
    return next(data for name, data in drawn(run) if "-today" in name)


def cards(run):
    return values(run)["cards"]


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_shows_itself_for_the_squad(app, screen):
    run = app(screen)
    sound(run)
    assert len(run.title) == 1


def test_every_screen_shows_itself_for_the_real_history(app, bench, real_history):
    bench.import_files([real_history])
    run = app(athlete="me")
    for screen in SCREENS:
        sound(go(run, screen))


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "add"])
def test_a_screen_without_anybody_says_what_to_do(app, tmp_path, monkeypatch, screen):
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "empty"))
    run = app(screen)
    sound(run)
    assert "Bring in a file" in shown(run)


def test_today_says_what_the_brief_says_to_the_last_digit(app, bench):
    run = app()
    said = shown(run)
    opened = bench.open_brief("demo-01")
    for card in today_view(opened, opened.athlete.units).cards:
        assert " ".join(card.text.split()) in said
        assert card.badge is None or card.badge_text in said
    assert view_of(opened).header.day_said in said


def test_an_answer_is_kept_and_shown(app, bench):
    run = app()
    first = cards(run)[0]
    tap(run, {"do": "answer", "key": first["key"], "action": "helpful"})
    sound(run)
    assert [(one.key, one.action) for one in bench.answers("demo-01")] == [(first["key"], Action.HELPFUL)]
    assert "Noted: helpful" in shown(run)
    assert cards(run)[0]["answer"] == "helpful"


def test_a_figure_is_computed_again_and_found_the_same(app):
    run = app()
    made = next(one for card in cards(run) for one in card["made_by"])
    tap(run, {"do": "again", "run": made["id"]})
    sound(run)
    assert values(run)["same"] == made["id"]


def test_what_cannot_be_answered_is_said_and_the_cards_stay(app, bench):
    run = app()
    tap(run, {"do": "answer", "key": "no such thing", "action": "helpful"})
    assert not run.exception
    assert len(run.error) == 1
    assert cards(run)
    assert bench.answers("demo-01") == ()


def test_from_a_card_one_comes_to_its_workout(app):
    run = app()
    workout = next(one["workout"] for card in values(run)["more"] for one in card[1] if one["workout"])
    tap(run, {"do": "open", "workout": workout})
    sound(run)
    assert run.session_state["workout"] == workout
    assert "What was it?" in shown(run)


def test_a_recommendation_can_be_put_off_and_is_not_told_before(app, bench):
    run = app()
    before = [one["key"] for one in cards(run) if one["later"]]
    tap(run, {"do": "snooze", "key": before[0], "until": ""})
    sound(run)
    assert [one.action for one in bench.answers("demo-01")] == [Action.SNOOZE]
    assert [one["key"] for one in cards(run) if one["later"]] == before[1:]
    assert "Noted: put off" in shown(run), "it stands under More"


def test_two_athletes_alternate_without_each_others_data(app, bench):
    names = {one.id: one.name for one in bench.athletes()}
    first, second = app(athlete="demo-01"), app(athlete="demo-02")
    for screen in ("today", "me", "calendar", "today"):
        for run, mine, other in ((first, "demo-01", "demo-02"), (second, "demo-02", "demo-01")):
            go(run, screen)
            sound(run)
            own = [text for text in texts(run) if names[other] in text]
            assert not own, (mine, own)
    assert bench.open_brief("demo-01").brief.id in shown(first)
    assert bench.open_brief("demo-02").brief.id in shown(second)


def test_units_and_language_change_every_screen_but_no_figure(app, bench):
    figures = view_of(bench.open_brief("demo-01"), "imperial").section("forecast").lines[0].said.text
    run = app("me")
    run.selectbox[[one.label for one in run.selectbox].index("Units")].set_value("imperial")
    save = next(one for one in run.button if one.label == "Save")
    save.click().run()
    assert bench.preferences() == Preferences("me", UnitSystem.IMPERIAL)
    assert figures in shown(go(run, "today"))
    bench.prefer(language="de")
    go(run, "me")
    sound(run)
    assert bench.preferences().language == "de"


def test_a_typed_workout_arrives_and_is_reported(app, bench):
    run = app("add", athlete="me")
    by_label = {one.label: one for one in run.text_input}
    next(one for name, one in by_label.items() if name.startswith("Duration")).set_value("45 min")
    next(one for name, one in by_label.items() if name.startswith("Distance")).set_value("8.5 km")
    next(one for one in run.button if one.label == "Add").click().run()
    sound(run)
    assert "8.5 km in 45 min" in shown(run)
    assert bench.workouts("me")["distance"].tolist() == [8500.0]


def test_what_is_wrongly_typed_is_said_where_it_was_typed(app, bench):
    run = app("add", athlete="me")
    next(one for one in run.text_input if one.label == "Value with its unit").set_value("many")
    [one for one in run.button if one.label == "Add"][2].click().run()
    assert not run.exception
    assert len(run.error) == 1
    assert "many" in shown(run)


def test_a_corrected_workout_keeps_the_athletes_word(app, bench):
    workout = str(bench.workouts("demo-01")["id"][-1])
    run = app("workouts", workout=workout)
    run.selectbox(key="is-activity").set_value("hike")
    next(one for one in run.button if one.label.startswith("Keep")).click().run()
    sound(run)
    assert [(one.workout_id, one.value) for one in bench.labels("demo-01")] == [(workout, "hike")]


def test_a_workout_is_left_out_and_counted_again(app, bench):
    workout = str(bench.workouts("demo-01")["id"][-1])
    run = app("workouts", workout=workout)
    next(one for one in run.button if one.label == "Leave out of every figure").click().run()
    sound(run)
    assert "left_out_by_person" in bench.workouts("demo-01")["flags"][-1]
    assert "You left this workout out" in shown(run)
    next(one for one in run.button if one.label == "Count it again").click().run()
    assert "left_out_by_person" not in (bench.workouts("demo-01")["flags"][-1] or "")


def test_a_workout_held_to_be_one_with_another_is_two_again_when_the_athlete_says_so(app, bench, tmp_path):
    for name, minutes in (("watch", 40), ("phone", 41)):
        file = tmp_path / f"{name}.csv"
        file.write_text(f"start,sport,duration (min),distance (km)\n2025-05-04T08:00:00Z,running,{minutes},8.4\n")
        bench.import_files([file], athlete_id="me")
    (link,) = bench.duplicates("me").links
    assert link.state.value == "merged"
    run = app("workouts", athlete="me", workout=link.workout_id)
    sound(run)
    next(one for one in run.button if one.key == f"split-{link.other_id}").click().run()
    sound(run)
    assert set(bench.workouts("me")["id"].tolist()) == {link.workout_id, link.other_id}


def test_a_goal_is_stated_and_withdrawn(app, bench):
    bench.add(athlete_id="me", date="2025-05-04", sport="running", duration="40 min")
    run = app("plans", athlete="me")
    next(one for one in run.text_input if one.label.startswith("How much")).set_value("6")
    next(one for one in run.button if one.label == "State a goal").click().run()
    sound(run)
    assert [(one.kind, one.value) for one in bench.stated("goal", "me")] == [("training_days", 6.0)]
    next(one for one in run.button if one.key == "goal-0").click().run()
    assert bench.stated("goal", "me") == ()


def test_two_plans_are_compared_with_their_intervals(app):
    run = app("plans")
    next(one for one in run.button if one.label == "Compare").click().run()
    sound(run)
    table = run.dataframe[-1].value
    assert list(table.iloc[:, 0]) == ["A", "B"]
    assert all(" to " in cell for cell in table.iloc[:, 4])


def test_a_question_in_sql_is_answered_and_one_that_writes_is_refused(app):
    run = app("query")
    run.text_area[0].set_value("SELECT count(*) AS n FROM workouts")
    run.button[0].click().run()
    sound(run)
    assert run.dataframe[-1].value["n"].tolist() != ["0"]
    run.text_area[0].set_value("DROP TABLE workouts")
    run.button[0].click().run()
    assert not run.exception
    assert "DROP" in shown(run)


def test_the_files_taken_in_are_reported_one_by_one(app, bench, tmp_path):
    from fitintel.views.app.reports import file_reports
    from fitintel.workbench.uploads import import_uploads

    good = b"date,sport,duration (min),distance (km)\n2024-05-04,Run,30,5.2\n2024-05-05,Run,abc,3\n"
    told: list[tuple[int, int]] = []
    found = import_uploads(bench, [("a.csv", good), ("../../a.csv", good), ("noise.bin", b"\x00\x01")], "me",
                           lambda done, total, text: told.append((done, total)))  # fmt: skip
    reports = file_reports(found, UnitSystem.METRIC)
    assert [one.name for one in reports] == ["a.csv", "a.csv", "noise.bin"]
    assert "5.2 km in 30 min" in reports[0].said
    assert "1 row waits to be mended" in reports[0].said
    assert [one.tone for one in reports[1:]] == ["info", "error"]
    assert reports[2].remarks, "what to do is said"
    assert told
    assert told[-1][0] == told[-1][1]


def test_erasing_asks_for_the_id_and_leaves_nothing(app, bench):
    run = app("me")
    for one in run.expander:
        if one.label == "Erase everything":
            break
    else:
        pytest.fail("there is no way to erase")
    from fitintel.core.errors import UsageError

    with pytest.raises(UsageError, match="Nothing was erased"):
        bench.erase("demo-01", "yes")
    assert len(bench.workouts("demo-01"))
    bench.erase("demo-01", "demo-01")
    assert "demo-01" not in {one.id for one in bench.athletes()}
    go(run, "today")
    sound(run)


def test_the_app_does_not_answer_other_computers(app, monkeypatch):
    import streamlit as st

    monkeypatch.setattr(st, "get_option", lambda name: "0.0.0.0")
    run = app()
    assert not run.exception
    assert "reachable from other computers" in shown(run)


def test_the_workspace_is_opened_once_for_all_visitors(app, home):
    from streamlit_app import session

    app()
    first = session.door()
    app("calendar")
    assert session.door() is first
    assert isinstance(first, Workbench)
    assert Path(first.settings.home) == home


def test_best_efforts_are_read_from_samples_once_they_are_asked_for(app, bench, real_history):
    recorded = real_history.parents[1] / "fitparse-tests" / "Edge810-Vector-2013-08-16-15-35-10.fit"
    if not recorded.is_file():
        pytest.skip(f"the recording is not here: {recorded}")
    bench.import_files([recorded], workers=1)
    run = app("trends", athlete="me")
    assert "Mean-maximal power" not in shown(run)
    run.session_state["efforts"] = True  # opened
    run.run()
    sound(run)
    assert "Mean-maximal power, cycling" in shown(run)
