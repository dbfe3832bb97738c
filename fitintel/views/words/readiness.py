"""Readiness: what sort of day it may be, from which signs, and where these disagree. Never a diagnosis."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence, capital

NAMES = {"hrv": "heart rate variability", "resting_hr": "resting heart rate", "sleep": "sleep",
         "feeling": "how you feel", "load": "the load of the last week"}  # fmt: skip
UNITS = {"feeling": "days", "resting_hr": "mornings"}
"""what a sign is counted in, where not in nights"""
VERDICTS = {
    "go": ("Go: train as planned.", "✓"), "go easy": ("Go easy: keep it short or light today.", "→"),
    "recover": ("Recover: something light at most today.", "↘"), "rest": ("Rest today.", "↘"),
}  # fmt: skip
DOWN = {"hrv": "is below its usual band", "resting_hr": "is higher than usual", "sleep": "is shorter than usual",
        "feeling": "is worse than usual", "load": "is higher than usual"}  # fmt: skip
UP = {"hrv": "is above its usual band", "resting_hr": "is lower than usual", "sleep": "is longer than usual",
      "feeling": "is better than usual", "load": "is lower than usual"}  # fmt: skip


def _clauses(names: list[str], said: dict[str, str]) -> str:
    return numbers.listed([f"{NAMES[name]} {said[name]}" for name in names])


def verdict(facts: Facts) -> Said:
    """What sort of day, how sure, and the one reason."""
    text, sign = VERDICTS[facts["verdict"]]
    down, up = list(facts["down"]), list(facts["up"])
    reason = "no sign is on the worse side of its usual range"
    if down or up:
        reason = _clauses(down[:2], DOWN) if down else _clauses(up[:2], UP)
    if down and facts["verdict"] == "go":
        reason = f"taken together the signs are as usual, though {reason}"
    return Said(text, (f"Confidence {facts['confidence']}: {numbers.count(facts['known'], 'sign')} of 4 known.",),
                sign=sign, reason=f"{capital(reason)}.")  # fmt: skip


def conflict(facts: Facts) -> Said:
    """Signs that say different things."""
    return Said(f"The signs disagree: {_clauses(list(facts['down']), DOWN)}, while "
                f"{_clauses(list(facts['up']), UP)}.",
                ("How you feel decides; the measured signs say only that something differs.",), sign="?")  # fmt: skip


def insufficient(facts: Facts) -> Said:
    """Too little to say anything."""
    return Said(f"Not enough data to say how ready you are: {facts['n']} of {facts['nights']} nights "
                "are measured.",
                (f"{numbers.count(facts['needed'], 'sign')} with enough nights are needed, "
                 f"{facts['known']} {'is' if facts['known'] == 1 else 'are'} known.",))  # fmt: skip


def none(facts: Facts) -> Said:
    """Nothing was recorded."""
    return Said("No sleep, resting heart rate, HRV or rating of the last weeks is recorded, so nothing is said of it.")


def few(facts: Facts) -> Said:
    """One sign with too few nights."""
    name, unit = capital(NAMES[facts["sign"]]), UNITS.get(facts["sign"], "nights")
    if facts["n"] < facts["needed"]:
        return Said(
            f"{name}: not enough data, {facts['n']} of {facts['nights']} {unit}; {facts['needed']} "
            f"{'is' if facts['needed'] == 1 else 'are'} needed."
        )
    return Said(f"{name}: no usual range yet, {facts['base']} of {facts['base_needed']} earlier {unit}.")


def _nights(facts: Facts) -> str:
    unit = UNITS.get(facts["sign"], "nights")
    return f"{facts['n']} of {facts['nights']} {unit}, {facts['base']} before them."


def hrv(facts: Facts) -> Said:
    """Heart rate variability against its band."""
    place = {"below": "below", "within": "within", "above": "above"}[facts["state"]]
    notes = [f"{numbers.plain(facts['value'], 2)} ln ms where {numbers.plain(facts['low'], 2)} to "
             f"{numbers.plain(facts['high'], 2)} is usual; {_nights(facts)}"]  # fmt: skip
    if facts["state"] == "above":
        notes.append("Above the band is not better: it counts neither way.")
    return Said(f"Heart rate variability of the week is {place} its usual band.", tuple(notes))


def resting_hr(facts: Facts) -> Said:
    """Resting heart rate of the last two mornings."""
    return Said(f"Resting heart rate is {_away(facts)}.",
                (f"{numbers.plain(facts['value'])} bpm where {numbers.plain(facts['low'])} to "
                 f"{numbers.plain(facts['high'])} bpm is usual; {_nights(facts)}",
                 *(("Two mornings in a row far above the usual.",) if facts["twice"] else ())))  # fmt: skip


def sleep(facts: Facts) -> Said:
    """Sleep of the week and what is missing of the usual."""
    notes = [f"{numbers.clock(facts['value'])} a night where {numbers.clock(facts['low'])} to "
             f"{numbers.clock(facts['high'])} is usual; {_nights(facts)}"]  # fmt: skip
    if facts.has("debt"):
        notes.append(f"Missing over the week: {numbers.clock(facts['debt'])}.")
    away = {"below": "shorter than usual", "within": "as usual", "above": "longer than usual"}[facts["state"]]
    return Said(f"Sleep of the week is {away}.", tuple(notes))


def feeling(facts: Facts) -> Said:
    """Own ratings, summed; 4 is best."""
    away = {"below": "better than usual", "within": "as usual", "above": "worse than usual"}[facts["state"]]
    return Said(f"You feel {away}, by your own ratings.",
                (f"Hooper index {numbers.plain(facts['value'])} where {numbers.plain(facts['low'])} to "
                 f"{numbers.plain(facts['high'])} is usual (4 is best); {_nights(facts)}",))  # fmt: skip


def load(facts: Facts) -> Said:
    """Load of the last seven days."""
    return Said(f"The load of the last seven days is {_away(facts)}.",
                (f"Compared with {facts['base']} weeks of your own.",))  # fmt: skip


def _away(facts: Facts) -> str:
    return {"below": "lower than usual", "within": "as usual", "above": "higher than usual"}[facts["state"]]


SENTENCES: dict[str, Sentence] = {
    "readiness_verdict": verdict, "readiness_conflict": conflict, "readiness_insufficient": insufficient,
    "readiness_few_nights": few, "readiness_none": none, "readiness_hrv": hrv, "readiness_resting_hr": resting_hr,
    "readiness_sleep": sleep, "readiness_feeling": feeling, "readiness_load": load,
}  # fmt: skip
