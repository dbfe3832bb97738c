"""The consistency score and its parts."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words.said import Facts, Figure, Said, Sentence

PARTS = {
    "F": marked("Training days against the goal"), "R": marked("Same weekdays kept"), "G": marked("No long gaps"),
    "P": marked("Plan done"),
}  # fmt: skip
"""Part of the score -> its name."""


def score(facts: Facts) -> Said:
    """The score with its interval, its goal and how fresh it is."""
    value = numbers.plain(facts["score"])
    notes = []
    spread = ""
    if facts.has("low", "high"):
        spread = numbers.ends(numbers.plain(facts["low"]), numbers.plain(facts["high"]))
        spread = f"{facts.interval('nominal')} {spread}"
    if facts.has("goal"):
        notes.append(_("Goal: {goal} a week.", goal=facts.show("goal", "training days")))
    if facts.has("last_training_days"):
        n = facts["last_training_days"]
        ago = counted("Last training day: {n} day ago.", "Last training day: {n} days ago.", n)
        notes.append(_("Last training day: today.") if n == 0 else ago)
    if facts["early"]:
        notes.append(_("Early: few weeks of data, so the score can still move much."))
    over = counted("over {n} week", "over {n} weeks", facts["weeks"])
    said = _("Consistency is {value} of 100 {over}.", value=value, over=over)
    if spread:
        said = _("Consistency is {value} of 100 {over}, {interval}.", value=value, over=over, interval=spread)
    return Said(said, tuple(notes), (Figure(value, "/ 100", over, spread),))


def insufficient(facts: Facts) -> Said:
    """Too few weeks."""
    needed = facts["needed"]
    return Said(chosen("Too little data for a consistency score: {n} of {needed} full week.",
                       "Too little data for a consistency score: {n} of {needed} full weeks.", needed,
                       n=numbers.plain(facts["weeks"]), needed=numbers.plain(needed)), sign="○")  # fmt: skip


SENTENCES: dict[str, Sentence] = {"consistency_score": score, "consistency_insufficient": insufficient}
