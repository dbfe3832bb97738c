"""Every named rule that a row is checked against: one definition for import, statistics, messages and documentation.

A rule says how bad a breach is, which figures it spoils and what a person can do. A workout carries the names of the
rules it breached as `flags`; `spoils` decides which statistics it is kept out of. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterable

from fitintel.core.errors import UnknownName
from fitintel.core.rule import Rule as Rule
from fitintel.core.rule import Severity as Severity
from fitintel.core.rule import Spoils as Spoils
from fitintel.core.rules_entered import ENTERED
from fitintel.core.rules_fetched import FETCHED
from fitintel.core.rules_recorded import RECORDED


def _table(*rules: Rule) -> dict[str, Rule]:
    return {rule.name: rule for rule in rules}


MAX_DURATION = 24 * 3600.0
"""s. A longer workout is a watch left running or a wrong entry (science: no statistic may use it)."""
MIN_ON_FOOT_SPEED = 0.45
"""m/s. Slower than this on foot over hours is not a walk, it is a watch left running (a slow stroll is 0.8 m/s)."""
LEFT_RUNNING_AFTER = 2 * 3600.0
"""s. Only workouts at least this long are suspected of a watch left running."""
MAX_SPEED: dict[str, float] = {"running": 12.5, "walking": 5.0, "hiking": 5.0, "swimming": 3.0, "rowing": 8.0}
"""m/s mean speed per sport beyond which the distance or the duration is wrong; any other sport: `MAX_SPEED_ANY`."""
MAX_SPEED_ANY = 35.0
MAX_DISTANCE = 1_000_000.0
"""m in one workout."""
MAX_TOP_SPEED: dict[str, float] = {
    "running": 12.5, "walking": 12.5, "hiking": 12.5, "swimming": 4.0, "rowing": 10.0,
}  # fmt: skip
"""m/s highest speed per sport beyond which it is a position fault, not a person; any other sport: `MAX_SPEED_ANY`."""
HR_RANGE = (25.0, 250.0)
"""bpm."""
CADENCE_RANGE = (0.0, 300.0)
"""1/min."""
RPE_RANGE = (0.0, 10.0)
"""CR-10."""
MAX_STEP_RATE = 5.0
"""1/s. More steps than this per second is a counter overflow."""
MAX_STEPS = MAX_STEP_RATE * MAX_DURATION
"""More steps than this in one workout is a counter overflow, whatever its duration claims to be."""
MAX_ENERGY_RATE = 2000.0
"""W. More energy than this per second is a counter overflow or saturation."""
SATURATED_KCAL = (32767.0, 65535.0)
"""kcal. The highest values of 16-bit counters: they stopped counting there."""
MAX_ELEVATION_GAIN = 30_000.0
"""m climbed in one workout; the 24 h record is below this."""
MAX_CELL = 10_000
"""characters in one cell."""

RULES = _table(
    # the file as a whole cannot be used (problem row 0)
    Rule("file_empty", "the file is empty", Severity.QUARANTINE, "export it again and import the new file"),
    Rule("file_too_large", "the file is over the size limit", Severity.QUARANTINE, "split it and import the parts"),
    Rule("file_binary", "the file is not text", Severity.QUARANTINE, "export it as CSV and import that"),
    Rule("file_unknown", "no source recognises the file", Severity.QUARANTINE,
         "name the columns in the first line, or import it with a profile"),
    Rule("file_unreadable", "the file as a whole is broken", Severity.QUARANTINE,
         "export it again and import the new file"),
    Rule("file_ambiguous", "the file can be read in more than one way", Severity.QUARANTINE,
         "retry with the option that the message names"),
    Rule("header_missing", "the first line names no known column", Severity.QUARANTINE,
         "write the column names into the first line and import again"),
    Rule("columns_missing", "a column that every workout needs is missing", Severity.QUARANTINE,
         "add the column, or import with a profile that names it"),
    Rule("column_twice", "a column name appears twice", Severity.QUARANTINE, "rename one of them and import again"),
    Rule("too_many_columns", "the table has more than 500 columns", Severity.QUARANTINE,
         "export only the columns of workouts and import again"),
    # the file is used; said once (problem row 0)
    Rule("no_rows", "the file has a header and no rows", Severity.WARNING, "check that the export was complete"),
    Rule("encoding_guessed", "the text encoding is not stated in the file and was guessed", Severity.NOTE,
         "save the file as UTF-8 if names or notes look wrong"),
    Rule("dialect_detected", "the signs between cells and before decimals are not stated in the file and were detected",
         Severity.NOTE, "look at one row; if its numbers are wrong, import it with a profile"),
    Rule("column_ignored", "the file cannot say whose workouts these are", Severity.NOTE,
         "nothing: workouts go to the athlete who was named at import"),
    Rule("unit_unknown", "a column has no unit and was left out", Severity.NOTE,
         "write the unit into its name, or give --units"),
    # the row cannot be understood
    Rule("date_missing", "the row has no date", Severity.QUARANTINE, "add the date and retry"),
    Rule("date_unreadable", "the date cannot be read", Severity.QUARANTINE, "write it as 2024-02-29 and retry"),
    Rule("date_ambiguous", "day and month cannot be told apart", Severity.QUARANTINE,
         "say --date-order dmy or mdy and retry"),
    Rule("date_in_future", "the date lies in the future", Severity.QUARANTINE, "correct the date and retry"),
    Rule("date_too_early", "the date lies before 1990: a clock that was never set", Severity.QUARANTINE,
         "correct the date and retry"),
    Rule("not_a_number", "the cell is not a plain number", Severity.QUARANTINE, "correct the number and retry"),
    Rule("not_finite", "the value is not finite", Severity.QUARANTINE, "correct the number and retry"),
    Rule("negative", "the value is negative", Severity.QUARANTINE, "correct the number and retry"),
    Rule("nothing_measured", "neither duration nor distance is given", Severity.QUARANTINE,
         "add at least one of them and retry"),
    Rule("too_many_cells", "the row has more cells than the header", Severity.QUARANTINE,
         "quote text that holds the separator and retry"),
    Rule("too_few_cells", "the row has fewer cells than the header", Severity.QUARANTINE,
         "add the missing cells and retry"),
    Rule("cell_too_long", "a cell is longer than 10,000 characters", Severity.QUARANTINE, "shorten the text and retry"),
    Rule("unclosed_quote", "a quote is opened and not closed in its row", Severity.QUARANTINE,
         "close or remove the quote and retry"),
    Rule("conflicting_rows", "rows of one identity or start time hold different values", Severity.QUARANTINE,
         "keep the right one of them, or give each its own id or start time, and import again"),
    Rule("bad_encoding", "the bytes are not valid text in the file's encoding", Severity.QUARANTINE,
         "save the file as UTF-8 and retry"),
    Rule("nul_byte", "the row holds a NUL byte", Severity.QUARANTINE, "remove the NUL byte and retry"),
    Rule("distance_absurd", "the distance is beyond 1,000 km in one workout", Severity.QUARANTINE,
         "correct the distance and retry"),
    # the row is already there
    Rule("identical_row", "the same row stands in the file more than once", Severity.NOTE, "nothing"),
    Rule("changed_at_source", "the workout was stored with other values; those of this file have replaced them",
         Severity.WARNING, "nothing; if the earlier values were right, correct the workout at its source"),
    # the row is kept, but some of its figures are not used
    Rule("duration_over_24h", "the duration is over 24 h", Severity.WARNING,
         "correct the duration at its source and import again", (Spoils.EVERYTHING,)),
    Rule("watch_left_running", "the mean speed is below a stroll over hours: a watch left running", Severity.WARNING,
         "correct the duration at its source and import again", (Spoils.DURATION, Spoils.PACE)),
    Rule("speed_impossible", "the mean speed is beyond what the sport allows", Severity.WARNING,
         "correct distance or duration at its source and import again",
         (Spoils.DURATION, Spoils.DISTANCE, Spoils.PACE)),
    Rule("duration_zero", "the duration is zero", Severity.WARNING, "add the duration at its source and import again",
         (Spoils.DURATION, Spoils.PACE)),
    Rule("nothing_recorded", "duration and distance are both zero: nothing was recorded", Severity.WARNING,
         "nothing, or correct the workout at its source and import again", (Spoils.EVERYTHING,)),
    Rule("row_short", "the last optional cells of the row are missing", Severity.WARNING,
         "nothing, unless you know the missing values"),
    Rule("time_normalised", "24:00 or a leap second was read as the next day or second", Severity.WARNING,
         "nothing"),
    Rule("possible_duplicate", "same day, sport, distance and duration as another workout", Severity.WARNING,
         "look at both and remove one if it is the same workout"),
    # one optional cell is set aside, the row is whole without it
    Rule("heart_rate_impossible", "the heart rate lies outside 25-250 bpm", Severity.WARNING,
         "nothing, unless you know the right value"),
    Rule("cadence_impossible", "the cadence lies outside 0-300 per minute", Severity.WARNING,
         "nothing, unless you know the right value"),
    Rule("rpe_impossible", "the exertion rating lies outside 0-10", Severity.WARNING, "rate it from 0 to 10"),
    Rule("steps_overflow", "more than 5 steps a second: the counter overflowed", Severity.WARNING,
         "nothing, unless you know the right value"),
    Rule("energy_overflow", "more than 2,000 W of energy: the counter overflowed or saturated", Severity.WARNING,
         "nothing, unless you know the right value"),
    Rule("optional_cell_unreadable", "an optional cell is not a plain number and was set aside", Severity.WARNING,
         "correct the number at its source and import again"),
    Rule("optional_cell_impossible", "an optional cell holds a value that cannot be and was set aside",
         Severity.WARNING, "correct the number at its source and import again"),
    Rule("top_speed_impossible", "the highest speed is beyond what the sport allows and was set aside",
         Severity.WARNING, "nothing: a position fault, the workout is whole without it"),
    Rule("sport_unknown", "the sport is not in the list and was kept as other", Severity.NOTE,
         "nothing, or name the sport with fitintel import --sport"),
    *RECORDED,
    *ENTERED,
    *FETCHED,
)  # fmt: skip


def rule(name: str) -> Rule:
    """The rule of that name."""
    if name not in RULES:
        raise UnknownName("rule", name, RULES)
    return RULES[name]


def spoiled(flags: str, what: Spoils) -> bool:
    """Whether a workout with these flags (names separated by blanks) must be kept out of figures of `what`.

    >>> spoiled("watch_left_running", Spoils.PACE), spoiled("watch_left_running", Spoils.DISTANCE)
    (True, False)
    """
    return any(
        what in RULES[name].spoils or Spoils.EVERYTHING in RULES[name].spoils for name in flags.split() if name in RULES
    )


def spoiled_rows(flags: Iterable[str | None], what: Spoils) -> list[bool]:
    """`spoiled` for a column of flags; each distinct text is looked up once.

    >>> spoiled_rows(["", None, "duration_over_24h"], Spoils.PACE)
    [False, False, True]
    """
    flags = list(flags)
    known = {text: bool(text) and spoiled(text or "", what) for text in set(flags)}
    return [known[text] for text in flags] if any(known.values()) else [False] * len(flags)
