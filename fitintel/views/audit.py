"""The audit chain as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fitintel.core.audit import Row
from fitintel.core.tampering import Fault, Tampering, Verdict
from fitintel.views import dates, numbers
from fitintel.views.language import _, marked
from fitintel.views.text import clean


def verdict_text(verdict: Verdict) -> str:
    """What verifying found, a line each."""
    of = f"{numbers.count(verdict.rows, 'row')}, held against {numbers.count(verdict.anchors, 'anchor')}"
    chain = [one for one in verdict.faults if one.kind is not Tampering.STORED]
    lines = [f"The audit chain is {'not ' if chain else ''}whole: {of}.", *map(_fault, chain)]
    if verdict.runs:
        stored = [one for one in verdict.faults if one.kind is Tampering.STORED]
        held = numbers.count(verdict.runs, "run") + ", "
        held += numbers.count(verdict.snapshots, "input or result", "inputs and results")
        lines += [f"What it speaks of is {'not ' if stored else ''}as it was made: {held}.", *map(_fault, stored)]
    if verdict.gone:
        lines.append(f"{numbers.count(verdict.gone, 'brief')} went with athletes who are no longer here.")
    return "\n".join(lines)


def _fault(fault: Fault) -> str:
    return f"  row {fault.number:,}: {fault.kind.value}. {fault.says}."


def verdict_dict(verdict: Verdict) -> dict[str, Any]:
    """Plain values."""
    faults = [{"kind": each.kind.value, "row": each.number, "says": each.says} for each in verdict.faults]
    return {"whole": verdict.whole, "rows": verdict.rows, "anchors": verdict.anchors, "last": verdict.last,
            "runs": verdict.runs, "snapshots": verdict.snapshots, "gone": verdict.gone, "faults": faults}  # fmt: skip


def row_dict(row: Row) -> dict[str, Any]:
    """Plain values."""
    return {"row": row.number, **row.said, "at": row.moment.isoformat(), "mac": row.mac}


KINDS = {
    "runs": marked("runs"), "access": marked("access"), "export": marked("export"), "promotion": marked("promotion"),
    "consent": marked("consent"), "policy": marked("policy"), "account": marked("account"),
    "operation": marked("operation"), "glass": marked("glass"),
}  # fmt: skip
"""kind of a row -> its name"""


def row_lines(rows: Iterable[Row], time_zone: str | None = None) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of a table; times in UTC, or as a reader of `time_zone` (an IANA name; empty: the machine's)."""
    lines = []
    for row in rows:
        said = row.said
        what = said["what"] if said["outcome"] == "done" else f"{said['what']} ({said['outcome']})"
        kind = _(KINDS[said["kind"]]) if said["kind"] in KINDS else said["kind"]
        texts = (kind, said["actor"], what, said["subject"], said["surface"], said["why"])
        when = f"{row.moment:%Y-%m-%d %H:%M:%S}" if time_zone is None else dates.moment(row.moment, time_zone)
        lines.append((numbers.plain(row.number), when, *(clean(str(text)) for text in texts)))
    head = (_("row"), _("when (UTC)") if time_zone is None else _("when"), _("kind"), _("who"), _("what"), _("whose"),
            _("through"), _("why"))  # fmt: skip
    return head, lines
