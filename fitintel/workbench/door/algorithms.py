"""Algorithms, their cards, and the runs that they left."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import NotFound
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.card import Card
    from fitintel.core.open_algorithm import OpenAlgorithm
    from fitintel.core.records import Run
    from fitintel.intelligence.registry import Algorithm
    from fitintel.workbench.fitted_models import Looked


class AlgorithmDoor(Door):
    """Verbs on algorithms, cards and runs."""

    def run(self, run_id: str) -> Run:
        """The audit row of a run."""
        self.may(Action.READ, self.whose(run_id), Kind.BRIEF, about=run_id)
        return self.store.run(run_id)

    def value(self, digest: str, run_id: str | None = None) -> Any:
        """The value behind a digest in a run: an input or a result. Others than the owner say of which run."""
        self.may(Action.READ, self.whose(run_id or ""), Kind.BRIEF, about=digest)
        if run_id is not None:
            found = self.store.run(run_id)
            if digest not in (found.output, *found.inputs.values()):
                raise NotFound(f"Run {run_id} has no value {digest!r}", next="see its inputs and its output")
        from fitintel.core import snapshot

        return snapshot.load(self.blobs.get("snapshots", digest))

    def replay(self, run_id: str) -> Any:
        """Compute a stored run again; raises ReplayMismatch unless it gives the same value, bit for bit."""
        from fitintel.intelligence.registry import replay

        return replay(self.run(run_id), lambda digest: self.blobs.get("snapshots", digest))

    def algorithm(self, algorithm_id: str) -> Algorithm:
        """An algorithm to call like a function: it computes, without an audit row."""
        self.may(Action.READ, kind=Kind.ALGORITHM)
        from fitintel.intelligence.registry import get

        return get(algorithm_id)

    def cards(self) -> Mapping[str, Card]:
        """Every algorithm's card, by id."""
        from fitintel.intelligence.registry import catalogue

        return {name: found.card for name, found in catalogue().items()}

    def card(self, algorithm_id: str) -> Card:
        """One algorithm's card."""
        from fitintel.intelligence.registry import get

        return get(algorithm_id).card

    def open_algorithm(self, algorithm_id: str) -> OpenAlgorithm:
        """All that is known of an algorithm here; `fitintel.views.algorithm.algorithm_view` makes it visible."""
        self.may(Action.READ, kind=Kind.ALGORITHM)
        from fitintel.workbench.opening import open_algorithm

        return open_algorithm(self.store, algorithm_id)

    def draft(self, algorithm_id: str, family: str) -> tuple[Path, ...]:
        """Write the files of a new algorithm into this checkout; which they are."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.drafting import draft

        return draft(algorithm_id, family)

    def draft_challenger(self, algorithm_id: str, version: str | None = None) -> tuple[Path, ...]:
        """Write another version of an algorithm into this checkout, beside the one in use; the files."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.drafting import draft_challenger

        return draft_challenger(algorithm_id, version)

    def fitted_model(self, algorithm_id: str) -> Any:
        """The fitted part of a registered model as a scikit-learn estimator, verified before any of it is opened.

        Raises ArtifactRefused for one that is not what was signed, or is older than the version in use.
        """
        from fitintel.workbench.fitted_models import fitted_model

        return fitted_model(self, algorithm_id)

    def look_at_models(self, *algorithms: str) -> list[Looked]:
        """Whether the registered models of the versions in use, or of these algorithms, are what was signed."""
        from fitintel.workbench.fitted_models import look

        return look(self, algorithms)

    def register_challenger(self, algorithm_id: str, version: str) -> dict[str, Any]:
        """Register a version in MLflow with the alias challenger, after its champion; in this process."""
        self.may(Action.ADMINISTER)
        from fitintel.workbench.registering import register_challenger

        return register_challenger(self, algorithm_id, version)
