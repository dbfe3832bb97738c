"""Reference pages in Markdown, made from cards and rules: what an algorithm or a rule says of itself, for the docs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fitintel.core.card import Card
from fitintel.core.rules import Rule
from fitintel.views.cards import VALIDITY_WORDS
from fitintel.views.evaluation import evaluation_rows

MADE = "<!-- Made by `make generate` from the code; changes belong there. -->"


def cards_json(cards: Iterable[Card]) -> str:
    """Every card as JSON, by id."""
    return json.dumps({card.id: card.as_dict() for card in cards}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


MEASURED = {"weekly_forecast": "forecast of weekly", "change_points": "changes of habit", "alert_budget": "alerts",
            "workout_anomaly": "entry errors and sensor faults", "activity_type": "classification: activity",
            "session_kind": "classification: session"}  # fmt: skip
"""Algorithm -> how the areas of an evaluation begin that its figures stand in."""


def algorithm_page(
    card: Card,
    docstring: str,
    versions: Sequence[Card] = (),
    *,
    judged: str = "",
    evaluation: Mapping[str, Any] | None = None,
) -> str:
    """One algorithm: its docstring, its card in tables, its versions, and how it is judged and was measured.

    `versions` oldest first; `judged` says by what a challenger is judged; `evaluation` is one of everything.
    """
    return "\n".join(
        [
            MADE,
            f"# {card.title}",
            "",
            f"`{card.id}` {card.version}, family {card.family}",
            "",
            *_prose(docstring.removeprefix(f"{card.title}.")),
            "",
            "## Inputs",
            "",
            *_table(("input", "unit"), ((f"`{name}`", unit) for name, unit in card.inputs.items())),
            "",
            f"Output: {card.output[0]} [{card.output[1]}]",
            "",
            *_parameters(card.parameters),
            "## How far to trust it",
            "",
            _sentence(VALIDITY_WORDS[card.validity]),
            "",
            *(f"- {_sentence(limit)}" for limit in card.limits),
            "",
            f"Source: {card.source.rstrip('.')}.",
            "",
            "## Versions",
            "",
            *_table(
                ("version", "what it changed"),
                ((one.version, one.changed or "the first") for one in reversed(versions or (card,))),
            ),
            "",
            "## How it fares",
            "",
            *_measured(card, evaluation),
            *([f"A challenger is judged by {judged}.", ""] if judged else []),
            "How it fared in a workspace, which challengers were judged, and who put which version in use and why:",
            "",
            f"    fitintel algorithms show {card.id}",
            "",
        ]
    )


def _measured(card: Card, evaluation: Mapping[str, Any] | None) -> list[str]:
    """Tables of the figures that the committed evaluation has of this algorithm."""
    area = MEASURED.get(card.id)
    if evaluation is None or area is None:
        return []
    lines = []
    for title, (header, rows) in evaluation_rows(evaluation).items():
        if title.split(": ", 1)[1].startswith(area):
            lines += [f"### {title}", "", *_table(header, rows), ""]
    return [*lines, f"From `registry/evaluation.json`, evaluation {evaluation['id']}.", ""] if lines else []


def algorithm_index(cards: Iterable[Card]) -> str:
    """All algorithms, by family."""
    rows = (
        (card.family, f"[{card.title}]({card.id}.md)", f"`{card.id}`", card.version, card.validity.value)
        for card in sorted(cards, key=lambda card: (card.family, card.id))
    )
    head = ("family", "algorithm", "id", "version", "validity")
    words = [f"- {said}" for said in VALIDITY_WORDS.values()]
    return "\n".join([MADE, "# Algorithms", "", *_table(head, rows), "", "Validity:", "", *words, ""])


def rules_page(rules: Iterable[Rule]) -> str:
    """The rules that every row is checked against."""
    rows = (
        (f"`{rule.name}`", rule.says, rule.severity.value, ", ".join(rule.spoils) or "nothing", rule.todo)
        for rule in rules
    )
    return "\n".join(
        [
            MADE,
            "# Rules",
            "",
            "Every row of every source is checked against these. *quarantine*: the row is kept aside until it is",
            "mended; *warning*: it is imported and marked; *note*: it is said once. A workout is left out of the",
            "figures that a breach spoils, and of no others.",
            "",
            *_table(("rule", "what it says", "severity", "spoils", "what to do"), rows),
            "",
        ]
    )


def cli_page(pages: Mapping[str, str]) -> str:
    """The command line: command -> its help text."""
    parts = [
        part for command, text in pages.items() for part in (f"## {command}", "", "```text", text.rstrip(), "```", "")
    ]
    return "\n".join([MADE, "# Command line", "", *parts])


def _prose(docstring: str) -> list[str]:
    """A docstring as Markdown: examples become code, underlined words heads, `name: text` under a head a list."""
    lines: list[str] = []
    source = docstring.strip().splitlines()
    code = listed = False
    for line, following in zip(source, [*source[1:], ""], strict=True):
        if code and not line.strip():
            lines.append("```")
            code = False
        elif not code and line.startswith(">>> "):
            lines.append("```python")
            code = True
        if code or not line.strip():
            lines.append(line)
        elif _is_underline(following):
            lines += [f"### {line}", ""]
            listed = True
        elif listed and re.match(r"[\w, ]+: ", line):
            names, said = line.split(": ", 1)
            lines.append("- " + ", ".join(f"`{name}`" for name in names.split(", ")) + f": {said}")
        elif not _is_underline(line):
            lines.append(line)
    return [*lines, "```"] if code else lines


def _is_underline(line: str) -> bool:
    return bool(line.strip()) and set(line.strip()) == {"-"}


def _parameters(parameters: Mapping[str, Any]) -> list[str]:
    if not parameters:
        return []
    rows = ((f"`{name}`", f"`{value!r}`") for name, value in parameters.items())
    return ["## Parameters and their defaults", "", *_table(("parameter", "default"), rows), ""]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    return [line(head), line("---" for _ in head), *(line(row) for row in rows)]


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")
