"""The forecast of the next week, and what its back-test says of it."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Figure, Said, Sentence, subject

MODELS = {
    "naive": "the last week again", "seasonal naive": "the same week of last year", "mean": "rolling mean",
    "simple smoothing": "simple exponential smoothing", "theta": "Theta",
}  # fmt: skip
"""model -> its name, where the name of the algorithm does not say it."""


def _backtest(facts: Facts) -> tuple[str, ...]:
    if not facts.has("achieved", "n_tests") or not facts["n_tests"]:
        return ("The interval is not yet tested against past weeks.",)
    said = (f"In {numbers.count(facts['n_tests'], 'test')} on past weeks the {numbers.percent(facts['nominal'])} "
            f"interval held the true value in {numbers.percent(facts['achieved'])}")  # fmt: skip
    if facts.has("achieved_low", "achieved_high"):
        said += f" ({facts.between('achieved_low', 'achieved_high', 'share')}, allowing for chance)"
    return (said + ".",)


def _error(facts: Facts) -> str:
    model = MODELS.get(facts["model"], facts["model"])
    if not facts.has("mase"):
        return f"Model: {model}."
    said = f"Model: {model}; its scaled error in the test is {numbers.plain(facts['mase'], 2)}"
    if facts.has("mase_seasonal_naive"):
        said += f", that of repeating last year {numbers.plain(facts['mase_seasonal_naive'], 2)}"
    return said + " (MASE, less is better)."


def _week(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    mean = facts.show("mean", what.kind)
    level = f"{numbers.percent(facts['nominal'])} interval" if facts.has("nominal") else "interval"
    number, _, unit = mean.partition(" ")
    if not facts.has("low", "high"):
        return Said(f"Week of {days.said(facts['week'])}: {mean} expected.", ("No interval yet.", *more, _error(facts)))
    spread = facts.between("low", "high", what.kind)
    return Said(
        f"Week of {days.said(facts['week'])}: {mean} expected, {level} {spread}.",
        (*_backtest(facts), *more, _error(facts)),
        (Figure(number, unit, f"week of {days.said(facts['week'])}", f"{level} {spread}"),),
    )


def week(facts: Facts) -> Said:
    """A model that beat the naive forecasts."""
    return _week(facts)


def week_naive(facts: Facts) -> Said:
    """No model beat the naive forecast."""
    return _week(facts, "No model did better than the naive forecast, so the naive forecast is shown.")


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    return Said(f"Too little data for a forecast of {subject(facts['subject']).name}: "
                f"{facts['weeks']:,} of {numbers.count(facts['needed'], 'week')}.", sign="○")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "forecast_week": week, "forecast_week_naive": week_naive, "forecast_insufficient": insufficient,
}  # fmt: skip
