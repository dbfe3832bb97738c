"""One workout opened: its curve beside the best, what it was taken for, and finding it among years of others."""

from __future__ import annotations

import pytest

from fitintel.core import days
from fitintel.core.units import UnitSystem
from fitintel.views.app.calendar import month_of, month_title
from fitintel.views.app.taken import taken_lines
from fitintel.views.app.workouts import year_of
from fitintel.views.workout_curve import workout_curves
from tests.app.conftest import shown, sound

SECONDS = 600
FAST = range(100, 160)


@pytest.fixture
def ride(bench, tmp_path):
    """A recorded run of ten minutes at 3 m/s with one fast minute at 5 m/s, of an athlete with nothing else."""
    from tests.ingest.xml.files import gpx, track

    points, metres = [], 0.0
    for second in range(SECONDS):
        metres += 5.0 if second in FAST else 3.0
        minute, rest = divmod(second, 60)
        points.append(f'<trkpt lat="{47.0 + metres / 111_195.08:.7f}" lon="8.5"><ele>500</ele>'
                      f"<time>2026-03-05T10:{minute:02d}:{rest:02d}Z</time></trkpt>")  # fmt: skip
    file = tmp_path / "run.gpx"
    file.write_bytes(gpx(track(f"<trkseg>{''.join(points)}</trkseg>", name="run", kind="running")))
    bench.import_files([file], athlete_id="me", workers=1)
    return str(bench.workouts("me")["id"][-1])


def test_the_curve_of_a_workout_is_that_of_its_samples(bench, ride):
    found = bench.workout_curve("me", ride)
    assert list(found["channels"]) == ["speed"]
    best = dict(zip(found["durations"], found["channels"]["speed"]["best"], strict=True))
    assert best[60] == pytest.approx(5.0, rel=0.03)
    assert best[300] == pytest.approx((60 * 5 + 240 * 3) / 300, rel=0.03)
    assert best[1200] is None, "it is shorter"
    assert set(found["channels"]["speed"]["ever"]) == {None}, "no recording is read yet"


def test_the_best_to_that_day_stands_beside_once_recordings_are_read(bench, ride):
    day = int(bench.workouts("me")["day"][-1])
    every = bench.mean_maximal("me", day)
    found = bench.workout_curve("me", ride)["channels"]["speed"]
    assert found["ever"] == every["speed"]["all"]["best"]
    assert found["best"] == found["ever"], "it is the only one"
    (alone,) = workout_curves({"durations": every["durations"],
                               "channels": {"speed": {**found, "ever": []}}}, UnitSystem.METRIC)  # fmt: skip
    (both,) = workout_curves(bench.workout_curve("me", ride), UnitSystem.METRIC)
    assert (len(alone.lines), len(both.lines)) == (1, 2)
    assert "18.0 km/h" in next(row[1] for row in both.table.rows if row[0] == "1 min")


def test_a_workout_without_samples_has_no_curve(bench):
    assert bench.workout_curve("demo-01", str(bench.workouts("demo-01")["id"][-1]))["channels"] == {}


def test_the_opened_workout_shows_both(app, bench, ride):
    run = app("workouts", athlete="me", workout=ride)
    sound(run)
    assert "Highest mean speed" in shown(run)
    assert "Heart rate over" not in shown(run)


def test_what_a_workout_is_taken_for_is_what_the_brief_says(bench):
    opened = bench.open_brief("demo-01")
    told = {one.values["id"]: one.values for one in opened.brief.insights if one.code == "recent_workout"}
    for workout, values in told.items():
        found = bench.taken_for(workout, "demo-01", opened)
        assert (found["activity"].label, found["activity"].said) == (values["label"], values["said"])
        if "session" in values:
            assert found["session"].label == values["session"]
    assert told


def test_a_persons_word_is_said_as_theirs_and_without_a_badge(bench):
    workout = str(bench.workouts("demo-01")["id"][-1])
    (before, *_rest) = taken_lines(bench.taken_for(workout, "demo-01"), "running")
    assert before.badge
    bench.label(workout, "activity", "hike", athlete_id="demo-01")
    (after, *_rest) = taken_lines(bench.taken_for(workout, "demo-01"), "running")
    assert after.text == "You said it was a hike."
    assert after.badge == ""


def test_of_a_workout_that_is_not_there_nothing_is_said(bench):
    assert bench.taken_for("w-none", "demo-01") == {}


def test_the_history_is_narrowed_to_a_year(app, bench):
    rows = bench.latest_workouts("demo-01", 1000)[2]
    run = app("workouts")
    year = next(one for one in run.selectbox if one.label == "Year")
    latest = year_of(rows[0]["day"])
    year.set_value(latest).run()
    sound(run)
    shown_days = run.dataframe[0].value.iloc[:, 0].tolist()
    assert shown_days == [days.iso(row["day"]) for row in rows if year_of(row["day"]) == latest][:200]


def test_a_month_is_chosen_from_all_there_are(app, bench):
    run = app("calendar")
    wanted = month_of(int(bench.workouts("demo-01")["day"][0]))
    next(one for one in run.selectbox if one.label == "Month").set_value(wanted).run()
    sound(run)
    assert run.title[0].value == month_title(wanted)
