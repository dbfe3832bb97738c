"""Alerts from brief to brief: since when each stands, who has answered, what closed it; and those of wellness."""

from __future__ import annotations

from dataclasses import replace

from fitintel.core.errors import UnknownName
from fitintel.views import numbers
from fitintel.views.language import _, marked
from fitintel.views.words import alerts
from fitintel.views.words.readiness import NAMES
from fitintel.views.words.said import Facts, Said, Sentence, capital

WORSE = {
    "resting_hr": marked("Resting heart rate is unusually high since {day}: {value} bpm where {low} to {high} bpm is "
                         "usual."),
    "hrv": marked("Heart rate variability is unusually low since {day}: {value} ln ms where {low} to {high} is usual."),
    "sleep": marked("Sleep is unusually short since {day}: {value} a night where {low} to {high} is usual."),
}  # fmt: skip
ANSWERS = {
    "acknowledge": marked("Acknowledged by {who} on {day}."), "dismiss": marked("Dismissed by {who} on {day}."),
    "unhelpful": marked("Dismissed by {who} on {day}."), "snooze": marked("Snoozed by {who} on {day}."),
}  # fmt: skip
"""answer -> its words; the others say that it was read"""
CLOSED = {
    "trained": marked("You trained on {on}."),
    "week over": marked("A later week is complete."),
    "past": marked("The workout is no longer among those of the last days."),
    "corrected": marked("Nothing is found in that workout any more: it was corrected, labelled or removed."),
    "not measured": marked("Too few nights are known since to say whether it is still so."),
    "usual": marked("It is no longer unusual."),
    "told for long enough": marked("It was told for long enough; it may still be so."),
    "budget": marked("Graver alerts have taken its place."),
}
"""what closed an alert -> its words; answers have their own"""


def wellness(facts: Facts) -> Said:
    """A sign of the body far on the worse side of its own range."""
    sign = facts["sign"]
    if sign not in WORSE:
        raise UnknownName("sign of wellness", sign, WORSE)
    value, low, high = (_sign(facts, name) for name in ("value", "low", "high"))
    nights = _("Mean of {n} of the last {nights} nights, {base} before them.", n=facts["n"], nights=facts["nights"],
               base=facts["base"])  # fmt: skip
    return Said(_(WORSE[sign], day=numbers.date(facts["start"]), value=value, low=low, high=high),
                (nights, _("That it differs is all this says: heat, alcohol, travel, stress or the device may be "
                           "behind it.")))  # fmt: skip


def _sign(facts: Facts, name: str) -> str:
    if facts["sign"] == "sleep":
        return numbers.clock(facts[name])
    return numbers.plain(facts[name], 2 if facts["sign"] == "hrv" else 0)


def few_nights(facts: Facts) -> Said:
    """Wellness is measured, and not yet for long enough to be checked."""
    signs = numbers.listed([_(NAMES[name]) for name in facts["signs"]])
    if facts["n"] < facts["needed"]:
        return Said(_("{signs}: not checked for alerts, insufficient data ({n} of the last {nights} nights, {needed} "
                      "needed).", signs=capital(signs), n=facts["n"], nights=facts["nights"],
                      needed=facts["needed"]))  # fmt: skip
    return Said(_("{signs}: not checked for alerts, insufficient data ({base} of {needed} earlier nights).",
                  signs=capital(signs), base=facts["base"], needed=facts["base_needed"]))  # fmt: skip


def closed(facts: Facts) -> Said:
    """An alert of the last brief that no longer stands."""
    code = facts["code"]
    if code not in TOLD:
        raise UnknownName("alert", code, TOLD)
    said = TOLD[code](replace(facts, values=facts["told"]))
    since = _("First told {day}.", day=numbers.date(facts["opened"]))
    return Said(_("Closed: {alert}", alert=said.text), (since, _why(facts)), sign="✓")


def _why(facts: Facts) -> str:
    if facts["why"] in CLOSED:
        on = numbers.date(facts["on"]) if facts.has("on") else ""
        return _(CLOSED[facts["why"]], on=on)
    return _answer(facts) or _("It was answered.")


def _answer(facts: Facts) -> str:
    if not facts.has("by", "answer", "answered"):
        return ""
    message = ANSWERS.get(facts["answer"], marked("Answered by {who} on {day}."))
    return _(message, who=facts["by"], day=numbers.date(facts["answered"]))


def _standing(sentence: Sentence) -> Sentence:
    def said(facts: Facts) -> Said:
        """The alert, since when it stands, and who has answered it."""
        one = sentence(facts)
        notes = []
        if facts.has("since"):
            when = numbers.date(facts["since"])
            notes.append(_("New since the last brief: first told {day}.", day=when) if facts.values.get("new")
                         else _("First told {day}.", day=when))  # fmt: skip
        if facts.values.get("acknowledged"):
            notes.append(_answer(facts) or _("Acknowledged."))
        return replace(one, notes=(*one.notes, *notes))

    return said


TOLD: dict[str, Sentence] = {
    **{code: sentence for code, sentence in alerts.SENTENCES.items() if code.startswith("alert_")},
    "alert_wellness": wellness,
}
"""code of an alert -> what was found"""
SENTENCES: dict[str, Sentence] = {
    **alerts.SENTENCES,
    **{code: _standing(sentence) for code, sentence in TOLD.items()},
    "alert_closed": closed,
    "alerts_few_nights": few_nights,
}
