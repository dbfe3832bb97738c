"""Options of plain text are not converted, and a command gets what Typer would have given it."""

import enum
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.main import get_command

from fitintel.cli.as_given import takes_text


class Colour(enum.Enum):
    RED = "red"


def command(got: list[object]):
    app = typer.Typer(add_completion=False, rich_markup_mode=None)

    @app.command()
    def one(
        name: str,
        note: Annotated[str | None, typer.Option()] = None,
        often: Annotated[list[str] | None, typer.Option()] = None,
        pair: Annotated[tuple[str, int], typer.Option()] = ("a", 1),
        size: Annotated[int, typer.Option(min=1)] = 3,
        folder: Annotated[Path | None, typer.Option()] = None,
        colour: Annotated[Colour | None, typer.Option()] = None,
        loud: Annotated[bool, typer.Option("--loud")] = False,
        shouted: Annotated[str, typer.Option(parser=str.upper)] = "",
    ) -> None:
        got.append((name, note, often, pair, size, folder, colour, loud, shouted))

    return get_command(app)


@pytest.mark.parametrize(
    "words",
    ["x", "", "x --note ''", "x --note é", "\udcff", "x --often a --often b", "x --pair b 2", "x --pair b c",
     "x --size 5", "x --size 0", "x --size many", "x --folder /tmp", "x --colour red", "x --colour blue", "x --loud",
     "--help", "x --shouted a", "x --note"],
)  # fmt: skip
def test_a_command_gets_and_says_what_it_would_without(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    typed = ["" if word == "''" else word for word in words.split()]
    told = []
    for change in (lambda made: made, takes_text):
        got: list[object] = []
        with pytest.raises(SystemExit) as ended:
            change(command(got)).main(typed, prog_name="one")
        told.append((ended.value.code, capsys.readouterr(), got))
    assert told[0] == told[1]


def test_a_command_of_text_options_starts_without_the_library_that_converts(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom fitintel.cli.app import main\n"
        "try:\n    main(['brief', '--day', 'latest', '--language', 'xx'])\n"
        "except SystemExit as end:\n    assert end.code == 2, end.code\n"
        "print([name for name in ('pydantic', 'typer._adapters') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False,
                          env={**os.environ, "FITINTEL_HOME": str(tmp_path / "home")})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "xx" in done.stderr
    assert done.stdout.strip() == "[]"


def test_wellness_for_a_brief_is_read_without_the_readers_of_files() -> None:
    code = "import sys, fitintel.workbench.wellness\nprint([name for name in sys.modules if '.ingest' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
