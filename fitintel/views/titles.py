"""Titles of the algorithms that a brief shows, for readers of other languages; any other title stays English.

The title is a name on a card (`core/card.py`), and a card is English: what is translated is what stands on the badge.
"""

from __future__ import annotations

from fitintel.views.language import _, marked

TITLES = frozenset({
    marked("Activity"), marked("After own gaps"), marked("After weeks with fixed days"), marked("Alert budget"),
    marked("Alerts since the last brief"), marked("Chance of a target time"), marked("Chance of the week's goal"),
    marked("Checks of each day"), marked("Consistency"), marked("Daily load"), marked("Daily totals"),
    marked("Deviation of wellness"), marked("Effect of leaving a workout out"),
    marked("Expected load of planned workouts"), marked("Flag of heart rate variability"),
    marked("Forecast of a capacity"), marked("Hooper index"), marked("Interval of each workout's load"),
    marked("Interval of smoothed load"), marked("Kind of session"), marked("Lasting changes"), marked("Late sources"),
    marked("Load by the best method"), marked("Load change"), marked("Load chart continued"),
    marked("Nights of wellness"), marked("Performance management chart"), marked("Planned against done"),
    marked("Plans side by side"), marked("Questions of a week"), marked("Race prediction"), marked("Readiness"),
    marked("Resting heart rate, robust z"), marked("Score of a race prediction"), marked("Session load"),
    marked("Signs of readiness"), marked("This weekday usually"), marked("Training gap"), marked("Trend"),
    marked("Usual band of heart rate variability"), marked("Week so far"), marked("Weekly forecast"),
    marked("Weekly heart rate variability"), marked("Workout anomalies"), marked("Workout anomalies, laps included"),
})  # fmt: skip


def titled(title: str) -> str:
    """The title of an algorithm in the language that is spoken.

    >>> titled("Consistency"), titled("Wilson interval")
    ('Consistency', 'Wilson interval')
    """
    return _(title) if title in TITLES else title
