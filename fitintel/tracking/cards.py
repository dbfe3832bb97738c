"""register_cards(): every version of a card a model in MLflow's registry, signed, with tags, words and aliases."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core import snapshot
from fitintel.core.card import Card
from fitintel.tracking.connection import experiment
from fitintel.tracking.fitted import Makers, put_fitted
from fitintel.tracking.models import card_digest as _digest
from fitintel.tracking.models import write
from fitintel.tracking.signing import ArtifactKey

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

EXPERIMENT = "fitintel.cards"
CHAMPION = "champion"
"""The alias of the newest version of a card that was not registered as a challenger."""
CHALLENGER = "challenger"
BESIDE = "fitintel.beside"
"""Tag of a version that was registered as a challenger: being newer does not make it the champion."""

CARDS = "cards"
"""Tag of a model: digest of the cards of all its versions and the champion, as they were last registered; tag of the
experiment: the same of all models of the last registration."""
OWNER = "fitintel: the authors of this release"
DATA = "none: a formula; what it is run on is named by each run"


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering changed: `id@version` of each card."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """same version, other words: tags and description were renewed"""
    unchanged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A signed model in the artifact store."""

    run_id: str
    source: str
    manifest: str
    """SHA-256"""
    data: str
    """what it was fitted on"""


def model_name(card: Card) -> str:
    """The card's name in the registry."""
    return f"fitintel.{card.family}.{card.id}"


def _tags(card: Card) -> dict[str, str]:
    """What the registry says about a card, by tag; lists and tables as JSON. The tags `card` (its digest) and
    `data` (what it was fitted on) are added.
    """
    return {
        "version": card.version,
        "family": card.family,
        "title": card.title,
        "validity": card.validity.value,
        "source": card.source,
        "inputs": _json(dict(card.inputs)),
        "output": f"{card.output[0]} [{card.output[1]}]",
        "parameters": _json(dict(card.parameters)),
        "limits": _json(list(card.limits)),
        "owner": OWNER,
    }


def description(card: Card) -> str:
    """The card in words, as MLflow's pages show it."""
    inputs = ", ".join(f"{name} [{unit}]" for name, unit in card.inputs.items())
    limits = "\n".join(f"- {limit}" for limit in card.limits)
    return (
        f"{card.description}\n\nFrom {inputs}. Validity: {card.validity}. Source: {card.source}.\n\nLimits:\n{limits}"
    )


def register_cards(
    client: MlflowClient, cards: Iterable[Card], artifacts: str | None, key: ArtifactKey,
    champions: Mapping[str, str] | None = None, fitted: Makers | None = None,
) -> Registered:  # fmt: skip
    """Bring the registry up to the cards, of which an algorithm may have several versions; what is there already is
    left alone.

    `artifacts` is the URI under which a database-backed MLflow keeps files; None leaves it to the server. `key` signs
    what is new. `champions`: algorithm -> version in use; of others it is the newest that is no challenger. `fitted`
    makes the fitted part of versions that have one.
    """
    cards = sorted(cards, key=lambda card: (card.id, _order(card.version)))
    if not cards:
        return Registered()
    groups = {name: list(mine) for name, mine in groupby(cards, key=model_name)}
    state = {name: _state(mine, (champions or {}).get(mine[0].id)) for name, mine in groups.items()}
    # the usual night: one question instead of one that reads every model with its tags
    place = client.get_experiment_by_name(EXPERIMENT)
    if place is not None and place.tags.get(CARDS) == snapshot.digest(state):
        return Registered(unchanged=tuple(f"{card.id}@{card.version}" for card in cards))
    models = client.search_registered_models(filter_string="name LIKE 'fitintel.%'", max_results=1000)
    said = {model.name: model.tags.get(CARDS) for model in models}
    stale = {name: mine for name, mine in groups.items() if said.get(name) != state[name]}
    kept = {name: _versions(client, name) if name in said else {} for name in stale}
    new = [card for name, mine in stale.items() for card in mine if card.version not in kept[name]]
    changed = [card for name, mine in stale.items() for card in mine
               if card.version in kept[name] and kept[name][card.version].tags["card"] != _digest(card)]  # fmt: skip
    uploaded = _upload(client, new, artifacts, key, fitted or {}) if new else {}
    for name, mine in stale.items():
        if name not in said:
            first = next((card for card in mine if card.version == (champions or {}).get(card.id)), mine[-1])
            tags = _tags(first) | {"card": _digest(first), "data": uploaded[first.id, first.version].data}
            client.create_registered_model(name, tags, description(first))
        for card in mine:
            if card in changed:
                _renew(client, card, kept[name][card.version].version)
            elif card in new:
                kept[name][card.version] = _created(client, card, uploaded[card.id, card.version])
        plain = [version for version, item in kept[name].items() if BESIDE not in item.tags]
        leading = (champions or {}).get(mine[0].id) or max((mine[-1].version, *plain), key=_order)
        for card in mine:
            if card.version == leading:
                if BESIDE in kept[name][leading].tags:
                    client.delete_model_version_tag(name, kept[name][leading].version, BESIDE)
                _lead(client, card, kept[name][leading], tell=name in said)
        # last: this tag says that all before it is done, so that an interrupted registration is taken up again
        client.set_registered_model_tag(name, CARDS, state[name])
    client.set_experiment_tag(experiment(client, EXPERIMENT, artifacts), CARDS, snapshot.digest(state))
    return Registered(
        new=tuple(f"{card.id}@{card.version}" for card in new),
        changed=tuple(f"{card.id}@{card.version}" for card in changed),
        unchanged=tuple(f"{card.id}@{card.version}" for card in cards if card not in new and card not in changed),
    )


def register_challenger(
    client: MlflowClient, card: Card, artifacts: str | None, key: ArtifactKey, fitted: Makers | None = None
) -> bool:
    """Register a version beside the champion, with the alias `challenger`; whether it was not registered before.

    The model goes on speaking for its champion, which has to be registered already.
    """
    name = model_name(card)
    known = _versions(client, name)
    new = card.version not in known
    if new:
        uploaded = _upload(client, [card], artifacts, key, fitted or {})[card.id, card.version]
        known[card.version] = _created(client, card, uploaded, {BESIDE: "true"})
    elif known[card.version].tags["card"] != _digest(card):
        _renew(client, card, known[card.version].version)
    client.set_registered_model_alias(name, CHALLENGER, known[card.version].version)
    return new


def _state(cards: Sequence[Card], champion: str | None) -> str:
    return snapshot.digest({"cards": {card.version: _digest(card) for card in cards}, "champion": champion})


def _upload(
    client: MlflowClient, cards: Sequence[Card], artifacts: str | None, key: ArtifactKey, fitted: Makers
) -> dict[tuple[str, str], Uploaded]:
    """The signed models of the cards as artifacts of one run, in a folder per version."""
    run = client.create_run(experiment(client, EXPERIMENT, artifacts), run_name="cards")
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for card in cards:
            place = f"{card.id}-{card.version}"
            maker = fitted.get((card.id, card.version))
            part = maker() if maker else None
            add = partial(put_fitted, estimator=part.estimator) if part else lambda _: None
            manifest = write(Path(folder, place), card, model_name(card), key, add)
            source = f"{run.info.artifact_uri}/{place}"
            made[card.id, card.version] = Uploaded(run.info.run_id, source, manifest, part.on if part else DATA)
        client.log_artifacts(run.info.run_id, folder)
    client.set_terminated(run.info.run_id)
    return made


def _created(client: MlflowClient, card: Card, at: Uploaded, more: Mapping[str, str] | None = None) -> ModelVersion:
    tags = _tags(card) | {"card": _digest(card), "manifest": at.manifest, "data": at.data} | dict(more or {})
    return client.create_model_version(model_name(card), at.source, at.run_id, tags=tags, description=description(card))


def _renew(client: MlflowClient, card: Card, number: str) -> None:
    client.update_model_version(model_name(card), number, description=description(card))
    for key, value in (_tags(card) | {"card": _digest(card)}).items():
        client.set_model_version_tag(model_name(card), number, key, value)


def _lead(client: MlflowClient, card: Card, kept: ModelVersion, *, tell: bool) -> None:
    """Let this version be the champion, and the model speak for it (`tell`: it does not do so yet)."""
    name = model_name(card)
    client.set_registered_model_alias(name, CHAMPION, kept.version)
    if not tell:
        return
    client.update_registered_model(name, description=description(card))
    for key, value in (_tags(card) | {"card": _digest(card), "data": kept.tags.get("data", DATA)}).items():
        client.set_registered_model_tag(name, key, value)


def _versions(client: MlflowClient, name: str) -> dict[str, ModelVersion]:
    """Card version -> the registry's record of it."""
    found = client.search_model_versions(f"name = '{name}'", max_results=1000)
    return {item.tags["version"]: item for item in found if "version" in item.tags}


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
