"""What the brief does without, and what it left out. Said in words, never filled with a number."""

from __future__ import annotations

from collections.abc import Mapping

from fitintel.core.rules import RULES
from fitintel.views import numbers
from fitintel.views.language import _, counted, marked
from fitintel.views.words.said import Facts, Said, Sentence, Typed


def _share(facts: Facts, what: str) -> Said:
    if facts["share"] == 0:
        return Said(_("{what}: in none of the last year's workouts.", what=_(what)))
    share = numbers.percent(facts["share"])
    if share == numbers.percent(0):
        share = _("less than {share}", share=numbers.percent(0.01))
    return Said(_("{what}: in {share} of the last year's workouts.", what=_(what), share=share))


def heart_rate(facts: Facts) -> Said:
    """Few workouts have a heart rate."""
    return _share(facts, marked("Heart rate"))


def rpe(facts: Facts) -> Said:
    """Few workouts have a rating."""
    return _share(facts, marked("Effort rating (RPE)"))


def start_times(facts: Facts) -> Said:
    """Only days are known."""
    return Said(_("Start times: only the day of each workout is known, so the time of day is not analysed."))


def recent(facts: Facts) -> Said:
    """Data may be late."""
    return Said(counted("Workouts since {day}: none for {n} day. If you trained, import the new data.",
                        "Workouts since {day}: none for {n} days. If you trained, import the new data.",
                        facts["days"], day=numbers.date(facts["last_day"])))  # fmt: skip


def _reasons(rules: Mapping[str, int]) -> str:
    return "; ".join(f"{_(RULES[name].says) if name in RULES else name} ({numbers.plain(count)})"
                     for name, count in sorted(rules.items(), key=lambda one: (-one[1], one[0])))  # fmt: skip


def excluded(facts: Facts) -> Said:
    """Flagged so badly that nothing of them is used."""
    return Said(counted("{n} workout is kept out of every figure: {reasons}.",
                        "{n} workouts are kept out of every figure: {reasons}.", facts["n"],
                        reasons=_reasons(facts["rules"])))  # fmt: skip


def flagged(facts: Facts) -> Said:
    """Flagged so that part of them is not used."""
    return Said(counted("{n} flag keeps a workout out of some figures: {reasons}.",
                        "{n} flags keep a workout out of some figures: {reasons}.", facts["n"],
                        reasons=_reasons(facts["rules"])))  # fmt: skip


def possible_duplicates(facts: Facts) -> Said:
    """Workouts that look alike are all counted until a person says which are one."""
    notes: list[str] = [
        Typed(_("See them, and what they have in common, with: {command}.", command="fitintel duplicates"),
              _("They are decided in the athletes' app, where the workout is opened.")),
    ]  # fmt: skip
    for first, second in facts.values.get("pairs", ()):
        notes.append(Typed(_("Decide with: {merge}, or {keep}.", merge=f"fitintel duplicates merge {first} {second}",
                             keep=f"keep {first} {second}")))  # fmt: skip
    return Said(counted("{n} workout may be the same as another. All are counted until you decide.",
                        "{n} workouts may be the same as another. All are counted until you decide.", facts["n"]),
                tuple(notes[:2]))  # fmt: skip


def merged(facts: Facts) -> Said:
    """Accounts of a workout that are one with another are not counted again."""
    return Said(counted("{n} further account of workouts that are here already: each of these workouts is counted "
                        "once.",
                        "{n} further accounts of workouts that are here already: each of these workouts is counted "
                        "once.", facts["n"]),
                (Typed(_("See why, and undo it, with: {command}.", command="fitintel duplicates"),
                       _("It is undone in the athletes' app, where the workout is opened.")),))  # fmt: skip


def no_workouts(facts: Facts) -> Said:
    """Nothing is known."""
    return Said(Typed(_("There are no workouts up to this day. Import a file with: {command}.",
                        command="fitintel import FILE"),
                      _("There are no workouts up to this day. Files are brought in in the athletes' app, under "
                        "Add.")))  # fmt: skip


def sync(facts: Facts) -> Said:
    """An account that was not synchronised lately."""
    note = (Typed(_("Synchronise with: {command}.", command=f"fitintel sync --provider {facts['source']}"),
                  _("It is synchronised in the athletes' app, under Add.")),)  # fmt: skip
    if facts["state"] == "needs reconnect":
        note = (
            Typed(
                _(
                    "Its permission has ended. Connect it again with: {command}.",
                    command=f"fitintel connect {facts['source']}",
                ),
                _("Its permission has ended. It is connected again in the athletes' app, under Add."),
            ),
        )
    if not facts.has("last_day"):
        return Said(_("Account {source}: never synchronised.", source=facts["source"]), note)
    return Said(counted("Account {source}: not synchronised since {day}, for {n} day.",
                        "Account {source}: not synchronised since {day}, for {n} days.", facts["days"],
                        source=facts["source"], day=numbers.date(facts["last_day"])), note)  # fmt: skip


def nights(facts: Facts) -> Said:
    """A source of wellness that has fallen silent."""
    return Said(counted("Wellness from {source}: none since {day}, for {n} day.",
                        "Wellness from {source}: none since {day}, for {n} days.", facts["days"],
                        source=facts["source"], day=numbers.date(facts["last_day"])))  # fmt: skip


def late(code: str, facts: Facts) -> str:
    """What the head of a brief says of it; empty for what is not late."""
    day = numbers.date(facts["last_day"]) if facts.has("last_day") else ""
    if code == "missing_recent":
        return _("no workouts since {day}", day=day)
    if code == "missing_nights":
        return _("no wellness from {source} since {day}", source=facts["source"], day=day)
    if code == "missing_sync" and not day:
        return _("{source} never synchronised", source=facts["source"])
    return _("{source} not synchronised since {day}", source=facts["source"], day=day) if code == "missing_sync" else ""


SENTENCES: dict[str, Sentence] = {
    "missing_sync": sync, "missing_nights": nights,
    "missing_heart_rate": heart_rate, "missing_rpe": rpe, "missing_start_times": start_times,
    "missing_recent": recent, "missing_excluded": excluded, "missing_flagged": flagged,
    "missing_no_workouts": no_workouts, "missing_possible_duplicates": possible_duplicates,
    "missing_merged": merged,
}  # fmt: skip
