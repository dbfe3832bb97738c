"""What people say a workout was is kept with who, when and why; merges and imports leave it alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fitintel.core.answers import Label
from fitintel.core.errors import NotFound, UnknownName, UsageError
from fitintel.workbench.door import Workbench
from fitintel.workbench.labels import give, holding, led, take_back

AT = datetime(2025, 10, 8, 7, tzinfo=UTC)
DIARY = "date,sport,duration (min),distance (km)\n2025-10-01,run,30,5\n2025-10-02,run,60,4\n2025-10-03,run,31,5.1\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    (tmp_path / "diary.csv").write_text(DIARY)
    with Workbench.open(tmp_path / "home") as opened:
        opened.import_files([tmp_path / "diary.csv"])
        yield opened


@pytest.fixture
def ids(bench: Workbench) -> list[str]:
    return [str(name) for name in bench.workouts("me")["id"]]


def held(bench: Workbench) -> dict[tuple[str, str], str | None]:
    return {(one.workout_id, one.level): one.value for one in bench.labels("me")}


def test_a_label_is_kept_with_who_when_and_why(bench: Workbench, ids: list[str]) -> None:
    (one,) = bench.label(ids[1], "activity", "walk", "with the dog")
    assert (one.value, one.by, one.why, one.asked) == ("walk", "local-owner", "with the dog", False)
    assert abs(one.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert bench.labels("me") == (one,)


def test_both_levels_at_once_and_the_same_again_adds_nothing(bench: Workbench, ids: list[str]) -> None:
    first = bench.label(ids[0], activity="run", session="tempo")
    again = bench.label(ids[0], activity="run", session="tempo")
    assert first == again
    assert len(bench.labels("me", history=True)) == 2


def test_a_correction_holds_and_what_was_said_before_stays_readable(bench: Workbench, ids: list[str]) -> None:
    bench.label(ids[1], activity="run")
    bench.label(ids[1], activity="walk")
    assert held(bench) == {(ids[1], "activity"): "walk"}
    assert [one.value for one in bench.labels("me", history=True)] == ["run", "walk"]


def test_a_label_is_taken_back_on_one_level_or_all(bench: Workbench, ids: list[str]) -> None:
    bench.label(ids[0], activity="run", session="easy")
    bench.unlabel(ids[0], "session", why="not sure")
    assert held(bench) == {(ids[0], "activity"): "run"}
    bench.label(ids[0], session="long")
    assert [one.level for one in bench.unlabel(ids[0])] == ["activity", "session"]
    assert held(bench) == {}
    with pytest.raises(NotFound, match="holds"):
        bench.unlabel(ids[0])


def test_what_cannot_be_said_is_answered_with_what_can(bench: Workbench, ids: list[str]) -> None:
    with pytest.raises(UnknownName, match="walk"):
        bench.label(ids[0], activity="wlak")
    with pytest.raises(UnknownName, match="activity"):
        bench.label(ids[0], "activty", "walk")
    with pytest.raises(UnknownName, match="easy"):
        bench.label(ids[0], session="unsure")
    with pytest.raises(UsageError):
        bench.label(ids[0])
    with pytest.raises(NotFound, match="w-none"):
        bench.label("w-none", activity="walk")
    assert bench.labels("me", history=True) == ()


def test_one_bad_level_keeps_none(bench: Workbench, ids: list[str]) -> None:
    with pytest.raises(UnknownName):
        bench.label(ids[0], activity="run", session="fast")
    assert held(bench) == {}


def test_labels_survive_the_same_file_again(bench: Workbench, ids: list[str], tmp_path: Path) -> None:
    bench.label(ids[1], activity="walk")
    bench.import_files([tmp_path / "diary.csv"])
    (tmp_path / "more.csv").write_text(DIARY + "2025-10-04,run,20,3\n")
    bench.import_files([tmp_path / "more.csv"])
    assert held(bench) == {(ids[1], "activity"): "walk"}
    assert len(bench.workouts("me")) == 4


def test_merged_workouts_share_their_label_until_they_are_split(bench: Workbench, ids: list[str]) -> None:
    bench.label(ids[2], activity="walk")
    bench.decide_duplicates("merge", ids[0], ids[2])
    leader = str(bench.workouts("me")["id"][0])
    assert held(bench) == {(leader, "activity"): "walk"}
    other = ids[2] if leader == ids[0] else ids[0]
    bench.label(other, activity="hike")
    assert held(bench) == {(leader, "activity"): "hike"}
    bench.decide_duplicates("split", leader)
    assert (ids[2], "activity") in held(bench)


def test_what_was_said_later_is_not_yet_known(bench: Workbench, ids: list[str]) -> None:
    give(bench.store, "me", ids[0], {"activity": "walk"}, by="coach", now=AT)
    take_back(bench.store, "me", ids[0], by="coach", now=AT + timedelta(hours=1))
    assert [one.value for one in holding(bench.store, "me", known_on=AT)] == ["walk"]
    assert holding(bench.store, "me") == []


def test_labels_are_exported_and_restored(bench: Workbench, ids: list[str], tmp_path: Path) -> None:
    bench.label(ids[1], activity="walk", session="easy", why="wie üblich")
    bench.label(ids[1], activity="hike")
    bench.export(tmp_path / "me.zip")
    with Workbench.open(tmp_path / "there") as there:
        there.restore(tmp_path / "me.zip")
        there.restore(tmp_path / "me.zip")
        assert there.labels("me", history=True) == bench.labels("me", history=True)


def test_labels_of_two_people_are_kept_apart() -> None:
    one, other = (Label(f"l-{who}", who, "w-1", "activity", "walk", "x", AT) for who in ("anna", "ben"))
    assert led([one], []) == [one]
    assert led([other], []) == [other]
