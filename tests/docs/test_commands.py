"""Every command that a page, an alert or a message names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from fitintel.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("README.md", "CONTRIBUTING.md", "docs/*.md", "docs/recipes/*.md", "docs/decisions/*.md",
          "deploy/monitoring/*.yml", "deploy/aws/**/*.py", "fitintel/**/*.py", "streamlit_app/**/*.py",
          "notebooks/**/*.ipynb", ".github/workflows/*.yml", "Makefile")  # fmt: skip
NAMED = re.compile(r"(?<![\w./-])(?:fitintel|\.venv/bin/fitintel) ([a-z][a-z-]*)(?: ([a-z][a-z-]*)\b)?(?![:=/.]\w)")
PROSE = re.compile(r"\.venv/bin/fitintel |`fitintel |\$ fitintel |: fitintel |next=f?\"fitintel |next: \"?fitintel ")
"""what stands before a command"""
SENTENCES = {"met"}
"""words with which a sentence about the program goes on"""


def commands() -> dict[str, set[str]]:
    """Command -> its own commands."""
    import click

    whole = get_command(app)
    assert isinstance(whole, click.Group) or hasattr(whole, "list_commands")
    context = click.Context(whole)
    found = {}
    for name in whole.list_commands(context):
        one = whole.get_command(context, name)
        below = one.list_commands(context) if hasattr(one, "list_commands") else []
        found[name] = {*below, *(["watch"] if name == "up" else [])}
    return found


def named(text: str) -> set[tuple[str, str]]:
    """(command, word after it) where a text tells somebody to type them."""
    return {
        (match[1], match[2] or "")
        for line in text.splitlines() for start in PROSE.finditer(line)
        if (match := NAMED.match(line, line.index("fitintel ", start.start()))) and match[1] not in SENTENCES
    }  # fmt: skip


@pytest.fixture(scope="module")
def there() -> dict[str, set[str]]:
    return commands()


def test_commands_that_are_named_are_there(there: dict[str, set[str]]) -> None:
    seen, wrong = 0, []
    for place in PLACES:
        for path in sorted(ROOT.glob(place)):
            for command, word in named(path.read_text(encoding="utf-8")):
                seen += 1
                if command not in there or (there[command] and word and word not in there[command]):
                    wrong.append(f"{path.relative_to(ROOT)}: fitintel {command} {word}")
    assert wrong == []
    assert seen > 150


def test_a_command_that_is_not_there_would_be_seen(there: dict[str, set[str]]) -> None:
    assert named("next: fitintel quarantine list") == {("quarantine", "list")}
    assert "list" not in there["quarantine"]
    assert named('next="fitintel brief")') == {("brief", "")}
