"""Training load: where it stands, and the last complete week."""

from __future__ import annotations

from fitintel.core import days
from fitintel.core.card import Validity
from fitintel.views import numbers
from fitintel.views.badge import TRUST
from fitintel.views.language import _
from fitintel.views.words.said import Facts, Figure, Said, Sentence

VERDICTS = {"usual": "as usual", "higher": "more than usual", "lower": "less than usual"}
NONE = "none"
"""method of a workout without any load"""


def _on_stress_scale(facts: Facts) -> bool:
    return bool(facts.values.get("scale") == "stress")


def _scale(facts: Facts) -> str:
    """What load is measured in; the mix of methods where there is one."""
    if not _on_stress_scale(facts):
        return f"Load is in {facts['method']}"
    mix = [f"{name} ({numbers.percent(share)})" for name, share in (facts.values.get("mix") or {}).items()
           if name != NONE]  # fmt: skip
    return f"An hour at threshold is a load of 100. It is made from {numbers.listed(mix)}"


def _without(facts: Facts) -> list[str]:
    """Workouts that are part of no figure of load."""
    share = (facts.values.get("mix") or {}).get(NONE, 0.0)
    if not _on_stress_scale(facts) or not share:
        return []
    return [_("{share} of the workouts have no load: no sensor, no rating and no like workout tells one.").format(share=numbers.percent(share))]  # fmt: skip


def _ends(facts: Facts, name: str) -> str:
    """A smoothed load as far as measurement leaves it open; nothing where no interval is known."""
    if not facts.has(name, f"{name}_half"):
        return ""
    low, high = facts[name] - facts[f"{name}_half"], facts[name] + facts[f"{name}_half"]
    if name != "tsb":
        low = max(low, 0.0)
    decimals = 0 if high - low >= 2 else 1
    return f"{numbers.plain(low, decimals)}{numbers.TO}{numbers.plain(high, decimals)}"


def _open(facts: Facts) -> list[str]:
    """What the sensors may have got wrong, and which workouts make it more."""
    if not _ends(facts, "ctl"):
        return []
    notes = [f"Errors of the sensors leave CTL at {_ends(facts, 'ctl')} and the balance at {_ends(facts, 'tsb')}."]
    low = [
        f"{days.said(one['day'])} ({numbers.plain(one['quality'])} of 100: {one['why']})" for one in facts["low"]
    ]  # fmt: skip
    if low:
        notes.append(f"This is wider because of recordings of low quality: {numbers.listed(low)}.")
    if facts["judged"] < 0.995:
        share = numbers.percent(1 - facts["judged"])
        notes.append(f"{share} of the latest workouts have no samples: a middling quality is assumed of them.")
    return notes


def state(facts: Facts) -> Said:
    """CTL, ATL and TSB, how they were measured, and how far to trust them."""
    if not facts.has("ctl", "atl", "tsb"):
        return Said("Too many of the latest days are not known, so nothing is said of training load.", sign="○")
    ctl, atl, tsb = (numbers.plain(facts[name]) for name in ("ctl", "atl", "tsb"))
    slow, fast = facts.parameters.get("ctl_days", 42), facts.parameters.get("atl_days", 7)
    notes = [f"{_scale(facts)}: {TRUST[Validity(facts['validity'])]}."]
    if not _on_stress_scale(facts) and facts.has("coverage") and facts["coverage"] < 0.995:
        notes.append(f"For {numbers.percent(1 - facts['coverage'])} of the workouts it is filled with a typical value.")
    notes += [*_without(facts), *_open(facts)]
    notes.append("These are smoothed loads. They are often called fitness, fatigue and form, but measure none of them.")
    if facts["warming_up"]:
        notes.append("The averages start from zero and are still filling, so all three are too low.")
    return Said(
        f"Load a day: {ctl} over {slow:g} days (CTL), {atl} over the last {fast:g} (ATL); balance {tsb} (TSB).",
        tuple(notes),
        (
            Figure(ctl, "", f"{slow:g}-day load (CTL)", _ends(facts, "ctl")),
            Figure(atl, "", f"{fast:g}-day load (ATL)", _ends(facts, "atl")),
            Figure(tsb, "", "balance: yesterday's CTL less ATL (TSB)", _ends(facts, "tsb")),
        ),
    )


def week(facts: Facts) -> Said:
    """The last complete week against the athlete's own norm."""
    text = f"Week of {days.said(facts['week'])}: {facts.show('value', 'duration')} of training"
    if facts.has("low", "high"):
        return Said(f"{text}, {VERDICTS[facts['verdict']]} (own norm {facts.norm('low', 'high', 'duration')}).")
    return Said(f"{text}, {VERDICTS[facts['verdict']]}.")


def insufficient(facts: Facts) -> Said:
    """No load can be computed."""
    return Said("Too little data for training load: no workout has a duration that can be used.", sign="○")


SENTENCES: dict[str, Sentence] = {"load_state": state, "load_week": week, "load_insufficient": insufficient}
