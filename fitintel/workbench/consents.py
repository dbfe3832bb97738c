"""Consents: an athlete's word on what others may see, by category and purpose. Each change is a new version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.access.policy import COACHING, policy
from fitintel.core.errors import UnknownName, UsageError
from fitintel.core.people import Consent

if TYPE_CHECKING:
    from fitintel.workbench.door import Door

NOTICE = "1"
"""version of docs/access.md, section "What you consent to", that is shown"""
ADULT = 16
"""years; below, a guardian consents (GDPR Article 8; a member state may say less)"""


def give(
    bench: Door, athlete_id: str, categories: Sequence[str], purpose: str = COACHING, *, until: datetime | None = None,
    guardian: str = "",
) -> tuple[Consent, ...]:  # fmt: skip
    """Let coaches see these categories (purpose coaching), or researchers without names (purpose research)."""
    bench.may(Action.CREATE, athlete_id, Kind.CONSENT)
    now = datetime.now(UTC)
    if until is not None and until <= now:
        raise UsageError("The consent would be over before it begins", next="choose a later day")
    details = bench.vault.details(athlete_id)
    age = now.year - details.born if details is not None and details.born is not None else None
    if age is not None and age < ADULT and not guardian.strip():
        raise UsageError(f"{athlete_id} is a minor: a guardian consents", next='say who: --guardian "NAME"')
    return _added(bench, athlete_id, categories, purpose, given=True, until=until, guardian=guardian.strip())


def withdraw(
    bench: Door, athlete_id: str, categories: Sequence[str] = (), purpose: str = COACHING
) -> tuple[Consent, ...]:
    """Take consents back, those of these categories or all; nothing is seen from the next question on."""
    bench.may(Action.WITHDRAW, athlete_id, Kind.CONSENT)
    now = datetime.now(UTC)
    kept = newest(bench.vault.consents(athlete_id))
    held = [one.category for one in kept if one.purpose == purpose and one.holds(now)]
    return _added(bench, athlete_id, categories or held, purpose, given=False, until=None, guardian="")


def newest(consents: Sequence[Consent]) -> list[Consent]:
    """The versions that count, by category and purpose."""
    found: dict[tuple[str, str], Consent] = {}
    for one in sorted(consents, key=lambda each: each.version):
        found[one.category, one.purpose] = one
    return [found[key] for key in sorted(found)]


def status(bench: Door, athlete_id: str, *, history: bool = False) -> tuple[Consent, ...]:
    """What holds, or every version that ever was; a coach sees what holds, not who agreed and when."""
    if bench.permits(Action.READ, athlete_id, Kind.CONSENT):
        bench.may(Action.READ, athlete_id, Kind.CONSENT)
        kept = bench.vault.consents(athlete_id)
        return kept if history else tuple(newest(kept))
    bench.may(Action.COUNT, athlete_id, Kind.CONSENT)
    now = datetime.now(UTC)
    return tuple(Consent(one.athlete_id, one.category, one.purpose, one.version, True, one.since, one.until, "", one.at)
                 for one in newest(bench.vault.consents(athlete_id)) if one.holds(now))  # fmt: skip


def _added(
    bench: Door, athlete_id: str, categories: Sequence[str], purpose: str, *, given: bool, until: datetime | None,
    guardian: str,
) -> tuple[Consent, ...]:  # fmt: skip
    rules, now = policy(), datetime.now(UTC)
    if purpose not in rules.purposes:
        raise UnknownName("purpose", purpose, rules.purposes)
    for category in categories:
        if category not in rules.all_categories:
            raise UnknownName("category", category, rules.all_categories)
    before = {(one.category, one.purpose): one for one in newest(bench.vault.consents(athlete_id))}
    made = []
    for category in dict.fromkeys(categories):
        last = before.get((category, purpose))
        if last is not None and last.given == given and last.until == until and (not given or last.holds(now)):
            continue
        version = last.version + 1 if last is not None else 1
        made.append(Consent(athlete_id, category, purpose, version, given, now, until, bench.actor.id, now, guardian,
                            NOTICE))  # fmt: skip
    bench.vault.put_consents(made)
    for one in made:
        bench.note("consent", athlete_id, "given" if given else "withdrawn",
                   detail={"category": one.category, "purpose": purpose, "version": one.version})  # fmt: skip
    return tuple(made)
