"""What has become of alerts since the last brief: which are new, which have closed and why, and who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fitintel.core.records import Insight, Section
from fitintel.intelligence.registry import Journal, Result

Before = Mapping[str, Any]
"""`day` of the last brief of an earlier day, and `alerts` that it told: `key`, `code`, `since`, `told` (values)"""


def compared(
    journal: Journal, before: Before | None, state: Result, found: Sequence[str], daily: Result, body: Result | None
) -> Result | None:
    """The run of `alerts_since`; None where there is no brief to compare with.

    `found`: keys of today's findings, `body`: the run of `wellness_deviation`.
    """
    if before is None:
        return None
    return journal.run("alerts_since", before, state, sorted(found), daily, body)


def answered(answers: Sequence[Mapping[str, Any]], day: int) -> dict[str, dict[str, Any]]:
    """Key -> who answered last, what and when (`by`, `answer`, `answered`), of answers up to `day`."""
    held = {str(each["key"]): each for each in answers if int(each["day"]) <= day}
    return {
        key: {"by": str(each.get("by", "")), "answer": str(each["action"]), "answered": int(each["day"])}
        for key, each in held.items() if each["action"] != "reopen"
    }  # fmt: skip


def marked(one: Insight, news: Result | None) -> Insight:
    """An alert, marked as new where the last brief did not tell it."""
    if news is None or one.values["key"] not in news["opened"]:
        return one
    return replace(one, values={**one.values, "new": True}, run_ids=(*one.run_ids, news.run.id))


def closed(news: Result | None, before: Before | None, said: Mapping[str, Mapping[str, Any]]) -> list[Insight]:
    """A line for each alert that has closed: what it had told, since when, and what closed it."""
    if news is None or before is None:
        return []
    told = {str(one["key"]): one for one in before["alerts"]}
    made = []
    for one in news["closed"]:
        was = told[one["key"]]
        values = {"of": one["key"], "code": was["code"], "told": dict(was["told"]), "opened": int(one["since"]),
                  "last_told": int(before["day"]), "why": one["why"], "on": one["on"]}  # fmt: skip
        if one["why"] in ("dismissed", "snoozed"):
            values |= said.get(one["key"], {})
        made.append(Insight(Section.ALERTS, "alert_closed", values, (news.run.id,), subject=str(one["key"])))
    return made
