"""The rules of what connected services give out."""

from __future__ import annotations

from fitintel.core.rule import Rule, Severity, Spoils

FETCHED: tuple[Rule, ...] = (
    Rule("answer_unexpected", "a service's answer is not what its documentation says", Severity.QUARANTINE,
         "read it again with the next version of fitintel, without a download: fitintel sync --reparse"),
    Rule("deleted_at_source", "the workout was deleted at the service it came from", Severity.WARNING,
         "nothing; if it is restored there, the next sync shows it again", (Spoils.EVERYTHING,)),
    Rule("samples_out_of_order", "samples do not go on in time and were left out", Severity.WARNING,
         "nothing, unless you know better"),
    Rule("power_estimated", "the service has estimated the power; it was not measured and is kept apart",
         Severity.NOTE, "nothing"),
)  # fmt: skip
