"""The fitted part of a registered model: a scikit-learn estimator as skops, signed with the rest of its artifact.

skops keeps named types and arrays, no code, and is opened with a list of types. A pickle would run what it likes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core.card import Card
from fitintel.core.errors import NotFound
from fitintel.tracking.models import opened
from fitintel.tracking.signing import TRUSTED, ArtifactKey

if TYPE_CHECKING:
    from mlflow import MlflowClient

FILE = "fitted.skops"


@dataclass(frozen=True, slots=True)
class Fitted:
    """An estimator, and what it was fitted on."""

    estimator: Any
    on: str


Makers = Mapping[tuple[str, str], Callable[[], Fitted]]
"""(algorithm, version) -> makes the fitted part of the installed version; called for what is registered anew"""


def put_fitted(folder: Path, estimator: Any) -> None:
    """Write an estimator into the folder of a model that is to be signed."""
    import skops.io

    skops.io.dump(estimator, folder / FILE)


def load_fitted(
    client: MlflowClient, card: Card, name: str, key: ArtifactKey, *, alias: str | None = None,
    pins: Mapping[str, str] | None = None,
) -> Any:  # fmt: skip
    """The estimator of a registered version, or of an alias; nothing of it is opened before the artifact was verified.

    Raises ArtifactRefused and NotFound as `load_model` does, and NotFound for a formula, which has no fitted part.
    """
    import skops.io

    with opened(client, card, name, key, alias=alias, pins=pins) as folder:
        if not (folder / FILE).is_file():
            raise NotFound(f"{name} has no fitted part", why="it is a formula, or an earlier release registered it")
        return skops.io.load(folder / FILE, trusted=sorted(TRUSTED.get(card.id, ())))
