"""How far to trust a number, in words."""

from __future__ import annotations

from fitintel.core.card import Validity
from fitintel.views.language import marked

VALIDITY_WORDS: dict[Validity, str] = {
    Validity.HIGH: marked("high: arithmetic, or validated against measurements in many people"),
    Validity.USEFUL: marked("useful: right for comparing a person with themselves"),
    Validity.ROUGH: marked("rough: an order of magnitude; a better input would be better"),
    Validity.UNRELIABLE: marked("unreliable: shown only because nothing better is known"),
}
