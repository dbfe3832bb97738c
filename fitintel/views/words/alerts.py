"""Alerts: what crossed a stated threshold, with what was expected."""

from __future__ import annotations

from fitintel.core import days
from fitintel.core.sports import ON_FOOT
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence, capital, subject, workout_field

WHY = {
    "contact lost": "The sensor lost contact: the mean is far below the usual, the highest value is not.",
    "locked to steps": "It is as fast as steps and hardly changes: the sensor may have counted steps.",
    "spike": "Only the highest value stands out, not the mean: beats counted several times.",
    "one foot": "It is half of the usual: steps of one foot were counted.",
    "position jump": "A highest speed like this is a jump of the position; the distance may be too long as well.",
    "climb": "No other workout climbs nearly as much for its way: a barometer that drifts or is blocked does.",
    "slip": "A usual slip (a digit, a unit, two fields exchanged) leads back to a usual value.",
    "lost": "It is too short for its time: a part was not recorded.",
}  # fmt: skip
"""how a fault shows -> a sentence."""
RECORDS = {"distance": "longest distance", "duration": "longest duration", "speed": "highest mean speed"}


def _found(facts: Facts) -> str:
    """`duration 20:34 h where about 32 min was expected`."""
    field = facts["field"]
    if field == "speed" and facts["sport"] in ON_FOOT and facts.has("value") and facts["value"] > 0:
        # people on foot think in pace
        said = f"pace {numbers.pace(1 / facts['value'], facts.units)}"
        known = facts.has("expected") and facts["expected"] > 0
        return f"{said} where about {numbers.pace(1 / facts['expected'], facts.units)} was expected" if known else said
    name, kind = workout_field(field)
    if not facts.has("value"):
        return f"the {name} cannot be right"
    said = f"{name} {facts.show('value', kind)}"
    if facts.has("low", "high"):
        return f"{said} where {facts.norm('low', 'high', kind)} is usual"
    return f"{said} where about {facts.show('expected', kind)} was expected" if facts.has("expected") else said


def _notes(facts: Facts) -> tuple[str, ...]:
    """The workout as it was recorded, how the fault shows, and what leaving it out would change."""
    parts = [facts.show(name, name) for name in ("distance", "duration") if facts.has(name)]
    whole = f"Recorded as {facts['sport']}, {' in '.join(parts)}." if parts else f"Recorded as {facts['sport']}."
    why = WHY.get(str(facts.values.get("why", "")), "")
    return tuple(note for note in (whole, why, _effect(facts), _answered(facts)) if note)


def _effect(facts: Facts) -> str:
    changes = []
    for field in ("distance", "duration"):
        name, without = f"week_{field}", f"week_{field}_without"
        if facts.has(name, without) and facts[name] != facts[without]:
            changes.append(f"the week's {field} would be {facts.show(without, field)} in place of "
                           f"{facts.show(name, field)}")  # fmt: skip
    if facts.has("fitness") and facts["fitness"] >= 0.05:
        changes.append(f"fitness (CTL) {numbers.plain(facts['fitness'], 1)} less")
    held = [RECORDS[name] for name in str(facts.values.get("records") or "").split()]
    if held:
        changes.append(f"the {numbers.listed(held)} of the year another")
    return f"Without it {numbers.listed(changes)}." if changes else ""


def _answered(facts: Facts) -> str:
    return "Acknowledged." if facts.values.get("acknowledged") else ""


def entry_error(facts: Facts) -> Said:
    """A number that was typed, converted or stopped wrongly."""
    return Said(f"Probably a wrong entry on {numbers.date(facts['day'])}: {_found(facts)}.", _notes(facts))


def sensor_fault(facts: Facts) -> Said:
    """A number that a device got wrong."""
    return Said(f"Probably a device fault on {numbers.date(facts['day'])}: {_found(facts)}.", _notes(facts))


def unusual_workout(facts: Facts) -> Said:
    """A workout unlike the athlete's others, but possible."""
    return Said(f"An unusual workout on {numbers.date(facts['day'])}: {_found(facts)}.",
                (*_notes(facts), "It is possible, so it counts. Correct it at its source if it is wrong."))  # fmt: skip


def _load(facts: Facts, direction: str) -> Said:
    return Said(
        f"{direction} training than usual: {facts.show('value', 'duration')} in the week of "
        f"{days.said(facts['week'])}, where {facts.norm('low', 'high', 'duration')} is usual.",
        (f"Expected from your own past weeks: {facts.show('expected', 'duration')}.",) if facts.has("expected") else (),
    )


def load_higher(facts: Facts) -> Said:
    """A week above the athlete's own norm."""
    return _load(facts, "More")


def load_lower(facts: Facts) -> Said:
    """A week below the athlete's own norm."""
    return _load(facts, "Less")


def gap(facts: Facts) -> Said:
    """No training for longer than usual."""
    text = f"No training for {numbers.count(facts['days'], 'day')}."
    if not facts.has("usual"):
        return Said(text)
    return Said(
        text, (f"19 of 20 gaps of the last year were at most {numbers.count(round(facts['usual']), 'day')} long.",)
    )


def shift(facts: Facts) -> Said:
    """A lasting change of a weekly quantity, with the interval of its date."""
    what = subject(facts["subject"])
    rose = facts["after"] > facts["before"]
    share = f" ({numbers.percent(facts['relative'], signed=True)})" if facts.has("relative") else ""
    when = f"between {numbers.date_range(facts['low'], facts['high'])}".replace(numbers.TO, " and ")
    return Said(
        f"{capital(what.name)} {'rose' if rose else 'fell'} lastingly around {days.said(facts['day'])}: from "
        f"{facts.between('before', 'after', what.kind)} a week{share}.",
        (f"The change lies {when if facts['low'] != facts['high'] else 'in that week'}.",),
        sign="↗" if rose else "↘",
    )  # fmt: skip


def none(facts: Facts) -> Said:
    """Nothing crossed its threshold."""
    made = numbers.count(facts["checked"], "check")
    if facts.values.get("noted"):
        return Said(f"No alert: {made} made. {numbers.count(facts['noted'], 'finding')} below "
                    f"{'is' if facts['noted'] == 1 else 'are'} worth a look.", sign="✓")  # fmt: skip
    return Said(f"Nothing unusual: {made} made, none raised an alert.", sign="✓")


def rate(facts: Facts) -> Said:
    """How often alerts are false for this athlete."""
    return Said(f"About {numbers.plain(facts['rate'], 1)} false alerts a month on your own shuffled history.",
                (f"95 % interval {numbers.plain(facts['low'], 1)} to {numbers.plain(facts['high'], 1)}, from "
                 f"{numbers.count(round(facts['months']), 'month')} of your weeks in another order, in which nothing "
                 "can be news.",))  # fmt: skip


SENTENCES: dict[str, Sentence] = {
    "alert_entry_error": entry_error, "alert_sensor_fault": sensor_fault, "alert_unusual_workout": unusual_workout,
    "alert_load_higher": load_higher, "alert_load_lower": load_lower, "alert_gap": gap, "alert_habit_change": shift,
    "alerts_none": none, "alerts_rate": rate,
}  # fmt: skip
