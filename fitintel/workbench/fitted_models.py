"""The fitted models of the installed versions as scikit-learn estimators, and whether the registry's are the same.

A brief computes them from plain numbers, without scikit-learn; the registry keeps them in the form that other people's
tools open. Both give the same probabilities.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from fitintel.access.actor import Action, Kind
from fitintel.core.answers import SESSIONS
from fitintel.core.errors import ArtifactRefused, FitintelError, NotFound
from fitintel.tracking.fitted import Fitted, Makers, load_fitted

if TYPE_CHECKING:
    from fitintel.workbench.door import Door


def _session_kind_1() -> Fitted:
    """The fixed weights of session_kind 1.0.0 over `FEATURES`, without an intercept."""
    from sklearn.linear_model import LogisticRegression

    from fitintel.intelligence.session_weights import matrix

    weights = matrix()
    made = LogisticRegression()
    made.classes_ = np.array(SESSIONS)
    made.coef_, made.intercept_ = weights.copy(), np.zeros(len(weights))
    made.n_features_in_, made.n_iter_ = weights.shape[1], np.array([0])
    return Fitted(made, "simulated athletes: squads of 24 over three years, seeds 20131, 11 and 12")


def _session_kind_2() -> Fitted:
    """The network of session_kind 2.0.0 over `session_network.COLUMNS`; its classes are places in SESSIONS."""
    from fitintel.intelligence.session_network import fitted
    from fitintel.workbench.fitted_sessions import as_classifier

    weights = fitted()
    with warnings.catch_warnings():
        # of the few rows that prepare it: they are no fit
        warnings.simplefilter("ignore", UserWarning)
        made = as_classifier(weights)
    # what only fitting needs: its type is on no list, and its random numbers would make every artifact another
    for name in ("_optimizer", "_random_state", "_best_coefs", "_best_intercepts"):
        delattr(made, name)
    said = weights["fitted_on"]
    seeds = ", ".join(map(str, said["seeds"]))
    squads = f"{said['what']}: {said['athletes']} over {said['years']:g} years"
    return Fitted(made, f"{squads}, {said['workouts']:,} workouts, seeds {seeds}")


FITTED: Makers = {("session_kind", "1.0.0"): _session_kind_1, ("session_kind", "2.0.0"): _session_kind_2}
"""(algorithm, version) -> makes its estimator"""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of the registered model of an algorithm."""

    algorithm: str
    version: str
    """in use"""
    fitted: bool
    refused: str = ""
    """why it is not opened; empty: it is what was signed, of the version in use"""


def pins(bench: Door) -> dict[str, str]:
    """Algorithm -> version in use: no registered model behind it is opened."""
    from fitintel.core.promotion import champions
    from fitintel.intelligence.registry import catalogue

    return {name: found.card.version for name, found in catalogue().items()} | champions(bench.vault.promotions())


def fitted_model(bench: Door, algorithm: str) -> Any:
    """The estimator behind the registry's alias champion, verified, not older than the version in use.

    Raises ArtifactRefused, NotFound for an algorithm without one, and what a connection raises.
    """
    from fitintel.intelligence.registry import get
    from fitintel.tracking.cards import CHAMPION, model_name
    from fitintel.tracking.connection import connect
    from fitintel.workbench.track import artifact_key

    bench.may(Action.READ, kind=Kind.ALGORITHM)
    held = pins(bench)
    card = get(algorithm, held.get(algorithm)).card
    with connect(bench.settings.mlflow_uri) as client:
        return load_fitted(client, card, model_name(card), artifact_key(bench.settings), alias=CHAMPION, pins=held)


def look(bench: Door, algorithms: tuple[str, ...] = ()) -> list[Looked]:
    """Verify the registered model of each algorithm in use, or of these: signature, files, code, version, and that a
    fitted one gives what the installed one gives."""
    from fitintel.intelligence.registry import get
    from fitintel.tracking.cards import CHAMPION, model_name
    from fitintel.tracking.connection import connect
    from fitintel.tracking.models import opened
    from fitintel.workbench.track import artifact_key

    bench.may(Action.READ, kind=Kind.ALGORITHM)
    held, key, found = pins(bench), artifact_key(bench.settings), []
    with connect(bench.settings.mlflow_uri) as client:
        for name in algorithms or tuple(sorted(held)):
            card = get(name, held.get(name)).card
            maker = FITTED.get((name, card.version))
            try:
                with opened(client, card, model_name(card), key, alias=CHAMPION, pins=held):
                    pass
                if maker:
                    kept = load_fitted(client, card, model_name(card), key, alias=CHAMPION, pins=held)
                    _same(name, maker().estimator, kept)
            except (ArtifactRefused, NotFound) as error:
                found.append(Looked(name, card.version, maker is not None, _words(error)))
            else:
                found.append(Looked(name, card.version, maker is not None))
    return found


def _same(algorithm: str, installed: Any, kept: Any) -> None:
    """Raise ArtifactRefused unless both give the same probabilities."""
    rng = np.random.default_rng(0)
    rows = rng.normal(0.0, 1.0, (64, installed.n_features_in_))
    if not np.array_equal(installed.predict_proba(rows), kept.predict_proba(rows)):
        raise ArtifactRefused(
            f"The fitted model of {algorithm} is not the installed one", code="E_TAMPERED", where="fitted.skops",
            why="it gives other probabilities", next="register the cards anew: fitintel algorithms register",
        )  # fmt: skip


def _words(error: FitintelError) -> str:
    said: Mapping[str, str | None] = {"where": error.where, "why": error.why}
    return "; ".join([error.what, *(text for text in said.values() if text)])
