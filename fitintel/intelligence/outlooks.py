"""Trend and forecasts of load and CTL, beside those of the main quantity."""

from __future__ import annotations

from typing import Any

from fitintel.core.records import Insight, Level, Section
from fitintel.intelligence.findings import pick, plain
from fitintel.intelligence.registry import Journal, Result

BAND = {"pace": 0.01}
"""Change per 4 weeks, as a share, below which a subject counts as steady, where it is not the algorithm's own. Half of
the typical error of a test of endurance, about 2 % (Hopkins, Schabort & Hawley 2001, Sports Med 31:211); totals of
training are steered and not measured, so for them more is steady."""
AHEAD = {"load": 1, "ctl": 4}
"""Weeks ahead of which a brief speaks."""


def band(subject: str) -> dict[str, Any]:
    """The parameters of `theil_sen_trend` for a subject, where they are not the algorithm's own."""
    return {"band": BAND[subject]} if subject in BAND else {}


def weekly_load(journal: Journal, daily_load: Result, pmc: Result, weekly: Result) -> Result:
    """The run of `weekly_load`."""
    return journal.run("weekly_load", daily_load, pmc, weekly)


def insights(journal: Journal, load: Result) -> list[Insight]:
    """What is expected of load and of CTL; nothing where a back-test needs more weeks."""
    series = {"load": ("week", "load"), "ctl": ("warm_week", "ctl")}
    said = []
    for subject, (time, values) in series.items():
        found = journal.run("weekly_forecast", load.part(time), load.part(values))
        if found["verdict"] != "insufficient":
            said.append(_insight(subject, found))
    return said


def _insight(subject: str, found: Result) -> Insight:
    at = AHEAD[subject] - 1
    values = {
        "subject": subject, "weeks_ahead": AHEAD[subject],
        **{key: plain(found[key][at]) for key in ("week", "mean", "low", "high")},
        **pick(found.value, "nominal", "achieved", "achieved_low", "achieved_high", "n_tests", "model", "mase",
               "mase_naive", "mase_seasonal_naive"),
    }  # fmt: skip
    code = "forecast_level" if found["verdict"] == "model" else "forecast_level_naive"
    return Insight(section=Section.FORECAST, code=code, values=values, run_ids=(found.run.id,), subject=subject,
                   level=Level.INFO)  # fmt: skip
