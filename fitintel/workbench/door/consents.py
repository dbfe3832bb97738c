"""Consents, squads and emergencies: who may see an athlete's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.audit import Row
    from fitintel.core.people import Consent, Glass, Membership, Squad
    from fitintel.workbench.memberships import SquadMembers


class ConsentDoor(Door):
    """Verbs on consents, memberships, and on who saw what."""

    def give_consent(
        self, categories: Sequence[str], purpose: str = "coaching", *, athlete_id: str | None = None,
        until: datetime | None = None, guardian: str = "",
    ) -> tuple[Consent, ...]:  # fmt: skip
        """Let the coaches of the athlete's squads see these categories (or researchers, without names)."""
        from fitintel.workbench.athletes import named
        from fitintel.workbench.consents import give

        return give(self, named(self, athlete_id), categories, purpose, until=until, guardian=guardian)

    def withdraw_consent(
        self, categories: Sequence[str] = (), purpose: str = "coaching", *, athlete_id: str | None = None
    ) -> tuple[Consent, ...]:
        """Take consents back, of these categories or all; it holds from the next question on."""
        from fitintel.workbench.athletes import named
        from fitintel.workbench.consents import withdraw

        return withdraw(self, named(self, athlete_id), categories, purpose)

    def consents(self, athlete_id: str | None = None, *, history: bool = False) -> tuple[Consent, ...]:
        """What the athlete consents to, or every version that ever was."""
        from fitintel.workbench.athletes import named
        from fitintel.workbench.consents import status

        return status(self, named(self, athlete_id), history=history)

    def who_saw(self, athlete_id: str | None = None, *, last: int | None = None) -> tuple[Row, ...]:
        """Rows of the audit chain on an athlete: who did and read what, oldest first."""
        from fitintel.workbench.athletes import named

        wanted = named(self, athlete_id)
        self.may(Action.READ, wanted, Kind.AUDIT)
        # an account may have the name of another person's athlete: its log-ins are not the athlete's
        found = tuple(row for row in self.vault.audit_rows(subject=wanted) if row.kind != "account")
        return found if last is None else found[max(0, len(found) - last) :]

    def add_squad(self, squad_id: str, name: str = "") -> Squad:
        """A new squad, without anybody."""
        from fitintel.workbench.memberships import add_squad

        return add_squad(self, squad_id, name)

    def squads(self) -> tuple[SquadMembers, ...]:
        """Squads with their members, as far as this actor may know of them."""
        from fitintel.workbench.memberships import listed

        return listed(self)

    def invite(self, squad_id: str, who: str, part: str = "athlete", *, accepted: bool = False) -> Membership:
        """Ask an athlete, or as `part` a coach, into a squad; `accepted` adds them at once."""
        from fitintel.workbench.memberships import invite

        return invite(self, squad_id, who, part, accepted=accepted)

    def join_squad(self, membership_id: str) -> Membership:
        """Accept an invitation."""
        from fitintel.workbench.memberships import accept

        return accept(self, membership_id)

    def leave_squad(self, membership_id: str) -> Membership:
        """Leave a squad, or refuse an invitation; its coaches see nothing more of the athlete."""
        from fitintel.workbench.memberships import leave

        return leave(self, membership_id)

    def remove_member(self, membership_id: str) -> Membership:
        """Take somebody out of a squad."""
        from fitintel.workbench.memberships import remove

        return remove(self, membership_id)

    def break_glass(self, athlete_id: str, reason: str, minutes: int = 60) -> Glass:
        """Ask to read an athlete's data in an emergency; it opens once another administrator approves."""
        from fitintel.workbench.emergency import ask

        return ask(self, athlete_id, reason, minutes)

    def approve_glass(self, glass_id: str) -> Glass:
        """A second administrator's word."""
        from fitintel.workbench.emergency import approve

        return approve(self, glass_id)

    def end_glass(self, glass_id: str) -> Glass:
        """Close it before its time."""
        from fitintel.workbench.emergency import end

        return end(self, glass_id)

    def glasses(self, athlete_id: str | None = None) -> tuple[Glass, ...]:
        """Emergencies in which an administrator asked to read an athlete's data."""
        from fitintel.workbench.emergency import listed

        return listed(self, athlete_id or self.actor.athlete_id)
