"""The bytes of the coaches' pages without every consent: no figure and no sentence of what is withheld."""

from __future__ import annotations

import html

from fitintel.board.algorithms import AlgorithmsPage
from fitintel.board.athlete import AthletePage
from fitintel.board.live import Page
from fitintel.board.squad import SquadBoard
from fitintel.board.what_if import WhatIfPage
from fitintel.core import days
from fitintel.core.settings import Settings
from fitintel.views.coach.address import Address
from fitintel.workbench.categories import BODY
from tests.api import test_withheld as withheld
from tests.api.test_withheld import ANNA, LAST, bench_of, give, leaks, secrets, withdraw

kept, settings = withheld.kept, withheld.settings
PAGES: tuple[type[Page], ...] = (SquadBoard, AthletePage, WhatIfPage, AlgorithmsPage)


def pages(settings: Settings, name: str) -> dict[str, str]:
    """Page -> its bytes for an account, read as text."""
    found = {}
    for page in PAGES:
        with bench_of(settings, name) as bench:
            made = page(bench, Address(athlete=ANNA, day=days.iso(LAST))).html()
        found[page.__name__] = html.unescape(made.encode("utf-8").decode("utf-8"))
    return found


def test_the_pages_of_a_coach_hold_nothing_of_what_is_withheld_and_all_of_it_once_it_is_given(
    settings: Settings,
) -> None:
    canaries = secrets(settings)
    whole = leaks(pages(settings, "carl"), canaries)
    assert "AthletePage" in whole
    withdraw(settings, *BODY)
    shown = pages(settings, "carl")
    assert leaks(shown, canaries) == {}
    assert "no consent for" in shown["AthletePage"]
    give(settings, *BODY)
    assert set(leaks(pages(settings, "carl"), canaries)) == set(whole)
