"""The session model in MLflow's registry: as estimator, signed, and refused by the workbench when tampered with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from fitintel.cli.app import app
from fitintel.core.answers import SESSIONS
from fitintel.core.errors import ArtifactRefused, FitintelError
from fitintel.intelligence.registry import get, versions
from fitintel.workbench.door import Workbench
from fitintel.workbench.fitted_models import FITTED
from fitintel.workbench.track import register_all

MODEL = "session_kind"
OTHER = "cooper_vo2max"
TWO = "weekly_forecast"
"""it has two versions"""


@pytest.mark.parametrize(("algorithm", "version"), FITTED)
def test_the_estimator_gives_what_the_algorithm_gives(algorithm: str, version: str) -> None:
    assert version in versions(algorithm)
    made = FITTED[algorithm, version]()
    rows = np.random.default_rng(7).normal(0, 1, (200, made.estimator.n_features_in_))
    assert "simulated" in made.on
    assert np.allclose(made.estimator.predict_proba(rows), told(version, rows), rtol=0, atol=1e-12)


def told(version: str, rows: np.ndarray) -> np.ndarray:
    """Probabilities of the algorithm itself, without words and labels."""
    from fitintel.intelligence.session_features import FEATURES
    from fitintel.intelligence.session_network import UNSEEN

    ids, kinds, p = [f"w{at}" for at in range(len(rows))], len(SESSIONS), len(FEATURES)
    silent = np.zeros((len(rows), kinds))
    if version != "1.0.0":
        rows = np.insert(rows, FEATURES.index(UNSEEN), 0.0, axis=1)
    evidence = {"id": ids, "phi": rows[:, :p], "beside": rows[:, p:], "stated": silent, "said": silent,
                "able": [True] * len(rows)}  # fmt: skip
    return get(MODEL, version)(evidence, {"weights": [[0.0] * p] * kinds}, {})["probability"]


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose MLflow has the session model, a formula, and an algorithm of two versions."""
    home = tmp_path_factory.mktemp("fitted") / "home"
    with Workbench.open(home) as bench:
        register_all(bench.settings, bench.store, {name: get(name).card for name in (MODEL, OTHER, TWO)})
    return home


@pytest.fixture
def bench(registered: Path) -> Iterator[Workbench]:
    with Workbench.open(registered) as opened:
        yield opened


def files_of(bench: Workbench, algorithm: str) -> Path:
    """The artifact of the version in use."""
    (folder,) = (bench.settings.home / "mlflow-artifacts").rglob(f"{algorithm}-{bench.version_in_use(algorithm)}")
    return folder


def test_the_model_in_use_is_opened_and_gives_the_same(bench: Workbench) -> None:
    version = bench.version_in_use(MODEL)
    kept = bench.fitted_model(MODEL)
    rows = np.random.default_rng(8).normal(0, 1, (50, kept.n_features_in_))
    assert np.allclose(kept.predict_proba(rows), told(version, rows), rtol=0, atol=1e-12)
    assert [one.refused for one in bench.look_at_models(MODEL, OTHER)] == ["", ""]
    with pytest.raises(FitintelError, match="has no fitted part"):
        bench.fitted_model(OTHER)


@pytest.mark.parametrize("name", ["fitted.skops", "model.py", "card.json", "manifest.json", "manifest.sig"])
def test_a_tampered_model_is_refused_by_the_workbench_and_by_check(
    bench: Workbench, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = files_of(bench, MODEL) / name
    before = file.read_bytes()
    changed = bytearray(before)
    changed[len(changed) // 2] ^= 4
    file.write_bytes(bytes(changed))
    try:
        with pytest.raises(ArtifactRefused) as caught:
            bench.fitted_model(MODEL)
        assert name in str(caught.value)
        monkeypatch.setenv("FITINTEL_HOME", str(bench.settings.home))
        said = CliRunner().invoke(app, ["algorithms", "check", MODEL, OTHER, "--json"])
        assert said.exit_code == 1
        found = {one["algorithm"]: one["refused"] for one in json.loads(said.stdout)}
        assert name in found[MODEL]
        assert found[OTHER] == ""
    finally:
        file.write_bytes(before)
    assert bench.fitted_model(MODEL) is not None


def test_an_alias_that_leads_behind_the_version_in_use_is_refused(bench: Workbench) -> None:
    """Who can write to MLflow points the champion to an older version: its artifact is genuine, and not opened."""
    from fitintel.tracking.cards import CHAMPION, model_name
    from fitintel.tracking.connection import connect

    card = get(TWO).card
    name = model_name(card)
    with connect(bench.settings.mlflow_uri) as client:
        numbers = {one.tags["version"]: one.version for one in client.search_model_versions(f"name = '{name}'")}
        oldest = versions(TWO)[0]
        assert (numbers.keys(), card.version != oldest) == (set(versions(TWO)), True)
        client.set_registered_model_alias(name, CHAMPION, numbers[oldest])
        (found,) = bench.look_at_models(TWO)
        assert "E_ROLLBACK" in found.refused
        assert f"it is {oldest}, in use is {card.version}" in found.refused
        client.set_registered_model_alias(name, CHAMPION, numbers[card.version])
    assert [one.refused for one in bench.look_at_models(TWO)] == [""]
