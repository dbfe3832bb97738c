"""What each method of the store opens, and whose data it is. A method that is not listed opens for nobody.

The owner of a workspace without accounts uses the store itself; for everybody else `workbench.guard` stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from fitintel.access.actor import Kind
from fitintel.core.records import Athlete


class Level(Enum):
    """What a method does with the records."""

    READ = "reads"
    DERIVE = "keeps what was computed from them"
    WRITE = "changes them"


class By(Enum):
    """Where it stands whose records they are."""

    ARGUMENT = "an athlete id, or records with one, in the argument"
    RESULT = "the athlete id of what it returns"
    NOBODY = "of no person"


@dataclass(frozen=True, slots=True)
class Guarded:
    """One method of the store."""

    kind: Kind
    level: Level = Level.READ
    by: By = By.ARGUMENT
    argument: str = "athlete_id"
    """name of the argument; where it is None, what is returned is chosen by its athletes"""


def _derives(kind: Kind, argument: str = "athlete_id") -> Guarded:
    return Guarded(kind, Level.DERIVE, argument=argument)


def _writes(kind: Kind, argument: str = "athlete_id") -> Guarded:
    return Guarded(kind, Level.WRITE, argument=argument)


def _of_nobody(kind: Kind, level: Level = Level.READ) -> Guarded:
    return Guarded(kind, level, By.NOBODY)


def _of_result(kind: Kind) -> Guarded:
    return Guarded(kind, by=By.RESULT)


METHODS: dict[str, Guarded] = {
    # an athlete's
    "put_athlete": _writes(Kind.PROFILE, "athlete"),
    "details": Guarded(Kind.DETAILS),
    "put_details": _writes(Kind.DETAILS, "details"),
    "forget_details": _writes(Kind.DETAILS),
    "workouts": Guarded(Kind.WORKOUT),
    "known_ids": Guarded(Kind.WORKOUT),
    "update_flags": _writes(Kind.WORKOUT),
    "recordings": Guarded(Kind.WORKOUT),
    "judge_quality": _derives(Kind.WORKOUT),
    "repairs": Guarded(Kind.WORKOUT),
    "put_repairs": _writes(Kind.WORKOUT),
    "links": Guarded(Kind.WORKOUT),
    "put_links": _writes(Kind.WORKOUT),
    "labels": Guarded(Kind.WORKOUT),
    "put_labels": _writes(Kind.WORKOUT, "said"),
    "imports": Guarded(Kind.IMPORT),
    "imports_with_workouts": Guarded(Kind.IMPORT),
    "problems": Guarded(Kind.IMPORT),
    "save_import": _writes(Kind.IMPORT, "record"),
    "save_imports": _writes(Kind.IMPORT, "incoming"),
    "note_imports": _writes(Kind.IMPORT, "records"),
    "state": _writes(Kind.STATEMENT, "statements"),
    "save_brief": _derives(Kind.BRIEF, "brief"),
    "brief": _of_result(Kind.BRIEF),
    "briefs": Guarded(Kind.BRIEF),
    "runs_about": Guarded(Kind.BRIEF),
    "tell": _derives(Kind.BRIEF, "told"),
    "told": Guarded(Kind.BRIEF),
    "judge_told": _derives(Kind.BRIEF),
    "answer": _writes(Kind.BRIEF, "given"),
    "answers": Guarded(Kind.BRIEF),
    "executed": _of_result(Kind.BRIEF),
    "expected": _of_result(Kind.BRIEF),
    "shadow_runs": _of_result(Kind.BRIEF),
    "put_shadow_runs": _derives(Kind.BRIEF, "made"),
    "own_runs": _derives(Kind.BRIEF),
    "comments": Guarded(Kind.MESSAGE),
    "comments_on": Guarded(Kind.MESSAGE, argument="athlete_ids"),
    "put_comments": _writes(Kind.MESSAGE, "said"),
    "connections": Guarded(Kind.CONNECTION),
    "put_connection": _writes(Kind.CONNECTION, "connection"),
    "lease_tokens": _writes(Kind.CONNECTION),
    "put_tokens": _writes(Kind.CONNECTION),
    "note_sync": _writes(Kind.CONNECTION),
    "remove_connection": _writes(Kind.CONNECTION),
    "payloads": Guarded(Kind.CONNECTION),
    "put_payload": _writes(Kind.CONNECTION, "payload"),
    "forget_payloads": _writes(Kind.CONNECTION),
    "awaited": Guarded(Kind.CONNECTION),
    "put_awaited": _writes(Kind.CONNECTION, "items"),
    "settle_awaited": _writes(Kind.CONNECTION),
    "tombstones": Guarded(Kind.CONNECTION),
    "bury": _writes(Kind.CONNECTION, "tombstone"),
    "unbury": _writes(Kind.CONNECTION, "tombstone"),
    "consents": Guarded(Kind.CONSENT),
    "put_consents": _writes(Kind.CONSENT, "given"),
    "recipients": Guarded(Kind.PREFERENCE),
    "put_recipient": _writes(Kind.PREFERENCE, "one"),
    "remove_recipient": _writes(Kind.PREFERENCE),
    "glasses": Guarded(Kind.GLASS),
    "rows_of": Guarded(Kind.EXPORT),
    # of the workspace
    "evaluations": _of_nobody(Kind.EXPERIMENT),
    "put_evaluation": _of_nobody(Kind.EXPERIMENT, Level.WRITE),
    "promotions": _of_nobody(Kind.PROMOTION),
    "put_promotion": _of_nobody(Kind.PROMOTION, Level.WRITE),
    "approve": _of_nobody(Kind.PROMOTION, Level.WRITE),
    "shadows": _of_nobody(Kind.EXPERIMENT),
    "put_shadow": _of_nobody(Kind.EXPERIMENT, Level.WRITE),
    "points": _of_nobody(Kind.ALGORITHM),
}
"""Methods that a record's kind and athlete decide on."""

SPECIAL = frozenset({"athlete", "athletes", "revision", "wellness", "stated", "run", "runs", "save_runs",
                     "model", "save_model", "settle_problems", "preferences", "put_preferences", "memberships",
                     "close"})  # fmt: skip
"""Methods with a rule of their own in `workbench.guard`."""

SYSTEM = frozenset({
    # the audit chain, the spool of MLflow and the points of a day
    "append_audit", "hand_over", "audit_rows", "audit_end", "kept_brief", "kept_runs",
    "untracked", "mark_tracked", "settle_expected", "put_points",
    "mark_sent",
    # what a promotion changes names athletes, and is told to who decides
    "affected", "put_affected",
    # erasing and rotation have verbs that ask for themselves
    "erase_athlete", "files_of", "overwrite_freed", "forget_cached", "kept_texts", "replace_texts",
    # the night works for everybody
    "having", "told_of", "dear_runs", "save_briefs", "revisions", "fitted", "models", "keep_nights", "night", "outbox",
    "settle_delivery",
    # the schedule works for everybody
    "turns", "take_turns", "settle_turns", "all_preferences",
    # events name records and hold no figures; who follows them is asked for each (api/live.py)
    "put_events", "events", "newest_event", "drop_events", "await_event",
    # stamps say nothing but "changed"; repeats and jobs belong to the account that asked (api/)
    "stamp", "begin_repeat", "end_repeat", "put_job", "job",
    # accounts, sessions and squads have verbs that ask for themselves
    "put_account", "account", "accounts", "account_of", "secrets", "put_secrets", "standing", "put_squad", "squads",
    "put_membership", "put_log_in", "log_ins", "session_token", "exchange", "revoke", "put_api_token",
    "api_tokens", "api_token", "attempt", "forget_attempts", "put_glass", "run_owners",
})  # fmt: skip
"""Methods that only the workbench's own code uses, through `Door.vault`."""


def athletes_of(given: Any) -> set[str]:
    """Athlete ids of an argument: an id, a record, or several.

    >>> athletes_of("anna"), athletes_of([])
    ({'anna'}, set())
    """
    if isinstance(given, str):
        return {given}
    if isinstance(given, Athlete):
        return {given.id}
    if isinstance(given, Iterable):
        return {name for one in given for name in athletes_of(one)}
    return {given.record.athlete_id} if hasattr(given, "record") else {given.athlete_id}
