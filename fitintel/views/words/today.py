"""Today: what is planned, what it comes to, and what not to do."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.language import _, counted, marked
from fitintel.views.words.labels import SESSION
from fitintel.views.words.said import Facts, Said, Sentence, amount, capital
from fitintel.views.words.sports import sport

AVOID = {
    "hard": marked("hard efforts, whatever the plan says"),
    "hard_again": marked("another hard session right after yesterday's, which was {after}"),
    "catch_up": marked("making up for the session that was missed"),
    "longer": marked("more than {longest}, the longest of the last four weeks"),
}


def session(facts: Facts, duration: str = "duration", distance: str = "distance") -> str:
    """Sport, distance and time as one phrase."""
    size = amount(facts, (distance, "distance"), (duration, "duration"))
    return f"{sport(facts['sport'])}, {size}" if size else sport(facts["sport"])


def _avoid(facts: Facts) -> str:
    longest = numbers.clock(facts["longest"]) if facts.has("longest") else ""
    after = _(SESSION[facts["after"]]) if facts["after"] in SESSION else ""
    said = [_(AVOID[name], longest=longest, after=after) for name in facts["avoid"]]
    return f"{capital('; '.join(said))}." if said else ""


def _balance(facts: Facts, *, planned: bool) -> str:
    """Where the balance of load stands tomorrow."""
    if not facts.has("tsb_rest"):
        return ""
    rest, today = numbers.plain(facts["tsb_rest"]), numbers.plain(facts["tsb_today"])
    if planned and facts.has("tsb_planned"):
        return _("Tomorrow's load balance (TSB) {planned} with this session, {rest} without; today {today}.",
                 planned=numbers.plain(facts["tsb_planned"]), rest=rest, today=today)  # fmt: skip
    return _("Tomorrow's load balance (TSB) is {rest} after a day of rest; today {today}.", rest=rest, today=today)


def plan(facts: Facts) -> Said:
    """One planned workout."""
    notes = []
    if facts.has("rpe"):
        notes.append(_("Planned effort: {effort} of 10.", effort=rating(facts["rpe"])))
    if facts.has("load"):
        notes.append(counted("Expected load {load}, usually {range} by {n} session of your own of this sport.",
                             "Expected load {load}, usually {range} by {n} sessions of your own of this sport.",
                             facts["n"], load=numbers.plain(facts["load"]),
                             range=numbers.span(numbers.plain(facts["low"]), numbers.plain(facts["high"]))),
                     )  # fmt: skip
    else:
        notes.append(_("Its load is not known: there are fewer than 5 such sessions of yours to judge by."))
    least = _("A shorter and easier version of it.")
    if facts.has("least"):
        least = _("{time}, easy.", time=numbers.clock(facts["least"]))
    easier = facts["readiness"] in ("recover", "rest", "go easy")
    reason = _("The signs of readiness are down: the short version is the one for today.") if easier else ""
    return Said(_("Planned: {session}.", session=session(facts)), tuple(notes), minimum=least, reason=reason,
                effect=_balance(facts, planned=True), avoid=_avoid(facts))  # fmt: skip


def rating(value: float) -> str:
    """An effort rating: halves are given.

    >>> rating(7.0), rating(6.5)
    ('7', '6.5')
    """
    return numbers.plain(value, 0 if float(value).is_integer() else 1)


def no_plan(facts: Facts) -> Said:
    """Nothing is planned."""
    usual = _("There are no earlier weeks to say what is usual on this weekday.")
    if facts["n"]:
        trained, n = facts["trained"], facts["n"]
        usual = counted("On this weekday you trained in {trained} of the last {n} week.",
                        "On this weekday you trained in {trained} of the last {n} weeks.", n,
                        trained=trained)  # fmt: skip
        if facts.has("duration"):
            usual = counted("On this weekday you trained in {trained} of the last {n} week, usually for {time}.",
                            "On this weekday you trained in {trained} of the last {n} weeks, usually for {time}.", n,
                            trained=trained, time=facts.show("duration", "duration"))  # fmt: skip
    return Said(_("No workout is planned for today."), (usual,), effect=_balance(facts, planned=False),
                avoid=_avoid(facts) if facts["trained"] else "")  # fmt: skip


def done(facts: Facts) -> Said:
    """What is recorded today already."""
    size = amount(facts)
    load: tuple[str, ...] = ()
    if facts.has("load"):
        load = (_("Load of today so far: {load}.", load=numbers.plain(facts["load"])),)
    said = counted("{n} workout recorded today.", "{n} workouts recorded today.", facts["n"])
    if size:
        said = counted("{n} workout recorded today: {amount}.", "{n} workouts recorded today: {amount}.", facts["n"],
                       amount=size)  # fmt: skip
    return Said(said, load, sign="✓")


SENTENCES: dict[str, Sentence] = {"today_plan": plan, "today_no_plan": no_plan, "today_done": done}
