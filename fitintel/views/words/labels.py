"""What a person's label has changed, and what is asked."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, counted, marked
from fitintel.views.words.said import Facts, Said, Sentence, Typed, amount
from fitintel.views.words.sports import sport

ACTIVITY = {
    "run": marked("a run"), "walk": marked("a walk"), "hike": marked("a hike"), "ride": marked("a ride"),
    "swim": marked("a swim"), "strength": marked("strength training"), "mixed": marked("a mix of running and walking"),
    "other": marked("something else"), "outlier": marked("no usable record"),
}  # fmt: skip
"""label -> words"""
SESSION = {
    "easy": marked("an easy session"), "long": marked("a long session"), "tempo": marked("a tempo session"),
    "interval": marked("an interval session"), "race": marked("a race"), "recovery": marked("a recovery session"),
}  # fmt: skip
WORDS = {**ACTIVITY, **SESSION}


def _said(facts: Facts) -> str:
    """`You said 3 workouts were each a run: 12 similar workouts are now read as a run.`"""
    n, alike, label = facts["n"], facts["alike"], _(WORDS[facts["value"]])
    if n == 1:
        said = _("You said the workout of {day} was {label}", day=numbers.date(facts["day"]), label=label)
    else:
        said = counted("You said {n} workout was {label}", "You said {n} workouts were each {label}", n, label=label)
    if not alike:
        return _("{said}.", said=said)
    return counted("{said}: {n} similar workout is now read as {label}.",
                   "{said}: {n} similar workouts are now read as {label}.", alike, said=said, label=label)  # fmt: skip


def effect(facts: Facts) -> Said:
    """What labels of one value have changed."""
    n, alike, others = facts["n"], facts["alike"], facts["others"]
    notes = []
    if facts["corrected"] == 0:
        notes.append(_("It was read so before.") if n == 1 else _("They were read so before."))
    elif n > 1:
        notes.append(_("{n} of them would be read otherwise without your word.", n=numbers.plain(facts["corrected"])))
    elif facts["was"] in WORDS:
        notes.append(_("Without your word it would be read as {label}.", label=_(WORDS[facts["was"]])))
    if others:
        notes.append(counted("{n} other workout is read otherwise than before, or no longer surely.",
                             "{n} other workouts are read otherwise than before, or no longer surely.",
                             others))  # fmt: skip
    if not alike and not others:
        notes.append(_("No other workout is read otherwise."))
    return Said(_said(facts), tuple(notes), sign="✎")


def question(facts: Facts) -> Said:
    """What a workout was, where it is not sure."""
    first, second = facts["likely"]
    size, shares = amount(facts), [numbers.percent(share) for share in facts["probability"]]
    row = f"{sport(facts['sport'])}, {size}" if size else sport(facts["sport"])
    told = {"first": _(WORDS[first]), "second": _(WORDS[second])}
    return Said(
        _("Was the workout of {day} ({row}) {first} or {second}?", day=numbers.date(facts["day"]), row=row, **told),
        (_("By its figures {first} with {share}, {second} with {other}.", **told, share=shares[0], other=shares[1]),
         Typed(_("Answer with: {command}", command=f"fitintel label {facts['id']} {facts['level']}={first}"),
               _("Open it in the list of workouts; what it was is said there."))),
        sign="?",
    )  # fmt: skip


SENTENCES: dict[str, Sentence] = {"label_effect": effect, "label_question": question}
