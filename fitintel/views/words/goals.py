"""Goals: how likely each is reached, and how such chances fared before."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, counted
from fitintel.views.words.said import Facts, Said, Sentence, Typed, interval

KINDS = {"training_days": "training days", "weekly_duration": "duration", "weekly_distance": "distance"}
"""kind of goal -> kind of number"""


LEVEL = 0.8
"""of the intervals around a chance and a load"""


def _chance(p: float) -> str:
    """A chance as whole percent, never rounded to certainty."""
    if p >= 0.99:
        return _("over {share}", share=numbers.percent(0.99))
    return _("under {share}", share=numbers.percent(0.01)) if p <= 0.01 else numbers.percent(p)


def _fared(facts: Facts) -> tuple[str, ...]:
    if not facts.has("mean_said", "came_true"):
        return (_("There are too few past cases to test such a chance on."),)
    said = _("In {n} tests on your own past the chance averaged {said}; {true} came true ({range}, allowing for "
             "chance).", n=numbers.plain(facts["tests"]), said=numbers.percent(facts["mean_said"]),
             true=numbers.percent(facts["came_true"]),
             range=numbers.span(numbers.percent(facts["came_low"]), numbers.percent(facts["came_high"])))  # fmt: skip
    if facts["brier"] < facts["brier_base"]:
        return (said,)
    return (f"{said} {_('It was no better than counting how often it came true.')}",)


def week(facts: Facts) -> Said:
    """A weekly goal."""
    kind = KINDS[facts["kind"]]
    told = {"goal": facts.show("goal", kind), "so_far": facts.show("so_far", kind)}
    if facts["needed"] <= 0:
        return Said(_("Goal of {goal} a week: reached, with {so_far}.", **told), sign="✓")
    if not facts.has("p"):
        return Said(_("Goal of {goal} a week: {so_far} so far; too few weeks to say how likely it is reached, {n} of "
                      "{needed}.", **told, n=facts["n"], needed=8))  # fmt: skip
    spread = f"{interval(LEVEL)} {numbers.span(numbers.percent(facts['p_low']), numbers.percent(facts['p_high']))}"
    return Said(
        counted("Goal of {goal} a week: {so_far} so far, {n} day left; a chance of {chance} to reach it.",
                "Goal of {goal} a week: {so_far} so far, {n} days left; a chance of {chance} to reach it.",
                facts["days_left"], **told, chance=_chance(facts["p"])),
        (counted("In the last {n} week the rest of the week was enough in about that share ({interval}).",
                 "In the last {n} weeks the rest of the week was enough in about that share ({interval}).",
                 facts["n"], interval=spread), *_fared(facts)),
    )  # fmt: skip


def ctl(facts: Facts) -> Said:
    """A load target on a day."""
    told = {"target": numbers.plain(facts["target"]), "day": numbers.date(facts["day"])}
    text = _("CTL {target} on {day}", **told)
    if facts["name"]:
        text = _("CTL {target} on {name}, {day}", **told, name=facts["name"])
    if not facts.has("p"):
        return Said(_("{goal}: too far ahead, or too few weeks of load, to say how likely it is.", goal=text))
    spread = f"{interval(LEVEL)} {numbers.ends(numbers.plain(facts['low']), numbers.plain(facts['high']))}"
    return Said(
        _("{goal}: a chance of {chance} if the weeks to come are like the last half year.", goal=text,
          chance=_chance(facts["p"])),
        (_("Expected {expected}, {interval}; today {now}. CTL is smoothed load: it says nothing of a result.",
           expected=numbers.plain(facts["expected"]), interval=spread, now=numbers.plain(facts["ctl"])),
         *_fared(facts)),
    )  # fmt: skip


def event(facts: Facts) -> Said:
    """A day to be ready for."""
    return Said(counted("{name} in {n} day, on {day}.", "{name} in {n} days, on {day}.", facts["ahead"],
                        name=facts["name"], day=numbers.date(facts["day"])),
                (Typed(_("Compare ways to get there with: {command}", command="fitintel what-if"),
                       _("Ways to get there are compared on the page What-if.")),))  # fmt: skip


def _away(facts: Facts) -> str:
    """`City run (10.0 km) in 52 days, on Sat 1 Dec 2025`."""
    name = _("{name} ({distance})", name=facts["name"], distance=facts.show("distance", "distance"))
    return counted("{name} in {n} day, on {day}", "{name} in {n} days, on {day}", facts["ahead"], name=name,
                   day=numbers.date(facts["day"]))  # fmt: skip


def race(facts: Facts) -> Said:
    """A race: its expected time, and the chance of the time aimed at."""
    away, expected = _away(facts), numbers.race_time(facts["duration"])
    spread = f"{facts.interval('nominal')} " + numbers.ends(numbers.race_time(facts["low"]),
                                                            numbers.race_time(facts["high"]))  # fmt: skip
    notes = [_tested(facts), _("It supposes that you are as you were at your last races: training from now on, course "
                               "and weather are not known to it.")]  # fmt: skip
    if not facts.has("target", "p"):
        return Said(_("{event}: expected time {time}, {interval}.", event=away, time=expected, interval=spread),
                    tuple(notes))  # fmt: skip
    return Said(_("{event}: a chance of {chance} to finish in {target} or faster.", event=away,
                  chance=_chance(facts["p"]), target=numbers.race_time(facts["target"])),
                (_("Expected time {time}, {interval}.", time=expected, interval=spread), *notes))  # fmt: skip


def _tested(facts: Facts) -> str:
    """How such intervals fared on the own races."""
    if not facts["tests"]:
        return _("No earlier race of yours could be predicted from one before it, so the width is what is usual.")
    return counted("Of {n} race of yours predicted in the same way from those before it, {inside} lay inside the "
                   "interval.",
                   "Of {n} races of yours predicted in the same way from those before them, {inside} lay inside the "
                   "interval.", facts["tests"], inside=numbers.plain(facts["inside"]))  # fmt: skip


def race_insufficient(facts: Facts) -> Said:
    """A race of which no time can be said."""
    if not facts["races"]:
        return Said(_("{event}: insufficient data for a time, no running race of the last year is known.",
                      event=_away(facts)),
                    (Typed(_("Say which workout was a race with: {command}",
                             command="fitintel label WORKOUT session=race"),
                           _("Open the workout that was a race in the list of workouts, and say so there.")),)
                    )  # fmt: skip
    return Said(
        _("{event}: no time is predicted over this distance.", event=_away(facts)),
        (_("Times are predicted from 3 to 25 km and over the marathon, there with eight weeks of training."),),
    )


SENTENCES: dict[str, Sentence] = {
    "goal_week": week, "goal_ctl": ctl, "goal_event": event, "goal_race": race,
    "goal_race_insufficient": race_insufficient,
}  # fmt: skip
