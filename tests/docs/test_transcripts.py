"""The guides, word for word: each command of a console block is typed, and what it prints is what the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.transcripts import Shell, as_shown, blocks, steps

ROOT = Path(__file__).resolve().parents[2]
OTHERS = {"api.md", "cli.md", "rules.md"}
"""pages whose commands another test runs (tests/api/test_docs.py), and pages that are generated"""
GUIDES = sorted([ROOT / "README.md", *(path for path in ROOT.glob("docs/*.md") if path.name not in OTHERS),
                 *ROOT.glob("docs/recipes/*.md")])  # fmt: skip
TYPED = [page for page in GUIDES if any(kind == "console" for kind, _ in blocks(page))]
KINDS = {"console", "sh", "python", "text", "json", "yaml", "sql", "mermaid", "diff", ""}
REASON = re.compile(r"\A# not run by the tests: (\S.+)$", re.M)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = Shell(tmp_path)
    yield made
    made.end()


@pytest.mark.parametrize("page", TYPED, ids=_name)
def test_a_guide_prints_what_it_shows(page: Path, shell: Shell) -> None:
    for step in (step for kind, text in blocks(page) if kind == "console" for step in steps(text)):
        done = shell.type(step)
        assert done.code == step.code, f"$ {step.command}\nexit code {done.code}\n{done.printed}"
        assert as_shown(step.shown, done.printed), f"$ {step.command}\n{done.printed}\nis not:\n{step.shown}"


def test_what_is_not_run_says_why() -> None:
    """A block of commands is a transcript, or says in its first line why it cannot be one."""
    for page in TYPED:
        for kind, text in blocks(page):
            assert kind in KINDS, (_name(page), kind)
            assert kind != "sh" or REASON.search(text), f"{_name(page)}: {text.splitlines()[0]}"


def test_nearly_all_commands_are_run() -> None:
    found = [(kind, text) for page in TYPED for kind, text in blocks(page)]
    assert sum(len(steps(text)) for kind, text in found if kind == "console") >= 40
    assert sum(kind == "sh" for kind, _ in found) <= 12


def test_no_command_stands_in_a_block_without_a_kind() -> None:
    for page in TYPED:
        for kind, text in blocks(page):
            if kind in ("", "text"):
                assert not re.search(r"^\$ |^(\.venv/bin/)?fitintel [a-z]", text, re.M), _name(page)


@pytest.mark.parametrize(("shown", "printed", "same"), [
    ("12 rows", "12 rows", True), ("12 rows", "13 rows", False), ("12 rows", "12 rows\nand more", False),
    ("... rows", "13 rows", True), ("a\n...\nz", "a\nz", True), ("a\n...\nz", "a\nb", False), ("", "", True),
    ("", "said", False), ("1.5 (of 2)", "125 (of 2)", False),
])  # fmt: skip
def test_what_differs_is_seen(shown: str, printed: str, same: bool) -> None:
    assert as_shown(shown, printed) is same


def test_a_command_is_typed_whole_and_its_exit_code_is_seen(shell: Shell, tmp_path: Path) -> None:
    typed = steps("$ x=3\n$ cat <<END\n> $x\n> END\n3\n$ false   # exit code 1\n$ echo $HOME >&2\n...\n")
    done = [shell.type(step) for step in typed]
    assert [one.printed.strip() for one in done] == ["", "3", "", str(tmp_path)]
    assert [one.code for one in done] == [step.code for step in typed] == [0, 0, 1, 0]


def test_a_command_that_stays_is_interrupted(shell: Shell) -> None:
    (step,) = steps("$ echo here; sleep 600\nhere\n^C\n")
    assert as_shown(step.shown, shell.type(step).printed)
    assert shell.type(steps("$ jobs\n")[0]).printed.strip() == ""
