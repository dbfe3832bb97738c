"""A recorded workout on the athlete page: as recorded beside repaired, without a map, and its mean-maximal curve."""

from __future__ import annotations

import re

import numpy as np
import pytest

from fitintel.board.athlete import AthletePage
from fitintel.views.coach.address import Address
from fitintel.workbench.door import Workbench
from tests.ingest.xml.files import gpx, track

DAY = "2024-03-06"
SECONDS = 1200
FAST = range(600, 720)
"""s in which the athlete ran at 5 m/s, else at 3 m/s"""
FAULT = range(300, 330)
"""s without contact of the strap"""
METRE = 1 / 111_195.08
"""degrees of latitude"""


def run_file() -> bytes:
    """Twenty minutes with two fast ones, and half a minute of a heart rate that is none."""
    lines, metres = [], 0.0
    for second in range(SECONDS):
        metres += 5.0 if second in FAST else 3.0
        beats = 40 if second in FAULT else 140 + second % 3
        minute, rest = divmod(second, 60)
        lines.append(
            f'<trkpt lat="{47.0 + metres * METRE:.7f}" lon="8.12345"><ele>500</ele>'
            f"<time>2024-03-05T10:{minute:02d}:{rest:02d}Z</time><extensions><gpxtpx:TrackPointExtension>"
            f"<gpxtpx:hr>{beats}</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions></trkpt>"
        )
    return gpx(track(f"<trkseg>{''.join(lines)}</trkseg>", name="intervals", kind="running"))


@pytest.fixture
def page(tmp_path):
    """The page of an athlete with one recorded run, which is open."""
    path = tmp_path / "run.gpx"
    path.write_bytes(run_file())
    with Workbench.open(tmp_path / "home", surface="coach") as bench:
        bench.import_files([path], athlete_id="ann", workers=1)
        workout = bench.latest_workouts("ann", 1)[2][0]["id"]
        yield AthletePage(bench, Address(athlete="ann", day=DAY, workout=workout))


def test_a_channel_that_was_repaired_is_drawn_as_recorded_and_repaired(page):
    chart = next(one for one in page.view().opened.charts if one.name == "stream-hr")
    recorded, repaired = (dict(zip(line.x, line.y, strict=True)) for line in chart.lines)
    faulty = [x for x in recorded if x * 60 in FAULT]
    assert len(faulty) > 5
    assert all(recorded[x] == 40 and (repaired[x] is None or repaired[x] > 100) for x in faulty)
    same = [x for x in recorded if not FAULT[0] - 5 <= x * 60 <= FAULT[-1] + 5]
    assert len(same) > 400
    assert all(recorded[x] == repaired[x] for x in same)


def test_a_channel_without_repairs_is_drawn_once(page):
    chart = next(one for one in page.view().opened.charts if one.name == "stream-elevation")
    assert len(chart.lines) == 1


def test_the_opened_workout_shows_its_own_mean_maximal_curve(page):
    chart = next(one for one in page.view().opened.charts if one.name == "curve-speed")
    best = dict(zip(chart.lines[-1].x, chart.lines[-1].y, strict=True))
    assert best[60] == pytest.approx(5.0 * 3.6, rel=0.02)
    assert 'data-plot="curve-speed"' in page.html()


def test_samples_are_drawn_in_the_units_of_the_reader(page):
    page.bench.prefer(units="imperial")
    chart = next(one for one in page.view().opened.charts if one.name == "stream-elevation")
    assert chart.y_name == "ft"
    assert max(y for y in chart.lines[-1].y if y is not None) == pytest.approx(500 / 0.3048, rel=0.001)


def test_no_place_on_earth_stands_on_the_page(page):
    content = page.painted()
    assert 'data-plot="stream-hr"' in content
    assert "8.1234" not in content
    assert not re.search(r"\b47\.0\d{2}", content)


def test_a_repair_that_is_turned_off_is_no_longer_drawn(page):
    bench, workout = page.bench, page.address.workout
    for one in bench.repairs(workout, athlete_id="ann").repairs:
        bench.repairs(workout, athlete_id="ann", off=[one.repair])
    chart = next(one for one in page.view().opened.charts if one.name == "stream-hr")
    assert len(chart.lines) == 1


def test_the_curve_is_of_the_samples_and_read_once(page, monkeypatch):
    assert page.view().efforts.waiting == 1
    parts = page.answer({"do": "more", "fields": {}})["parts"]
    assert 'data-waiting="0"' in parts["efforts"]
    found = page.bench.mean_maximal("ann", page.day, most=0)
    best = dict(zip(found["durations"], found["speed"]["all"]["best"], strict=True))
    assert best[60] == pytest.approx(5.0, rel=0.02)
    assert best[120] == pytest.approx(5.0, rel=0.02)
    assert best[600] == pytest.approx((120 * 5 + 480 * 3) / 600, rel=0.02)
    assert best[1800] is None
    assert np.all(np.diff([value for value in best.values() if value is not None]) <= 1e-9)
    assert found["power"]["all"]["best"] == [None] * len(found["durations"])
    monkeypatch.setattr("fitintel.workbench.mean_maximal.merged_samples", lambda *_: pytest.fail("read again"))
    assert page.bench.mean_maximal("ann", page.day) == found


def test_a_curve_is_made_again_where_a_repair_was_turned_off(page):
    page.html()
    page.bench.mean_maximal("ann", page.day)
    for one in page.bench.repairs(page.address.workout, athlete_id="ann").repairs:
        page.bench.repairs(page.address.workout, athlete_id="ann", off=[one.repair])
    assert page.bench.mean_maximal("ann", page.day, most=0)["waiting"] == 1


def test_the_table_behind_the_curve_says_what_the_line_shows(page):
    page.html()
    page.answer({"do": "more", "fields": {}})
    (chart,) = page.view().efforts.charts
    minute = next(row for row in chart.table.rows if row[0] == "1 min")
    line = dict(zip(chart.lines[0].x, chart.lines[0].y, strict=True))
    assert minute[1].startswith(f"{line[60.0]:.1f} km/h")


def test_who_may_not_see_recordings_sees_the_rest_and_why(page, monkeypatch):
    monkeypatch.setattr(page.bench, "permits", lambda _action, _athlete, kind, **_more: kind != "recording")
    monkeypatch.setattr(page.bench, "samples", lambda *_, **__: pytest.fail("samples were read"))
    view = page.view()
    assert view.opened.charts == ()
    assert view.opened.no_samples == view.efforts.said == "Recordings and their samples are not shared with you."
    assert view.opened.levels
