"""Rules about vendors' tables, wellness, health exports and what a person types; part of core/rules.py."""

from __future__ import annotations

from fitintel.core.rule import Rule, Severity, Spoils

ENTERED: tuple[Rule, ...] = (
    # the file as a whole
    Rule("several_people", "the file holds rows of several people", Severity.QUARANTINE,
         "say whose rows are yours: fitintel import --person ID, with the id as it stands in the file"),
    Rule("samples_without_date", "the file holds samples of one workout and does not say when it was",
         Severity.QUARANTINE, "export the workout as FIT, TCX or GPX, or type it with: fitintel add"),
    Rule("other_people", "rows of other people were left out", Severity.NOTE, "nothing"),
    Rule("zone_unknown", "times are in UTC and the athlete's time zone is not known: the day is that of UTC",
         Severity.NOTE, "give the zone, for example --zone Europe/Berlin, and import again"),
    Rule("samples_not_read", "the samples of the workout were not read, only its summary", Severity.NOTE,
         "import the FIT, TCX or GPX file of the workout for its samples"),
    Rule("kind_not_read", "records of kinds that are not used were left out", Severity.NOTE,
         "nothing: the raw bytes are kept"),
    # times
    Rule("clock_gap", "the local time does not exist: clocks were put forward; it was read an hour later",
         Severity.WARNING, "nothing, unless you know the right time"),
    Rule("clock_fold", "the local time exists twice: clocks were put back; the first was taken", Severity.WARNING,
         "nothing, unless you know the right time"),
    Rule("end_missing", "the record has no end; its start was taken", Severity.WARNING, "nothing"),
    # wellness
    Rule("wellness_impossible", "a value that cannot be of a person, or not of this scale, was set aside",
         Severity.WARNING, "correct the value at its source and import again"),
    Rule("wellness_nothing", "the row holds no value that can be used", Severity.QUARANTINE,
         "add or correct at least one value and retry"),
    Rule("wellness_empty", "rows without any value were passed over", Severity.NOTE, "nothing"),
    Rule("wellness_corrected", "the value was stored with another number; this one has replaced it",
         Severity.WARNING, "nothing; if the earlier one was right, correct it at its source"),
    # what a person decides
    Rule("left_out_by_person", "the athlete has left the workout out of every figure", Severity.WARNING,
         "count it again with: fitintel workouts include WORKOUT", (Spoils.EVERYTHING,)),
    # health exports
    Rule("export_repaired", "known defects of the export were mended before it was read", Severity.NOTE, "nothing"),
    Rule("samples_partial", "the samples span less than half of the workout and were left out", Severity.NOTE,
         "nothing: the device's own figures stand"),
    Rule("route_missing", "a workout names a route that is not in the export, or is of another time", Severity.WARNING,
         "export again; the workout is whole without its route"),
)  # fmt: skip
