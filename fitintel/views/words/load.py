"""Training load: where it stands, and the last complete week."""

from __future__ import annotations

from fitintel.core.card import Validity
from fitintel.views import numbers
from fitintel.views.badge import trust
from fitintel.views.language import _, marked
from fitintel.views.words.quality import quality_reasons
from fitintel.views.words.said import Facts, Figure, Said, Sentence, aside
from fitintel.views.words.terms import method

VERDICTS = {
    "usual": marked("Week of {week}: {value} of training, as usual{norm}."),
    "higher": marked("Week of {week}: {value} of training, more than usual{norm}."),
    "lower": marked("Week of {week}: {value} of training, less than usual{norm}."),
}


def _on_stress_scale(facts: Facts) -> bool:
    return bool(facts.values.get("scale") == "stress")


def _scale(facts: Facts) -> str:
    """What load is measured in; the mix of methods where there is one."""
    trusted = trust(Validity(facts["validity"]))
    if not _on_stress_scale(facts):
        return _("Load is in {unit}: {trust}.", unit=method(facts["method"]), trust=trusted)
    # a brief that was kept gives its entries back in another order than one that was just made
    shares = sorted((facts.values.get("mix") or {}).items(), key=lambda one: (-one[1], one[0]))
    mix = [f"{method(name)} ({numbers.percent(share)})" for name, share in shares]
    return _("An hour at threshold is a load of 100. It is made from {methods}: {trust}.",
             methods=numbers.listed(mix), trust=trusted)  # fmt: skip


def _ends(facts: Facts, name: str) -> str:
    """A smoothed load as far as measurement leaves it open; nothing where no interval is known."""
    if not facts.has(name, f"{name}_half"):
        return ""
    low, high = facts[name] - facts[f"{name}_half"], facts[name] + facts[f"{name}_half"]
    if name != "tsb":
        low = max(low, 0.0)
    decimals = 0 if high - low >= 2 else 1
    return numbers.span(numbers.plain(low, decimals), numbers.plain(high, decimals))


def _open(facts: Facts) -> list[str]:
    """What the sensors may have got wrong, and which workouts make it more."""
    if not _ends(facts, "ctl"):
        return []
    notes = [_("Errors of the sensors leave CTL at {ctl} and the balance at {balance}.", ctl=_ends(facts, "ctl"),
               balance=_ends(facts, "tsb"))]  # fmt: skip
    low = [
        _("{day} ({quality} of 100: {why})", day=numbers.short_date(one["day"]), quality=numbers.plain(one["quality"]),
          why=quality_reasons(one["why"]))
        for one in facts["low"]
    ]  # fmt: skip
    if low:
        notes.append(_("This is wider because of recordings of low quality: {recordings}.",
                       recordings=numbers.listed(low)))  # fmt: skip
    if facts["judged"] < 0.995:
        notes.append(_("{share} of the latest workouts have no samples: a middling quality is assumed of them.",
                       share=numbers.percent(1 - facts["judged"])))  # fmt: skip
    return notes


def state(facts: Facts) -> Said:
    """CTL, ATL and TSB, how they were measured, and how far to trust them."""
    if not facts.has("ctl", "atl", "tsb"):
        return Said(_("Too many of the latest days are not known, so nothing is said of training load."), sign="○")
    ctl, atl, tsb = (numbers.plain(facts[name]) for name in ("ctl", "atl", "tsb"))
    slow, fast = (f"{facts.parameters.get(name, usual):g}" for name, usual in (("ctl_days", 42), ("atl_days", 7)))
    notes = [_scale(facts)]
    if not _on_stress_scale(facts) and facts.has("coverage") and facts["coverage"] < 0.995:
        notes.append(_("For {share} of the workouts it is filled with a typical value.",
                       share=numbers.percent(1 - facts["coverage"])))  # fmt: skip
    notes += _open(facts)
    notes.append(
        _("These are smoothed loads. They are often called fitness, fatigue and form, but measure none of them.")
    )
    if facts["warming_up"]:
        notes.append(_("The averages start from zero and are still filling, so all three are too low."))
    return Said(
        _("Load a day: {ctl} over {slow} days (CTL), {atl} over the last {fast} (ATL); balance {tsb} (TSB).", ctl=ctl,
          slow=slow, atl=atl, fast=fast, tsb=tsb),
        tuple(notes),
        (
            Figure(ctl, "", _("{n}-day load (CTL)", n=slow), _ends(facts, "ctl")),
            Figure(atl, "", _("{n}-day load (ATL)", n=fast), _ends(facts, "atl")),
            Figure(tsb, "", _("balance: yesterday's CTL less ATL (TSB)"), _ends(facts, "tsb")),
        ),
    )  # fmt: skip


def week(facts: Facts) -> Said:
    """The last complete week against the athlete's own norm."""
    norm = ""
    if facts.has("low", "high"):
        norm = aside(_("own norm {norm}", norm=facts.norm("low", "high", "duration")))
    return Said(_(VERDICTS[facts["verdict"]], week=numbers.short_date(facts["week"]),
                  value=facts.show("value", "duration"), norm=norm))  # fmt: skip


def insufficient(facts: Facts) -> Said:
    """No load can be computed."""
    return Said(_("Too little data for training load: no workout has a duration that can be used."), sign="○")


SENTENCES: dict[str, Sentence] = {"load_state": state, "load_week": week, "load_insufficient": insufficient}
