"""Alerts: what crossed a stated threshold, with what was expected."""

from __future__ import annotations

from fitintel.core.sports import ON_FOOT
from fitintel.views import numbers
from fitintel.views.language import _, chosen, counted, marked
from fitintel.views.words.said import Facts, Said, Sentence, amount, aside, capital, subject, workout_field
from fitintel.views.words.sports import sport

WHY = {
    "contact lost": marked("The sensor lost contact: the mean is far below the usual, the highest value is not."),
    "fell": marked("It falls from one lap to the next though the speed does not: the sensor lost contact."),
    "locked to steps": marked("It is as fast as steps and hardly changes: the sensor may have counted steps."),
    "spike": marked("Only the highest value stands out, not the mean: beats counted several times."),
    "one foot": marked("It is half of the usual: steps of one foot were counted."),
    "position jump": marked(
        "A highest speed like this is a jump of the position; the distance may be too long as well."
    ),
    "climb": marked("No other workout climbs nearly as much for its way: a barometer that drifts or is blocked does."),
    "slip": marked("A usual slip (a digit, a unit, two fields exchanged) leads back to a usual value."),
    "excluded": marked("The mean speed would be above the highest speed that was measured."),
    "timed": marked("The steps that were counted, at their rate, took another time."),
    "lost": marked("It is too short for its time: a part was not recorded."),
}
"""how a fault shows -> a sentence."""
RECORDS = {
    "distance": marked("longest distance"), "duration": marked("longest duration"),
    "speed": marked("highest mean speed"),
}  # fmt: skip
WITHOUT = {
    "distance": marked("the week's distance would be {without} in place of {value}"),
    "duration": marked("the week's duration would be {without} in place of {value}"),
}


def _found(facts: Facts) -> str:
    """`duration 20:34 h where about 32 min was expected`."""
    field = facts["field"]
    if field == "speed" and facts["sport"] in ON_FOOT and facts.has("value") and facts["value"] > 0:
        # people on foot think in pace
        name, value = _("pace"), numbers.pace(1 / facts["value"], facts.units)
        if facts.has("expected") and facts["expected"] > 0:
            return _expected(name, value, numbers.pace(1 / facts["expected"], facts.units))
        return _("{name} {value}", name=name, value=value)
    name, kind = workout_field(field)
    if not facts.has("value"):
        return _("the {name} cannot be right", name=name)
    value = facts.show("value", kind)
    if facts.has("low", "high"):
        return _("{name} {value} where {usual} is usual", name=name, value=value,
                 usual=facts.norm("low", "high", kind))  # fmt: skip
    if facts.has("expected"):
        return _expected(name, value, facts.show("expected", kind))
    return _("{name} {value}", name=name, value=value)


def _expected(name: str, value: str, expected: str) -> str:
    return _("{name} {value} where about {expected} was expected", name=name, value=value, expected=expected)


def _notes(facts: Facts) -> tuple[str, ...]:
    """The workout as it was recorded, how the fault shows, and what leaving it out would change."""
    size = amount(facts)
    whole = _("Recorded as {sport}.", sport=sport(facts["sport"]))
    if size:
        whole = _("Recorded as {sport}, {amount}.", sport=sport(facts["sport"]), amount=size)
    why = WHY.get(str(facts.values.get("why", "")), "")
    return tuple(note for note in (whole, why and _(why), _effect(facts)) if note)


def _effect(facts: Facts) -> str:
    changes = []
    for field, message in WITHOUT.items():
        name, without = f"week_{field}", f"week_{field}_without"
        if facts.has(name, without) and facts[name] != facts[without]:
            changes.append(_(message, without=facts.show(without, field), value=facts.show(name, field)))
    if facts.has("fitness") and facts["fitness"] >= 0.05:
        changes.append(_("fitness (CTL) {value} less", value=numbers.plain(facts["fitness"], 1)))
    held = [_(RECORDS[name]) for name in str(facts.values.get("records") or "").split()]
    if held:
        changes.append(_("the {records} of the year another", records=numbers.listed(held)))
    return _("Without it {changes}.", changes=numbers.listed(changes)) if changes else ""


def entry_error(facts: Facts) -> Said:
    """A number that was typed, converted or stopped wrongly."""
    return Said(_("Probably a wrong entry on {day}: {found}.", day=numbers.date(facts["day"]), found=_found(facts)),
                _notes(facts))  # fmt: skip


def sensor_fault(facts: Facts) -> Said:
    """A number that a device got wrong."""
    return Said(_("Probably a device fault on {day}: {found}.", day=numbers.date(facts["day"]), found=_found(facts)),
                _notes(facts))  # fmt: skip


def unusual_workout(facts: Facts) -> Said:
    """A workout unlike the athlete's others, but possible."""
    return Said(_("An unusual workout on {day}: {found}.", day=numbers.date(facts["day"]), found=_found(facts)),
                (*_notes(facts), _("It is possible, so it counts. Correct it at its source if it is wrong.")),
                )  # fmt: skip


def _load(facts: Facts, message: str) -> Said:
    expected: tuple[str, ...] = ()
    if facts.has("expected"):
        expected = (_("Expected from your own past weeks: {value}.", value=facts.show("expected", "duration")),)
    return Said(_(message, value=facts.show("value", "duration"), week=numbers.short_date(facts["week"]),
                  usual=facts.norm("low", "high", "duration")), expected)  # fmt: skip


def load_higher(facts: Facts) -> Said:
    """A week above the athlete's own norm."""
    return _load(facts, marked("More training than usual: {value} in the week of {week}, where {usual} is usual."))


def load_lower(facts: Facts) -> Said:
    """A week below the athlete's own norm."""
    return _load(facts, marked("Less training than usual: {value} in the week of {week}, where {usual} is usual."))


def gap(facts: Facts) -> Said:
    """No training for longer than usual."""
    text = counted("No training for {n} day.", "No training for {n} days.", facts["days"])
    if not facts.has("usual"):
        return Said(text)
    return Said(text, (counted("19 of 20 gaps of the last year were at most {n} day long.",
                               "19 of 20 gaps of the last year were at most {n} days long.",
                               round(facts["usual"])),))  # fmt: skip


def shift(facts: Facts) -> Said:
    """A lasting change of a weekly quantity, with the interval of its date."""
    what = subject(facts["subject"])
    rose = facts["after"] > facts["before"]
    said = (_("{subject} rose lastingly around {day}: from {change} a week{share}.") if rose else
            _("{subject} fell lastingly around {day}: from {change} a week{share}."))  # fmt: skip
    when = _("The change lies in that week.")
    if facts["low"] != facts["high"]:
        when = _("The change lies {when}.", when=numbers.between_dates(facts["low"], facts["high"]))
    return Said(
        said.format(subject=capital(what.name), day=numbers.short_date(facts["day"]),
                    change=facts.between("before", "after", what.kind),
                    share=aside(numbers.percent(facts["relative"], signed=True) if facts.has("relative") else "")),
        (when,), sign="↗" if rose else "↘",
    )  # fmt: skip


def none(facts: Facts) -> Said:
    """Nothing crossed its threshold."""
    made = facts["checked"]
    if facts.values.get("noted"):
        found = counted("{n} finding below is worth a look.", "{n} findings below are worth a look.", facts["noted"])
        said = counted("No alert: {n} check made. {found}", "No alert: {n} checks made. {found}", made, found=found)
        return Said(said, sign="✓")
    return Said(counted("Nothing unusual: {n} check made, none raised an alert.",
                        "Nothing unusual: {n} checks made, none raised an alert.", made), sign="✓")  # fmt: skip


def rate(facts: Facts) -> Said:
    """How often alerts are false for this athlete."""
    months = round(facts["months"])
    return Said(_("About {rate} false alerts a month on your own shuffled history.",
                  rate=numbers.plain(facts["rate"], 1)),
                (chosen("{level} interval {low} to {high}, from {n} month of your weeks in another order, in which "
                        "nothing can be news.",
                        "{level} interval {low} to {high}, from {n} months of your weeks in another order, in which "
                        "nothing can be news.", months, level=numbers.percent(0.95), n=numbers.plain(months),
                        low=numbers.plain(facts["low"], 1), high=numbers.plain(facts["high"], 1)),))  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "alert_entry_error": entry_error, "alert_sensor_fault": sensor_fault, "alert_unusual_workout": unusual_workout,
    "alert_load_higher": load_higher, "alert_load_lower": load_lower, "alert_gap": gap, "alert_habit_change": shift,
    "alerts_none": none, "alerts_rate": rate,
}  # fmt: skip
