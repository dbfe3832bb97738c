"""The athletes' data keys, and the workspace's that wraps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door, Progress

if TYPE_CHECKING:
    from fitintel.workbench.keyring import KeyStatus, Rotated


class KeyringDoor(Door):
    """Verbs on keys; none of them shows one."""

    def key_status(self) -> KeyStatus:
        """How many athletes have keys, and how much is not sealed with the newest."""
        from fitintel.workbench.keyring import status

        self.may(Action.READ, kind=Kind.WORKSPACE)
        return status(self)

    def rotate_keys(
        self, *, workspace: bool = True, data: bool = False, progress: Progress | None = None
    ) -> Rotated:  # fmt: skip
        """A new key of the workspace wraps the data keys; with `data`, new data keys seal everything anew.

        Raises SealBroken where something cannot be opened; nothing of it is lost then.
        """
        from fitintel.workbench.keyring import rotate

        self.may(Action.UPDATE, kind=Kind.WORKSPACE)
        made = rotate(self, workspace=workspace, data=data, progress=progress)
        self.note("policy", "keyring", "rotate_keys", detail={"wrapped": made.wrapped, "destroyed": made.destroyed})
        return made
