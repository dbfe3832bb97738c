"""The whole brief under changes that must not matter: order of rows, units, time zones, duplicates, splits, others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fitintel.core import days
from fitintel.core.records import Brief, Section
from fitintel.workbench.door import Workbench

FIRST = days.number(days.date(2024, 9, 2))
LAST = FIRST + 7 * 56 - 1


@dataclass
class Home:
    """A workspace to fill."""

    bench: Workbench
    folder: Path

    def bring(self, header: str, rows: list[str], name: str = "a.csv", **options: Any) -> None:
        path = self.folder / name
        path.write_text("\n".join([header, *rows]))
        self.bench.import_files([path], **options)

    def brief(self) -> Brief:
        return self.bench.brief("me", LAST)


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Any]:
    opened: list[Workbench] = []

    def new() -> Home:
        folder = tmp_path / f"h{len(opened)}"
        folder.mkdir()
        bench = Workbench.open(folder / "home")
        opened.append(bench)
        return Home(bench, folder)

    yield new
    for bench in opened:
        bench.close()


def rows() -> list[tuple[int, str, float, float]]:
    """A year of runs and walks: (day, sport, min, km), with two sessions on some days."""
    chance = random.Random(5)
    made = []
    for day in range(FIRST, LAST + 1):
        if chance.random() < (0.6 if day % 7 in (1, 3, 6) else 0.25):
            km = round(chance.uniform(4, 12), 2)
            made.append((day, "run", round(km * chance.uniform(5.4, 6.6), 2), km))
        if chance.random() < 0.1:
            km = round(chance.uniform(2, 5), 2)
            made.append((day, "walk", round(km * chance.uniform(10, 13), 2), km))
    return made


HEADER = "date,sport,duration (min),distance (km)"


def metric(found: list[tuple[int, str, float, float]]) -> list[str]:
    return [f"{days.iso(day)},{sport},{minutes},{km}" for day, sport, minutes, km in found]


def told(brief: Brief) -> list[tuple[Any, ...]]:
    """Every insight with its values. Ids of workouts come from their content: they may differ."""
    return [(one.section.value, one.code, one.subject, rounded(one.values)) for one in brief.insights]


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items() if name not in ("id", "key", "pairs")}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def test_the_order_of_rows_changes_nothing(homes: Any) -> None:
    one, other = homes(), homes()
    lines = metric(rows())
    one.bring(HEADER, lines)
    random.Random(1).shuffle(lines)
    other.bring(HEADER, lines)
    assert one.brief().id == other.brief().id
    assert one.brief().insights == other.brief().insights


def test_other_units_of_the_file_change_nothing(homes: Any) -> None:
    one, other = homes(), homes()
    one.bring(HEADER, metric(rows()))
    imperial = [f"{days.iso(day)},{sport},{minutes * 60:.1f},{km / 1.609344:.9f}" for day, sport, minutes, km in rows()]
    other.bring("date,sport,duration (s),distance (mi)", imperial)
    # values are equal up to the digits that were written
    for left, right in zip(told(one.brief()), told(other.brief()), strict=True):
        assert left[:3] == right[:3]
        close(left[3], right[3])


def close(one: Any, other: Any) -> None:
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        for name in one:
            close(one[name], other[name])
    elif isinstance(one, list):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            close(left, right)
    elif isinstance(one, float) and isinstance(other, float):
        assert one == pytest.approx(other, rel=2e-3, abs=2e-3)
    else:
        assert one == other


def test_the_same_file_twice_and_a_copy_of_it_change_nothing(homes: Any) -> None:
    home = homes()
    home.bring(HEADER, metric(rows()))
    before = home.brief()
    home.bring(HEADER, metric(rows()))
    home.bring(HEADER, metric(rows()), name="copy.csv")
    home.bring(HEADER, metric(rows())[100:200], name="part.csv")
    assert home.brief().id == before.id
    assert home.brief().insights == before.insights


def test_a_far_away_athlete_changes_nothing(homes: Any) -> None:
    home = homes()
    home.bring(HEADER, metric(rows()))
    before = home.brief()
    far = [f"{days.iso(day)},ride,{200 + day % 50},{90 + day % 13}" for day in range(FIRST, LAST + 1, 2)]
    home.bring(HEADER, far, name="far.csv", athlete_id="far")
    home.bench.brief("far", LAST)
    home.bench.state("goal", kind="training_days", value="7", athlete_id="far", today=LAST)
    assert home.brief().id == before.id
    assert home.brief().insights == before.insights


def test_local_days_are_the_same_in_every_time_zone(homes: Any) -> None:
    """An evening run belongs to its local day wherever that is: Auckland, Berlin or Honolulu."""
    briefs = []
    for offset in ("+13:00", "+02:00", "-10:00"):
        home = homes()
        lines = [f"{days.iso(day)}T19:30:00{offset},run,{minutes},{km}" for day, sport, minutes, km in rows()
                 if sport == "run"]  # fmt: skip
        home.bring("date,sport,duration (min),distance (km)".replace("date", "start"), lines)
        briefs.append(home.brief())
    first = told(briefs[0])
    for other in briefs[1:]:
        assert told(other) == first


TOTALS = {"week_so_far": ("duration", "distance"), "load_week": ("value",), "goal_week": ("so_far",)}
"""what a split of a workout on one day leaves as it is: totals of time and distance; sessions are more, of course"""


def test_splitting_a_workout_in_two_leaves_totals_and_days(homes: Any) -> None:
    one, other = homes(), homes()
    one.bring(HEADER, metric(rows()))
    split = []
    for place, (day, sport, minutes, km) in enumerate(rows()):
        if place % 9 or sport != "run":
            split.append((day, sport, minutes, km))
        else:
            split += [(day, sport, minutes * share, km * share) for share in (0.375, 0.625)]
    other.bring(HEADER, metric(split))
    briefs = one.brief(), other.brief()
    for code, names in TOTALS.items():
        left, right = ([each.values for each in brief.insights if each.code == code] for brief in briefs)
        assert len(left) == len(right)
        for first, second in zip(left, right, strict=True):
            for name in names:
                assert first[name] == pytest.approx(second[name])
    for section in (Section.CONSISTENCY,):
        left, right = ([rounded(each.values) for each in brief.of(section)] for brief in briefs)
        assert left == right
    weekly = [one_.charts["weeks"] for one_ in briefs]
    for name in ("week", "distance", "duration"):
        assert list(weekly[0][name]) == pytest.approx(list(weekly[1][name]))


def test_a_split_moves_load_by_less_than_it_is_open(homes: Any) -> None:
    """Load is time at an intensity, so two halves are the whole."""
    one, other = homes(), homes()
    found = rows()
    one.bring(HEADER, metric(found))
    day, sport, minutes, km = found[-1]
    other.bring(
        HEADER, metric([*found[:-1], (day, sport, minutes / 4, km / 4), (day, sport, minutes * 0.75, km * 0.75)])
    )
    left, right = (
        [each.values for each in home.brief().insights if each.code == "load_state"] for home in (one, other)
    )
    assert left[0]["ctl"] == pytest.approx(right[0]["ctl"], rel=1e-3)
