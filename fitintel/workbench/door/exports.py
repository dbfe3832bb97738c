"""Exports: everything that an athlete owns, taken along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.workbench.door.base import Door

if TYPE_CHECKING:
    from fitintel.workbench.exporting import Exported
    from fitintel.workbench.restoring import Restored


class ExportDoor(Door):
    """Verbs on the archive of an athlete."""

    def export(self, out: str | Path, athlete_id: str | None = None, *, force: bool = False) -> Exported:
        """Write everything that an athlete owns as one archive; `restore` makes the same of it elsewhere."""
        from fitintel.workbench.briefs import whom
        from fitintel.workbench.exporting import export

        athlete = whom(self, athlete_id)
        self.may(Action.EXECUTE, athlete.id, Kind.EXPORT)
        seen = [row for row in self.vault.audit_rows(subject=athlete.id) if row.kind != "account"]
        made = export(self.store, self.blobs, athlete.id, Path(out), force=force, seen=seen)
        self.note("export", athlete.id, "export", detail={"file": made.path.name, "size": made.size})
        return made

    def is_export(self, path: str | Path) -> bool:
        """Whether a file is an archive that `export` wrote."""
        from fitintel.workbench.restoring import is_export

        return is_export(Path(path))

    def restore(self, path: str | Path, athlete_id: str | None = None, *, dry_run: bool = False) -> Restored:
        """Take an export in; what is here already is left as it is."""
        from fitintel.workbench.restoring import owner, restore

        self.may(Action.CREATE, owner(Path(path)), Kind.EXPORT)
        return restore(self.store, self.blobs, Path(path), athlete_id=athlete_id, dry_run=dry_run)
