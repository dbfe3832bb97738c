"""The consistency score and its parts."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words.said import Facts, Figure, Said, Sentence

PARTS = {
    "F": "Training days against the goal",
    "R": "Same weekdays kept",
    "G": "No long gaps",
    "P": "Plan done",
}
"""Part of the score -> its name."""


def score(facts: Facts) -> Said:
    """The score with its interval, its goal and how fresh it is."""
    value = numbers.plain(facts["score"])
    notes = []
    spread = ""
    if facts.has("low", "high"):
        spread = f"{numbers.plain(facts['low'])}{numbers.TO}{numbers.plain(facts['high'])}"
        spread = f"{facts.interval('nominal')} {spread}"
    if facts.has("goal"):
        notes.append(f"Goal: {facts.show('goal', 'training days')} a week.")
    if facts.has("last_training_days"):
        n = facts["last_training_days"]
        notes.append("Last training day: today." if n == 0 else f"Last training day: {numbers.count(n, 'day')} ago.")
    if facts["early"]:
        notes.append("Early: few weeks of data, so the score can still move much.")
    over = numbers.count(facts["weeks"], "week")
    return Said(f"Consistency is {value} of 100 over {over}{', ' + spread if spread else ''}.", tuple(notes),
                (Figure(value, "/ 100", f"over {over}", spread),))  # fmt: skip


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    return Said("Too little data for a consistency score: "
                f"{facts['weeks']:,} of {numbers.count(facts['needed'], 'full week')}.", sign="○")  # fmt: skip


SENTENCES: dict[str, Sentence] = {"consistency_score": score, "consistency_insufficient": insufficient}
