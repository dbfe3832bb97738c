"""Findings become problems; what an earlier import of the same bytes already said is not said twice."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence

from fitintel.core.records import ImportRecord, Outcome, Problem, ProblemStatus
from fitintel.ingest.intake import Finding
from fitintel.ingest.options import Options

Key = tuple[int, str, str, str]


def new_import_id() -> str:
    """A name for one act of importing."""
    return "i-" + uuid.uuid4().hex[:20]


def problems_of(findings: Iterable[Finding], import_id: str, athlete_id: str) -> tuple[Problem, ...]:
    """The problems of one import, with ids made from the import and their place in it."""
    return tuple(
        Problem(
            id="p-" + hashlib.sha256(f"{import_id}/{place}".encode()).hexdigest()[:20], import_id=import_id,
            athlete_id=athlete_id, row=f.row, line=f.line, column=f.column, rule=f.rule, value=f.value,
            outcome=f.outcome, detail=f.detail, workout_id=f.workout_id,
        )
        for place, f in enumerate(findings)
    )  # fmt: skip


def key(problem: Problem) -> Key:
    """What makes two problems of the same bytes the same problem."""
    return problem.row, problem.column, problem.rule, problem.value


def against_earlier(
    problems: Sequence[Problem], earlier: Sequence[Problem]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...], tuple[str, ...]]:
    """(all problems of this import, those to write, ids of earlier ones that are settled by it).

    `earlier` are the quarantined problems, of any status, of earlier imports of the same bytes. One that is still so
    stays as it is, open or dismissed; an open one that no longer holds is settled.
    """
    standing = {key(problem): problem for problem in earlier if problem.status is not ProblemStatus.RESOLVED}
    said = [standing.get(key(p), p) if p.outcome is Outcome.QUARANTINED else p for p in problems]
    write = tuple(new for new, shown in zip(problems, said, strict=True) if shown is new)
    still = {key(problem) for problem in problems if problem.outcome is Outcome.QUARANTINED}
    settled = tuple(
        problem.id for problem in earlier if problem.status is ProblemStatus.OPEN and key(problem) not in still
    )
    return tuple(said), write, settled


def same_reading(record: ImportRecord, options: Options, version: str | None) -> bool:
    """Whether an earlier import read these bytes by the same reader, with all that is said now, and could use the file.

    What was said then and is not said now still holds: a question that was answered is not asked again. `version` is
    today's version of the record's source.
    """
    kept = record.profile.get("options") or {}
    return (
        "refused" not in record.profile
        and options.over(kept).as_dict() == kept
        and version is not None
        and version == record.source_version
    )


def same_refusal(record: ImportRecord, options: Options, readers: str) -> bool:
    """Whether an earlier import refused these bytes, with all that is said now, and no reader has changed since."""
    kept = record.profile.get("options") or {}
    return record.profile.get("readers") == readers and options.over(kept).as_dict() == kept
