"""The latest workouts, and what each is taken for."""

from __future__ import annotations

from fitintel.core.rules import RULES, Spoils, spoiled
from fitintel.core.sports import ON_FOOT
from fitintel.views import numbers
from fitintel.views.words.labels import ACTIVITY, SESSION
from fitintel.views.words.said import Facts, Said, Sentence, capital

LABELS = {
    "run": "a run", "walk": "a walk", "hike": "a hike", "mixed": "a mix of running and walking",
}  # fmt: skip
"""Label of the classification -> words."""
SPORT = {"run": "running", "walk": "walking", "hike": "hiking"}
"""Label -> the sport it agrees with."""
UNNAMED = {"outlier": "Unlike any known type of workout.", "unsure": "By its figures neither clearly a run nor a walk."}
SPOILED = {
    Spoils.EVERYTHING: "every figure", Spoils.DURATION: "training time", Spoils.DISTANCE: "distance",
    Spoils.PACE: "pace",
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
        out = [SPOILED[what] for what in RULES[name].spoils]
        kept = f" Kept out of {numbers.listed(out)}." if out else ""
        said.append(f"{capital(RULES[name].says)}.{kept}")
    return said


def _type(facts: Facts) -> str:
    """What the workout is taken for; sports that are not on foot are not classified."""
    label = facts["label"]
    if facts.has("said") and facts["said"]:
        return f"You said it was {ACTIVITY[label]}."
    if label not in LABELS:
        return UNNAMED.get(label, "")
    share = f" ({numbers.certainty(facts['confidence'])})" if facts.has("confidence") else ""
    differs = f", recorded as {facts['sport']}" if SPORT.get(label, facts["sport"]) != facts["sport"] else ""
    return f"By its figures {LABELS[label]}{share}{differs}."


def _session(facts: Facts) -> str:
    """The kind of session."""
    if not facts.has("session"):
        return ""
    kind = SESSION[facts["session"]]
    if facts["session_said"]:
        return f"You said it was {kind}."
    return f"Probably {kind} ({numbers.certainty(facts['session_confidence'])})."


def workout(facts: Facts) -> Said:
    """One workout in a line."""
    flags = facts["flags"] or ""
    parts = [facts.show(name, name) for name in ("distance", "duration") if facts.has(name)]
    said = f"{capital(facts['sport'])}, {' in '.join(parts)}" if parts else capital(facts["sport"])
    timed = facts.has("distance", "duration") and facts["distance"] > 0 and facts["duration"] > 0
    if timed and not spoiled(flags, Spoils.PACE):
        if facts["sport"] in ON_FOOT:
            said += f", {numbers.pace(facts['duration'] / facts['distance'], facts.units)}"
        else:
            said += f", {numbers.quantity(facts['distance'] / facts['duration'], 'speed', facts.units)}"
    kind = _type(facts)
    notes = [each for each in (kind, _session(facts)) if each] + flag_words(flags)
    if facts.has("quality"):
        why = f": {facts['why']}" if facts["why"] else ""
        notes.append(f"Quality {numbers.plain(facts['quality'])} of 100{why}.")
    return Said(said + ".", tuple(notes), lead=numbers.date(facts["day"]))


SENTENCES: dict[str, Sentence] = {"recent_workout": workout}
