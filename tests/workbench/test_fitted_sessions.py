"""The fitted model of kinds of session is what scikit-learn fitted, is right on squads it never saw, and can be made
again."""  # fmt: skip

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from fitintel.core.answers import SESSIONS
from fitintel.core.stated import PlannedWorkout
from fitintel.intelligence.session_network import COLUMNS, FITTED, fitted, scores
from fitintel.intelligence.simulate import DEVELOPMENT_SEED, REPORT_SEED
from fitintel.workbench import fitted_sessions
from fitintel.workbench.evaluate_classification import evaluate_classification
from fitintel.workbench.planned_kinds import planned_kinds


def chances(columns: Any) -> Any:
    raw = scores(columns, fitted())
    raw = np.exp(raw - raw.max(axis=1, keepdims=True))
    return raw / raw.sum(axis=1, keepdims=True)


def test_numpy_gives_the_probabilities_of_scikit_learn() -> None:
    columns = np.random.default_rng(1).normal(0.0, 1.5, (500, len(COLUMNS)))
    twin = fitted_sessions.as_classifier(fitted())
    assert twin.classes_.tolist() == list(range(len(SESSIONS)))
    np.testing.assert_allclose(chances(columns), twin.predict_proba(columns), rtol=0, atol=1e-12)


def test_a_row_alone_gives_the_bits_it_gives_among_others() -> None:
    columns = np.random.default_rng(2).normal(0.0, 1.5, (40, len(COLUMNS)))
    every = scores(columns, fitted())
    assert all(scores(columns[at : at + 1], fitted()).tobytes() == every[at].tobytes() for at in range(40))


def test_the_file_says_what_it_was_fitted_on_and_neither_reported_nor_development_squads_are_among_it() -> None:
    said = json.loads(FITTED.read_text())
    assert said["columns"] == list(COLUMNS)
    assert said["kinds"] == list(SESSIONS)
    assert said["fitted_on"]["what"] == "simulated athletes"
    assert not {REPORT_SEED, DEVELOPMENT_SEED} & set(said["fitted_on"]["seeds"])
    assert tuple(said["fitted_on"]["seeds"]) == fitted_sessions.SEEDS
    assert not fitted()["hidden"].flags.writeable


def test_the_squad_of_the_reported_figures_is_refused_as_a_teacher() -> None:
    with pytest.raises(ValueError, match="must not teach"):
        fitted_sessions.fitted_weights((1, REPORT_SEED), athletes=1, years=0.2)


def test_fitting_finds_what_is_there_and_equal_seeds_fit_equal_networks() -> None:
    random = np.random.default_rng(3)
    columns = random.normal(size=(900, 4))
    kinds = (columns[:, 0] > 0).astype(int) + 2 * (columns[:, 1] * columns[:, 2] > 0)
    one, two = (fitted_sessions.fit_network(columns, kinds, hidden=16, epochs=40, batch=32) for _ in range(2))
    assert (one.predict(columns) == kinds).mean() > 0.9, "a product of two columns is no linear rule"
    assert one.coefs_[0].tobytes() == two.coefs_[0].tobytes()


def test_only_workouts_of_which_nothing_is_said_teach() -> None:
    columns, kinds = fitted_sessions.examples(5, athletes=6, years=0.5)
    assert columns.shape == (len(kinds), len(COLUMNS))
    assert set(kinds.tolist()) <= set(range(len(SESSIONS)))
    from fitintel.workbench.classified_squad import labelled_squad

    every = [fitted_sessions.known_kinds(one) for one in labelled_squad(5, athletes=6, years=0.5)]
    assert sum((~words.any(axis=1)).sum() for _, words, _ in every) == len(kinds) < sum(len(of) for *_, of in every)


def test_half_of_the_athletes_teach_with_a_poorer_export_and_all_keep_their_days_and_distances() -> None:
    from fitintel.workbench.classified_squad import labelled_squad

    squad, random = labelled_squad(5, athletes=12, years=0.3), np.random.default_rng(1)
    poorer = [fitted_sessions.as_exported(one, random) for one in squad for _ in range(4)]
    whole = [one for one in squad for _ in range(4)]
    changed = [one is not before for one, before in zip(poorer, whole, strict=True)]
    assert 12 < sum(changed) < 36
    assert any(np.isnan(one.workouts["speed_max"]).all() for one in poorer)
    assert any(np.nanmax(one.workouts["speed_max"], initial=0.0) > 1.5 * np.nanmax(before.workouts["speed_max"])
               for one, before in zip(poorer, whole, strict=True))  # fmt: skip
    for one, before in zip(poorer, whole, strict=True):
        assert one.truth == before.truth
        for name in ("id", "day", "sport", "duration", "distance"):
            np.testing.assert_array_equal(one.workouts[name], before.workouts[name])


def test_of_the_words_of_a_plan_only_the_kind_travels_on() -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    plans = [PlannedWorkout("p1", "a", 20_000, "running", 3600.0, None, at, notes="long with Jo, mind the knee"),
             PlannedWorkout("p2", "a", 20_001, "running", None, 5000.0, at, rpe=6.0),
             PlannedWorkout("p3", "a", 20_002, "running", 1800.0, None, at, notes="with Jo")]  # fmt: skip
    made = planned_kinds(plans)
    assert [(one["day"], one["kind"], one["rpe"]) for one in made] == [(20_000, "long", None), (20_001, "", 6.0)]
    assert "Jo" not in json.dumps(made)


@pytest.mark.slow
def test_the_development_squad_reaches_the_aim() -> None:
    found = evaluate_classification(seed=DEVELOPMENT_SEED).score("session", "after")
    assert found.macro_f1 >= 0.9
    assert found.abstained <= 0.1
    assert found.ece <= 0.05
