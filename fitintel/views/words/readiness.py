"""Readiness: what sort of day it may be, from which signs, and where these disagree. Never a diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words.said import Facts, Said, Sentence, capital

NAMES = {
    "hrv": marked("heart rate variability"), "resting_hr": marked("resting heart rate"), "sleep": marked("sleep"),
    "feeling": marked("how you feel"), "load": marked("the load of the last week"),
}  # fmt: skip
VERDICTS = {
    "go": (marked("Go: train as planned."), "✓"),
    "go easy": (marked("Go easy: keep it short or light today."), "→"),
    "recover": (marked("Recover: something light at most today."), "↘"), "rest": (marked("Rest today."), "↘"),
}  # fmt: skip
GO_AFTER_GAP = marked("Go: nothing in the body speaks against one easy session first.")
"""a go after a long gap in training, of which the signs know nothing"""
NAMED = {"go": marked("Go"), "go easy": marked("Go easy"), "recover": marked("Recover"), "rest": marked("Rest today")}
"""verdict -> its name alone"""
DOWN = {
    "hrv": marked("heart rate variability is below its usual band"),
    "resting_hr": marked("resting heart rate is higher than usual"), "sleep": marked("sleep is shorter than usual"),
    "feeling": marked("how you feel is worse than usual"),
    "load": marked("the load of the last week is higher than usual"),
}  # fmt: skip
UP = {
    "hrv": marked("heart rate variability is above its usual band"),
    "resting_hr": marked("resting heart rate is lower than usual"), "sleep": marked("sleep is longer than usual"),
    "feeling": marked("how you feel is better than usual"),
    "load": marked("the load of the last week is lower than usual"),
}  # fmt: skip
CONFIDENCE = {"high": marked("high"), "medium": marked("medium"), "low": marked("low")}
BANDS = {
    "below": marked("Heart rate variability of the week is below its usual band."),
    "within": marked("Heart rate variability of the week is within its usual band."),
    "above": marked("Heart rate variability of the week is above its usual band."),
}
RESTING = {
    "below": marked("Resting heart rate is lower than usual."), "within": marked("Resting heart rate is as usual."),
    "above": marked("Resting heart rate is higher than usual."),
}  # fmt: skip
SLEPT = {
    "below": marked("Sleep of the week is shorter than usual."), "within": marked("Sleep of the week is as usual."),
    "above": marked("Sleep of the week is longer than usual."),
}  # fmt: skip
FELT = {
    "below": marked("You feel better than usual, by your own ratings."),
    "within": marked("You feel as usual, by your own ratings."),
    "above": marked("You feel worse than usual, by your own ratings."),
}
LOADED = {
    "below": marked("The load of the last seven days is lower than usual."),
    "within": marked("The load of the last seven days is as usual."),
    "above": marked("The load of the last seven days is higher than usual."),
}


def _clauses(names: list[str], said: dict[str, str]) -> str:
    return numbers.listed([_(said[name]) for name in names])


def named(values: Mapping[str, Any]) -> str:
    """The verdict's name, with the gap in training that it knows nothing of."""
    return _("Go, after a gap") if numbers.known(values.get("gap_days")) else _(NAMED[values["verdict"]])


def verdict(facts: Facts) -> Said:
    """What sort of day, how sure, and the one reason."""
    text, sign = VERDICTS[facts["verdict"]]
    down, up = list(facts["down"]), list(facts["up"])
    reason = _("no sign is on the worse side of its usual range")
    if down or up:
        reason = _clauses(down[:2], DOWN) if down else _clauses(up[:2], UP)
    if down and facts["verdict"] == "go":
        reason = _("taken together the signs are as usual, though {reason}", reason=reason)
    sure, said = facts["confidence"], f"{capital(reason)}."
    notes = [counted("Confidence {confidence}: {n} sign of 4 known.", "Confidence {confidence}: {n} signs of 4 known.",
                     facts["known"], confidence=_(CONFIDENCE[sure]) if sure in CONFIDENCE else sure)]  # fmt: skip
    if facts.has("gap_days"):
        text = GO_AFTER_GAP
        days = counted("The last training day was {n} day ago.", "The last training day was {n} days ago.",
                       facts["gap_days"])  # fmt: skip
        said = _("{body} {training}", body=said, training=days)
        notes.append(_("Readiness is of the body: sleep, heart, ratings. The focus is of the training."))
    return Said(_(text), tuple(notes), sign=sign, reason=said)


def conflict(facts: Facts) -> Said:
    """Signs that say different things."""
    return Said(_("The signs disagree: {worse}, while {better}.", worse=_clauses(list(facts["down"]), DOWN),
                  better=_clauses(list(facts["up"]), UP)),
                (_("How you feel decides; the measured signs say only that something differs."),),
                sign="?")  # fmt: skip


def insufficient(facts: Facts) -> Said:
    """Too little to say anything."""
    known = chosen("{n} is known", "{n} are known", facts["known"], n=facts["known"])
    return Said(_("Not enough data to say how ready you are: {n} of {nights} nights are measured.", n=facts["n"],
                  nights=facts["nights"]),
                (counted("{n} sign with enough nights are needed, {known}.",
                         "{n} signs with enough nights are needed, {known}.", facts["needed"],
                         known=known),))  # fmt: skip


def none(facts: Facts) -> Said:
    """Nothing was recorded."""
    return Said(
        _("No sleep, resting heart rate, HRV or rating of the last weeks is recorded, so nothing is said of it.")
    )


def _of(facts: Facts, n: int, of: int) -> str:
    """`3 of 7 nights`, in what a sign is counted in."""
    if facts["sign"] == "feeling":
        return chosen("{n} of {of} days", "{n} of {of} days", n, n=n, of=of)
    if facts["sign"] == "resting_hr":
        return chosen("{n} of {of} mornings", "{n} of {of} mornings", n, n=n, of=of)
    return chosen("{n} of {of} nights", "{n} of {of} nights", n, n=n, of=of)


def few(facts: Facts) -> Said:
    """One sign with too few nights."""
    name = capital(_(NAMES[facts["sign"]]))
    if facts["n"] < facts["needed"]:
        return Said(chosen("{sign}: not enough data, {known}; {n} is needed.",
                           "{sign}: not enough data, {known}; {n} are needed.", facts["needed"], sign=name,
                           n=facts["needed"], known=_of(facts, facts["n"], facts["nights"])))  # fmt: skip
    base, of = facts["base"], facts["base_needed"]
    if facts["sign"] == "feeling":
        return Said(_("{sign}: no usual range yet, {n} of {of} earlier days.", sign=name, n=base, of=of))
    if facts["sign"] == "resting_hr":
        return Said(_("{sign}: no usual range yet, {n} of {of} earlier mornings.", sign=name, n=base, of=of))
    return Said(_("{sign}: no usual range yet, {n} of {of} earlier nights.", sign=name, n=base, of=of))


def _nights(facts: Facts) -> str:
    return _("{known}, {base} before them.", known=_of(facts, facts["n"], facts["nights"]), base=facts["base"])


def hrv(facts: Facts) -> Said:
    """Heart rate variability against its band."""
    value, low, high = (numbers.plain(facts[name], 2) for name in ("value", "low", "high"))
    notes = [_("{value} ln ms where {range} is usual; {nights}", value=value, range=numbers.span(low, high),
               nights=_nights(facts))]  # fmt: skip
    if facts["state"] == "above":
        notes.append(_("Above the band is not better: it counts neither way."))
    return Said(_(BANDS[facts["state"]]), tuple(notes))


def resting_hr(facts: Facts) -> Said:
    """Resting heart rate of the last two mornings."""
    value, low, high = (_("{n} bpm", n=numbers.plain(facts[name])) for name in ("value", "low", "high"))
    twice = (_("Two mornings in a row far above the usual."),) if facts["twice"] else ()
    return Said(_(RESTING[facts["state"]]),
                (_("{value} where {range} is usual; {nights}", value=value, range=numbers.ends(low, high),
                   nights=_nights(facts)), *twice))  # fmt: skip


def sleep(facts: Facts) -> Said:
    """Sleep of the week and what is missing of the usual."""
    value, low, high = (numbers.clock(facts[name]) for name in ("value", "low", "high"))
    notes = [_("{value} a night where {range} is usual; {nights}", value=value, range=numbers.span(low, high),
               nights=_nights(facts))]  # fmt: skip
    if facts.has("debt"):
        notes.append(_("Missing over the week: {time}.", time=numbers.clock(facts["debt"])))
    return Said(_(SLEPT[facts["state"]]), tuple(notes))


def feeling(facts: Facts) -> Said:
    """Own ratings, summed; 4 is best."""
    value, low, high = (numbers.plain(facts[name]) for name in ("value", "low", "high"))
    return Said(_(FELT[facts["state"]]),
                (_("Hooper index {value} where {range} is usual (4 is best); {nights}", value=value,
                   range=numbers.span(low, high), nights=_nights(facts)),))  # fmt: skip


def load(facts: Facts) -> Said:
    """Load of the last seven days."""
    return Said(_(LOADED[facts["state"]]), (_("Compared with {n} weeks of your own.", n=facts["base"]),))


SENTENCES: dict[str, Sentence] = {
    "readiness_verdict": verdict, "readiness_conflict": conflict, "readiness_insufficient": insufficient,
    "readiness_few_nights": few, "readiness_none": none, "readiness_hrv": hrv, "readiness_resting_hr": resting_hr,
    "readiness_sleep": sleep, "readiness_feeling": feeling, "readiness_load": load,
}  # fmt: skip
