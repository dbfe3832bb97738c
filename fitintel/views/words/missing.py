"""What the brief does without, and what it left out. Said in words, never filled with a number."""

from __future__ import annotations

from collections.abc import Mapping

from fitintel.core.rules import RULES
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence


def _share(facts: Facts, what: str) -> Said:
    if facts["share"] == 0:
        return Said(f"{what}: in none of the last year's workouts.")
    share = numbers.percent(facts["share"])
    return Said(f"{what}: in {share if share != '0 %' else 'less than 1 %'} of the last year's workouts.")


def heart_rate(facts: Facts) -> Said:
    """Few workouts have a heart rate."""
    return _share(facts, "Heart rate")


def rpe(facts: Facts) -> Said:
    """Few workouts have a rating."""
    return _share(facts, "Effort rating (RPE)")


def start_times(facts: Facts) -> Said:
    """Only days are known."""
    return Said("Start times: only the day of each workout is known, so the time of day is not analysed.")


def recent(facts: Facts) -> Said:
    """Data may be late."""
    return Said(f"Workouts since {numbers.date(facts['last_day'])}: none for {numbers.count(facts['days'], 'day')}. "
                "If you trained, import the new data.")  # fmt: skip


def _reasons(rules: Mapping[str, int]) -> str:
    return "; ".join(f"{RULES[name].says if name in RULES else name} ({count:,})" for name, count in rules.items())


def excluded(facts: Facts) -> Said:
    """Flagged so badly that nothing of them is used."""
    n = facts["n"]
    return Said(f"{numbers.count(n, 'workout')} {'is' if n == 1 else 'are'} kept out of every figure: "
                f"{_reasons(facts['rules'])}.")  # fmt: skip


def flagged(facts: Facts) -> Said:
    """Flagged so that part of them is not used."""
    n = facts["n"]
    return Said(f"{numbers.count(n, 'flag')} {'keeps' if n == 1 else 'keep'} a workout out of some figures: "
                f"{_reasons(facts['rules'])}.")  # fmt: skip


def possible_duplicates(facts: Facts) -> Said:
    """Workouts that look alike are all counted until a person says which are one."""
    notes = ["See them, and what they have in common, with: fitintel duplicates."]
    for first, second in facts.values.get("pairs", ()):
        notes.append(f"Decide with: fitintel duplicates merge {first} {second}, or keep {first} {second}.")
    return Said(f"{numbers.count(facts['n'], 'workout')} may be the same as another. All are counted until you decide.",
                tuple(notes[:2]))  # fmt: skip


def merged(facts: Facts) -> Said:
    """Accounts of a workout that are one with another are not counted again."""
    accounts = numbers.count(facts["n"], "further account")
    return Said(f"{accounts} of workouts that are here already: each of these workouts is counted once.",
                ("See why, and undo it, with: fitintel duplicates.",))  # fmt: skip


def no_workouts(facts: Facts) -> Said:
    """Nothing is known."""
    return Said("There are no workouts up to this day. Import a file with: fitintel import FILE.")


SENTENCES: dict[str, Sentence] = {
    "missing_heart_rate": heart_rate, "missing_rpe": rpe, "missing_start_times": start_times,
    "missing_recent": recent, "missing_excluded": excluded, "missing_flagged": flagged,
    "missing_no_workouts": no_workouts, "missing_possible_duplicates": possible_duplicates,
    "missing_merged": merged,
}  # fmt: skip
