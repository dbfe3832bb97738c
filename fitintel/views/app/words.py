"""Words of the athlete's app: titles, buttons, hints, and what stands where there is nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from fitintel.core.errors import UnknownName
from fitintel.views.language import _, marked


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen in the navigation; `icon` is a name of Material Symbols, which Streamlit brings as a local font."""

    name: str
    title: str
    icon: str


SCREENS: tuple[tuple[str, str, str], ...] = (
    ("today", marked("Today"), "today"), ("calendar", marked("Calendar"), "calendar_month"),
    ("trends", marked("Trends"), "trending_up"), ("workouts", marked("Workouts"), "directions_run"),
    ("add", marked("Add"), "add_circle"), ("plans", marked("Goals and plans"), "flag"),
    ("query", marked("Query"), "database"), ("algorithms", marked("Algorithms"), "functions"),
    ("me", marked("Me"), "person"),
)  # fmt: skip
"""name, title and icon of each screen, in the order of the navigation; what an athlete does daily comes first."""

WORDS: dict[str, dict[str, str]] = {
    "every": {
        "app": marked("fitintel"), "athlete": marked("Athlete"), "simulated": marked("Simulated athlete, no person"),
        "nobody": marked("Nobody's workouts are here yet."),
        "nobody_next": marked("Bring in a file with the screen Add, or make the simulated squad with: fitintel demo"),
        "refused": marked("You may not see this."), "failed": marked("This did not work."),
        "why": marked("Why"), "next": marked("What to do"), "table": marked("Figures behind the chart"),
        "show": marked("Show"),
        "save": marked("Save"), "back": marked("Back to the list"), "choose": marked("Choose"),
    },
    "today": {
        "how": marked("How was this computed?"), "trust": marked("How far to trust it"), "source": marked("Source"),
        "limits": marked("Limits"), "run": marked("Run"), "again": marked("Compute it again"),
        "result": marked("Gives"),
        "helpful": marked("Helpful"), "unhelpful": marked("Not helpful"), "snooze": marked("Snooze"),
        "snooze_until": marked("Do not show it before"), "acknowledge": marked("Seen"),
        "dismiss": marked("Dismiss"), "done": marked("Done"), "not done": marked("Not done"),
        "correct": marked("Correct the workout"), "more": marked("More"), "minimum": marked("At least"),
        "effect": marked("Expect"), "avoid": marked("Avoid"), "day": marked("Day"),
        "answered": marked("Noted: {what}"),
        "version": marked("Brief {brief}, version {version}"),
        "same": marked("The same value came out again, bit for bit."),
    },
    "calendar": {
        "month": marked("Month"), "earlier": marked("Earlier"), "later": marked("Later"), "done": marked("Done"),
        "planned": marked("Planned"), "empty": marked("Nothing is recorded or planned in this month."),
        "months": marked("Month by month"),
    },
    "trends": {
        "empty": marked("There is too little history for a trend yet."), "history": marked("All years"),
        "records": marked("Best efforts"), "read_on": marked("Read more recordings"),
        "no_changes": marked("No lasting change was found."),
    },
    "workouts": {
        "sport": marked("Sport"), "every_sport": marked("Every sport"), "year": marked("Year"),
        "every_year": marked("Every year"), "open": marked("Open a workout"), "empty": marked("No workouts yet."),
        "empty_next": marked("Bring in a file, or type one, with the screen Add."),
        "label": marked("What was it?"), "session": marked("What kind of session?"),
        "keep_label": marked("Keep what I say"), "take_back": marked("Take it back"),
        "labelled": marked("Kept. Your word wins over every algorithm, and it learns from it."),
        "exclude": marked("Leave out of every figure"), "include": marked("Count it again"),
        "excluded": marked("You left this workout out of every figure."),
        "excluded_done": marked("It is left out of every figure. It is still here."),
        "included_done": marked("It counts again."), "none_such": marked("No workout is like this."),
        "undo_merge": marked("These are two workouts: undo the merge"),
        "merged_with": marked("Held to be one with another recording"), "split_done": marked("They are two again."),
        "repairs": marked("Repairs"),
        "stream": marked("Over time"), "laps": marked("Laps"), "problems": marked("What the import noted"),
        "no_stream": marked("No samples are kept of this workout."),
        "why": marked("How do you know? (not needed)"), "same": marked("May be one"),
        "one": marked("They are one"), "two": marked("They are two"), "all_shown": marked("Show all"),
    },
    "add": {
        "files": marked("Files"), "upload": marked("FIT, GPX, TCX, CSV, JSON, or an archive of them"),
        "start": marked("Take them in"), "reading": marked("Reading"), "finished": marked("Finished"),
        "report": marked("What happened to each file"), "workout": marked("Workout"), "wellness": marked("Wellness"),
        "threshold": marked("Threshold"), "account": marked("Account"), "date": marked("Day"),
        "sport": marked("Sport"), "duration": marked("Duration, for example 45 min or 1:10 h"),
        "distance": marked("Distance, for example 8.5 km or 5 mi"), "rpe": marked("Effort, 0 to 10"),
        "hr_mean": marked("Mean heart rate"), "notes": marked("Notes"), "metric": marked("What"),
        "value": marked("Value"), "kind": marked("Kind"), "value_unit": marked("Value with its unit"),
        "since": marked("Valid from"), "protocol": marked("How it was found"),
        "add": marked("Add"), "added": marked("Kept."),
        "provider": marked("Service"), "key": marked("Personal API key"), "connect": marked("Connect"),
        "sync": marked("Bring in what is new"), "disconnect": marked("Disconnect"),
        "begin": marked("Allow it at the service"), "begun": marked("Open this address, allow it, and come back:"),
        "redirected": marked("Address to which you were sent back"), "finish": marked("Finish"),
        "connected": marked("Connected."), "disconnected": marked("Disconnected. What was fetched stays."),
        "yours": marked("Files are taken in as your own: {athlete}"), "see": marked("See it in Today"),
        "simulated": marked("A simulated athlete takes no files. They would be taken in for yourself."),
        "every_sport": marked("every sport"),
    },
    "plans": {
        "goals": marked("Goals"), "planned": marked("Planned workouts"), "excused": marked("Excused days"),
        "what_if": marked("What if"), "no_goals": marked("No goal is stated yet."),
        "no_plans": marked("Nothing is planned from today on."), "no_excuses": marked("No days are excused."),
        "kind": marked("Goal"), "value": marked("How much, for example 4, 5 h or 40 km"), "name": marked("Name"),
        "since": marked("From"), "day": marked("Day"), "sport": marked("Sport"), "duration": marked("Duration"),
        "distance": marked("Distance"), "rpe": marked("Effort, 0 to 10"), "notes": marked("Notes"),
        "first": marked("First day"), "last": marked("Last day"), "reason": marked("Reason"),
        "add_goal": marked("State a goal"), "add_plan": marked("Plan a workout"), "add_excuse": marked("Excuse days"),
        "sessions": marked("Sessions a week"), "ramp": marked("Growth a week, percent"),
        "taper": marked("Days of taper"), "miss": marked("Missed week (0: none)"), "weeks": marked("Weeks ahead"),
        "compare": marked("Compare"), "plan_a": marked("Plan A"), "plan_b": marked("Plan B"),
        "kept": marked("Kept."), "withdraw": marked("Withdraw"), "withdrawn": marked("Withdrawn."),
        "simulated_states": marked("A simulated athlete's goals and plans stay as they were made."),
    },
    "query": {
        "intro": marked("Ask your own data in SQL. It can only be read, and nothing else can be reached."),
        "examples": marked("Examples"), "sql": marked("SQL"), "run": marked("Run"),
        "tables": marked("Tables and columns"), "empty": marked("The query gave no rows."),
        "download": marked("Take the result along (CSV)"),
        "times": marked("s are seconds, m metres; day is a date."),
    },
    "algorithms": {
        "search": marked("Search"), "family": marked("Family"), "every_family": marked("Every family"),
        "open": marked("Algorithm"), "yours": marked("In your brief"),
        "none": marked("No algorithm is named like this."), "with_numbers": marked("With your numbers"),
    },
    "me": {
        "reading": marked("How I read"), "units": marked("Units"), "language": marked("Language"),
        "zone": marked("Time zone"), "machine": marked("as this computer"),
        "theme": marked("Colours"), "theme_auto": marked("as my system"), "light": marked("light"),
        "dark": marked("dark"),
        "units_auto": marked("as the athlete"), "metric": marked("metric"), "imperial": marked("imperial"),
        "thresholds": marked("Thresholds"), "no_thresholds": marked("No threshold is stated yet. Add one under Add."),
        "privacy": marked("Privacy"), "seen": marked("Who saw my data"),
        "seen_says": marked("Every reading is a row of a signed chain. The newest are first."),
        "take": marked("Take my data along"), "make": marked("Make the archive"), "download": marked("Download"),
        "take_says": marked("Everything that is yours, in an open layout. It can be taken in again."),
        "erase": marked("Erase everything"), "erase_says": marked(
            "All workouts, files, samples, statements, briefs and answers of this athlete are removed for good. "
            "Rows of the audit chain stay, without any figure."),
        "erase_type": marked("To confirm, type: {word}"), "erase_do": marked("Erase for good"),
        "erased": marked("Everything is erased."), "saved": marked("Kept."),
        "nobody_saw": marked("Nobody has read anything yet."), "shared": marked("Whom I share with"),
        "shared_says": marked("Nobody else sees anything that is not opened here. What is taken back holds at once."),
        "no_squad": marked("You are in no squad. A coach invites you to theirs; you join it here."),
        "nothing_shared": marked("nothing"), "join": marked("Join"), "refuse": marked("Refuse"),
        "leave": marked("Leave"),
    },
}  # fmt: skip
"""screen -> name -> text."""


def screens() -> tuple[Screen, ...]:
    """Every screen, in the reader's language."""
    return tuple(Screen(name, _(title), icon) for name, title, icon in SCREENS)


def words(screen: str) -> SimpleNamespace:
    """The words of a screen and those of every screen, in the reader's language; raises UnknownName.

    >>> words("today").helpful, words("today").save
    ('Helpful', 'Save')
    """
    if screen not in WORDS:
        raise UnknownName("screen", screen, WORDS)
    title = {name: text for name, text, _icon in SCREENS}.get(screen, WORDS["every"]["app"])
    said = {**WORDS["every"], **WORDS[screen], "title": title}
    return SimpleNamespace(**{name: _(text) for name, text in said.items()})
