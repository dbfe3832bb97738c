"""One workout from several sources: found, merged, decided, undone; the same in whatever order things come."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.core.connections import Tombstone
from fitintel.core.errors import NotFound, UsageError
from fitintel.core.recorded import LinkState
from fitintel.core.records import Athlete, ImportRecord
from fitintel.core.workouts import COLUMNS, Workouts
from fitintel.workbench import duplicates
from fitintel.workbench.door import Workbench

START = 1_728_000_000.0
DAY = int(START // 86_400)
RIDE = ("2020-06-01-16-52-40.fit", "activity_5039744860.tcx", "activity_5039744860.gpx")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.open(tmp_path / "here") as opened:
        opened.store.put_athlete(Athlete("me", "You"))
        yield opened


@pytest.fixture
def ride(real_history: Path) -> list[Path]:
    """The same ride as its device, a tracker and a service have it."""
    found = [real_history.parents[1] / "sweatpy" / name for name in RIDE]
    if not all(path.is_file() for path in found):
        pytest.skip("the ride in three formats is not here")
    return found


def row(name: str, **other: Any) -> dict[str, Any]:
    plain = {"id": f"w-{name}", "day": DAY, "start": START, "utc_offset": 7200.0, "sport": "running",
             "source_sport": "Run", "duration": 1800.0, "distance": 5000.0, "hr_mean": None, "source": "table_csv",
             "flags": ""}  # fmt: skip
    return {**plain, **other}


def bring(bench: Workbench, *rows: dict[str, Any], name: str, match: bool = True, replaced: Sequence[str] = ()) -> None:
    """Store rows as one import, and compare them with what is there."""
    record = ImportRecord(f"i-{name}", "me", f"{name}.csv", "0" * 63 + "1", 1, "table_csv", "1",
                          datetime(2025, 1, 1, tzinfo=UTC), 0.0, len(rows), len(rows), 0, 0, 0)  # fmt: skip
    workouts = Workouts.from_rows([{**each, "import_id": record.id, "row": 1.0} for each in rows])
    bench.store.save_import(record, workouts, [], replaced=replaced)
    if match:
        duplicates.match_new(bench.store, bench.blobs, "me", workouts["id"].tolist())


def state(bench: Workbench) -> list[Any]:
    """All that is held, without when."""
    return [(link.workout_id, link.other_id, link.state, link.score, dict(link.reasons), link.decided_by)
            for link in bench.store.links("me")]  # fmt: skip


def shown(bench: Workbench) -> list[str]:
    return [str(name) for name in bench.workouts("me", columns=("id",))["id"]]


WATCH = row("watch")
COPY = row("copy", start=START + 70, duration=1760.0, sport="other", source_sport="Other", distance=None, rpe=6.0)


def test_the_same_ride_in_three_formats_is_one_workout_in_any_order(ride: list[Path], tmp_path: Path) -> None:
    found = []
    for number, order in enumerate(itertools.permutations(ride)):
        with Workbench.open(tmp_path / str(number)) as bench:
            for path in order:
                bench.import_files([path], workers=1)
            rows = bench.workouts("me", columns=tuple(name for name in COLUMNS if name not in ("import_id", "row")))
            assert len(rows) == 1
            assert len(bench.workouts("me", twins=True)) == 3
            found.append((list(rows.rows()), state(bench)))
    assert all(each == found[0] for each in found)


def test_the_merged_ride_has_the_samples_of_all(ride: list[Path], bench: Workbench) -> None:
    bench.import_files(ride, workers=1)
    (leader,) = shown(bench)
    samples = bench.samples("me", leader)
    assert {"time", "lat", "lon", "hr", "power", "cadence"} <= set(samples)
    assert all(len(values) == len(samples["time"]) for values in samples.values())


def test_a_second_import_changes_no_decision(ride: list[Path], bench: Workbench) -> None:
    bench.import_files(ride, workers=1)
    before, links = state(bench), bench.store.links("me")
    bench.import_files(ride, workers=1)
    assert state(bench) == before
    assert bench.store.links("me") == links


def test_a_merged_workout_counts_once_with_the_figures_of_both(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    bring(bench, COPY, name="copy")
    rows = bench.workouts("me", columns=("id", "duration", "distance", "rpe"))
    assert list(rows.rows()) == [{"id": "w-watch", "duration": 1800.0, "distance": 5000.0, "rpe": 6.0}]
    assert np.isnan(bench.workouts("me", columns=("rpe", "id"), twins=True)["rpe"]).tolist() == [False, True]
    assert list(bench.workouts("me", columns=("rpe",))["rpe"]) == [6.0]


def test_days_that_are_asked_for_hold_no_twin_either(bench: Workbench) -> None:
    late = row("late", start=START + 75_600, day=DAY)
    next_day = row("next", start=START + 75_600 + 30, day=DAY + 1, utc_offset=10_800.0)
    bring(bench, late, name="a")
    bring(bench, next_day, name="b")
    assert len(bench.workouts("me")) == 1
    assert len(bench.workouts("me", since=DAY, until=DAY)) + len(bench.workouts("me", since=DAY + 1)) == 1


def test_a_merge_is_undone_and_stays_undone(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    bring(bench, COPY, name="copy")
    bench.decide_duplicates("split", "w-copy")
    assert sorted(shown(bench)) == ["w-copy", "w-watch"]
    bench.duplicates("me", look=True)
    bring(bench, COPY, name="again", replaced=["w-copy"])
    assert sorted(shown(bench)) == ["w-copy", "w-watch"]
    bench.decide_duplicates("merge", "w-copy", "w-watch")
    assert shown(bench) == ["w-watch"]


def test_two_that_a_person_keeps_are_never_asked_about_again(bench: Workbench) -> None:
    longer = row("longer", start=START + 200, duration=2400.0, distance=6200.0)
    bring(bench, WATCH, name="watch")
    bring(bench, longer, name="longer")
    assert [link.state for link in bench.store.links("me")] == [LinkState.DOUBTFUL]
    bench.decide_duplicates("keep", "w-watch", "w-longer")
    bench.duplicates("me", look=True)
    assert [(link.state, link.decided_by) for link in bench.store.links("me")] == [(LinkState.SEPARATE, "person")]


def test_a_person_joins_what_no_rule_would_and_takes_it_apart(bench: Workbench) -> None:
    bring(bench, WATCH, row("other", day=DAY + 300, start=START + 300 * 86_400), name="a")
    bench.decide_duplicates("merge", "w-watch", "w-other")
    assert len(shown(bench)) == 1
    bring(bench, COPY, name="copy")
    assert len(shown(bench)) == 1
    bench.decide_duplicates("split", "w-other")
    assert len(shown(bench)) == 2


def test_splitting_one_of_three_leaves_the_other_two_together(bench: Workbench) -> None:
    third = row("third", start=START + 20, duration=1790.0)
    for one in (WATCH, COPY, third):
        bring(bench, one, name=str(one["id"]))
    assert len(shown(bench)) == 1
    bench.decide_duplicates("split", "w-copy")
    assert len(shown(bench)) == 2
    assert "w-copy" in shown(bench)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_imports_does_not_matter(bench: Workbench, order: tuple[int, ...]) -> None:
    rows = [WATCH, COPY, row("third", start=START + 400, duration=1500.0, distance=4600.0),
            row("timeless", start=None, utc_offset=None, source_sport="Jog")]  # fmt: skip
    for place in order:
        bring(bench, rows[place], name=f"n{place}")
    got = state(bench)
    bench.duplicates("me", look=True)
    assert state(bench) == got
    bench.store.put_links("me", [], removed=[(link[0], link[1]) for link in got])
    bench.duplicates("me", look=True)
    assert state(bench) == got


def test_a_merge_survives_an_edit_of_the_sport_and_of_the_zone(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    bring(bench, {**COPY, "start": START + 200}, name="copy")
    assert shown(bench) == ["w-watch"]
    bring(bench, {**COPY, "start": START + 200, "sport": "swimming"}, name="edited", replaced=["w-copy"])
    assert shown(bench) == ["w-watch"]
    bring(bench, {**WATCH, "utc_offset": -36_000.0, "day": DAY - 1}, name="moved", replaced=["w-watch"])
    assert shown(bench) == ["w-watch"]


def test_a_row_that_comes_again_under_another_sport_does_not_bring_the_copy_back(bench: Workbench) -> None:
    """Its id is made of its content, so an edited sport is another id: it is one with the row it was before."""
    bring(bench, WATCH, name="first")
    bring(bench, row("edited", sport="walking", source_sport="Walk"), name="second")
    assert len(shown(bench)) == 1


def test_a_workout_moved_to_another_day_at_its_source_is_no_twin_any_more(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    bring(bench, COPY, name="copy")
    moved = {**COPY, "start": START + 5 * 86_400, "day": DAY + 5}
    bring(bench, moved, name="moved", replaced=["w-copy"])
    assert len(shown(bench)) == 2
    assert bench.store.links("me") == ()


def test_the_rows_of_one_import_are_not_merged_unless_they_run_at_one_time(bench: Workbench) -> None:
    morning = row("morning", start=START)
    evening = row("evening", start=START + 36_000)
    at_once = row("at_once", start=START + 15, sport="walking")
    bring(bench, morning, evening, name="a")
    assert len(shown(bench)) == 2
    bring(bench, row("b1"), row("b2", start=START + 36_000), at_once, name="b")
    assert len(shown(bench)) == 2


def test_a_twin_stays_when_the_leading_one_is_deleted_at_its_source(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    bring(bench, COPY, name="copy")
    bench.store.bury(Tombstone("me", "strava", "1", datetime(2025, 2, 1, tzinfo=UTC), ("w-watch",)))
    duplicates.match_new(bench.store, bench.blobs, "me", ["w-watch"])
    assert shown(bench) == ["w-copy"]


def test_a_leader_that_is_gone_hides_nobody(bench: Workbench) -> None:
    from fitintel.core.recorded import Link

    bring(bench, COPY, name="copy")
    lost = Link("w-gone", "w-copy", LinkState.MERGED, 9.0, {}, "person", datetime(2025, 1, 1, tzinfo=UTC))
    bench.store.put_links("me", [lost])
    assert shown(bench) == ["w-copy"]
    bench.duplicates("me", look=True)
    assert bench.store.links("me") == (lost,), "a decision waits for the workout to come back"


def test_wrong_decisions_are_refused(bench: Workbench) -> None:
    bring(bench, WATCH, name="watch")
    with pytest.raises(NotFound):
        bench.decide_duplicates("merge", "w-watch", "w-nobody")
    with pytest.raises(UsageError):
        bench.decide_duplicates("split", "w-watch")
    with pytest.raises(UsageError):
        bench.decide_duplicates("merge", "w-watch", "w-watch")
    with pytest.raises(UsageError):
        bench.decide_duplicates("marry", "w-watch", "w-watch")


def test_the_real_history_against_itself_has_no_twins(real_history: Path, bench: Workbench) -> None:
    bench.import_files([real_history], workers=1)
    count = len(bench.workouts("me"))
    duplicates.match_new(bench.store, bench.blobs, "me")
    assert len(bench.workouts("me")) == count


def test_figures_made_of_a_channel_come_from_the_source_of_the_channel(real_history: Path, bench: Workbench) -> None:
    """A rowing machine and a tracker have recorded one workout; power was measured by one of them only."""
    from fitintel.workbench.twins import merged_recordings

    files = [real_history.parents[1] / "rowingdata" / name for name in ("3x250m.fit", "3x250m.tcx")]
    if not all(path.is_file() for path in files):
        pytest.skip("the rowing workout in two formats is not here")
    bench.import_files(files, workers=1)
    (leader,) = shown(bench)
    by_id = {one.workout_id: one for one in bench.store.recordings("me")}
    (other,) = set(by_id) - {leader}
    (merged,) = merged_recordings(bench.store, "me")
    assert "power_mean" not in by_id[leader].figures
    assert merged.figures["power_mean"] == by_id[other].figures["power_mean"]
