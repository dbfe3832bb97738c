"""flush(): everything that MLflow is to know, in one connection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fitintel.core.card import Card
from fitintel.core.records import Brief, Run
from fitintel.tracking.briefs import log_briefs
from fitintel.tracking.cards import Registered, register_cards
from fitintel.tracking.connection import connect
from fitintel.tracking.fitted import Makers
from fitintel.tracking.signing import ArtifactKey


@dataclass(frozen=True, slots=True)
class Flushed:
    """What was new to MLflow."""

    cards: Registered
    briefs: tuple[str, ...]
    """ids"""


def flush(
    cards: Iterable[Card], briefs: Sequence[tuple[Brief, Sequence[Run]]], uri: str, artifacts: str | None = None, *,
    key: ArtifactKey, champions: Mapping[str, str] | None = None, fitted: Makers | None = None,
) -> Flushed:  # fmt: skip
    """Register cards and log briefs at the MLflow of `uri`; what it knows already is not sent again.

    `artifacts` is the URI under which a database-backed MLflow keeps files; None leaves it to the server. `key`,
    `champions` and `fitted` as in `register_cards`. Raises ServiceMissing without MLflow, StorageUnavailable when it
    fails.
    """
    with connect(uri) as client:
        registered = register_cards(client, cards, artifacts, key, champions, fitted)
        return Flushed(registered, log_briefs(client, briefs, artifacts))
