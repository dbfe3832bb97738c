"""What holds for the app as a whole: short screens without wording, data never markup, settings from the theme."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from fitintel.core.preferences import LANGUAGES
from fitintel.core.records import Athlete
from fitintel.core.sports import SPORTS
from fitintel.core.stated import GOALS, REASONS, THRESHOLDS
from fitintel.core.units import UnitSystem
from fitintel.views import language
from fitintel.views.app import forms
from fitintel.views.app.config import config_toml
from fitintel.views.app.words import SCREENS, WORDS, words
from fitintel.views.app.workouts import KINDS, LEVELS
from fitintel.views.app.workouts import SPORTS as SPORT_WORDS
from streamlit_app.draw import plain
from tests.app.conftest import ROOT, go, marked, sound
from tests.app.conftest import SCREENS as NAMES

APP = ROOT / "streamlit_app"
FILES = sorted(APP.rglob("*.py"))
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "javascript:alert(1)",
    "[a](javascript:alert(1))", "![a](https://example.invalid/a.png)", "[a](https://example.invalid)",
    "<https://example.invalid>", "https://example.invalid/x", "www.example.invalid", "`code`", "**bold**", "_em_",
    "# title", "- item", "1. one", "> quote", "| a | b |", "$x^2$", "$$x$$", ":red[x]", ":material/home:", ":smile:",
    "&lt;b&gt;", "\\", "'\"><b>", "{{7*7}}", "${7*7}", "%s%n", "\u202eabc", "a\u0000b", "~~x~~", "<!-- x -->",
)  # fmt: skip
MARKS = re.compile(r"(?<!\\)[<>\[\]`*_$!#|~:]")
"""signs that would be markup where no backslash stands before them"""


@pytest.mark.parametrize("path", sorted((APP / "screens").glob("*.py")), ids=lambda path: path.name)
def test_a_screen_is_short(path: Path):
    assert len(path.read_text().splitlines()) <= 80


def test_there_is_a_file_for_each_screen_and_words_for_each():
    assert [path.stem for path in sorted((APP / "screens").glob("*.py"))] == sorted(name for name, _, _ in SCREENS)
    assert set(WORDS) == {"every", *NAMES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(APP)))
def test_no_file_of_the_app_words_anything_or_does_arithmetic(path: Path):
    tree = ast.parse(path.read_text())
    documented = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
                  if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
    spoken = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in documented:
            sentence = re.search(r"[A-Za-z]{2,} [a-z]{2,}", node.value)
            raised = any(repr(node.value) in text for text in spoken)
            assert not sentence or raised, f"{path.name}:{node.lineno}: {node.value!r} belongs in views/app/words.py"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div | ast.Mult):
            assert not isinstance(node.right, ast.Constant) or node.right.value == "", f"{path.name}:{node.lineno}"


def test_nothing_is_drawn_as_html_and_no_other_layer_is_imported():
    for path in FILES:
        text = path.read_text()
        assert "unsafe_allow_html" not in text, path
        assert not re.search(r"st\.(html|iframe)|components\.v1", text), path
        found = set(re.findall(r"^\s*from fitintel\.(\w+)", text, re.MULTILINE))
        assert found <= {"core", "views", "workbench"}, (path, found)


@pytest.mark.parametrize("path", sorted((APP / "drawn").glob("*.js")), ids=lambda path: path.name)
def test_a_script_of_the_page_draws_text_only_and_asks_nobody(path: Path):
    text = path.read_text()
    for never in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "createContextualFragment",
                  "DOMParser", "srcdoc", "eval(", "Function(", "import(", "fetch(", "http", "href"):  # fmt: skip
        assert never not in text, never
    assert "html=" not in "".join(one.read_text() for one in FILES), "what a script draws has no markup of its own"


def test_the_settings_are_those_of_the_theme_and_closed_to_others():
    text = (APP / ".streamlit" / "config.toml").read_text()
    assert text == config_toml(), "write it again from fitintel.views.app.config"
    for said in ("gatherUsageStats = false", "enableXsrfProtection = true", "enableCORS = true",
                 'allowedHosts = ["127.0.0.1", "localhost"]', 'showErrorDetails = "none"'):  # fmt: skip
        assert said in text


def test_streamlit_knows_every_setting():
    import tomllib

    from streamlit import config

    def names(table: dict, above: str = "") -> list[str]:
        return [found for name, value in table.items() for found in
                (names(value, f"{above}{name}.") if isinstance(value, dict) else [f"{above}{name}"])]  # fmt: skip

    known = set(config.get_config_options())
    assert not set(names(tomllib.loads(config_toml()))) - known


def test_every_choice_has_its_word():
    assert tuple(language.LANGUAGES) == LANGUAGES
    assert set(SPORT_WORDS) == set(SPORTS)
    assert {label for _, labels in LEVELS for label in labels} <= set(KINDS)
    assert set(forms.thresholds()) == set(THRESHOLDS)
    assert set(forms.goals()) == set(GOALS)
    assert set(forms.reasons()) == set(REASONS)
    assert len(forms.wellness()) == len(forms.WELLNESS)
    assert words("me").title == "Me"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_data_holds_no_sign_of_markup(payload):
    assert not MARKS.search(plain(payload))


def test_names_notes_and_labels_show_as_text_on_every_screen(app, bench, real_history):
    hostile = " ".join(PAYLOADS[:16]).replace("\u0000", "")
    bench.import_files([real_history])
    bench.store.put_athlete(Athlete("me", hostile[:250], UnitSystem.METRIC))
    bench.add(athlete_id="me", date="2025-10-08", sport="running", duration="45 min", notes=hostile)
    bench.state("goal", athlete_id="me", kind="event", name=hostile, valid_from="2027-01-01")
    bench.state("plan", athlete_id="me", day="2027-01-01", sport="running", duration="1 h", notes=hostile)
    bench.state("threshold", athlete_id="me", kind="hr_max", value="190 bpm", protocol=hostile)
    workout = next(row["id"] for row in bench.latest_workouts("me", 3)[2] if row["notes"])
    bench.label(workout, "activity", "walk", why=hostile, athlete_id="me")
    run = app("workouts", athlete="me", workout=workout)
    pages = [(run, "workout"), *((go(run, name), name) for name in NAMES)]
    seen = 0
    for page, name in pages:
        sound(page)
        for text in marked(page):
            if "example" in text or "alert(" in text.replace("\\", ""):
                seen += 1
                own = text.replace(":material/", "").removeprefix("**").removesuffix("**")
                own = own.removeprefix(":small[:gray[").removesuffix("]]")
                assert not MARKS.search(own), name
    assert seen >= 3
