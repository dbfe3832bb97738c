"""What tells kinds of session apart beyond a workout's own figures: the athlete's weeks, laps, names and plans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fitintel.core.answers import SESSIONS
from fitintel.core.workouts import Workouts
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.recent_level import recent
from fitintel.intelligence.registry import get
from fitintel.intelligence.session_beside import BESIDE
from fitintel.intelligence.session_days import days_before, number_of_day, weekdays
from fitintel.intelligence.session_said import EFFORT, NAME, WORDS, kind_named, kind_planned

MONDAY = 20_003
SERIES = st.lists(st.tuples(st.integers(0, 5), st.floats(-3, 3) | st.just(float("nan"))), min_size=1, max_size=90)


def runs(n=60, every=2, **more):
    """A runner's easy runs from a Monday on."""
    return [{"id": f"w{at:03}", "day": MONDAY + every * at, "sport": "running", "duration": 2400.0 + 60 * (at % 5),
             "distance": 2.8 * (2400.0 + 60 * (at % 5)), **more} for at in range(n)]  # fmt: skip


def read(rows, **given_):
    return classify(plainly, Workouts.from_rows(rows), {}, **given_)


def column(found, name):
    return found.session_context["beside"][:, BESIDE.index(name)]


def plan(day, kind="", *, sport="running", number=1, duration=2400.0, rpe=None):
    return {"day": day, "number": number, "sport": sport, "duration": duration, "rpe": rpe, "kind": kind}


@given(SERIES)
@settings(max_examples=60)
def test_the_level_of_late_is_the_weighted_mean_of_what_came_before(series):
    day = np.cumsum([after for after, _ in series])
    values = np.array([value for _, value in series])
    _, found = recent(values, day, np.zeros(len(day), dtype=int), fades=(3.0, 9.0), clip=0.5, width=12)
    for at in range(len(day)):
        before = [(day[at] - day[i], values[i]) for i in range(at) if np.isfinite(values[i])][-12:]
        if not before:
            assert np.isnan(found.level[at])
            continue
        age, past = (np.array(each) for each in zip(*before, strict=True))
        middle, weight = np.median(past), np.exp(-age / 9.0)
        wanted = middle + (weight * np.clip(past - middle, -0.5, 0.5)).sum() / weight.sum()
        assert found.level[at] == pytest.approx(wanted)
        assert found.count[at] == len(before)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1), st.floats(-1, 1)), min_size=1, max_size=80))
@settings(max_examples=60)
def test_habits_of_the_week_are_counted_from_earlier_days_only(rows):
    day = MONDAY + np.cumsum([after for after, _, _ in rows])
    longish, size = (np.array([row[k] for row in rows]) for k in (1, 2))
    found = weekdays(day, size, longish, np.ones(len(day), dtype=bool))
    for at in range(len(day)):
        same = [i for i in range(len(day)) if day[i] < day[at] and (day[i] - day[at]) % 7 == 0]
        assert found["share"][at] == pytest.approx((longish[same].sum() + 0.3) / (len(same) + 3))
    before = days_before(day, longish, longish)
    for at in range(len(day)):
        assert before["one"][at] == max([0.0, *longish[day == day[at] - 1]])
        assert before["today"][at] == max([0.0, *longish[:at][day[:at] == day[at]]])


def test_the_second_workout_of_a_day_is_its_second():
    assert number_of_day(np.array([1, 1, 2, 4, 4, 4])).tolist() == [0, 1, 0, 0, 1, 2]
    assert number_of_day(np.array([], dtype=int)).tolist() == []


def test_of_two_workouts_of_a_day_the_earlier_start_is_the_first_whatever_their_ids():
    rows = [{**row, "start": 86_400.0 * row["day"] + 60_000.0} for row in runs()]
    early = {**rows[-1], "id": "zz", "start": rows[-1]["start"] - 30_000.0}
    number = column(read([*rows, early]), "number")
    assert number[-2:].tolist() == [1.0, 0.0]
    assert not number[:-2].any()


def test_a_run_is_long_beside_the_last_weeks_not_beside_last_year():
    short = [{**row, "distance": row["distance"] * (1.0 if at < 70 else 0.5), "duration": row["duration"]
              * (1.0 if at < 70 else 0.5)} for at, row in enumerate(runs(100))]  # fmt: skip
    last = {**short[-1], "id": "z", "day": short[-1]["day"] + 2, "duration": 2400.0, "distance": 2.8 * 2400}
    assert column(read([*short, last]), "size")[-1] > 2.0
    assert abs(column(read([*runs(100), {**last, "day": runs(100)[-1]["day"] + 2}]), "size")[-1]) < 0.5


def test_the_long_day_of_the_week_is_learned():
    rows = runs(140, every=1)
    for row in rows:
        if (row["day"] + 3) % 7 == 6:
            row |= {"duration": row["duration"] * 1.8, "distance": row["distance"] * 1.8}
    lead = column(read(rows), "weekday lead")
    sunday = np.array([(row["day"] + 3) % 7 == 6 for row in rows])
    assert lead[60:][sunday[60:]].min() > 1.0 > 0.0 > lead[60:][~sunday[60:]].max()


def test_the_day_after_a_hard_one_is_known():
    rows = runs(60, every=1)
    rows[50] |= {"distance": rows[50]["distance"] * 1.25}
    one = column(read(rows), "hard one")
    assert one[51] > 1.5 > 0.8 > one[45:51].max()
    named = read(runs(60, every=1), names={"w050": "8 x 400 m"})
    assert column(named, "hard one")[51] == 2.0


def test_a_device_that_names_sessions_says_something_by_silence():
    names = {f"w{at:03}": "20 min tempo" for at in range(0, 40, 8)}
    found = read(runs(), names=names)
    namer = column(found, "namer")
    assert namer[0] == 0.0
    assert namer[-1] == 1.0
    assert namer[8] == 0.0, "its own name speaks for it"


def test_words_in_several_languages_name_a_kind():
    said = {"Langer Lauf": "long", "Sortie longue": "long", "6x800": "interval", "Intervalle": "interval",
            "Schwellenlauf": "tempo", "Seuil 3 x 10 min": "tempo", "Parkrun 55": "race", "recupero": "recovery",
            "Berlin Mitte": "", "Longwood loop": "", "": ""}  # fmt: skip
    assert {name: kind_named(name) for name in said} == said
    assert [kind_planned(notes) for notes in ("very easy", "long, steady", "easy", "ask the coach")] == [
        "recovery", "long", "easy", ""]  # fmt: skip


def test_a_plan_speaks_for_the_workout_of_its_day_and_sport_only():
    rows = runs()
    day = rows[30]["day"]
    for plans, wanted in (
        ([plan(day, "long")], WORDS), ([plan(day, "long", sport="cycling")], 0.0), ([plan(day + 1, "long")], 0.0),
        ([plan(day, rpe=3.0)], EFFORT), ([plan(day, "long", rpe=9.0)], WORDS), ([plan(day)], 0.0),
    ):  # fmt: skip
        said = read(rows, plans=plans).session_context["said"]
        assert said[30, SESSIONS.index("long")] == wanted
        assert not said[[at for at in range(60) if at != 30]].any()


def test_of_two_workouts_of_a_day_the_one_nearest_in_time_was_planned():
    rows = [*runs(), {**runs()[-1], "id": "x", "duration": 5400.0, "distance": 15_000.0}]
    found = read(rows, plans=[plan(rows[-1]["day"], "long", duration=5000.0), plan(rows[-1]["day"], "easy", number=2)])
    said = dict(zip(found.session_context["id"].tolist(), found.session_context["said"].tolist(), strict=True))
    assert said["x"].index(WORDS) == SESSIONS.index("long")
    assert said["w059"].index(WORDS) == SESSIONS.index("easy")


def test_a_plan_and_a_name_are_believed_but_not_blindly():
    rows = runs()
    for given_ in ({"plans": [plan(rows[-1]["day"], "race")]}, {"names": {"w059": "Race"}}):
        chance = read(rows, **given_).sessions["probability"][-1, SESSIONS.index("race")]
        assert read(rows).sessions["probability"][-1, SESSIONS.index("race")] < chance < 0.9
    assert NAME > WORDS > EFFORT > 0


def test_workouts_without_distance_or_history_are_read_without_a_warning():
    rows = [{"id": "a", "day": MONDAY, "sport": "running", "duration": 1800.0},
            {"id": "b", "day": MONDAY, "sport": "swimming", "duration": None, "distance": 1500.0}]  # fmt: skip
    with np.errstate(all="raise"):
        found = read(rows)
    assert np.isfinite(found.session_context["beside"]).all()
    assert read([]).sessions["label"].tolist() == []


def test_the_first_version_still_reads_what_the_present_one_reads():
    found = read(runs())
    model = get("session_model", "1.0.0")(found.session_context, {"w010": "long"})
    kinds = get("session_kind", "1.0.0")(found.session_context, model, {})
    assert set(kinds["label"]) <= {*SESSIONS, "unsure"}
    assert model["n"] == 1
