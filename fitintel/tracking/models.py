"""A card as an MLflow model: a small Python file that loads the algorithm from the installed package, signed.

Models from code: no pickle, and no second copy of the algorithm that could differ from the first. One row of the input
is one call; a parameter that is a number, a text or a truth value is an MLflow parameter, any other an optional column.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import snapshot
from fitintel.core.card import Card
from fitintel.core.errors import ArtifactRefused, NotFound
from fitintel.tracking.signing import ArtifactKey, sign, verify

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.models import ModelSignature

MODEL = '''"""{name} {version}: the algorithm of the installed fitintel package, as an MLflow model."""

from collections.abc import Mapping

from mlflow.models import set_model
from mlflow.pyfunc import PythonModel

from fitintel.core.errors import ReplayMismatch
from fitintel.core.workouts import Workouts, as_column
from fitintel.intelligence.registry import get, versions


class Model(PythonModel):
    # inputs are of every kind, which the type hints that MLflow would ask for cannot express
    _skip_type_hint_validation = True

    def load_context(self, context):
        if "{version}" not in versions("{id}"):
            raise ReplayMismatch(
                "This model is {id} {version}",
                why=f"the installed fitintel has {{', '.join(versions('{id}'))}}",
                next="install the release that has that version, or load the model's alias champion",
            )
        self.algorithm = get("{id}", "{version}")

    def predict(self, context, model_input, params=None):
        """A result, or a list of them for several rows."""
        calls = [model_input] if isinstance(model_input, Mapping) else model_input.to_dict("records")
        # a parameter that is not given comes as MLflow's copy of its default
        results = [self.algorithm.function(**dict(map(plain, given.items())), **(params or {{}})) for given in calls]
        return results[0] if len(results) == 1 else results


def plain(item):
    name, value = item
    if name == "workouts" and isinstance(value, Mapping) and not isinstance(value, Workouts):
        return name, Workouts({{column: as_column(column, values) for column, values in value.items()}})
    return item


set_model(Model())
'''
TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}


def card_digest(card: Card) -> str:
    """Digest of all that a card says."""
    return snapshot.digest(card.as_dict())


def code(card: Card, name: str) -> str:
    """The Python file of a card's model, registered as `name`: the only code that is ever loaded from the registry."""
    return MODEL.format(name=name, id=card.id, version=card.version)


def signature(card: Card) -> ModelSignature:
    """What the model takes and gives, as MLflow shows it; units stand in the tags."""
    from mlflow.models import ModelSignature
    from mlflow.types.schema import AnyType, ColSpec, ParamSchema, ParamSpec, Schema

    simple = {name: value for name, value in card.parameters.items() if type(value) in TYPES}
    columns = [ColSpec(AnyType(), name=name) for name in card.inputs]
    columns += [ColSpec(AnyType(), name=name, required=False) for name in card.parameters if name not in simple]
    params = [ParamSpec(name, TYPES[type(value)], value) for name, value in simple.items()]
    return ModelSignature(Schema(columns), Schema([ColSpec(AnyType(), name=card.output[0])]),
                          ParamSchema(params) if params else None)  # fmt: skip


def write(folder: Path, card: Card, name: str, key: ArtifactKey, add: Callable[[Path], None] = lambda _: None) -> str:
    """Write a card's signed model into `folder`, which must not exist; the SHA-256 of its manifest.

    `add` puts further files into the folder before it is signed.
    """
    from mlflow import pyfunc

    requirements = [f"fitintel=={installed('fitintel')}", f"mlflow=={installed('mlflow')}"]
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "model.py")
        file.write_text(code(card, name))
        # requirements are given: inferring them would take seconds for each model
        pyfunc.save_model(str(folder), python_model=str(file), pip_requirements=requirements, signature=signature(card))
    (folder / "card.json").write_text(json.dumps(card.as_dict(), ensure_ascii=False, sort_keys=True, indent=1))
    add(folder)
    return sign(folder, card.id, card.version, card_digest(card), key)


def load_model(
    client: MlflowClient, card: Card, name: str, key: ArtifactKey, *, alias: str | None = None,
    pins: Mapping[str, str] | None = None,
) -> Any:  # fmt: skip
    """The registered model of a card's version, or of an alias, as a PyFuncModel, verified before any of it is opened.

    `pins`: algorithm -> version in use, which an alias may not lead behind. Raises ArtifactRefused for an artifact that
    is not what was signed and registered, NotFound for a version that is not registered.
    """
    from mlflow import pyfunc

    with opened(client, card, name, key, alias=alias, pins=pins) as folder:
        return pyfunc.load_model(str(folder))


@contextmanager
def opened(
    client: MlflowClient, card: Card, name: str, key: ArtifactKey, *, alias: str | None = None,
    pins: Mapping[str, str] | None = None,
) -> Iterator[Path]:  # fmt: skip
    """The folder of a registered model, verified; it is removed afterwards. Arguments and errors as of `load_model`."""
    found = client.search_model_versions(f"name = '{name}'", max_results=1000)
    if alias is not None:
        number = client.get_registered_model(name).aliases.get(alias)
        chosen = [one for one in found if str(one.version) == str(number)]
    else:
        chosen = [one for one in found if one.tags.get("version") == card.version]
    if not chosen:
        raise NotFound(
            f"{name} has no {alias or card.version}", next="register the cards: fitintel algorithms register"
        )
    place = tempfile.mkdtemp()
    try:
        folder = Path(fetch(client, chosen[0].source, chosen[0].run_id, place))
        check(folder, card, name, key, version=chosen[0].tags["version"], manifest=chosen[0].tags["manifest"],
              least=(pins or {}).get(card.id))  # fmt: skip
        yield folder
    finally:
        shutil.rmtree(place, ignore_errors=True)


def fetch(client: MlflowClient, source: str, run_id: str, place: str) -> str:
    """Download an artifact folder of a run; where it lies now."""
    folder = client.download_artifacts(run_id, source.rstrip("/").rsplit("/", 1)[-1], place)
    # MLflow's own loader leaves this beside the files, in the store itself; nothing is read from it here
    Path(folder, "registered_model_meta").unlink(missing_ok=True)
    return str(folder)


def check(
    folder: Path, card: Card, name: str, key: ArtifactKey, *, version: str, manifest: str, least: str | None = None
) -> None:
    """Raise ArtifactRefused unless the folder is what was signed, and its code is what this release writes."""
    from dataclasses import replace

    verify(folder, key.public(), id=card.id, version=version, least=least, digest=manifest)
    if (folder / "model.py").read_text() != code(replace(card, version=version), name):
        raise ArtifactRefused(
            f"The artifact of {card.id} has other code than this release writes", code="E_TAMPERED", where="model.py",
            why="code that comes from the registry is not run", next="register the cards anew",
        )  # fmt: skip
