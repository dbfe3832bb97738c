"""The athlete's app run without a browser: Streamlit's own test runner over a small simulated squad."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

testing = pytest.importorskip("streamlit.testing.v1", reason="streamlit is not installed (pip install 'fitintel[app]')")

from fitintel.workbench.door import Workbench

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ("today", "calendar", "trends", "workouts", "add", "plans", "query", "algorithms", "me")
NOT_READ = ("people", "icon", "tone", "key", "action", "answer", "workout", "id", "same", "chosen")
PATIENCE = 120
"""s; the machine may have other work"""


@pytest.fixture(scope="session")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three simulated athletes and a brief of each; to be copied."""
    home = tmp_path_factory.mktemp("squad")
    with Workbench.open(home) as bench:
        bench.ensure_demo(athletes=3, years=1.0)
        for one in bench.athletes():
            bench.brief(one.id)
    return home


@pytest.fixture
def home(squad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The workspace of this test."""
    import streamlit as st

    place = tmp_path / "home"
    shutil.copytree(squad, place)
    monkeypatch.setenv("FITINTEL_HOME", str(place))
    st.cache_resource.clear()
    yield place
    st.cache_resource.clear()


@pytest.fixture
def bench(home: Path) -> Iterator[Workbench]:
    """The same workspace, to look behind the app."""
    with Workbench.open(home) as opened:
        yield opened


@pytest.fixture
def app(home: Path) -> Callable[..., Any]:
    """Open the app at a screen, as a new visitor."""

    def opened(screen: str = "today", athlete: str = "demo-01", **query: str) -> Any:
        run = testing.AppTest.from_file(str(ROOT / "streamlit_app" / "app.py"), default_timeout=PATIENCE)
        run.session_state["athlete"] = athlete
        for name, value in query.items():
            run.query_params[name] = value
        run.run()
        return run if screen == "today" else go(run, screen)

    return opened


def go(run: Any, screen: str) -> Any:
    """Go to another screen."""
    return run.switch_page(f"screens/{screen}.py").run()


def texts(run: Any) -> list[str]:
    """Everything that is read on the page, as it was given to the page."""
    return marked(run) + [text for _name, data in drawn(run) for text in read_in(data)]


def marked(run: Any) -> list[str]:
    """The part of it that a reader of Markdown draws."""
    found: list[str] = []
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "error", "warning", "success", "code"):
        found += [str(one.value) for one in getattr(run, kind)]
    found += [str(one.label) for kind in ("button", "metric", "expander", "selectbox") for one in getattr(run, kind)]
    return found + [str(block.proto.popover.label) for block in _blocks(run.main) if block.type == "popover"]


def drawn(run: Any) -> list[tuple[str, Any]]:
    """(id, values) of what scripts of the page draw: cards, and what stands around every screen."""
    return [(one.proto.id, json.loads(one.proto.json)) for one in run.main if one.type == "bidi_component"]


def read_in(data: Any) -> Iterator[str]:
    """The texts of such values in a person's own language; names of icons, answers and records are none."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, inner in data.items():
            if name not in NOT_READ:
                yield from read_in(inner)
    elif isinstance(data, list) and data[-1:] != ["en"]:
        for inner in data:
            yield from read_in(inner)


def tap(run: Any, event: dict[str, str] | str, among: str = "today") -> Any:
    """Tap something that a script of the page has drawn."""
    name = next(name for name, _data in drawn(run) if f"-{among}" in name)
    states = run._tree.get_widget_states()
    states.widgets.add(id=f"$$STREAMLIT_INTERNAL_KEY_{name}__events",
                       json_trigger_value=json.dumps([{"event": "tapped", "value": event}]))  # fmt: skip
    return run._run(states)


def _blocks(block: Any) -> Iterator[Any]:
    for inner in block.children.values():
        if hasattr(inner, "children"):
            yield inner
            yield from _blocks(inner)


def shown(run: Any) -> str:
    """The same as a person reads it: without the signs that keep it from being markup."""
    import re

    return re.sub(r"\\(.)", r"\1", "\n".join(texts(run)))


def sound(run: Any) -> None:
    """Neither an exception nor an error is on the page."""
    assert not run.exception, [one.value for one in run.exception]
    assert not run.error, [one.value for one in run.error]
