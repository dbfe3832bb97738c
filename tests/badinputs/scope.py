"""Which cases of the catalogue are tested where, which end otherwise than it lists, and which are not of files."""

from __future__ import annotations

CATALOGUE = {
    "ANY": 14, "CSV": 32, "FIT": 22, "XML": 22, "JSN": 14, "ZIP": 16, "APL": 5, "API": 10, "MAN": 9, "NET": 8,
    "GQL": 4, "WS": 3, "NB": 6, "VOI": 1, "MLF": 3, "BAK": 1, "AUD": 1,
}  # fmt: skip
"""part -> number of its cases"""
TOGETHER = {
    "ANY-04": "test_the_same_bytes_under_another_name_are_a_duplicate",
    "ANY-06": "test_two_athletes_with_the_same_file_do_not_see_each_other",
    "ANY-07": "test_a_file_over_the_limit_is_not_kept",
    "ANY-10": "test_one_damaged_file_of_many_waits_alone",
    "ANY-11": "test_what_is_no_regular_file_is_passed_over",
    "ANY-12": "test_a_file_that_changes_while_it_is_read_is_read_again_once_and_then_refused",
    "FIT-07": "test_no_damage_of_a_fit_file_is_a_fault_of_the_reader",
}
"""id -> its test in test_together.py: more than one file, or a folder"""
DEVIATES = {
    "CSV-10": "an unclosed quote costs its own row, not the file: the rows behind it are found again",
    "XML-12": "a track without times is no workout: kept aside as E_TYPE",
    "JSN-11": "files of vendors hold hundreds of names: unknown ones are passed over; claims to own are said",
}  # fmt: skip
"""id -> why the outcome that is asserted is not word for word the one of the catalogue"""
ELSEWHERE = {
    "ANY-05": "tests/workbench/test_duplicates.py::test_the_same_ride_in_three_formats_is_one_workout_in_any_order",
    "FIT-20": "tests/ingest/fit/test_damage.py::test_two_million_records_are_the_limit",
    "ZIP-14": "tests/workbench/test_killed_import.py::test_a_killed_import_is_whole_or_absent_and_a_rerun_completes_it",
    "APL-02": "tests/ingest/apple/test_apple_health.py::test_memory_does_not_grow_with_the_file",
    "CSV-22": "tests/badinputs/test_together.py::test_a_file_over_the_limit_is_not_kept",
    "JSN-09": "tests/badinputs/test_together.py::test_a_file_over_the_limit_is_not_kept",
}
"""id -> the test of another part that holds it"""
_LATER = {
    "API": (range(1, 11), "answers of services, not files: tests/ingest/connectors"),
    "MAN": (range(1, 10), "forms of the interface that is not there yet"),
    "NET": (range(1, 9), "HTTP: there is no server yet"),
    "GQL": (range(1, 5), "GraphQL: there is no server yet"),
    "WS": (range(1, 4), "WebSocket: there is no server yet"),
    "NB": (range(1, 7), "notebooks and papermill: tests/test_notebooks.py holds what there is"),
    "VOI": (range(1, 2), "Voila: there is no server yet"),
    "MLF": (range(1, 4), "models in a registry are not loaded yet"),
    "BAK": (range(1, 2), "backups are not made yet"),
    "AUD": (range(1, 2), "there is no audit chain yet"),
    "ANY": ((9,), "uploads that are cut: there is no server yet; a cut file is FIT-01, XML-08, ZIP-10"),
    "XML": ((14,), "size and speed are measured by bench/ingest_xml.py"),
    "JSN": ((14,), "no pydantic model is in the way of a file"),
}  # fmt: skip
OUT_OF_SCOPE = {f"{part}-{number:02d}": why for part, (numbers, why) in _LATER.items() for number in numbers}
"""id -> why it is not tested as a file"""
