"""The audit chain: who did and read what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.core.audit import Row
    from fitintel.core.tampering import Verdict
    from fitintel.workbench.auditing import Anchored, Rekeyed
    from fitintel.workbench.door.base import Progress


class AuditDoor(Door):
    """Verbs on the audit chain."""

    def audit_rows(
        self, *, subject: str | None = None, kind: str | None = None, last: int | None = None
    ) -> tuple[Row, ...]:
        """Rows of the chain, oldest first; of one subject or kind, only the `last` so many."""
        self.may(Action.READ, None if self.actor.is_owner else subject, Kind.AUDIT)
        from fitintel.core import audit
        from fitintel.core.errors import UnknownName

        if kind is not None and kind not in tuple(audit.Kind):
            raise UnknownName("kind of audit row", kind, tuple(audit.Kind))
        found = tuple(self.vault.audit_rows(subject=subject, kind=kind))
        return found if last is None else found[max(0, len(found) - last) :]

    def verify_audit(
        self, anchors: str | Path | None = None, *, stored: bool = False, progress: Progress | None = None
    ) -> Verdict:
        """Whether the chain is whole, held against its anchors or those in another folder.

        `stored`: and whether briefs, runs, inputs and results are still those that its rows speak of.
        """
        self.may(Action.VERIFY, kind=Kind.AUDIT)
        found = self.audit.verify(folder=Path(anchors) if anchors is not None else None)
        if not stored:
            return found
        from fitintel.storage import open_blobs
        from fitintel.workbench.auditing_stored import hold_against

        return hold_against(found, self.vault, open_blobs(self.settings.files_url, self.keyring), progress)

    def rekey_audit(self, why: str = "") -> Rekeyed:
        """Sign the audit chain with a new key from now on; the old one closes its part, and stays to verify it."""
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        from fitintel.core.audit import handover
        from fitintel.workbench.auditing import surface

        through = self.surface or surface()
        return self.audit.rekey(lambda old, new: handover(old, new, self.actor.id, through, why or self.why))

    def anchor_audit(self) -> Anchored:
        """Write the end of the chain to the anchor file now."""
        self.may(Action.VERIFY, kind=Kind.AUDIT)
        return self.audit.anchor()

    def note_consent(self, athlete_id: str, what: str, why: str, detail: Mapping[str, Any] | None = None) -> None:
        """Note that an athlete gave or took back a consent: `what` is given or withdrawn, `detail` for what."""
        self.may(Action.CREATE, athlete_id, Kind.CONSENT)
        self.note("consent", athlete_id, what, why, detail)

    def note_policy(self, policy: str, what: str, why: str, detail: Mapping[str, Any] | None = None) -> None:
        """Note that a policy was changed; `detail` says from what to what."""
        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        self.note("policy", policy, what, why, detail)
