"""The gate on classifications, planted faults and planted changes, with versions that answer differently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from fitintel.core.errors import VersionFailed
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence import registry
from fitintel.intelligence.registry import Algorithm
from fitintel.intelligence.simulate.planted import Change
from fitintel.workbench import cases as cases_
from fitintel.workbench import policy as policy_
from fitintel.workbench.challenge import Challenge, challenge
from fitintel.workbench.outcomes import Case, gain, judge, value

POLICY = policy_.read()
SMALL = replace(POLICY, groups=replace(POLICY.groups, min_athletes=6, min_events=20))
"""the policy for a squad of a test's size"""
PLANTED = "9.0.0"
FIRST = 19999 - 19999 % 7 + 4
"""a Monday"""
Made = Callable[..., Any]


@pytest.fixture(scope="module")
def squad() -> list[Case]:
    """Twelve simulated athletes, of two groups by turns."""
    made = cases_.simulated(replace(POLICY.squad, athletes=12, years=1.2))
    return [replace(one, groups={"sex": "female" if place % 2 else "male"}) for place, one in enumerate(made)]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch, tmp_path) -> Callable[[str, Made], None]:
    """Makes version 9.0.0 of an algorithm out of a function of the version in use and its inputs."""
    real = registry.get
    made: dict[str, Algorithm] = {}

    def get(name: str, version: str | None = None) -> Algorithm:
        return made[name] if version == PLANTED and name in made else real(name, version)

    def planted(name: str, change: Made) -> None:
        usual = real(name)
        made[name] = Algorithm(
            replace(usual.card, version=PLANTED), lambda *given, **more: change(usual, *given, **more)
        )
        golden = tmp_path / "tests" / "golden"
        golden.mkdir(parents=True, exist_ok=True)
        for version in (PLANTED, usual.card.version):
            (golden / f"{name}@{version}.json").write_text("[]")

    for module in ("intelligence.registry", "workbench.outcomes_classify", "workbench.outcomes_anomaly",
                   "workbench.outcomes_changes"):  # fmt: skip
        monkeypatch.setattr(f"fitintel.{module}.get", get)
    # what a brief tells is tested in test_challenge.py
    monkeypatch.setattr("fitintel.workbench.challenge.BRIEFS", 0)
    monkeypatch.setattr("fitintel.workbench.challenge.ROOT", tmp_path)
    return planted


def decide(squad: list[Case], name: str, champion: str, challenger: str) -> Challenge:
    return challenge(squad, name, champion, challenger, SMALL, of="test")


def failed(one: Challenge) -> set[str]:
    """What did not hold, but for briefs, of which none is made here."""
    return {reason.asks for reason in one.reasons if not reason.holds and "briefs" not in reason.asks}


def spoiled(rows: Any, share: float) -> Callable[..., Any]:
    """Says `walk` of a share of the workouts, whatever they were."""

    def change(usual: Algorithm, evidence: Any, model: Any, labels: Any) -> Any:
        found = dict(usual(evidence, model, labels))
        label = found["label"].copy()
        if rows(evidence):
            wrong = np.random.default_rng(len(label)).random(len(label)) < share
            label[wrong & ~np.asarray(found["said"])] = "walk"
        return {**found, "label": label}

    return change


def test_a_classification_that_is_wrong_more_often_is_refused_and_the_other_way_round_it_passes(squad, plant) -> None:
    plant("activity_type", spoiled(lambda _: True, 0.3))
    usual = registry.get("activity_type").card.version
    worse = decide(squad, "activity_type", usual, PLANTED)
    assert worse.gain is not None
    assert worse.gain.champion > worse.gain.challenger
    assert {"it wins on macro_f1 over athletes", "it does not lose for sex female"} <= failed(worse)
    better = decide(squad, "activity_type", PLANTED, usual)
    assert failed(better) == set()
    assert better.gain.gain == pytest.approx(-worse.gain.gain)


def test_a_classification_that_is_wrong_for_one_group_is_stopped_with_the_group_named(squad, plant) -> None:
    female = {str(one.workouts["id"][0]) for one in squad if one.groups["sex"] == "female"}

    def hers(evidence: Any) -> bool:
        return not female.isdisjoint(map(str, evidence["id"]))

    plant("activity_type", spoiled(hers, 0.5))
    one = decide(squad, "activity_type", registry.get("activity_type").card.version, PLANTED)
    assert "it does not lose for sex female" in failed(one)
    assert not any(asks.endswith("sex male") for asks in failed(one))


def test_a_classification_that_says_nothing_where_it_may_be_wrong_is_refused(squad, plant) -> None:
    def unsure(usual: Algorithm, evidence: Any, model: Any, labels: Any) -> Any:
        found = dict(usual(evidence, model, labels))
        label = found["label"].copy()
        label[np.random.default_rng(1).random(len(label)) < 0.2] = "unsure"
        return {**found, "label": label}

    plant("activity_type", unsure)
    one = decide(squad, "activity_type", registry.get("activity_type").card.version, PLANTED)
    assert "it answers as often" in failed(one)


@pytest.mark.parametrize(("algorithm", "old", "new"), [
    ("session_kind", "1.0.0", "2.0.0"), ("workout_anomaly", "2.0.0", "3.0.0"),
])  # fmt: skip
def test_real_versions_answer_differently_and_the_later_one_is_better(squad, algorithm, old, new) -> None:
    contest = POLICY.contest(registry.get(algorithm).card)
    pairs = [pair for one in squad if (pair := judge(one, algorithm, (old, new), contest))]
    assert len(pairs) == len(squad)
    assert gain(contest.metric, pairs, POLICY.interval).gain > 0.02
    swapped = [replace(one, champion=one.challenger, challenger=one.champion) for one in pairs]
    assert gain(contest.metric, swapped, POLICY.interval).gain < -0.02


def test_a_version_that_cannot_read_the_inputs_of_today_says_on_whose_history(squad) -> None:
    """workout_anomaly 1.0.0 knows no strength training, which the classification of today tells."""
    with pytest.raises(VersionFailed, match="takes the inputs of the version in use") as caught:
        decide(squad, "workout_anomaly", registry.get("workout_anomaly").card.version, "1.0.0")
    assert "KeyError: 'strength'" in str(caught.value)


def flags(change: Callable[[Any, Workouts], Any]) -> Callable[..., Any]:
    def version(usual: Algorithm, workouts: Workouts, types: Any, **more: Any) -> Any:
        found = usual(workouts, types, **more)
        keep = change(np.asarray(found["id"], dtype=object), workouts)
        return {"id": keep}

    return version


@pytest.mark.parametrize(("planted", "worse"), [
    (lambda found, workouts: found[:0], "finds nothing"),
    (lambda found, workouts: np.array(workouts["id"], dtype=object), "flags everything"),
    (lambda found, workouts: found[::2], "loses every second"),
], ids=lambda one: one if isinstance(one, str) else "")  # fmt: skip
def test_a_detector_that_finds_less_or_flags_more_is_refused(squad, plant, planted, worse) -> None:
    plant("workout_anomaly", flags(planted))
    usual = registry.get("workout_anomaly").card.version
    one = decide(squad, "workout_anomaly", usual, PLANTED)
    assert one.metric == "f1"
    assert "it wins on f1 over athletes" in failed(one), worse
    assert one.gain.champion > one.gain.challenger
    assert decide(squad, "workout_anomaly", PLANTED, usual).gain.gain > 0


def changes(move: Callable[[Any], Any]) -> Callable[..., Any]:
    def version(usual: Algorithm, week: Any, values: Any, **more: Any) -> Any:
        return move(dict(usual(week, values, **more)))

    return version


@pytest.fixture(scope="module")
def steps(squad: list[Case]) -> list[Case]:
    """Histories of one run a week whose level doubles or halves once, at a known week."""
    made = []
    for number in range(12):
        rng, at, factor = np.random.default_rng(number), 40 + 2 * number, (2.0, 0.5)[number % 2]
        level = np.where(np.arange(90) < at, 8000.0, 8000.0 * factor) * np.exp(rng.normal(0, 0.1, 90))
        rows = [{"id": f"{number}-{week}", "day": FIRST + 7 * week + 2, "sport": "running", "distance": float(metres),
                 "duration": float(metres) / 2.8} for week, metres in enumerate(level)]  # fmt: skip
        truth = replace(squad[0].truth, changes=(Change(FIRST + 7 * at, "distance", factor),))
        made.append(Case(f"a{number}", Workouts.from_rows(rows).select(ANALYSIS).ordered(), truth=truth,
                         groups={"sex": ("female", "male")[number % 2]}))  # fmt: skip
    return made


def test_changes_told_too_late_or_everywhere_are_refused(steps, plant) -> None:
    usual = registry.get("change_points").card.version
    plant("change_points", changes(lambda found: {**found, "week": [one + 70 for one in found["week"]]}))
    late = decide(steps, "change_points", usual, PLANTED)
    assert {"it wins on f1 over athletes", "it does not lose for sex male"} <= failed(late)
    assert late.gain.champion > 0.8
    assert late.gain.challenger < 0.1
    assert failed(decide(steps, "change_points", PLANTED, usual)) == set()

    def always(found: Any) -> Any:
        weeks = [FIRST + 70 * place for place in range(9)]
        return {**found, "week": [*found["week"], *weeks], "relative": [*found["relative"], *[0.5, -0.4] * 4, 0.5]}

    plant("change_points", changes(always))
    everywhere = decide(steps, "change_points", usual, PLANTED)
    assert "it wins on f1 over athletes" in failed(everywhere)
    assert everywhere.bias[1].rows[0].value > everywhere.bias[0].rows[0].value, "it errs more often"


def test_a_planted_change_is_found_once_by_its_date_and_direction(squad, monkeypatch) -> None:
    """By hand: two planted, of which one is told; one told of the wrong direction; one told of two series."""
    day = int(squad[0].workouts["day"][0]) + 200
    truth = replace(squad[0].truth, changes=(Change(day, "distance", 1.5), Change(day + 150, "distance", 0.6)))
    answers = iter(
        [{"week": [day + 20, day + 150], "relative": [0.4, 0.3]}, {"week": [day + 30], "relative": [0.5]}] * 2
    )
    real = registry.get

    def get(name: str, version: str | None = None) -> Any:
        return real(name, version) if name != "change_points" else lambda *_: next(answers)

    monkeypatch.setattr("fitintel.workbench.outcomes_changes.get", get)
    contest = POLICY.contest(real("change_points").card)
    pair = judge(replace(squad[0], truth=truth), "change_points", ("1.0.0", "2.1.0"), contest)
    assert pair is not None
    assert pair.champion.sums == pair.challenger.sums == (1.0, 1.0, 1.0)
    assert value("f1", np.array(pair.champion.sums)) == pytest.approx(0.5)
    assert judge(replace(squad[0], truth=None), "change_points", ("1.0.0", "2.1.0"), contest) is None
