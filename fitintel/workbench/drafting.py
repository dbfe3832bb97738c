"""Drafts: the files of a new algorithm, or of a challenger of one, written into a checkout of the project."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from fitintel.core.card import FAMILIES
from fitintel.core.errors import UnknownName, UsageError
from fitintel.intelligence import registry

ALGORITHM = '''"""{title}: in one line, what it is about."""

from __future__ import annotations

from typing import Any

import numpy as np

from fitintel.core.card import Validity
from fitintel.intelligence.registry import algorithm
from fitintel.intelligence.values import answer


@algorithm(
    id="{id}",
    version="1.0.0",
    inputs={{"values": "unit"}},
    output=("what it gives", "unit"),
    source="author year, journal volume:page",
    validity=Validity.UNRELIABLE,
    limits=("what it cannot know",),
)
def {id}(values: Any, *, scale: float = 1.0) -> Any:
    """{title}.

    `scale * mean(values)`. `values` (..., n) [unit], NaN where missing.

    Parameters: `scale` [1] what the mean is multiplied by.
    Returns (...) [unit]; undefined when a value is missing.

    >>> {id}([1.0, 3.0], scale=2.0)
    4.0
    """
    return answer(scale * np.mean(np.asarray(values, dtype=np.float64), axis=-1))
'''
GOLDEN = '''"""Golden inputs of {id}, which no brief runs yet."""

from __future__ import annotations

from typing import Any

import numpy as np

CASES: dict[str, list[tuple[list[Any], dict[str, Any]]]] = {{
    "{id}": [([np.array([1.0, 3.0, 8.0])], {{}}), ([np.array([[1.0, np.nan], [2.0, 4.0]])], {{"scale": 0.5}})],
}}
'''
TEST = '''"""{title}."""

from __future__ import annotations

from fitintel.intelligence.registry import get


def test_an_example_worked_by_hand():
    assert get("{id}")([1.0, 3.0]) == 2.0
'''
CHALLENGER_TEST = '''"""{id} {version}, a challenger of {champion}."""

from __future__ import annotations

from fitintel.intelligence.registry import get


def test_it_takes_and_gives_what_the_version_in_use_does():
    champion, challenger = get("{id}", "{champion}").card, get("{id}", "{version}").card
    assert dict(challenger.inputs) == dict(champion.inputs)
    assert challenger.output == champion.output
    assert set(challenger.parameters) >= set(champion.parameters)
'''


def draft(algorithm_id: str, family: str, root: Path | None = None) -> tuple[Path, ...]:
    """Write algorithm, golden inputs and test of a new id; the files, relative to the checkout.

    What is written runs, and is to be replaced. Raises UsageError for an id that is taken or is none, UnknownName for a
    family.
    """
    if family not in FAMILIES:
        raise UnknownName("family", family, FAMILIES)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", algorithm_id):
        raise UsageError(f"{algorithm_id!r} is no id of an algorithm", next="lower case, as in: rest_share")
    if algorithm_id in registry.ids():
        raise UsageError(
            f"There is an algorithm {algorithm_id} already", next=f"fitintel algorithms challenger {algorithm_id}"
        )
    words = {"id": algorithm_id, "title": algorithm_id.replace("_", " ").capitalize()}
    return _write(root, {
        f"fitintel/intelligence/algorithms/{family}/{algorithm_id}.py": ALGORITHM.format(**words),
        f"tests/golden_cases_{algorithm_id}.py": GOLDEN.format(**words),
        f"tests/intelligence/test_{algorithm_id}.py": TEST.format(**words),
    })  # fmt: skip


def draft_challenger(algorithm_id: str, version: str | None = None, root: Path | None = None) -> tuple[Path, ...]:
    """Write the version in the family's folder again under another number, and a test; the files.

    `version`: default the next minor one. Its golden inputs are those of the version it is made from. Raises UsageError
    for a version that is there, or is not a later one.
    """
    found = registry.get(algorithm_id)
    champion = found.card.version
    there = registry.versions(algorithm_id)
    newest = registry.order(there[-1])
    version = version or f"{newest[0]}.{newest[1] + 1}.0"
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or registry.order(version) <= registry.order(champion):
        raise UsageError(
            f"{version!r} is no later version of {algorithm_id} than {champion}", next="say none, and it is the next"
        )
    if version in there:
        raise UsageError(f"{algorithm_id} {version} is there already", next="edit it, or say another --version")
    source = inspect.getsource(inspect.getmodule(found.function) or found.function)
    mine, count = re.subn(rf'\bversion="{re.escape(champion)}"', f'version="{version}"', source)
    if count != 1:
        raise UsageError(f"The file of {algorithm_id} does not say its version once", next="copy and edit it by hand")
    folder = f"fitintel/intelligence/algorithms/{found.card.family}/{registry.VERSIONS}"
    name = f"{algorithm_id}_{version.replace('.', '_')}"
    wanted = {
        f"{folder}/{name}.py": mine,
        f"tests/intelligence/test_{name}.py": CHALLENGER_TEST.format(id=algorithm_id, version=version,
                                                                     champion=champion),
    }  # fmt: skip
    if not (_checkout(root) / folder / "__init__.py").exists():
        wanted[f"{folder}/__init__.py"] = '"""Versions beside the ones in use."""\n'
    return _write(root, wanted)


def _checkout(root: Path | None) -> Path:
    root = root or registry.HOME.parents[2]
    if not (root / "tests" / "intelligence").is_dir():
        raise UsageError("Algorithms are written in a checkout of the project", where=str(root),
                         why="this installation has no tests beside it", next="see CONTRIBUTING.md")  # fmt: skip
    return root


def _write(root: Path | None, wanted: dict[str, str]) -> tuple[Path, ...]:
    home = _checkout(root)
    for name in wanted:
        if (home / name).exists():
            raise UsageError("There is such a file already", where=name, next="remove it, or edit what is there")
    for name, text in wanted.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return tuple(Path(name) for name in wanted)
