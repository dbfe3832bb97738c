"""How far to trust a number, in words."""

from __future__ import annotations

from fitintel.core.card import Validity

VALIDITY_WORDS: dict[Validity, str] = {
    Validity.HIGH: "high: arithmetic, or validated against measurements in many people",
    Validity.USEFUL: "useful: right for comparing a person with themselves",
    Validity.ROUGH: "rough: an order of magnitude; a better input would be better",
    Validity.UNRELIABLE: "unreliable: shown only because nothing better is known",
}
