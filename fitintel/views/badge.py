"""What stands beside every number: which algorithm made it, in which version, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fitintel.core.card import Card, Validity
from fitintel.core.records import Run
from fitintel.views.language import _, marked
from fitintel.views.titles import titled

TRUST: dict[Validity, str] = {
    Validity.HIGH: marked("arithmetic, or validated against measurements"),
    Validity.USEFUL: marked("good for comparing an athlete with themselves"),
    Validity.ROUGH: marked("a rough estimate; a better input would be better"),
    Validity.UNRELIABLE: marked("unreliable; nothing better is known"),
}
"""Validity in words."""
NAMES: dict[Validity, str] = {
    Validity.HIGH: marked("high"), Validity.USEFUL: marked("useful"), Validity.ROUGH: marked("rough"),
    Validity.UNRELIABLE: marked("unreliable"),
}  # fmt: skip
"""Validity as a word."""
DOTS: dict[Validity, int] = {Validity.HIGH: 4, Validity.USEFUL: 3, Validity.ROUGH: 2, Validity.UNRELIABLE: 1}
"""Validity as filled dots out of four, beside the word."""


def trust(validity: Validity) -> str:
    """The validity in words."""
    return _(TRUST[validity])


def validity_word(validity: Validity) -> str:
    """The validity as a word.

    >>> validity_word(Validity.HIGH)
    'high'
    """
    return _(NAMES[validity])


@dataclass(frozen=True, slots=True)
class Badge:
    """Title and version of an algorithm, and its validity."""

    text: str
    validity: Validity

    @property
    def trust(self) -> str:
        """The validity in words."""
        return trust(self.validity)

    @property
    def word(self) -> str:
        """The validity as a word, in the language that is spoken."""
        return validity_word(self.validity)

    @property
    def dots(self) -> int:
        """The validity as filled dots out of four."""
        return DOTS[self.validity]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """How one number was computed: card and run, as a person reads them."""

    run_id: str
    algorithm: str
    version: str
    badge: Badge
    description: str
    output: str
    source: str
    limits: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str, str], ...]
    """name, unit, digest of the data it was given"""
    result: str
    """digest of the result"""
    parents: tuple[str, ...]
    command: str
    note: str = ""

    @property
    def page(self) -> str:
        """File name of the page of that version of the algorithm, where such pages stand beside a brief."""
        return f"{self.algorithm}-{self.version}.html"

    @property
    def show(self) -> str:
        """Command that shows the algorithm's page."""
        return f"fitintel algorithms show {self.algorithm}"

    @property
    def explain(self) -> str:
        """Command that walks the figure down to the rows it was made from."""
        return f"fitintel explain {self.run_id}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "run_id": self.run_id, "algorithm": self.algorithm, "version": self.version, "badge": self.badge.text,
            "validity": self.badge.validity.value, "trust": self.badge.trust, "description": self.description,
            "output": self.output, "source": self.source, "limits": list(self.limits),
            "parameters": dict(self.parameters), "inputs": {name: digest for name, _, digest in self.inputs},
            "result": self.result, "parents": list(self.parents), "replay": self.command, "note": self.note,
            "show": self.show, "explain": self.explain,
        }  # fmt: skip


def badge(card: Card, version: str | None = None) -> Badge:
    """The badge of an algorithm; `version` is that of the run where it is not the card's."""
    return Badge(f"{titled(card.title)} {version or card.version}", card.validity)


def made_by(run: Run, card: Card) -> MadeBy:
    """How a run's number was computed."""
    quantity, unit = card.output
    note = ""
    if run.version != card.version:
        note = _("Made by version {run}; this installation describes version {card}.", run=run.version,
                 card=card.version)  # fmt: skip
    return MadeBy(
        run_id=run.id, algorithm=run.algorithm, version=run.version, badge=badge(card, run.version),
        description=card.description or card.title, output=f"{quantity} [{unit}]" if unit else quantity,
        source=card.source, limits=card.limits,
        parameters=tuple((name, _value(value)) for name, value in sorted(run.parameters.items())),
        inputs=tuple((name, card.inputs.get(name, ""), digest) for name, digest in _in_order(run.inputs, card)),
        result=run.output, parents=run.parents, command=f"fitintel replay {run.id}", note=note,
    )  # fmt: skip


def _in_order(inputs: Mapping[str, str], card: Card) -> list[tuple[str, str]]:
    order = list(card.inputs)
    return sorted(inputs.items(), key=lambda item: (order.index(item[0]) if item[0] in order else len(order), item[0]))


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(_value(item) for item in value)
    return str(value)
