"""Which findings may be told as alerts: few, significant, lasting, and not those that a person has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fitintel.core.card import Validity
from fitintel.intelligence.budget import Budget
from fitintel.intelligence.registry import algorithm


@algorithm(
    id="alert_budget",
    version="1.0.0",
    inputs={"checks": "alert_checks", "answers": "answers of a person, oldest first"},
    output=("alerts that stand on the last day", "keys"),
    source="Benjamini & Hochberg 1995, J R Stat Soc B 57:289-300; weights: Genovese, Roeder & Wasserman 2006, "
    "Biometrika 93:509-524; hysteresis and cool-down are choices",
    validity=Validity.USEFUL,
    limits=(
        "the false discovery rate holds within a day; over days alerts are few because of hysteresis and cool-down: "
        "that is measured on shuffled histories, not proved",
        "an alert that needs two days is told a day late",
        "dismissals make a kind of alert stricter for this athlete, never the check of values that cannot be",
    ),
)
def alert_budget(
    checks: Mapping[str, Any], answers: Sequence[Mapping[str, Any]] = (), *, q: float = 0.1, most: int = 3,
    seen: int = 2, of: int = 3, cool_down: int = 7, told_days: int = 14, kept: float = 6.0, dismissed: float = 2.0,
) -> dict[str, Any]:  # fmt: skip
    """Alert budget.

    Each day the p-values are tested together by Benjamini-Hochberg at `q`. A finding becomes an alert when it was
    significant on `seen` of the last `of` days, and its kind raised none within `cool_down` days. It stands as long as
    it is significant on so many days, at most `told_days` (a gap in training: as long as it lasts). What cannot be is
    told at once. At most `most` stand, the gravest first: hard findings and gaps before the others, then by p. The
    state begins empty on the first day of `checks`, so that a day's alerts depend on data and answers only, not on
    which briefs were made.

    Answers count from their day on; the latest about a key holds. What is dismissed is not told again, what is snoozed
    not before its day, what is acknowledged stands quietly. Each kind's p-values are divided by its weight
    `min(1, (K + kept) / (K + D + kept + dismissed) * (kept + dismissed) / kept)` with K findings of the kind that were
    kept (acknowledged, helpful, done) and D that were dismissed or unhelpful: the share of kept ones, shrunk to 75 %.

    Parameters: `q` [1] false discovery rate; `most` [1]; `seen`, `of` [d]; `cool_down`, `told_days` [d]; `kept`,
    `dismissed` [1] answers that the prior counts for.
    Returns `told`: of each alert of the last day `key`, `p` (None: hard), `since` [day number]; `quiet`: acknowledged
    ones, the same; `held`: keys that are significant and not told, with the reason; `tested` and `rejected` numbers of
    the last day; `raised`: [day, key] of every alert on its first day.

    >>> checks = {"day": [1, 1, 2, 2], "check": ["gap", "load"] * 2, "key": ["alert_gap:0", ""] * 2,
    ...           "p": [0.01, 1.0, 0.01, 1.0], "hard": [False] * 4}
    >>> alert_budget(checks)["told"], alert_budget(checks)["raised"]
    ([{'key': 'alert_gap:0', 'p': 0.01, 'since': 2}], [[2, 'alert_gap:0']])
    """
    budget = Budget(
        answers, q=q, most=most, seen=seen, of=of, cool_down=cool_down, told_days=told_days, kept=kept,
        dismissed=dismissed,
    )  # fmt: skip
    return budget.over(checks)
