"""Whether something has changed: a number to keep a cache by, without reading anything of anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fitintel.workbench.door import Workbench


def fingerprint(bench: Workbench, athlete_id: str) -> int:
    """A number that grows with every change of the athlete's facts, and of what anybody may see; raises NotAllowed.

    Asked once a minute by every open page, so it is not a row of the audit chain: it says nothing but "changed".
    """
    bench.may_see(athlete_id)
    return bench.store.revision(athlete_id) + (0 if bench.actor.is_owner else bench.vault.stamp().rights)
