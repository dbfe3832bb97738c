"""The sections of a brief: their order, their titles, and what stands where there is nothing to say.

The texts are marked here and translated where they are used.
"""

from __future__ import annotations

from fitintel.core.records import Level, Section
from fitintel.views.language import marked

ORDER = (
    (Section.FOCUS, marked("Focus")), (Section.READINESS, marked("Readiness")), (Section.TODAY, marked("Today")),
    (Section.ALERTS, marked("Alerts")), (Section.RECOMMENDATIONS, marked("What next")),
    (Section.YESTERDAY, marked("Yesterday")), (Section.WEEK, marked("Week so far")), (Section.GOALS, marked("Goals")),
    (Section.TRENDS, marked("Trends")), (Section.FORECAST, marked("Forecast")),
    (Section.CONSISTENCY, marked("Consistency")), (Section.LOAD, marked("Load")),
    (Section.RECENT, marked("Recent workouts")), (Section.MISSING, marked("What is missing")),
)  # fmt: skip
"""Sections as they are read, with their titles: what is it about, is anything wrong, what next, then the evidence."""
EMPTY = {
    Section.MISSING: marked("Nothing is missing."),
    Section.TODAY: marked("Nothing is known of today yet."),
    Section.YESTERDAY: marked("Nothing is recorded before today."),
    Section.WEEK: marked("No week has begun in these data."),
    Section.GOALS: marked("No goal is stated. State one with: fitintel goal add training_days 4"),
    Section.READINESS: marked("No sleep, resting heart rate, HRV or rating is recorded, so nothing can be said of it."),
}
"""What stands where a section has nothing to say."""
PAGED = {Section.GOALS: marked("No goal is stated. Goals are stated in the athletes' app, under Goals and plans.")}
"""The same on a page, where the words above name a command of the terminal."""
NOTHING = marked("Nothing to say today.")
LOUD = {Level.ALERT: marked("Alert"), Level.NOTICE: marked("Note"), Level.MISSING: marked("Missing")}
"""Level -> the word that stands beside its colour."""
