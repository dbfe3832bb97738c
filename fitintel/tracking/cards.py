"""register_cards(): every card a registered model in MLflow, with version, tags, description and the alias `champion`.

The model of a card is a small Python file that loads the algorithm from the installed package (models from code): no
pickle, and no second copy of the algorithm that could differ from the first.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core import snapshot
from fitintel.core.card import Card
from fitintel.tracking.connection import experiment

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import Run
    from mlflow.entities.model_registry import ModelVersion

EXPERIMENT = "fitintel.cards"
CHAMPION = "champion"
"""The alias of the newest version of a card that was not registered as a challenger."""
CHALLENGER = "challenger"
BESIDE = "fitintel.beside"
"""Tag of a version that was registered as a challenger: being newer does not make it the champion."""

MODEL = '''"""{name} {version}: the algorithm of the installed fitintel package, as an MLflow model."""

from collections.abc import Mapping

from mlflow.models import set_model
from mlflow.pyfunc import PythonModel

from fitintel.core.errors import ReplayMismatch
from fitintel.core.workouts import Workouts, as_column
from fitintel.intelligence.registry import get, versions


class Model(PythonModel):
    # inputs are columns by name, which the type hints that MLflow would ask for cannot express
    _skip_type_hint_validation = True

    def load_context(self, context):
        if "{version}" not in versions("{id}"):
            raise ReplayMismatch(
                "This model is {id} {version}",
                why=f"the installed fitintel has {{', '.join(versions('{id}'))}}",
                next="install the release that has that version, or load the model's alias {champion}",
            )
        self.algorithm = get("{id}", "{version}")

    def predict(self, context, model_input, params=None):
        """`model_input`: inputs, and parameters that differ from their defaults, by name."""
        given = dict(model_input)
        for name, value in given.items():
            if name == "workouts" and isinstance(value, Mapping) and not isinstance(value, Workouts):
                given[name] = Workouts({{column: as_column(column, values) for column, values in value.items()}})
        return self.algorithm.function(**given)


set_model(Model())
'''


@dataclass(frozen=True, slots=True)
class Registered:
    """What registering changed: `id@version` of each card."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """same version, other words: tags and description were renewed"""
    unchanged: tuple[str, ...] = ()


def model_name(card: Card) -> str:
    """The card's name in the registry."""
    return f"fitintel.{card.family}.{card.id}"


def _tags(card: Card) -> dict[str, str]:
    """What the registry says about a card, by tag; lists and tables as JSON. The tag `card` is added: its digest."""
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
    }


def description(card: Card) -> str:
    """The card in words, as MLflow's pages show it."""
    inputs = ", ".join(f"{name} [{unit}]" for name, unit in card.inputs.items())
    limits = "\n".join(f"- {limit}" for limit in card.limits)
    return (
        f"{card.description}\n\nFrom {inputs}. Validity: {card.validity}. Source: {card.source}.\n\nLimits:\n{limits}"
    )


def register_cards(client: MlflowClient, cards: Iterable[Card], artifacts: str | None) -> Registered:
    """Bring the registry up to the cards; what is registered already is left alone.

    `artifacts` is the URI under which a database-backed MLflow keeps files; None leaves it to the server.
    """
    cards = sorted(cards, key=lambda card: card.id)
    models = client.search_registered_models(filter_string="name LIKE 'fitintel.%'", max_results=1000)
    said = {model.name: model.tags.get("card") for model in models}
    stale = [card for card in cards if said.get(model_name(card)) != _digest(card)]
    kept = {card.id: _versions(client, card) if model_name(card) in said else {} for card in stale}
    new = [card for card in stale if card.version not in kept[card.id]]
    changed = [card for card in stale if card not in new and kept[card.id][card.version].tags["card"] != _digest(card)]

    run = _upload(client, new, artifacts) if new else None
    for card in stale:
        champions = [version for version, item in kept[card.id].items() if BESIDE not in item.tags]
        name, newest = model_name(card), max((card.version, *champions), key=_order)
        if name not in said:
            client.create_registered_model(name, _tags(card), description(card))
        if card in changed:
            _renew(client, card, kept[card.id][card.version].version)
        if card in new and run is not None:
            source = f"{run.info.artifact_uri}/{card.id}"
            kept[card.id][card.version] = client.create_model_version(
                name, source, run.info.run_id, tags=_tags(card) | {"card": _digest(card)}, description=description(card)
            )
        if card.version == newest:
            if BESIDE in kept[card.id][card.version].tags:
                client.delete_model_version_tag(name, kept[card.id][card.version].version, BESIDE)
            _lead(client, card, kept[card.id][card.version].version, tell=name in said)
    return Registered(
        new=tuple(f"{card.id}@{card.version}" for card in new),
        changed=tuple(f"{card.id}@{card.version}" for card in changed),
        unchanged=tuple(f"{card.id}@{card.version}" for card in cards if card not in new and card not in changed),
    )


def register_challenger(client: MlflowClient, card: Card, artifacts: str | None) -> bool:
    """Register a version beside the champion, with the alias `challenger`; whether it was not registered before.

    The model goes on speaking for its champion, which has to be registered already.
    """
    name, known = model_name(card), _versions(client, card)
    new = card.version not in known
    if new:
        run = _upload(client, [card], artifacts)
        known[card.version] = client.create_model_version(
            name, f"{run.info.artifact_uri}/{card.id}", run.info.run_id,
            tags=_tags(card) | {"card": _digest(card), BESIDE: "true"}, description=description(card),
        )  # fmt: skip
    elif known[card.version].tags["card"] != _digest(card):
        _renew(client, card, known[card.version].version)
    client.set_registered_model_alias(name, CHALLENGER, known[card.version].version)
    return new


def _upload(client: MlflowClient, cards: list[Card], artifacts: str | None) -> Run:
    """The models of the cards as artifacts of one run, in a folder per card."""
    from mlflow import pyfunc

    run = client.create_run(experiment(client, EXPERIMENT, artifacts), run_name="cards")
    requirements = [f"fitintel=={installed('fitintel')}", f"mlflow=={installed('mlflow')}"]
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder, "models")
        for card in cards:
            code = Path(folder, f"{card.id}.py")
            code.write_text(MODEL.format(name=model_name(card), id=card.id, version=card.version, champion=CHAMPION))
            # requirements are given: inferring them would take seconds for each model
            pyfunc.save_model(str(models / card.id), python_model=str(code), pip_requirements=requirements)
        client.log_artifacts(run.info.run_id, str(models))
    client.set_terminated(run.info.run_id)
    return run


def _renew(client: MlflowClient, card: Card, number: str) -> None:
    client.update_model_version(model_name(card), number, description=description(card))
    for key, value in (_tags(card) | {"card": _digest(card)}).items():
        client.set_model_version_tag(model_name(card), number, key, value)


def _lead(client: MlflowClient, card: Card, number: str, *, tell: bool) -> None:
    """Let this version be the champion, and the model speak for it (`tell`: it does not do so yet)."""
    name = model_name(card)
    client.set_registered_model_alias(name, CHAMPION, number)
    if tell:
        client.update_registered_model(name, description=description(card))
        for key, value in _tags(card).items():
            client.set_registered_model_tag(name, key, value)
    # last: this tag says that all before it is done, so that an interrupted registration is taken up again
    client.set_registered_model_tag(name, "card", _digest(card))


def _versions(client: MlflowClient, card: Card) -> dict[str, ModelVersion]:
    """Card version -> the registry's record of it."""
    found = client.search_model_versions(f"name = '{model_name(card)}'", max_results=1000)
    return {item.tags["version"]: item for item in found if "version" in item.tags}


def _digest(card: Card) -> str:
    return snapshot.digest(card.as_dict())


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
