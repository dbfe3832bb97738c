"""Today: what is planned, what it comes to, and what not to do."""

from __future__ import annotations

from fitintel.views import numbers
from fitintel.views.words.labels import SESSION
from fitintel.views.words.said import Facts, Said, Sentence, capital

AVOID = {
    "hard": "hard efforts, whatever the plan says",
    "hard_again": "another hard session right after yesterday's, which was {after}",
    "catch_up": "making up for the session that was missed",
    "longer": "more than {longest}, the longest of the last four weeks",
}


def session(facts: Facts, duration: str = "duration", distance: str = "distance") -> str:
    """Sport, distance and time as one phrase."""
    parts = [facts.show(name, kind) for name, kind in ((distance, "distance"), (duration, "duration"))
             if facts.has(name)]  # fmt: skip
    return f"{facts['sport']}, {' in '.join(parts)}" if parts else str(facts["sport"])


def _avoid(facts: Facts) -> str:
    longest = numbers.clock(facts["longest"]) if facts.has("longest") else ""
    after = SESSION.get(facts["after"], "")
    said = [AVOID[name].format(longest=longest, after=after) for name in facts["avoid"]]
    return f"{capital('; '.join(said))}." if said else ""


def _balance(facts: Facts, *, planned: bool) -> str:
    """Where the balance of load stands tomorrow."""
    if not facts.has("tsb_rest"):
        return ""
    rest = numbers.plain(facts["tsb_rest"])
    if planned and facts.has("tsb_planned"):
        return (f"Tomorrow's load balance (TSB) {numbers.plain(facts['tsb_planned'])} with this session, {rest} "
                f"without; today {numbers.plain(facts['tsb_today'])}.")  # fmt: skip
    return f"Tomorrow's load balance (TSB) is {rest} after a day of rest; today {numbers.plain(facts['tsb_today'])}."


def plan(facts: Facts) -> Said:
    """One planned workout."""
    notes = []
    if facts.has("rpe"):
        notes.append(f"Planned effort: {facts['rpe']:g} of 10.")
    if facts.has("load"):
        notes.append(f"Expected load {numbers.plain(facts['load'])}, usually {numbers.plain(facts['low'])}"
                     f"{numbers.TO}{numbers.plain(facts['high'])} by {numbers.count(facts['n'], 'session')} of your "
                     "own of this sport.")  # fmt: skip
    else:
        notes.append("Its load is not known: there are fewer than 5 such sessions of yours to judge by.")
    least = f"{numbers.clock(facts['least'])}, easy." if facts.has("least") else "A shorter and easier version of it."
    easier = facts["readiness"] in ("recover", "rest", "go easy")
    reason = "The signs of readiness are down: the short version is the one for today." if easier else ""
    return Said(f"Planned: {session(facts)}.", tuple(notes), minimum=least, reason=reason,
                effect=_balance(facts, planned=True), avoid=_avoid(facts))  # fmt: skip


def no_plan(facts: Facts) -> Said:
    """Nothing is planned."""
    usual = "There are no earlier weeks to say what is usual on this weekday."
    if facts["n"]:
        usual = f"On this weekday you trained in {facts['trained']} of the last {numbers.count(facts['n'], 'week')}"
        usual += f", usually for {facts.show('duration', 'duration')}." if facts.has("duration") else "."
    return Said("No workout is planned for today.", (usual,), effect=_balance(facts, planned=False),
                avoid=_avoid(facts) if facts["trained"] else "")  # fmt: skip


def done(facts: Facts) -> Said:
    """What is recorded today already."""
    parts = [facts.show(name, name) for name in ("distance", "duration") if facts.has(name)]
    what = f": {' in '.join(parts)}" if parts else ""
    load = (f"Load of today so far: {numbers.plain(facts['load'])}.",) if facts.has("load") else ()
    return Said(f"{numbers.count(facts['n'], 'workout')} recorded today{what}.", load, sign="✓")


SENTENCES: dict[str, Sentence] = {"today_plan": plan, "today_no_plan": no_plan, "today_done": done}
