"""An algorithm's card as a person reads it in a terminal."""

from __future__ import annotations

from fitintel.core.card import Card, Validity

VALIDITY_WORDS: dict[Validity, str] = {
    Validity.HIGH: "high: arithmetic, or validated against measurements in many people",
    Validity.USEFUL: "useful: right for comparing a person with themselves",
    Validity.ROUGH: "rough: an order of magnitude; a better input would be better",
    Validity.UNRELIABLE: "unreliable: shown only because nothing better is known",
}


def card_text(card: Card) -> str:
    """The whole card, one fact a line."""
    lines = [f"{card.title} ({card.id} {card.version})", "", card.description, "", f"family      {card.family}"]
    lines += [f"input       {name} [{unit}]" for name, unit in card.inputs.items()]
    lines += [f"output      {card.output[0]} [{card.output[1]}]"]
    lines += [f"parameter   {name} = {value!r}" for name, value in card.parameters.items()]
    lines += [f"validity    {VALIDITY_WORDS[card.validity]}", f"source      {card.source}"]
    lines += [f"limit       {limit}" for limit in card.limits]
    return "\n".join(lines)
