"""Rules of the product and the classes of the catalogue: each rule belongs to one class.

A W_ class is asserted wherever its rule is said: as a warning, which marks its row or file, or as a note, which tells
what was done and leaves no doubt about a figure. Notes that the catalogue does not ask for belong to none.
"""

from __future__ import annotations

from fitintel.core.rules import RULES, Severity

_RULES_OF = {
    "E_EMPTY": "file_empty recording_empty",
    "E_TYPE": "file_binary file_unknown file_not_workout archive_encrypted",
    "E_TRUNCATED": "fit_truncated xml_truncated archive_truncated json_truncated",
    "E_CHECKSUM": "fit_crc_wrong archive_checksum",
    "E_SYNTAX": "file_unreadable fit_undefined_message fit_bytes_skipped xml_syntax xml_damaged archive_broken"
                " json_syntax not_a_number too_many_cells unclosed_quote nul_byte optional_cell_unreadable"
                " date_unreadable",
    "E_SCHEMA": "header_missing columns_missing column_twice too_few_cells date_missing nothing_measured"
                " samples_without_date answer_unexpected json_unexpected",
    "E_ENCODING": "bad_encoding xml_encoding json_encoding",
    "E_LIMIT": "file_too_large too_many_columns cell_too_long xml_limit archive_limit json_limit",
    "E_UNSAFE": "xml_unsafe archive_unsafe file_not_regular",
    "E_READ": "file_not_readable",
    "E_CHANGED": "file_changed",
    "E_TIME": "date_in_future date_too_early fit_no_clock",
    "E_RANGE": "not_finite negative distance_absurd duration_over_24h watch_left_running speed_impossible duration_zero"
               " nothing_recorded heart_rate_impossible cadence_impossible rpe_impossible steps_overflow"
               " energy_overflow optional_cell_impossible top_speed_impossible wellness_impossible wellness_nothing"
               " xml_positions_impossible json_number",
    "E_AMBIGUOUS": "file_ambiguous date_ambiguous several_people",
    "E_CONFLICT": "conflicting_rows",
    "E_INTERNAL": "parser_crashed parser_timeout",
    "W_NO_ROWS": "no_rows",
    "W_SHORT_ROW": "row_short",
    "W_TIME": "time_normalised xml_time_unreadable xml_time_before_1990 xml_time_far_off xml_point_without_time"
              " fit_time_impossible fit_record_without_time end_missing",
    "W_DST_GAP": "clock_gap",
    "W_DST_FOLD": "clock_fold",
    "W_TZ": "xml_time_without_zone day_uncertain",
    "W_EXT_MISMATCH": "extension_mismatch",
    "W_DUPLICATE": "possible_duplicate",
    "W_CHANGED": "changed_at_source wellness_corrected",
    "W_SALVAGED": "salvaged",
    "W_CLOCK_JUMP": "fit_clock_jump fit_clock_set_late clock_maybe_local xml_clock_disagrees",
    "W_TOTALS_MISMATCH": "device_summary_wrong",
    "W_NO_SESSION": "fit_no_session",
    "W_GPS": "xml_position_impossible positions_repaired position_unpaired",
    "W_VALUE": "xml_value_unreadable",
    "W_LAP": "tcx_lap_odd",
    "W_NO_TIME": "gpx_no_times",
    "W_NOT_PLACED": "fit_nothing_placed tcx_nothing_placed",
    "W_TRAILING": "fit_trailing_bytes",
    "W_TOO_MANY": "fit_too_many_messages gpx_too_many_tracks tcx_too_many_activities xml_more_remarks",
    "W_ROOT": "xml_root_missing",
    "W_ROUTE": "route_missing",
    "W_DELETED": "deleted_at_source",
    "W_ORDER": "samples_out_of_order",
    "W_ENCODING": "encoding_guessed",
    "W_DIALECT": "dialect_detected",
    "W_REPEATED_ROW": "identical_row",
    "W_IGNORED_COLUMN": "column_ignored",
    "W_DUP_SAMPLE": "fit_same_time xml_same_time",
    "W_UNKNOWN_ENUM": "fit_unknown_code",
    "W_FIELD": "fit_field_misaligned",
    "W_LEADING_SPACE": "xml_leading_space",
    "W_CONTROL": "xml_control_characters",
    "W_REPAIRED": "export_repaired",
}  # fmt: skip
DECIDED = {"left_out_by_person"}
"""rules of what a person decides: no input breaches them"""
CLASS = {rule: name for name, rules in _RULES_OF.items() for rule in rules.split()}
"""rule -> class"""


def without_class() -> set[str]:
    """Rules that would go unseen here."""
    grave = {name for name, rule in RULES.items() if rule.severity is not Severity.NOTE}
    return grave - set(CLASS) - DECIDED
