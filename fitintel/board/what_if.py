"""The what-if page: sliders for two plans, and what they come to side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.board.live import Page, Reply
from fitintel.core.errors import NotFound
from fitintel.views.coach import page
from fitintel.views.coach.plans import PlansView, plans_of, plans_view, said_of
from fitintel.views.language import _


class WhatIfPage(Page):
    """Two plans of one athlete."""

    def html(self) -> str:
        """The whole page."""
        return page.plans_html(self.view())

    def view(self) -> PlansView:
        """What is seen of the plans; raises UnknownName for an athlete who is not here."""
        everyone = self.bench.athletes()
        if not everyone:
            raise NotFound(_("There are no athletes yet."), next=_("bring in a file in the athletes' app, under Add"))
        athlete = self.bench.athlete(self.address.athlete) if self.address.athlete else everyone[0]
        self.address = self.address.but(athlete=athlete.id)
        plans, weeks = plans_of(self.address.plans)
        outlook = self.bench.what_if(plans, athlete.id, self.address.day or None, weeks=weeks)
        return plans_view(outlook, athlete, self.address, everyone)

    def do_plans(self, fields: Mapping[str, Any]) -> Reply:
        """Other plans: only what they come to changes, the sliders stay where they are."""
        self.address = self.address.but(plans=said_of({name: str(value) for name, value in fields.items()}))
        return Reply({"outcome": page.plans_outcome(self.view())}, self.address)
