"""A fitted model is registered as skops, signed, and opened only when all of it is what was signed."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlparse

import numpy as np
import pytest

from fitintel.core.errors import ArtifactRefused, NotFound
from fitintel.tracking.cards import CHAMPION, model_name, register_cards
from fitintel.tracking.fitted import FILE, Fitted, load_fitted
from fitintel.tracking.signing import sign


def linear() -> Fitted:
    from sklearn.linear_model import LogisticRegression

    rows = np.array([[0.0], [1.0], [2.0], [3.0]])
    return Fitted(LogisticRegression().fit(rows, ["a", "a", "b", "b"]), "four rows")


@pytest.fixture
def registered(client, mlflow_place, make_card, request):
    card = make_card(f"fitted_{request.node.name[:40]}")
    register_cards(client, [card], mlflow_place.artifacts, mlflow_place.key, fitted={(card.id, card.version): linear})
    version = client.get_model_version_by_alias(model_name(card), CHAMPION)
    return card, version, Path(urlparse(version.source).path)


def load(client, mlflow_place, card, **more):
    return load_fitted(client, card, model_name(card), mlflow_place.key, alias=CHAMPION, **more)


def test_what_comes_back_gives_the_same_probabilities(client, mlflow_place, registered):
    card, version, folder = registered
    rows = np.linspace(-1, 4, 20).reshape(-1, 1)
    kept = load(client, mlflow_place, card, pins={card.id: card.version})
    assert np.array_equal(kept.predict_proba(rows), linear().estimator.predict_proba(rows))
    assert version.tags["data"] == "four rows"
    assert client.get_registered_model(model_name(card)).tags["data"] == "four rows"
    assert (folder / FILE).is_file()


def test_one_changed_byte_of_it_is_refused(client, mlflow_place, registered):
    card, _, folder = registered
    data = bytearray((folder / FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / FILE).write_bytes(bytes(data))
    with pytest.raises(ArtifactRefused, match=r"fitted\.skops.*it was changed"):
        load(client, mlflow_place, card)


def test_one_older_than_the_version_in_use_is_refused(client, mlflow_place, registered):
    with pytest.raises(ArtifactRefused, match="E_ROLLBACK"):
        load(client, mlflow_place, registered[0], pins={registered[0].id: "1.0.1"})


def test_another_model_with_a_genuine_signature_in_its_place_is_refused(client, mlflow_place, registered):
    """Who holds the key by accident: the registry noted another manifest."""
    import skops.io
    from sklearn.linear_model import Ridge

    card, _, folder = registered
    skops.io.dump(Ridge().fit([[0.0], [1.0]], [0.0, 1.0]), folder / FILE)
    sign(folder, card.id, card.version, "00", mlflow_place.key)
    with pytest.raises(ArtifactRefused, match="not the one that was registered"):
        load(client, mlflow_place, card)


def test_a_formula_has_none(client, mlflow_place, make_card):
    card = make_card("no_fit")
    register_cards(client, [card], mlflow_place.artifacts, mlflow_place.key)
    with pytest.raises(NotFound, match="has no fitted part"):
        load(client, mlflow_place, card)
