"""Commands are built when they are asked for, and a person cannot tell."""

import sys

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from fitintel.cli import app as line
from fitintel.cli.registered import on_demand

WIDTH = {"COLUMNS": "100"}


def asked(app: typer.Typer, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, list(words), env=WIDTH, prog_name="fitintel")
    return answer.exit_code, answer.output


@pytest.fixture
def eager() -> typer.Typer:
    """The same command line with all commands built at once, by Typer itself."""
    kept = line.app.info
    app = typer.Typer(name="fitintel", help=kept.help, no_args_is_help=True, add_completion=False,
                      rich_markup_mode=None, pretty_exceptions_enable=False)  # fmt: skip
    app.callback()(line.choose)
    app.registered_commands = line.verbs.registered_commands
    app.registered_groups = line.verbs.registered_groups
    return app


@pytest.mark.parametrize(
    "words",
    [(), ("--help",), ("brief", "--help"), ("label", "--help"), ("alerts",), ("brif",), ("nosuch",), ("--nosuch",),
     ("brief", "--nosuch"), ("alerts", "nosuch"), ("--as",)],
    ids=" ".join,
)  # fmt: skip
def test_a_command_line_on_demand_says_what_one_built_at_once_says(eager, words) -> None:
    assert asked(line.app, *words) == asked(eager, *words)


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant() -> None:
    code, said = asked(line.app, "brif")
    assert code == 2
    assert "Did you mean 'brief'?" in said


def test_help_builds_no_command_and_a_command_only_itself(monkeypatch) -> None:
    module, built = sys.modules["fitintel.cli.registered"], []
    for name in ("get_command_from_info", "get_group_from_info"):
        whole = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda info, *, whole=whole, **how: built.append(info.name) or whole(info, **how)
        )
    assert asked(line.app, "--help")[0] == 0
    assert built == []
    assert asked(line.app, "goal", "--help")[0] == 0
    assert built == ["goal"]


def test_every_command_is_registered_under_a_name_of_its_own_and_can_be_built() -> None:
    commands = get_command(line.app).commands
    assert len(commands) == len(line.verbs.registered_commands) + len(line.verbs.registered_groups)
    assert all(commands[name].name == name for name in commands)


def test_shell_completion_lists_names_and_first_lines() -> None:
    verbs = typer.Typer()
    verbs.command("one")(lambda: None)
    verbs.command("two", help="The second.")(lambda: None)
    app = typer.Typer(cls=on_demand(verbs), add_completion=False)
    app.callback()(lambda: None)
    group = get_command(app)
    found = group.shell_complete(group.make_context("x", ["one"], resilient_parsing=True), "t")
    assert [(item.value, item.help) for item in found] == [("two", "The second.")]
