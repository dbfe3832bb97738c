"""`python -m fitintel.cli.generate`: write the files that are made from the code; `--check` names the stale ones."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fitintel.core.rules import RULES
from fitintel.intelligence.registry import catalogue, get, versions
from fitintel.views import reference
from fitintel.workbench import policy

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = {"forecast": "later totals", "classification": "labels", "planted_faults": "planted faults",
            "planted_changes": "planted changes"}  # fmt: skip
WIDTH = "100"
"""columns; help texts must not depend on the terminal that they are made in"""


def main(arguments: list[str]) -> int:
    """Write, or with `--check` compare; 1 if anything is stale."""
    check = arguments == ["--check"]
    if arguments and not check:
        print("Usage: python -m fitintel.cli.generate [--check]", file=sys.stderr)
        return 2
    wanted = generated()
    stale = [name for name, text in wanted.items() if _read(ROOT / name) != text]
    left = [str(path.relative_to(ROOT)) for path in ROOT.glob("docs/algorithms/*.md")]
    left = sorted(set(left) - set(wanted))
    if check:
        for name in stale + left:
            print(
                f"{name} is not what the code says. Next: make generate, and look at the difference.", file=sys.stderr
            )
        return 1 if stale or left else 0
    for name in stale:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(wanted[name], encoding="utf-8")
    for name in left:
        (ROOT / name).unlink()
    print(f"{len(stale)} of {len(wanted)} files written, {len(left)} removed")
    return 0


def generated() -> dict[str, str]:
    """Every generated file: path from the project's root -> text."""
    found = catalogue()
    cards = [item.card for item in found.values()]
    contests, measured = policy.read(), _read(ROOT / "registry" / "evaluation.json")
    evaluation = json.loads(measured) if measured else None
    pages = {
        f"docs/algorithms/{name}.md": reference.algorithm_page(
            item.card, inspect.getdoc(item.function) or "", [get(name, version).card for version in versions(name)],
            judged=_judged(contests.contest(item.card)), evaluation=evaluation,
        )
        for name, item in found.items()
    }  # fmt: skip
    return {
        "registry/cards.json": reference.cards_json(cards),
        "docs/algorithms/index.md": reference.algorithm_index(cards),
        "docs/rules.md": reference.rules_page(RULES.values()),
        "docs/cli.md": reference.cli_page(help_texts()),
        **pages,
    }


def _judged(contest: policy.Contest) -> str:
    """What a challenger has to win on."""
    if contest.outcome == "none":
        return f"its card, tests and reason, not by outcomes: {contest.why}"
    return f"{contest.metric} over athletes, against known {OUTCOMES[contest.outcome]}"


def help_texts() -> Mapping[str, str]:
    """Each command's `--help`, as a terminal shows it."""
    from typer.main import get_command
    from typer.testing import CliRunner

    from fitintel.cli.app import app

    runner = CliRunner()

    def walk(command: Any, words: list[str]) -> dict[str, str]:
        answer = runner.invoke(app, [*words, "--help"], env={"COLUMNS": WIDTH}, prog_name="fitintel")
        found = {" ".join(["fitintel", *words]): answer.output}
        for name, inner in getattr(command, "commands", {}).items():
            found |= walk(inner, [*words, name])
        return found

    return walk(get_command(app), [])


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
