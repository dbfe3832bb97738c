"""The forecast of the next week, and what its back-test says of it."""

from __future__ import annotations

from fitintel.core import days
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Figure, Said, Sentence, capital, subject

MODELS = {
    "naive": "the last week again", "seasonal naive": "the same week of last year", "mean": "rolling mean",
    "simple smoothing": "simple exponential smoothing", "theta": "Theta", "damped trend": "damped trend",
    "local level": "local level", "drift": "drift",
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
    return _week(facts, NO_BETTER)


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    return Said(f"Too little data for a forecast of {subject(facts['subject']).name}: "
                f"{facts['weeks']:,} of {numbers.count(facts['needed'], 'week')}.", sign="○")  # fmt: skip


NO_BETTER = "No model did better than the naive forecast, so the naive forecast is shown."


def _level(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    end = facts["week"] + 6
    when = f"week of {days.said(facts['week'])}" if facts["weeks_ahead"] == 1 else f"end of {days.said(end)}"
    said = f"{capital(what.name)}, {when}: {facts.show('mean', what.kind)} expected"
    if facts.has("low", "high"):
        said += f", {numbers.percent(facts['nominal'])} interval {facts.between('low', 'high', what.kind)}"
    return Said(f"{said}.", (*_backtest(facts), *more, _error(facts)))


def level(facts: Facts) -> Said:
    """A weekly total or a level at the end of a week, by a model that beat the naive forecasts."""
    return _level(facts)


def level_naive(facts: Facts) -> Said:
    """The same where no model beat the naive forecast."""
    return _level(facts, NO_BETTER)


def _capacity(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    over = f" over {facts.show('distance', 'distance')}" if facts["subject"] == "race" else ""
    said = f"{capital(what.name)}{over} on {days.said(facts['day'])}: {facts.show('mean', what.kind)} expected"
    if facts.has("low", "high"):
        said += f", {numbers.percent(facts['nominal'])} interval {facts.between('low', 'high', what.kind)}"
    return Said(f"{said}.", (f"From {numbers.count(facts['n'], 'dated value')}.", *_backtest(facts), *more,
                             _error(facts)))  # fmt: skip


def capacity(facts: Facts) -> Said:
    """A threshold or a race, by a model that beat the naive forecasts."""
    return _capacity(facts)


def capacity_naive(facts: Facts) -> Said:
    """The same where no model beat the naive forecast."""
    return _capacity(facts, NO_BETTER)


def capacity_insufficient(facts: Facts) -> Said:
    """Too few dated values."""
    return Said(f"Too little data for a forecast of {subject(facts['subject']).name}: "
                f"{facts['n']:,} of {numbers.count(facts['needed'], 'dated value')}.", sign="○")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "forecast_level": level, "forecast_level_naive": level_naive, "forecast_capacity": capacity,
    "forecast_capacity_naive": capacity_naive, "forecast_capacity_insufficient": capacity_insufficient,
    "forecast_week": week, "forecast_week_naive": week_naive, "forecast_insufficient": insufficient,
}  # fmt: skip
