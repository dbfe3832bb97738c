"""What a person's label has changed, and what is asked."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence

ACTIVITY = {
    "run": "a run", "walk": "a walk", "hike": "a hike", "ride": "a ride", "swim": "a swim",
    "strength": "strength training", "mixed": "a mix of running and walking", "other": "something else",
    "outlier": "no usable record",
}  # fmt: skip
"""label -> words"""
SESSION = {
    "easy": "an easy session", "long": "a long session", "tempo": "a tempo session", "interval": "an interval session",
    "race": "a race", "recovery": "a recovery session",
}  # fmt: skip
WORDS = {**ACTIVITY, **SESSION}


def effect(facts: Facts) -> Said:
    """What labels of one value have changed."""
    n, value, alike, others = facts["n"], facts["value"], facts["alike"], facts["others"]
    which = f"the workout of {numbers.date(facts['day'])} was" if n == 1 else f"{numbers.count(n, 'workout')} were each"
    said = f"You said {which} {WORDS[value]}"
    if alike:
        said += (
            f": {numbers.count(alike, 'similar workout')} {'is' if alike == 1 else 'are'} now read as {WORDS[value]}"
        )
    notes = []
    if facts["corrected"] == 0:
        notes.append("It was read so before." if n == 1 else "They were read so before.")
    elif n > 1:
        notes.append(f"{facts['corrected']:,} of them would be read otherwise without your word.")
    elif facts["was"] in WORDS:
        notes.append(f"Without your word it would be read as {WORDS[facts['was']]}.")
    if others:
        notes.append(f"{numbers.count(others, 'other workout')} {'is' if others == 1 else 'are'} "
                     "read otherwise than before, or no longer surely.")  # fmt: skip
    if not alike and not others:
        notes.append("No other workout is read otherwise.")
    return Said(said + ".", tuple(notes), sign="✎")


def question(facts: Facts) -> Said:
    """What a workout was, where it is not sure."""
    first, second = facts["likely"]
    parts = [facts.show(name, name) for name in ("distance", "duration") if facts.has(name)]
    row = f"{facts['sport']}, {' in '.join(parts)}" if parts else str(facts["sport"])
    shares = [numbers.percent(share) for share in facts["probability"]]
    return Said(
        f"Was the workout of {numbers.date(facts['day'])} ({row}) {WORDS[first]} or {WORDS[second]}?",
        (f"By its figures {WORDS[first]} with {shares[0]}, {WORDS[second]} with {shares[1]}.",
         f"Answer with: fitintel label {facts['id']} {facts['level']}={first}"),
        sign="?",
    )  # fmt: skip


SENTENCES: dict[str, Sentence] = {"label_effect": effect, "label_question": question}
