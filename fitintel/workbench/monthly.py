"""The monthly fairness report: every algorithm in use that outcomes can judge, by group; written as JSON and text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.access.actor import Action, Kind
from fitintel.core.settings import Settings
from fitintel.intelligence import registry
from fitintel.workbench import cases as cases_
from fitintel.workbench import outcomes
from fitintel.workbench import policy as policy_
from fitintel.workbench.fairness import Fairness, report, text
from fitintel.workbench.promotion import in_use

if TYPE_CHECKING:
    from fitintel.workbench.door import AthleteDoor, Progress


def judged() -> list[str]:
    """Algorithms whose answers outcomes can judge, by the policy."""
    policy = policy_.read()
    return [name for name in registry.ids() if policy.contest(registry.get(name).card).outcome != "none"
            and _leads(name)]  # fmt: skip


def _leads(name: str) -> bool:
    """Of the classification, the two algorithms whose answers are shown; the others only prepare them."""
    return registry.get(name).card.family != "classify" or name in ("activity_type", "session_kind")


def fairness(
    bench: AthleteDoor, *, algorithms: Sequence[str] = (), squad: bool = False, groups: cases_.Table | None = None,
    size: int | None = None, month: str | None = None, progress: Progress | None = None,
) -> list[Fairness]:  # fmt: skip
    """Reports on the versions in use, on what is stored here or on a simulated squad.

    Written to `fairness/<month>.json` and `.txt` in the workspace, which the next tracking sends to MLflow; `month` is
    YYYY-MM, by default this one.
    """
    bench.may(Action.EXECUTE, kind=Kind.EXPERIMENT)
    policy = policy_.read()
    found = cases_.chosen(bench, policy, squad=squad, groups=groups, size=size, progress=progress)
    of = "a simulated squad" if squad else "stored histories"
    made = []
    for name in algorithms or judged():
        version = in_use(bench, name)
        contest = policy.contest(registry.get(name, version).card)
        pairs = [outcomes.judge(case, name, (version, version), contest) for case in found]
        made.append(report(name, version, [(one.athlete_id, one.groups, one.champion) for one in pairs if one], policy,
                           of=of))  # fmt: skip
    keep(bench.settings, month or datetime.now(UTC).strftime("%Y-%m"), made, policy.digest)
    return made


def folder(settings: Settings) -> Path:
    """Where the reports lie until and after they are told to MLflow."""
    return settings.home / "fairness"


def keep(settings: Settings, month: str, reports: Sequence[Fairness], policy: str) -> Path:
    """Write the month's report; one of the same month takes the place of the one before."""
    place = folder(settings)
    place.mkdir(parents=True, exist_ok=True)
    document: dict[str, Any] = {
        "month": month, "policy": policy, "alerts": [gap.text for one in reports for gap in one.alarms],
        "reports": [one.as_dict() for one in reports],
    }  # fmt: skip
    (place / f"{month}.txt").write_text("\n\n".join(text(one) for one in reports) + "\n", encoding="utf-8")
    # the JSON last: it is what the tracking looks for
    path = place / f"{month}.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False), encoding="utf-8")
    return path
