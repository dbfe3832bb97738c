"""A workspace for research holds no identity; what leaves it is too coarse to find anybody in."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from fitintel.core.details import Details
from fitintel.core.errors import UsageError
from fitintel.core.records import Athlete, ImportRecord
from fitintel.core.wellness import Wellness
from fitintel.core.workouts import COLUMNS, Workouts, as_column
from fitintel.intelligence.simulate.squad import REPORT_SEED, simulate_squad
from fitintel.storage.keys import new_key
from fitintel.workbench.demo import make_demo
from fitintel.workbench.door import Workbench
from fitintel.workbench.research.anonymity import groups, k_of, l_of
from fitintel.workbench.research.attack import Attacked, attack
from fitintel.workbench.research.coarse import LADDER, NO_BOUND, in_bands
from fitintel.workbench.research.project import Project, rounded
from fitintel.workbench.research.release import AIM, FOUND, K, L, Released
from fitintel.workbench.research.tracks import CUT, frequent_ends, with_places, without_places, zones_of

SECRET, ALL = "Zq-secret-4417", ["profile", "training", "heart", "sleep", "location"]
PHONE = """<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk>
<name>Zq-secret-4417</name><type>running</type><trkseg>{points}</trkseg></trk></gpx>"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Path, Path]]:
    """Four athletes: two consent, one has taken it back, one never did. And the workspace made of them."""
    folder = tmp_path_factory.mktemp("study")
    with Workbench.open(folder / "home") as bench:
        points = "".join(
            f'<trkpt lat="{47 + 3e-5 * second:.6f}" lon="8.5"><ele>{400 + second % 9}</ele>'
            f"<time>2024-05-04T06:{second // 60:02d}:{second % 60:02d}Z</time></trkpt>"
            for second in range(0, 900, 5)
        )
        (folder / "phone.gpx").write_text(PHONE.format(points=points))
        for name in ("anna-secret", "ben-secret", "carl-secret", "dora-secret"):
            table = folder / f"{name}.csv"
            rows = "".join(f"2024-05-{day:02d},Run,{20 + day},{3 + day / 10},{SECRET}\n" for day in range(5, 29))
            table.write_text(f"date,sport,duration (min),distance (km),notes\n{rows}")
            bench.import_files([table, folder / "phone.gpx"], athlete_id=name, workers=1)
            bench.add_wellness(athlete_id=name, date="2024-05-10", resting_hr="51", weight="70.5 kg")
            bench.state("goal", athlete_id=name, kind="event", valid_from="2024-06-02", name=SECRET)
            if name != "dora-secret":
                bench.give_consent(ALL, "research", athlete_id=name)
        bench.withdraw_consent(["training"], "research", athlete_id="carl-secret")
        made = bench.build_research("sleep-study", folder / "research")
        assert (made.athletes, made.left_out) == (2, 2)
        yield bench, folder / "research", folder


def test_nothing_in_the_research_workspace_names_anybody(study: tuple[Workbench, Path, Path]) -> None:
    _, home, _ = study
    with Workbench.open(home) as bench:
        for one in bench.athletes():
            for name in ("workouts", "recordings"):
                assert len(getattr(bench.vault, name)(one.id))
            bench.vault.close()
            break
    needles = (b"secret", SECRET.encode(), b"phone.gpx", b"anna")
    hits = [(path.name, needle) for path in home.rglob("*") if path.is_file() for needle in needles
            if needle in path.read_bytes()]  # fmt: skip
    assert hits == []


def test_dates_are_shifted_by_weeks_and_gaps_stay(study: tuple[Workbench, Path, Path]) -> None:
    owner, home, _ = study
    project = Project.named("sleep-study", owner.keyring.folder)
    with Workbench.open(home) as bench:
        assert {one.id for one in bench.athletes()} == {
            project.pseudonym(name) for name in ("anna-secret", "ben-secret")
        }
        for name in ("anna-secret", "ben-secret"):
            before = owner.vault.workouts(name, columns=tuple(COLUMNS))
            after = bench.vault.workouts(project.pseudonym(name), columns=tuple(COLUMNS))
            moved = after["day"] - before["day"]
            assert set(moved.tolist()) == {project.shift(name)}
            assert project.shift(name) % 7 == 0
            assert np.array_equal(before["duration"], after["duration"], equal_nan=True)
            started = after["start"][np.isfinite(after["start"])]
            assert np.all(started % 900 == 0)
            for column in ("notes", "source_sport", "source_id"):
                assert set(after[column].tolist()) == {None}
            assert not set(after["id"].tolist()) & set(before["id"].tolist())


def test_positions_and_elevation_are_left_out_and_what_was_not_consented_to(
    study: tuple[Workbench, Path, Path],
) -> None:
    owner, home, _ = study
    with Workbench.open(home) as bench:
        for one in bench.athletes():
            assert {value.metric for value in bench.vault.wellness(one.id)} == {"resting_hr"}, "weight is of the body"
            (recorded,) = bench.vault.recordings(one.id)
            assert not {"lat", "lon", "elevation"} & set(recorded.channels)
            samples = bench.samples(one.id, recorded.workout_id)
            assert not {"lat", "lon", "elevation"} & set(samples)
            assert bench.brief(one.id)
    assert owner.vault.recordings("anna-secret")[0].channels[:2] == ("lat", "lon")


def test_another_project_gives_other_names(study: tuple[Workbench, Path, Path]) -> None:
    owner, _, _ = study
    ids = [f"athlete-{number}" for number in range(200)]
    one, other = (Project.named(name, owner.keyring.folder) for name in ("sleep-study", "other-study"))
    assert not {one.pseudonym(name) for name in ids} & {other.pseudonym(name) for name in ids}
    assert len({one.pseudonym(name) for name in ids}) == len(ids)
    assert [one.pseudonym(name) for name in ids] == [Project.named("sleep-study", owner.keyring.folder).pseudonym(name)
                                                     for name in ids]  # fmt: skip
    with pytest.raises(UsageError):
        Project.named("../escape", owner.keyring.folder)


def test_an_erased_athlete_leaves_the_research_workspace_too(
    study: tuple[Workbench, Path, Path], tmp_path: Path
) -> None:
    owner, _, _ = study
    home = tmp_path / "second"
    owner.build_research("second-study", home, ["ben-secret"])
    owner.erase("ben-secret", "ben-secret")
    with Workbench.open(home) as bench:
        assert bench.athletes() == ()
    assert not [path for path in (home / "files").rglob("*") if path.is_file()]


def test_ends_and_places_of_rest_are_cut_and_the_distance_is_that_of_the_rest() -> None:
    seconds = np.arange(0, 1200.0, 5.0)
    out = {"time": seconds, "lat": 47 + 3e-5 * seconds, "lon": np.full(len(seconds), 8.5),
           "hr": np.full(len(seconds), 140.0), "elevation": 400 + seconds % 7, "distance": 3.3 * seconds}  # fmt: skip
    ends = frequent_ends([out, out])
    assert len(ends) == 2
    zones = zones_of(ends, b"k" * 32)
    assert zones != ends
    cut = with_places(out, zones)
    way = 3.336 * seconds
    first = seconds[np.searchsorted(way, CUT)]
    assert cut["time"][0] >= first
    assert cut["time"][-1] <= seconds[-1] - first + 10
    assert set(cut) == {"time", "hr", "lat", "lon", "distance"}
    assert np.array_equal(cut["lat"], np.round(cut["lat"], 3))
    assert cut["distance"][0] == 0
    assert cut["distance"][-1] < out["distance"][-1] - 2 * CUT + 150
    assert not {"lat", "lon", "elevation"} & set(without_places(out))
    short = {name: values[:10] for name, values in out.items()}
    assert not len(with_places(short, zones)["time"])


def test_groups_are_counted() -> None:
    rows = [{"sex": sex, "age": age, "flag": flag} for sex, age, flag in
            [("f", "30", "a"), ("f", "30", "b"), ("f", "30", "a"), ("m", "30", "a"), ("m", "30", "a")]]  # fmt: skip
    assert (k_of(rows, ["sex", "age"]), l_of(rows, ["sex", "age"], ["flag"])) == (2, 1)
    assert [one.size for one in groups(rows, ["sex"])] == [3, 2]
    assert (k_of([], ["sex"]), l_of([], ["sex"], ["flag"])) == (0, 0)


def _squad(athletes: int, years: float) -> list[dict[str, np.ndarray]]:
    found = simulate_squad(seed=REPORT_SEED, athletes=athletes, years=years, end_day=20_400)
    return [{name: np.array(one.workouts[name]) for name in ("day", "duration", "distance")} for one in found]


def test_an_attacker_with_three_workouts_finds_nearly_nobody_in_what_is_released() -> None:
    """On a squad that the ladder was not chosen with, with other draws than the gate's."""
    truth = _squad(60, 1.0)
    raw = in_bands(truth, LADDER[0].__class__(1, 10_000, 0.01, NO_BOUND, 0.01, NO_BOUND))
    open_set = attack(raw.as_weeks(), truth, draws=1, seed=7)
    found: Attacked | None = None
    step = 0
    for step, bands in enumerate(LADDER):  # noqa: B007  the step is printed
        bins = in_bands(truth, bands)
        if attack(bins.as_weeks(), truth, draws=5, seed=11).share <= AIM:
            found = attack(bins.as_weeks(), truth, draws=6, seed=12)
            break
    assert found is not None
    print(f"re-identified: {found.share:.1%} of {found.athletes} athletes in the released set (step {step}); "
          f"{open_set.share:.1%} from exact weekly sums; {1 / found.athletes:.1%} by chance")  # fmt: skip
    assert found.share <= FOUND
    assert open_set.share > 2 * FOUND, "the attacker is one who finds people where it is possible"


@pytest.fixture
def researched(tmp_path: Path) -> Path:
    """A workspace for research with 44 athletes who train alike, half of them women."""
    home = tmp_path / "research"
    chance = np.random.default_rng(4)
    now = datetime(2025, 1, 1, tzinfo=UTC)
    with Workbench.open(home) as bench:
        for number in range(44):
            who = f"p{number:015d}"
            bench.vault.put_athlete(Athlete(who, who))
            days = np.arange(19_800, 19_940, 2)
            made = {
                name: as_column(name, [None] * len(days)) for name, column in COLUMNS.items() if column.kind != "day"
            }
            made |= {"day": days, "id": as_column("id", [f"w-{number}-{day}" for day in days])}
            made["sport"] = as_column("sport", ["running" if number % 11 else "cycling"] * len(days))
            made["duration"] = 3000 + 600 * chance.random(len(days))
            made["distance"] = 9000 + 2000 * chance.random(len(days))
            record = ImportRecord(f"i-{who}", who, "x", "0" * 64, 0, "research", "1", now, 0.0, 70, 70, 0, 0, 0)
            pulse = Wellness(
                f"v-{number}", who, 19_850, "resting_hr", 48.0 + number % 3 * 8, "research", import_id=record.id
            )
            bench.vault.save_import(record, Workouts(made), [], wellness=[pulse])
            bench.vault.put_details(Details(who, ("female", "male")[number % 2], 1960 + number % 40, "x", now))
    (home / "research").write_text("{}")
    return home


def test_the_gate_names_groups_never_athletes_and_what_passes_is_written(researched: Path, tmp_path: Path) -> None:
    with Workbench.open(researched) as bench:
        with pytest.raises(UsageError, match="sport cycling") as refused:
            bench.release_research(tmp_path / "fine", ("sex", "sport"))
        ids = [one.id for one in bench.athletes()]
        assert not [name for name in ids if name in str(refused.value)]
        assert not (tmp_path / "fine").exists()
        made = bench.release_research(tmp_path / "set", ("sex",))
    check_set(tmp_path / "set", made, ids)


def check_set(folder: Path, made: Released, ids: list[str]) -> None:
    """What is written is what the gate let through, under other names."""
    assert made.k >= K
    assert made.l >= L
    assert made.attacked.share <= AIM <= FOUND
    athletes = list(csv.DictReader((folder / "athletes.csv").open()))
    weeks = list(csv.DictReader((folder / "weeks.csv").open()))
    assert k_of(athletes, ["sex"]) == made.k
    assert len(athletes) == made.athletes == len(ids)
    assert len(weeks) == len(ids) * made.weeks
    text = "".join(path.read_text() for path in folder.iterdir())
    assert not [name for name in ids if name in text]
    assert json.loads((folder / "release.json").read_text())["k"] == made.k


@pytest.mark.slow
def test_a_set_of_the_demo_squad_goes_from_import_to_release(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "home") as owner:
        make_demo(owner.vault, owner.blobs, seed=3, end_day=20_400, athletes=48, years=0.5)
        for one in owner.athletes():
            owner.give_consent(ALL, "research", athlete_id=one.id)
        owner.build_research("demo", tmp_path / "research")
    with Workbench.open(tmp_path / "research") as bench:
        ids = [one.id for one in bench.athletes()]
        made = bench.release_research(tmp_path / "set", ("sex",))
    check_set(tmp_path / "set", made, ids)


def test_a_workspace_with_names_releases_nothing(tmp_path: Path) -> None:
    with Workbench.open(tmp_path / "home") as bench, pytest.raises(UsageError, match="Only a workspace for research"):
        bench.release_research(tmp_path / "set")


def test_a_time_is_rounded_to_a_quarter_of_an_hour() -> None:
    assert rounded(1000.0) == 900.0
    assert Project(new_key()).shift("anna") in range(-182, 183, 7)
