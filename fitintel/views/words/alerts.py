"""Alerts: what crossed a stated threshold, with what was expected."""

from __future__ import annotations

from fitintel.core import days
from fitintel.core.sports import ON_FOOT
from fitintel.views import numbers
from fitintel.views.words.said import Facts, Said, Sentence, capital, subject, workout_field


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
    return f"{said} where about {facts.show('expected', kind)} was expected" if facts.has("expected") else said


def _whole(facts: Facts) -> str:
    """The workout as it was recorded."""
    parts = [facts.show(name, name) for name in ("distance", "duration") if facts.has(name)]
    return f"Recorded as {facts['sport']}, {' in '.join(parts)}." if parts else f"Recorded as {facts['sport']}."


def entry_error(facts: Facts) -> Said:
    """A number that was typed, converted or stopped wrongly."""
    return Said(f"Probably a wrong entry on {numbers.date(facts['day'])}: {_found(facts)}.", (_whole(facts),))


def sensor_fault(facts: Facts) -> Said:
    """A number that a device got wrong."""
    return Said(f"Probably a device fault on {numbers.date(facts['day'])}: {_found(facts)}.", (_whole(facts),))


def unusual_workout(facts: Facts) -> Said:
    """A workout unlike the athlete's others, but possible."""
    return Said(f"An unusual workout on {numbers.date(facts['day'])}: {_found(facts)}.",
                (_whole(facts), "It is possible, so it counts. Correct it at its source if it is wrong."))  # fmt: skip


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
    return Said(f"Nothing unusual: {numbers.count(facts['checked'], 'check')} made, none raised an alert.", sign="✓")


SENTENCES: dict[str, Sentence] = {
    "alert_entry_error": entry_error, "alert_sensor_fault": sensor_fault, "alert_unusual_workout": unusual_workout,
    "alert_load_higher": load_higher, "alert_load_lower": load_lower, "alert_gap": gap, "alert_habit_change": shift,
    "alerts_none": none,
}  # fmt: skip
