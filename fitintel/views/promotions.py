"""Challengers, promotions, shadow runs and fairness as a person reads them; records come from the workbench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.promotion import Affected, Promotion, Step

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
FEWEST = 20
"""figures listed one by one; of the rest the number is told"""


def challenge_text(document: Mapping[str, Any], evaluation_id: str) -> str:
    """The decision and each of its reasons."""
    head = (f"{document['algorithm']} {document['challenger']} against {document['champion']} on {document['of']}, "
            f"{document['athletes']} athletes (evaluation {evaluation_id})")  # fmt: skip
    lines = [head, *(f"  {'yes' if one['holds'] else 'NO '}  {one['asks']}: {one['says']}"
                     for one in document["reasons"])]  # fmt: skip
    for report in document["bias"] or ():
        gaps = [gap for gap in report["gaps"] if gap["alarm"]]
        lines.append(f"  fairness of {report['version']}: {len(report['gaps'])} gaps measured, {len(gaps)} alerts")
    passed, name, version = document["passed"], document["algorithm"], document["challenger"]
    lines.append(f"The gate lets it pass. Next: fitintel promote {name} {version}" if passed
                 else "The gate refuses it; the version in use stays.")  # fmt: skip
    return "\n".join(lines)


def group_rows(document: Mapping[str, Any]) -> Table:
    """Header and a row per group of the challenger's gain."""
    header = ("group", "athletes", "champion", "challenger", "gain", "interval", "judged")
    rows: list[tuple[str, ...]] = []
    for one in document["groups"]:
        gain = one["gain"]
        rows.append((f"{one['by']} {one['group']}", str(gain["athletes"]), _n(gain["champion"]), _n(gain["challenger"]),
                     _n(gain["gain"], "+.4f"), f"{_n(gain['low'], '+.4f')} to {_n(gain['high'], '+.4f')}",
                     "yes" if one["judged"] else "too small"))  # fmt: skip
    return header, rows


def promotion_rows(promotions: Sequence[Promotion], changed: Mapping[str, Sequence[Affected]] | None = None) -> Table:
    """Header and a row per promotion, oldest first, with the number of figures that it `changed`."""
    header = ("promotion", "when (UTC)", "algorithm", "from", "to", "by", "approved by", "evaluation", "why", "figures")
    rows: list[tuple[str, ...]] = []
    for one in promotions:
        step = "" if one.step is Step.PROMOTE else " (rolled back)"
        rows.append((one.id, f"{one.at:%Y-%m-%d %H:%M}", one.algorithm, one.before, one.version + step, one.by,
                     approved(one), one.evaluation_id or "-", one.why or "-",
                     str(len((changed or {}).get(one.id, ())))))  # fmt: skip
    return header, rows


def approved(one: Promotion) -> str:
    """Who agreed, or why nobody had to."""
    others = [each.by for each in one.approvals if each.by != one.by]
    if others:
        return ", ".join(others)
    if one.step is Step.ROLL_BACK:
        return "not needed"
    return "alone: a workspace without accounts" if one.alone else "nobody yet: it waits"


def affected_text(rows: Sequence[Affected]) -> str:
    """Figures that differ, the first of them one by one."""
    if not rows:
        return "No figure of a latest brief differs."
    lines = [one.text for one in rows[:FEWEST]]
    athletes = len({one.athlete_id for one in rows})
    if len(rows) > FEWEST:
        lines.append(f"... and {len(rows) - FEWEST} more")
    return "\n".join([f"{len(rows)} figures of {athletes} latest briefs differ:", *lines])


def shadow_rows(rows: Sequence[Any]) -> Table:
    """Header and a row per figure of both versions."""
    header = ("algorithm", "in use", "shadow", "figure", "athletes", "days", "pairs", "differ", "mean in use",
              "mean shadow", "largest difference")  # fmt: skip
    return header, [
        (one.algorithm, one.beside, one.version, one.figure, str(one.athletes), str(one.days), str(one.pairs),
         str(one.differing), _n(one.champion, ".6g"), _n(one.challenger, ".6g"), _n(one.largest, "+.4g"))
        for one in rows
    ]  # fmt: skip


def _n(value: float | None, form: str = ".4f") -> str:
    return "-" if value is None else format(value, form)
