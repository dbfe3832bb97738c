"""The algorithm explorer: card, performance, versions, and the formula with one athlete's numbers in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.board.live import Page, Reply
from fitintel.core.explained import Explained
from fitintel.views.coach import page
from fitintel.views.coach.algorithms import ExplorerView, explorer_view
from fitintel.views.opened import view_of

FIRST = "pmc"
"""The algorithm of an address that names none."""


class AlgorithmsPage(Page):
    """One algorithm, and where it stands in one athlete's brief."""

    def html(self) -> str:
        """The whole page."""
        return page.explorer_html(self.view())

    def view(self) -> ExplorerView:
        """What is seen; raises UnknownName for an algorithm or athlete that is not here."""
        name = self.address.algorithm or FIRST
        found = self.bench.open_algorithm(name)
        everyone = self.bench.athletes()
        wanted = self.address.athlete or (everyone[0].id if everyone else "")
        self.address = self.address.but(algorithm=name, athlete=wanted)
        explained, sentence = self._of(wanted, name) if wanted else (None, "")
        return explorer_view(found, self.bench.cards(), self.address, everyone, wanted, explained, sentence)

    def do_show(self, fields: Mapping[str, Any]) -> Reply:
        """Another algorithm or athlete."""
        return super().do_show(fields)

    def _of(self, athlete_id: str, name: str) -> tuple[Explained | None, str]:
        """The first figure of the athlete's brief that the algorithm made, and its sentence."""
        _standing, opened = self.bench.open_standing(athlete_id, self.address.day or None)
        lines = [line for section in view_of(opened, self.units()).on_page().sections for line in section.lines]
        for line in lines:
            for made in line.made_by:
                if made.algorithm == name:
                    return self.bench.explain(made.run_id, athlete_id), line.text
        run = next((run for run in opened.runs.values() if run.algorithm == name), None)
        return (self.bench.explain(run.id, athlete_id), "") if run is not None else (None, "")
