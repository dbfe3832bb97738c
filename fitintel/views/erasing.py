"""The certificate of an erasure, as text and as JSON."""

from __future__ import annotations

from typing import Any

from fitintel.core.erasures import Certificate
from fitintel.views.language import _


def certificate_dict(one: Certificate) -> dict[str, Any]:
    """As JSON."""
    return {"athlete": one.athlete_id, "erasure": one.id, "mark": one.mark, "requested_at": one.requested_at,
            "finished_at": one.finished_at, "rows": one.rows, "files": one.files, "removed": dict(one.removed),
            "remarks": list(one.remarks)}  # fmt: skip


def certificate_text(one: Certificate) -> str:
    """As text: what was removed from which store, and what only somebody else can do."""
    lines = [_("Erased {athlete}: {rows} rows and {files} stored files.").format(
                 athlete=one.athlete_id, rows=f"{one.rows:,}", files=f"{one.files:,}"),
             "  " + _("certificate {id}, mark {mark}, finished {at}").format(id=one.id, mark=one.mark,
                                                                            at=one.finished_at)]  # fmt: skip
    lines += [f"  {name:<24}{count:>8,}" for name, count in one.removed.items()]
    return "\n".join([*lines, *("  " + _("still to do: {what}").format(what=each) for each in one.remarks)])
