"""Alerts told, answered, and what the next brief makes of it; false alerts measured and shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from fitintel.cli.app import main
from fitintel.core import days
from fitintel.core.answers import Told
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.core.records import Athlete, ImportRecord, Level, Section
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.views.answers import alert_dict, told_text
from fitintel.workbench.alerts import answer
from fitintel.workbench.door import Workbench
from fitintel.workbench.evaluate_alerts import evaluate_alerts
from fitintel.workbench.telling import judge

LAST = 20366
AT = datetime(2025, 10, 7, 6, 30, tzinfo=UTC)


def history(weeks: int = 80, seed: int = 1) -> Workouts:
    """Three runs a week up to LAST; the last one has a distance that a digit made ten times as long."""
    rng = np.random.default_rng(seed)
    rows = []
    for week in range(weeks):
        for weekday in (1, 3, 6):
            minutes = 45 * np.exp(rng.normal(0, 0.2))
            rows.append({
                "id": f"w{week:03}{weekday}", "day": LAST - 7 * (weeks - week) + 1 + weekday, "sport": "running",
                "duration": minutes * 60, "distance": minutes * 60 * 3 * np.exp(rng.normal(0, 0.05)), "flags": "",
                "import_id": "i-1", "source": "table_csv", "row": 1.0,
            })  # fmt: skip
    rows[-1]["distance"] *= 10
    return Workouts.from_rows(rows)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "home") as made:
        made.store.put_athlete(Athlete("me", "You"))
        workouts = history()
        record = ImportRecord("i-1", "me", "a.csv", "0" * 64, 1, "table_csv", "1", AT, 0.1, len(workouts),
                              len(workouts), 0, 0, 0)  # fmt: skip
        made.store.save_import(record, workouts.select(tuple(COLUMNS)), [])
        yield made


def told_alerts(bench: Workbench, day: int = LAST) -> list[str]:
    brief = bench.brief("me", day)
    return [str(one.values["key"]) for one in brief.of(Section.ALERTS) if one.level is Level.ALERT]


WRONG = "alert_entry_error:w0796"


def test_every_insight_is_kept_with_its_runs_and_evidence_once(bench):
    brief = bench.brief("me", LAST)
    kept = bench.told("me")
    assert {each.code for each in kept} == {one.code for one in brief.insights}
    assert len({each.key for each in kept}) == len(kept)
    wrong = next(each for each in kept if each.key == WRONG)
    assert wrong.workout_ids == ("w0796",)
    assert set(wrong.run_ids) <= set(brief.run_ids)
    assert wrong.detail["field"] == "distance"
    bench.brief("me", LAST)
    assert bench.told("me") == kept, "the same brief tells nothing twice"


def test_what_stands_keeps_its_first_day(bench):
    for day in range(LAST, LAST + 4):
        bench.brief("me", day)
    steady = [each for each in bench.told("me") if each.code.startswith("consistency")]
    assert {each.first_day for each in steady} == {LAST}
    assert {each.first_day for each in bench.told("me", WRONG)} == {LAST}


def test_an_alert_is_open_until_it_is_dismissed_and_again_when_reopened(bench):
    assert told_alerts(bench) == [WRONG]
    assert [(one.told.key, one.state) for one in bench.alerts("me")] == [(WRONG, "open")]
    bench.answer(WRONG, "dismiss", "it was a relay", athlete_id="me")
    assert bench.alerts("me") == ()
    assert [one.state for one in bench.alerts("me", open_only=False)] == ["dismissed"]
    assert told_alerts(bench) == []
    assert bench.told("me", WRONG)[0].outcome == "dismissed"
    bench.answer(WRONG, "reopen", athlete_id="me")
    assert told_alerts(bench) == [WRONG]
    assert [each.action.value for each in bench.answers("me")] == ["dismiss", "reopen"]


def test_an_acknowledged_alert_stands_quietly(bench):
    told_alerts(bench)
    bench.answer(WRONG, "acknowledge", athlete_id="me")
    quiet = [one for one in bench.brief("me", LAST).of(Section.ALERTS) if one.values.get("key") == WRONG]
    assert [(one.level, one.values["acknowledged"]) for one in quiet] == [(Level.NOTICE, True)]
    assert [one.state for one in bench.alerts("me")] == ["acknowledged"]


def test_a_snoozed_alert_comes_back_on_its_day(bench):
    told_alerts(bench)
    bench.answer(WRONG, "snooze", until=days.iso(LAST + 2), athlete_id="me")
    assert [told_alerts(bench, LAST + ahead) for ahead in range(4)] == [[], [], [WRONG], [WRONG]]


def test_an_earlier_brief_is_the_same_after_a_later_answer(bench):
    before = bench.brief("me", LAST)
    bench.brief("me", LAST + 1)
    bench.answer(WRONG, "dismiss", athlete_id="me")
    assert bench.brief("me", LAST).id == before.id


def test_the_same_answer_again_adds_nothing(bench):
    told_alerts(bench)
    first = bench.answer(WRONG, "acknowledge", athlete_id="me")
    assert bench.answer(WRONG, "acknowledge", athlete_id="me") == first
    assert len(bench.answers("me")) == 1


def test_what_cannot_be_answered_is_refused_and_keeps_nothing(bench):
    told_alerts(bench)
    with pytest.raises(UnknownName):
        bench.answer(WRONG, "forget", athlete_id="me")
    with pytest.raises(NotFound, match="alert_gap:1"):
        bench.answer("alert_gap:1", "dismiss", athlete_id="me")
    with pytest.raises(NotFound, match="reopen"):
        bench.answer(WRONG, "reopen", athlete_id="me")
    with pytest.raises(UsageError):
        bench.answer(WRONG, "snooze", until=days.iso(LAST - 1), athlete_id="me")
    with pytest.raises(UsageError):
        bench.answer(WRONG, "dismiss", until=days.iso(LAST + 3), athlete_id="me")
    assert bench.answers("me") == ()


def test_a_forecast_learns_what_became_of_it_when_its_week_is_over(bench):
    week = LAST + 1
    said = {"week": week, "subject": "duration", "low": 3600.0, "high": 10 * 3600.0}
    for number, (low, high) in enumerate([(0.0, 9e9), (0.0, 1.0), (9e8, 9e9)]):
        detail = {**said, "low": low, "high": high}
        names = (f"b-{number}", f"f{number}", "forecast", "forecast_week", "info")
        bench.store.tell([Told("me", LAST, *names, (), (), LAST, detail=detail)])
    row = {"id": "later", "day": week + 2, "sport": "running", "duration": 3600.0, "distance": 9e3, "flags": ""}
    names = ("id", "day", "sport", "duration", "distance", "flags")
    workouts = Workouts.concat([history().select(names), Workouts.from_rows([row], names)])
    assert judge(bench.store, "me", workouts, week + 6) == {}, "the week is not over"
    judge(bench.store, "me", workouts, week + 7)
    assert [each.outcome for each in bench.store.told("me", until=LAST)] == ["came true", "above", "below"]
    with pytest.raises(NotFound):
        answer(bench.store, "me", "nothing", "helpful", by="me", now=AT + timedelta(days=1))


def test_shuffled_histories_give_the_same_figures_by_seed_and_whoever_else_is_measured():
    one, two = history(110, 2), history(100, 3)
    alone = evaluate_alerts({"a": one}, seed=5, replicates=1, replay_days=60)
    both = evaluate_alerts({"b": two, "a": one}, seed=5, replicates=1, replay_days=60)
    assert alone.athletes[0] == both.athletes[0]
    assert both.alerts == sum(each.alerts for each in both.athletes)
    assert both.days == 120
    assert both.low <= both.value <= both.high
    assert json.loads(json.dumps(both.as_dict())) == both.as_dict()


def test_too_short_a_history_is_named_and_gives_no_rate():
    score = evaluate_alerts({"new": history(20), "none": Workouts.empty()}, replicates=1)
    assert score.too_short == ("new", "none")
    assert (score.value, score.low, score.high) == (None, None, None)


def test_the_measured_rate_is_shown_in_the_brief_with_its_run(bench):
    score = bench.evaluate_alerts(athlete_id="me", replicates=1, replay_days=30)
    brief = bench.brief("me", LAST)
    line = next(one for one in brief.insights if one.code == "alerts_rate")
    assert line.values["rate"] == pytest.approx(score.athletes[0].rate, abs=1e-6)
    assert bench.replay(line.run_ids[0]) is not None
    assert line.run_ids[0] in {run.id for run in bench.store.runs(brief.run_ids)}


def test_alerts_on_the_command_line(bench, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    bench.brief("me", LAST)

    def run(*words):
        with pytest.raises(SystemExit) as ended:
            main(["alerts", *words, "--athlete", "me"])
        return ended.value.code, capsys.readouterr()

    code, said = run("list")
    assert code == 0
    assert WRONG in said.out
    assert "wrong entry" in said.out
    code, said = run("dismiss", WRONG, "--why", "a relay", "--json")
    assert (code, json.loads(said.out)["action"]) == (0, "dismiss")
    assert "No alert stands" in run("list")[1].out
    code, said = run("list", "--all", "--json")
    assert [(one["state"], one["answer"]["why"]) for one in json.loads(said.out)] == [("dismissed", "a relay")]
    assert "a relay" in run("history")[1].out
    code, said = run("snooze", "alert_nothing")
    assert code != 0
    assert "alerts list" in said.err


def test_an_alert_reads_the_same_in_the_list_and_in_the_brief(bench):
    from fitintel.views.opened import view_of

    section = view_of(bench.open_brief("me", LAST)).section("alerts")
    line = next(one for one in section.lines if one.level is Level.ALERT)
    one = bench.alerts("me")[0]
    assert told_text(one.told) == line.text == alert_dict(one.told, one.state, one.answer)["text"]


def test_a_brief_depends_on_the_briefs_before_it_in_its_news_of_alerts_only(bench, tmp_path):
    for day in range(LAST - 4, LAST + 3):
        bench.brief("me", day)
    every = bench.brief("me", LAST + 3)
    assert bench.brief("me", LAST + 3).id == every.id
    with Workbench.open(tmp_path / "other") as other:
        other.store.put_athlete(Athlete("me", "You"))
        record = bench.store.imports("me")[0]
        other.store.save_import(record, bench.store.workouts("me", columns=tuple(COLUMNS)), [])
        alone = other.brief("me", LAST + 3)
    assert _but_for_news(alone) == _but_for_news(every)
    (run,) = [bench.run(name) for name in set(every.run_ids) - set(alone.run_ids)]
    assert run.algorithm == "alerts_since"


def _but_for_news(brief):
    return [(one.code, one.level, {name: value for name, value in one.values.items() if name != "new"})
            for one in brief.insights if one.code != "alert_closed"]  # fmt: skip


def news(bench, day):
    """(keys of alerts marked as new, why each closed) of a brief."""
    brief = bench.brief("me", day)
    return ([one.values["key"] for one in brief.of(Section.ALERTS) if one.values.get("new")],
            {one.values["of"]: one.values["why"] for one in brief.insights if one.code == "alert_closed"})  # fmt: skip


def test_an_alert_is_new_once_and_its_end_is_told_once_with_its_reason(bench):
    bench.brief("me", LAST - 1)
    assert news(bench, LAST) == ([WRONG], {})
    assert news(bench, LAST + 1) == ([], {})
    opened = [news(bench, day) for day in range(LAST + 2, LAST + 10)]
    assert [each for each in opened if WRONG in each[1]] == [opened[5]], "a week after the workout, on one day"
    assert opened[5][1] == {WRONG: "past"}


def test_without_a_brief_before_nothing_is_news(bench):
    assert news(bench, LAST) == ([], {})
    assert "alerts_since" not in {bench.run(name).algorithm for name in bench.brief("me", LAST).run_ids}
    assert news(bench, LAST + 30) == ([], {}), "a brief of a month ago is none to compare with"


def test_an_answer_and_a_correction_close_an_alert_and_are_told(bench):
    from fitintel.views.opened import view_of

    bench.brief("me", LAST)
    bench.answer(WRONG, "dismiss", "it was a boat")
    assert news(bench, LAST + 1) == ([], {WRONG: "dismissed"})
    line = next(one for one in view_of(bench.open_brief("me", LAST + 1)).section("alerts").lines
                if one.code == "alert_closed")  # fmt: skip
    assert line.text.startswith("Closed: Probably a wrong entry on")
    assert line.said.notes[-1].startswith("Dismissed by local-owner on ")
    for place in bench.explain(f"{bench.brief('me', LAST + 1).id}/{_place(bench, LAST + 1)}").places:
        assert place.where, place


def _place(bench, day):
    return 1 + [one.code for one in bench.brief("me", day).insights].index("alert_closed")


def test_training_again_closes_a_gap_on_the_day_of_training(bench):
    gone = next(day for day in range(LAST + 5, LAST + 40) if any(
        key.startswith("alert_gap") for key in told_alerts(bench, day)))  # fmt: skip
    row = {"id": "back", "day": gone + 1, "sport": "running", "duration": 2700.0, "distance": 8100.0, "flags": "",
           "import_id": "i-1", "source": "table_csv", "row": 999.0}  # fmt: skip
    bench.store.save_import(ImportRecord("i-2", "me", "b.csv", "1" * 64, 1, "table_csv", "1", AT, 0.1, 1, 1, 0, 0, 0),
                            Workouts.from_rows([row]).select(tuple(COLUMNS)), [])  # fmt: skip
    _, closed = news(bench, gone + 1)
    assert closed == {f"alert_gap:{LAST}": "trained"}
