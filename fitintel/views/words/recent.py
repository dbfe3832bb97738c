"""The latest workouts, and what each is taken for."""

from __future__ import annotations

from fitintel.core.rules import RULES, Spoils, spoiled
from fitintel.core.sports import ON_FOOT
from fitintel.views import numbers
from fitintel.views.language import _, marked
from fitintel.views.words.labels import ACTIVITY, SESSION
from fitintel.views.words.quality import quality_reasons
from fitintel.views.words.said import Facts, Said, Sentence, amount, aside, capital
from fitintel.views.words.sports import sport

LABELS = ("run", "walk", "hike", "mixed")
"""Labels of the classification that have words."""
SPORT = {"run": "running", "walk": "walking", "hike": "hiking"}
"""Label -> the sport it agrees with."""
UNNAMED = {
    "outlier": marked("Unlike any known type of workout."),
    "unsure": marked("By its figures neither clearly a run nor a walk."),
}
SPOILED = {
    Spoils.EVERYTHING: marked("every figure"), Spoils.DURATION: marked("training time"),
    Spoils.DISTANCE: marked("distance"), Spoils.PACE: marked("pace"),
}  # fmt: skip


def flag_words(flags: str) -> list[str]:
    """What is wrong with a flagged workout, and which figures it is kept out of.

    >>> flag_words("watch_left_running")
    ['The mean speed is below a stroll over hours: a watch left running. Kept out of training time and pace.']
    """
    said = []
    for name in flags.split():
        if name not in RULES:
            continue
        says, out = capital(_(RULES[name].says)), numbers.listed([_(SPOILED[what]) for what in RULES[name].spoils])
        said.append(_("{fault}. Kept out of {figures}.", fault=says, figures=out) if out else f"{says}.")
    return said


def activity(facts: Facts) -> str:
    """What the workout is taken for; sports that are not on foot are not classified."""
    label = facts["label"]
    if facts.has("said") and facts["said"]:
        return _("You said it was {label}.", label=_(ACTIVITY[label]))
    if label not in LABELS:
        return _(UNNAMED[label]) if label in UNNAMED else ""
    told = {"label": _(ACTIVITY[label]),
            "share": aside(numbers.certainty(facts["confidence"]) if facts.has("confidence") else "")}  # fmt: skip
    if SPORT.get(label, facts["sport"]) != facts["sport"]:
        return _("By its figures {label}{share}, recorded as {sport}.", **told, sport=sport(facts["sport"]))
    return _("By its figures {label}{share}.", **told)


def session(facts: Facts) -> str:
    """The kind of session."""
    if not facts.has("session"):
        return ""
    kind = _(SESSION[facts["session"]])
    if facts["session_said"]:
        return _("You said it was {label}.", label=kind)
    return _("Probably {label} ({share}).", label=kind, share=numbers.certainty(facts["session_confidence"]))


def workout(facts: Facts) -> Said:
    """One workout in a line."""
    flags = facts["flags"] or ""
    size = amount(facts)
    said = [capital(sport(facts["sport"])), *([size] if size else [])]
    timed = facts.has("distance", "duration") and facts["distance"] > 0 and facts["duration"] > 0
    if timed and not spoiled(flags, Spoils.PACE):
        if facts["sport"] in ON_FOOT:
            said.append(numbers.pace(facts["duration"] / facts["distance"], facts.units))
        else:
            said.append(numbers.quantity(facts["distance"] / facts["duration"], "speed", facts.units))
    notes = [each for each in (activity(facts), session(facts)) if each] + flag_words(flags)
    if facts.has("quality"):
        notes.append(quality_note(facts["quality"], facts["why"]))
    return Said(", ".join(said) + ".", tuple(notes), lead=numbers.date(facts["day"]))


def quality_note(quality: float, why: str) -> str:
    """How good a recording is, and what takes from it."""
    if not why:
        return _("Quality {quality} of 100.", quality=numbers.plain(quality))
    return _("Quality {quality} of 100: {why}.", quality=numbers.plain(quality), why=quality_reasons(why))


SENTENCES: dict[str, Sentence] = {"recent_workout": workout}
