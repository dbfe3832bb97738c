"""The forecast of the next week, and what its back-test says of it."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words.said import Facts, Figure, Said, Sentence, capital, interval, subject

MODELS = {
    "naive": marked("the last week again"), "seasonal naive": marked("the same week of last year"),
    "mean": marked("rolling mean"), "simple smoothing": marked("simple exponential smoothing"),
    "theta": marked("Theta"), "damped trend": marked("damped trend"), "local level": marked("local level"),
    "drift": marked("drift"),
}  # fmt: skip
"""model -> its name, where the name of the algorithm does not say it."""


def _backtest(facts: Facts) -> tuple[str, ...]:
    if not facts.has("achieved", "n_tests") or not facts["n_tests"]:
        return (_("The interval is not yet tested against past weeks."),)
    shares = {"level": numbers.percent(facts["nominal"]), "achieved": numbers.percent(facts["achieved"])}
    if not facts.has("achieved_low", "achieved_high"):
        return (counted("In {n} test on past weeks the {level} interval held the true value in {achieved}.",
                        "In {n} tests on past weeks the {level} interval held the true value in {achieved}.",
                        facts["n_tests"], **shares),)  # fmt: skip
    return (counted("In {n} test on past weeks the {level} interval held the true value in {achieved} ({range}, "
                    "allowing for chance).",
                    "In {n} tests on past weeks the {level} interval held the true value in {achieved} ({range}, "
                    "allowing for chance).", facts["n_tests"], **shares,
                    range=facts.between("achieved_low", "achieved_high", "share")),)  # fmt: skip


def _error(facts: Facts) -> str:
    model = _(MODELS[facts["model"]]) if facts["model"] in MODELS else facts["model"]
    if not facts.has("mase"):
        return _("Model: {model}.", model=model)
    error = numbers.plain(facts["mase"], 2)
    if not facts.has("mase_seasonal_naive"):
        return _("Model: {model}; its scaled error in the test is {error} (MASE, less is better).", model=model,
                 error=error)  # fmt: skip
    return _("Model: {model}; its scaled error in the test is {error}, that of repeating last year {other} (MASE, less "
             "is better).", model=model, error=error, other=numbers.plain(facts["mase_seasonal_naive"], 2))  # fmt: skip


def _spread(facts: Facts, kind: str) -> str:
    """`80 % interval 12.0 to 24.0 km`."""
    level = facts["nominal"] if facts.has("nominal") else None
    return f"{interval(level)} {facts.between('low', 'high', kind)}"


def _week(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    mean, week = facts.show("mean", what.kind), numbers.short_date(facts["week"])
    number, unit = mean.partition(" ")[::2]
    if not facts.has("low", "high"):
        return Said(_("Week of {week}: {mean} expected.", week=week, mean=mean),
                    (_("No interval yet."), *more, _error(facts)))  # fmt: skip
    spread = _spread(facts, what.kind)
    return Said(
        _("Week of {week}: {mean} expected, {interval}.", week=week, mean=mean, interval=spread),
        (*_backtest(facts), *more, _error(facts)),
        (Figure(number, unit, _("week of {week}", week=week), spread),),
    )  # fmt: skip


def week(facts: Facts) -> Said:
    """A model that beat the naive forecasts."""
    return _week(facts)


def week_naive(facts: Facts) -> Said:
    """No model beat the naive forecast."""
    return _week(facts, _(NO_BETTER))


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    needed = facts["needed"]
    return Said(chosen("Too little data for a forecast of {subject}: {n} of {needed} week.",
                       "Too little data for a forecast of {subject}: {n} of {needed} weeks.", needed,
                       subject=subject(facts["subject"]).name, n=numbers.plain(facts["weeks"]),
                       needed=numbers.plain(needed)), sign="○")  # fmt: skip


NO_BETTER = marked("No model did better than the naive forecast, so the naive forecast is shown.")


def _expected(facts: Facts, what: str, kind: str) -> str:
    """`Weekly load, week of 6 Oct 2025: 320 expected, 80 % interval 280 to 360.`"""
    mean = facts.show("mean", kind)
    if not facts.has("low", "high"):
        return _("{what}: {mean} expected.", what=what, mean=mean)
    return _("{what}: {mean} expected, {interval}.", what=what, mean=mean, interval=_spread(facts, kind))


def _level(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    name = capital(what.name)
    said = _("{subject}, end of {day}", subject=name, day=numbers.short_date(facts["week"] + 6))
    if facts["weeks_ahead"] == 1:
        said = _("{subject}, week of {week}", subject=name, week=numbers.short_date(facts["week"]))
    return Said(_expected(facts, said, what.kind), (*_backtest(facts), *more, _error(facts)))


def level(facts: Facts) -> Said:
    """A weekly total or a level at the end of a week, by a model that beat the naive forecasts."""
    return _level(facts)


def level_naive(facts: Facts) -> Said:
    """The same where no model beat the naive forecast."""
    return _level(facts, _(NO_BETTER))


def _capacity(facts: Facts, *more: str) -> Said:
    what = subject(facts["subject"])
    name, day = capital(what.name), numbers.short_date(facts["day"])
    said = _("{subject} on {day}", subject=name, day=day)
    if facts["subject"] == "race":
        said = _("{subject} over {distance} on {day}", subject=name, day=day,
                 distance=facts.show("distance", "distance"))  # fmt: skip
    return Said(_expected(facts, said, what.kind),
                (counted("From {n} dated value.", "From {n} dated values.", facts["n"]), *_backtest(facts), *more,
                 _error(facts)))  # fmt: skip


def capacity(facts: Facts) -> Said:
    """A threshold or a race, by a model that beat the naive forecasts."""
    return _capacity(facts)


def capacity_naive(facts: Facts) -> Said:
    """The same where no model beat the naive forecast."""
    return _capacity(facts, _(NO_BETTER))


def capacity_insufficient(facts: Facts) -> Said:
    """Too few dated values."""
    needed = facts["needed"]
    return Said(chosen("Too little data for a forecast of {subject}: {n} of {needed} dated value.",
                       "Too little data for a forecast of {subject}: {n} of {needed} dated values.", needed,
                       subject=subject(facts["subject"]).name, n=numbers.plain(facts["n"]),
                       needed=numbers.plain(needed)), sign="○")  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "forecast_level": level, "forecast_level_naive": level_naive, "forecast_capacity": capacity,
    "forecast_capacity_naive": capacity_naive, "forecast_capacity_insufficient": capacity_insufficient,
    "forecast_week": week, "forecast_week_naive": week_naive, "forecast_insufficient": insufficient,
}  # fmt: skip
