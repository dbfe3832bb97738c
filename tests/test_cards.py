"""One suite for every algorithm: add a file, get its tests."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
from importlib import import_module

import pytest

from fitintel.core import snapshot
from fitintel.core.card import Card, Validity
from fitintel.core.errors import UnknownName
from fitintel.intelligence import registry
from fitintel.intelligence.registry import Journal

EVERY = pytest.mark.parametrize("name", registry.ids())
OUTSIDE = {"os", "pathlib", "io", "socket", "subprocess", "urllib", "http", "sqlite3", "sqlalchemy", "requests",
           "fsspec", "mlflow", "redis", "tempfile", "shutil", "logging", "datetime", "time", "random"}  # fmt: skip
"""What a pure function has no use for: input and output, the clock, unseeded chance."""
HEAVY = {"pandas", "scipy", "sklearn", "statsmodels", "ruptures"}


def module_of(name: str):
    return import_module(registry.get(name).function.__module__)


def tree_of(name: str) -> ast.Module:
    return ast.parse(inspect.getsource(module_of(name)))


def imported(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_five_families_of_the_brief_and_the_load_are_there():
    families = {found.card.family for found in registry.catalogue().values()}
    assert {"features", "load", "classify", "trend", "anomaly", "consistency", "forecast"} <= families


@EVERY
def test_file_function_and_card_have_one_name(name):
    found = registry.get(name)
    assert found.card.id == found.function.__name__ == module_of(name).__name__.rsplit(".", 1)[-1] == name
    assert found.card.family == module_of(name).__name__.rsplit(".", 2)[-2]


@EVERY
def test_the_card_is_complete(name):
    card = registry.get(name).card
    assert isinstance(card.validity, Validity)
    assert card.inputs
    for text in (card.title, card.source, card.description, *card.inputs.values(), *card.output, *card.limits):
        assert text.strip() == text
        assert text
    assert not card.title.endswith(".")
    assert len(card.title) <= 60, "the title stands in badges beside numbers"
    assert len(card.limits) == len(set(card.limits))


@EVERY
def test_every_version_but_the_first_says_what_it_changed(name):
    first, *later = (registry.get(name, version).card for version in registry.versions(name))
    assert not first.changed
    assert all(card.changed for card in later)


@EVERY
def test_inputs_are_positional_and_parameters_have_defaults(name):
    found = registry.get(name)
    signature = inspect.signature(found.function).parameters.values()
    assert [p.name for p in signature if p.kind is p.POSITIONAL_OR_KEYWORD] == list(found.card.inputs)
    assert {p.name: p.default for p in signature if p.kind is p.KEYWORD_ONLY} == dict(found.card.parameters)
    assert all(p.default is not p.empty for p in signature if p.kind is p.KEYWORD_ONLY)
    assert all(p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) for p in signature)


@EVERY
def test_the_card_survives_being_stored(name):
    card = registry.get(name).card
    assert json.loads(json.dumps(card.as_dict())) == json.loads(
        json.dumps(snapshot.load(snapshot.dump(card.as_dict())))
    )


@EVERY
def test_every_parameter_is_explained(name):
    found = registry.get(name)
    text = inspect.getdoc(found.function) or ""
    missing = [parameter for parameter in found.card.parameters if parameter not in text]
    assert not missing, "say in the docstring what it is, and its unit"


@EVERY
def test_the_docstring_has_an_example_that_pytest_runs(name):
    text = inspect.getdoc(registry.get(name).function) or ""
    examples = doctest.DocTestParser().get_examples(text)
    assert any(f"{name}(" in example.source for example in examples), "the example must call the algorithm"
    assert any(example.want for example in examples), "the example must show what comes out"
    assert module_of(name).__test__[name] == text, "pytest finds examples of algorithms in __test__"


@EVERY
def test_it_neither_reads_nor_writes_nor_asks_the_clock(name):
    tree = tree_of(name)
    assert not imported(tree) & OUTSIDE
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "exec", "eval", "__import__"}
    assert not [node for node in ast.walk(tree) if isinstance(node, (ast.Global, ast.Nonlocal))]


@EVERY
def test_nothing_heavy_is_imported_with_it(name):
    top = ast.Module([node for node in tree_of(name).body if isinstance(node, (ast.Import, ast.ImportFrom))], [])
    assert not imported(top) & HEAVY


def test_an_unknown_algorithm_is_answered_with_the_nearest_names():
    with pytest.raises(UnknownName, match="daily_load"):
        registry.get("dayly_load")


def test_an_unknown_parameter_is_refused_with_the_known_ones():
    with pytest.raises(UnknownName, match="ctl_days"):
        Journal().run("pmc", {"day": [1], "load": [1.0]}, ctl_day=42)


def test_cards_refuse_what_would_not_be_complete():
    good = registry.get("pmc").card.as_dict() | {"validity": Validity.USEFUL}
    for wrong in ({"version": "1"}, {"id": "PMC"}, {"family": "loads"}, {"title": " "}, {"source": ""}, {"limits": ()}):
        with pytest.raises(ValueError, match=r"pmc|PMC"):
            Card(**(good | wrong))
