"""Yesterday: planned against done, and what was recorded with how to correct it."""

from __future__ import annotations

from dataclasses import replace

from fitintel.views import numbers
from fitintel.views.words import recent
from fitintel.views.words.said import Facts, Said, Sentence
from fitintel.views.words.today import session

VERDICTS = {
    "done": ("done as planned", "✓"), "more": ("done, and more than planned", "✓"), "partly": ("done in part", "→"),
    "replaced": ("another sport was done instead", "→"), "missed": ("not done", "○"), "open": ("still open", "○"),
}  # fmt: skip


def plan(facts: Facts) -> Said:
    """What became of a planned workout."""
    words, sign = VERDICTS[facts["verdict"]]
    share = ""
    if facts.has("share") and facts["verdict"] in ("done", "more", "partly"):
        share = f", {numbers.percent(facts['share'])} of the {'time' if facts.has('planned_duration') else 'distance'}"
    return Said(f"Planned {session(facts, 'planned_duration', 'planned_distance')}: {words}{share}.", sign=sign)


def workout(facts: Facts) -> Said:
    """One workout of yesterday, and where to say that it was something else."""
    said = recent.workout(facts)
    other = "run" if facts["label"] == "walk" else "walk"
    fix = f"Wrong? Say what it was, for example: fitintel label {facts['id']} activity={other}"
    return replace(said, notes=(*said.notes, fix), lead="")


def rest(facts: Facts) -> Said:
    """Nothing was planned, nothing recorded."""
    if facts["plans"]:
        return Said("Rest, as planned: nothing was planned and nothing is recorded.", sign="✓")
    return Said("No workout is recorded.")


SENTENCES: dict[str, Sentence] = {"yesterday_plan": plan, "yesterday_workout": workout, "yesterday_rest": rest}
