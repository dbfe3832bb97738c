"""The screen Algorithms: which there are, and one with the athlete's own numbers in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from fitintel.core.card import Card
from fitintel.core.explained import Explained
from fitintel.views.explained import formula, put_in
from fitintel.views.language import counted
from fitintel.views.titles import titled


def families(cards: Mapping[str, Card]) -> tuple[str, ...]:
    """The families, by name."""
    return tuple(sorted({card.family for card in cards.values()}))


def listed(cards: Mapping[str, Card], text: str, family: str, among: Collection[str] | None) -> dict[str, str]:
    """id -> title and version of the algorithms that a person looks for, by title; `among` keeps only these."""
    words = text.lower().split()
    found = {
        name: f"{titled(card.title)} {card.version}" for name, card in cards.items()
        if family in ("", card.family) and (among is None or name in among)
        and all(word in f"{name} {card.title} {titled(card.title)} {card.description}".lower() for word in words)
    }  # fmt: skip
    return dict(sorted(found.items(), key=lambda item: item[1].lower()))


def with_numbers(found: Explained) -> tuple[str, ...]:
    """The formula, the formula with this run's numbers in it, and how many workouts it stands on."""
    lines: list[str] = []
    for step in found.steps[:1]:
        lines.append(formula(step.doc))
        lines += put_in(step)
        lines += [f"{name} = {value:.6g}" if isinstance(value, float) else f"{name} = {value}"
                  for name, value in sorted(step.run.parameters.items())]  # fmt: skip
    imports = counted("{n} import", "{n} imports", len(found.imports))
    lines.append(f"{counted('{n} workout', '{n} workouts', found.total)}, {imports}")
    return tuple(lines)
