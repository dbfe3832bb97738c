"""Corrections are learned from: the held-out scorecard moves, and nothing that must stay is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fitintel.core.answers import LEVELS
from fitintel.core.workouts import ANALYSIS, Workouts
from fitintel.intelligence.classification import classify, plainly
from fitintel.intelligence.simulate import DEVELOPMENT_SEED
from fitintel.workbench.classified_squad import Labelled, labelled_squad
from fitintel.workbench.door import Workbench
from fitintel.workbench.evaluate_classification import evaluate_classification, evaluate_labels

RUNS_FROM = 2.0
"""m/s. The rule of a person who knows that slower than 13:25 min/mile they have always walked."""


@pytest.fixture(scope="module")
def real(real_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with Workbench.open(tmp_path_factory.mktemp("real") / "home") as bench:
        bench.import_files([real_history])
        yield bench


def by_pace(workouts: Workouts) -> dict[str, str]:
    """What that person would say of every workout on foot with a possible pace."""
    with np.errstate(divide="ignore", invalid="ignore"):
        speed = workouts["distance"] / workouts["duration"]
    foot = np.isin(workouts["sport"].astype(str), ("running", "walking"))
    known = foot & (speed > 0.3) & (speed < 6.0)
    return {str(name): "run" if value >= RUNS_FROM else "walk"
            for name, value in zip(workouts["id"][known], speed[known], strict=True)}  # fmt: skip


def latest(bench: Workbench, algorithm: str) -> Any:
    """The result of an algorithm in the athlete's brief of today's data."""
    found = bench.open_brief("me", "latest")
    codes = {insight.code: insight for insight in found.brief.insights}
    return next(bench.value(run.output) for run in found.runs.values()
                if run.algorithm == algorithm and run.id in codes["recent_workout"].run_ids)  # fmt: skip


def test_ten_corrections_on_the_real_history_move_the_held_out_scorecard(real: Workbench, real_history: Path) -> None:
    workouts = real.workouts("me")
    said = by_pace(workouts)
    before = latest(real, "activity_type")
    wrong = [str(name) for name, label in zip(before["id"], before["label"], strict=True)
             if name in said and label != said[name]]  # fmt: skip
    corrected = wrong[: len(wrong) // 2][-10:]
    assert len(corrected) == 10
    held_out = set(wrong[len(wrong) // 2 :]) | set(list(said)[len(said) * 3 // 4 :])
    right_before = _right(before, said, held_out)
    for name in corrected:
        real.label(name, "activity", said[name], "by its pace")
    # in the same process, right after the retrain
    after = latest(real, "activity_type")
    assert _right(after, said, held_out) > right_before
    assert {str(name): label for name, label in zip(after["id"], after["label"], strict=True)
            if name in corrected} == {name: said[name] for name in corrected}  # fmt: skip
    assert np.mean(after["label"] == "unsure") < 0.1
    told = [insight for insight in real.brief("me", "latest").insights if insight.code == "label_effect"]
    assert sum(insight.values["n"] for insight in told) == 10
    assert sum(insight.values["alike"] for insight in told) > 0
    # labels survive the same file again, and the retrained model is the same
    real.import_files([real_history])
    assert len(real.labels("me")) == 10
    again = latest(real, "activity_type")
    assert again["probability"].tobytes() == after["probability"].tobytes()
    # taking all back leads back to where it began
    for name in corrected:
        real.unlabel(name)
    assert latest(real, "activity_type")["probability"].tobytes() == before["probability"].tobytes()


def _right(types: Any, said: dict[str, str], among: set[str]) -> float:
    return float(np.mean([label == said[name] for name, label in zip(types["id"], types["label"], strict=True)
                          if name in among]))  # fmt: skip


def test_on_the_real_history_few_walks_are_hard_sessions_and_few_workouts_unsure(real: Workbench) -> None:
    workouts = real.workouts("me")
    found = classify(plainly, workouts, {})
    walks = found.types["label"] == "walk"
    assert walks.sum() > 500
    hard = np.isin(found.sessions["label"].astype(str), ("interval", "tempo", "race"))
    assert hard[walks].mean() < 0.02, "what a device writes badly must not be taken for structure"
    assert (found.sessions["label"] == "unsure").mean() < 0.15


def history(n: int = 60, **more: Any) -> list[dict[str, Any]]:
    """Rows of an athlete who runs, walks and mixes."""
    rows = []
    for at in range(n):
        speed = (2.9, 1.3, 2.75, 2.0, 1.25)[at % 5] * (1 + 0.01 * (at % 7))
        duration = 1500.0 + 300.0 * (at % 6)
        rows.append({"id": f"w{at:03}", "day": 20_000 + at, "sport": "running", "duration": duration,
                     "distance": speed * duration, "start": 86_400.0 * (20_000 + at) + 25_200.0, **more})  # fmt: skip
    return rows


def labels(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    found = classify(plainly, Workouts.from_rows(rows, ANALYSIS), {"activity": {"w003": "mixed"}})
    return {"activity": found.types["label"].tolist(), "session": found.sessions["label"].tolist(),
            "chance": found.types["probability"].tolist()}  # fmt: skip


def test_another_time_zone_changes_no_class() -> None:
    assert labels(history()) == labels(history(utc_offset=-28_800.0, start=None))


def test_units_of_a_file_change_no_class(tmp_path: Path) -> None:
    read = []
    for name, header, rate in (("km", "distance (km)", 1e-3), ("mi", "distance (mi)", 1e-3 / 1.609344)):
        lines = [f"2025-{1 + at // 28:02d}-{1 + at % 28:02d},run,{row['duration'] / 60},{row['distance'] * rate}"
                 for at, row in enumerate(history(40))]  # fmt: skip
        (tmp_path / f"{name}.csv").write_text("\n".join([f"date,sport,duration (min),{header}", *lines]))
        with Workbench.open(tmp_path / name) as bench:
            bench.import_files([tmp_path / f"{name}.csv"])
            found = classify(plainly, bench.workouts("me"), {})
            read.append(found.types["label"].tolist() + found.sessions["label"].tolist())
    assert read[0] == read[1]


def test_a_file_taken_in_twice_changes_no_class(tmp_path: Path) -> None:
    lines = [f"2025-01-{1 + at % 28:02d},run,{row['duration'] / 60},{row['distance'] / 1000}"
             for at, row in enumerate(history(28))]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *lines]))
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "a.csv"])
        first = classify(plainly, bench.workouts("me"), {}).types["label"].tolist()
        bench.import_files([tmp_path / "a.csv"])
        assert classify(plainly, bench.workouts("me"), {}).types["label"].tolist() == first


def test_the_halves_of_a_split_run_are_runs_and_earlier_workouts_stay_as_they_were() -> None:
    rows = history()
    cut = 50
    halves = [{**rows[cut], "id": f"w{cut:03}{part}", "duration": rows[cut]["duration"] / 2,
               "distance": rows[cut]["distance"] / 2} for part in "ab"]  # fmt: skip
    whole, split = labels(rows), labels([*rows[:cut], *halves, *rows[cut + 1 :]])
    assert whole["activity"][cut] == "run"
    assert split["activity"][cut : cut + 2] == ["run", "run"]
    assert split["chance"][:cut] == whole["chance"][:cut]


def test_another_athlete_far_away_changes_no_class(tmp_path: Path) -> None:
    for who, fast in (("anna", 1.0), ("ben", 1.5)):
        lines = [f"2025-01-{1 + at % 28:02d},run,{row['duration'] / 60},{row['distance'] / 1000 * fast}"
                 for at, row in enumerate(history(28))]  # fmt: skip
        (tmp_path / f"{who}.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *lines]))
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "anna.csv"], athlete_id="anna")
        before = bench.brief("anna", "latest")
        bench.import_files([tmp_path / "ben.csv"], athlete_id="ben")
        bench.label(str(bench.workouts("ben")["id"][0]), activity="hike", athlete_id="ben")
        assert bench.brief("anna", "latest").id == before.id


@pytest.fixture(scope="module")
def score() -> Any:
    return evaluate_classification(seed=DEVELOPMENT_SEED, athletes=6, years=1.5)


def test_the_classification_beats_a_rule_and_the_most_frequent_label(score: Any) -> None:
    for level in LEVELS:
        after, rule, majority = (score.score(level, method) for method in ("after", "rule", "majority"))
        assert after.n > 300
        assert after.macro_f1 > max(rule.macro_f1, majority.macro_f1)
        assert after.brier < min(rule.brier, majority.brier)
        assert 0 < after.abstained < 0.15


def test_labels_help_on_workouts_that_were_not_labelled(score: Any) -> None:
    before, after = (score.score("activity", method) for method in ("before", "after"))
    assert after.brier < before.brier
    assert after.macro_f1_all > before.macro_f1_all


def test_kinds_of_session_are_right_calibrated_and_seldom_unsure(score: Any) -> None:
    for method in ("before", "after"):
        found = score.score("session", method)
        assert found.macro_f1 > 0.85
        assert found.abstained < 0.1
        assert found.ece < 0.05
    assert score.score("session", "after").macro_f1_all > score.score("session", "rule").macro_f1_all + 0.1


def test_sessions_with_and_without_laps_are_told_apart(score: Any) -> None:
    with_, without = (score.score("session", "after", group) for group in ("with laps", "without laps"))
    assert with_.n + without.n == score.score("session", "after").n
    assert with_.n > 50 < without.n


def test_what_names_and_plans_add_is_told_apart(score: Any) -> None:
    with_, without = (score.score("session", "before", group) for group in ("with words", "without words"))
    assert with_.n + without.n == score.score("session", "before").n
    assert with_.n > 50 < without.n
    assert with_.accuracy > without.accuracy
    assert without.macro_f1 > score.score("session", "rule", "without words").macro_f1


@pytest.fixture(scope="module")
def squad() -> list[Labelled]:
    return labelled_squad(DEVELOPMENT_SEED, athletes=6, years=1.0)


def test_the_truth_does_not_leak_shuffled_labels_are_not_found(squad: list[Labelled]) -> None:
    random = np.random.default_rng(0)
    shuffled = [
        replace(one, truth={level: dict(zip(of, random.permutation(list(of.values())).tolist(), strict=True))
                            for level, of in one.truth.items()})
        for one in squad
    ]  # fmt: skip
    true, false = (evaluate_labels(each).score("activity", "before") for each in (squad, shuffled))
    assert true.accuracy_all > 0.85
    assert false.accuracy_all < evaluate_labels(shuffled).score("activity", "majority").accuracy_all + 0.1


def test_the_recorded_sport_is_not_what_tells_gaits_apart(squad: list[Labelled]) -> None:
    unnamed = []
    for one in squad:
        sport = one.workouts["sport"].copy()
        sport[np.isin(sport.astype(str), ("walking", "hiking"))] = "running"
        unnamed.append(replace(one, workouts=one.workouts.replace(sport=sport)))
    found = evaluate_labels(unnamed)
    assert found.score("activity", "after").accuracy_all > 0.85
    assert found.score("activity", "after").accuracy_all > found.score("activity", "rule").accuracy_all


def test_a_score_is_plain_values(score: Any) -> None:
    import json

    assert json.loads(json.dumps(score.as_dict()))["scores"][0]["method"] == "majority"


def test_equal_seeds_give_equal_scores() -> None:
    one, two = (evaluate_classification(seed=3, athletes=1, years=0.7).as_dict() for _ in range(2))
    assert one == two
    assert evaluate_classification(seed=4, athletes=1, years=0.7).as_dict() != one


def test_an_athletes_own_labels_are_a_test_set_too(tmp_path: Path) -> None:
    lines = [f"2025-{1 + at // 28:02d}-{1 + at % 28:02d},run,{row['duration'] / 60},{row['distance'] / 1000}"
             for at, row in enumerate(history(50))]  # fmt: skip
    (tmp_path / "a.csv").write_text("\n".join(["date,sport,duration (min),distance (km)", *lines]))
    with Workbench.open(tmp_path / "home") as bench:
        bench.import_files([tmp_path / "a.csv"])
        for name, value in by_pace(bench.workouts("me")).items():
            bench.label(name, "activity", value)
        found = bench.evaluate_classification(athlete_id="me")
        assert found.score("activity", "after").n == 20
        assert found.score("session", "after").n == 0
        assert found.score("activity", "after").accuracy > found.score("activity", "majority").accuracy
