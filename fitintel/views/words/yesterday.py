"""Yesterday: planned against done, and what was recorded with how to correct it."""

from __future__ import annotations

from dataclasses import replace

from fitintel.views import numbers
from fitintel.views.language import _, marked
from fitintel.views.words import recent
from fitintel.views.words.said import Facts, Said, Sentence, Typed
from fitintel.views.words.today import session

VERDICTS = {
    "done": (marked("Planned {session}: done as planned{share}."), "✓"),
    "more": (marked("Planned {session}: done, and more than planned{share}."), "✓"),
    "partly": (marked("Planned {session}: done in part{share}."), "→"),
    "replaced": (marked("Planned {session}: another sport was done instead{share}."), "→"),
    "missed": (marked("Planned {session}: not done{share}."), "○"),
    "open": (marked("Planned {session}: still open{share}."), "○"),
}


def plan(facts: Facts) -> Said:
    """What became of a planned workout."""
    message, sign = VERDICTS[facts["verdict"]]
    share = ""
    if facts.has("share") and facts["verdict"] in ("done", "more", "partly"):
        part = numbers.percent(facts["share"])
        share = _(", {share} of the distance", share=part)
        if facts.has("planned_duration"):
            share = _(", {share} of the time", share=part)
    planned = session(facts, "planned_duration", "planned_distance")
    return Said(_(message, session=planned, share=share), sign=sign)


def workout(facts: Facts) -> Said:
    """One workout of yesterday, and where to say that it was something else."""
    said = recent.workout(facts)
    other = "run" if facts["label"] == "walk" else "walk"
    fix = Typed(_("Wrong? Say what it was, for example: {command}",
                  command=f"fitintel label {facts['id']} activity={other}"),
                _("Wrong? Open it in the list of workouts; what it was is said there."))  # fmt: skip
    return replace(said, notes=(*said.notes, fix), lead="")


def rest(facts: Facts) -> Said:
    """Nothing was planned, nothing recorded."""
    if facts["plans"]:
        return Said(_("Rest, as planned: nothing was planned and nothing is recorded."), sign="✓")
    return Said(_("No workout is recorded."))


SENTENCES: dict[str, Sentence] = {"yesterday_plan": plan, "yesterday_workout": workout, "yesterday_rest": rest}
