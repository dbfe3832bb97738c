"""The erasure of an athlete as a state machine: requested -> executing -> certificate.

What is under way is kept in the keyring, outside the database that is being emptied. Every step may be done twice, so
an erasure that was cut off anywhere goes on with the step it was at. The mark that erases the athlete again after a
restored backup is made first, the athlete's data keys are destroyed last.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.core.erasures import COMPLETE, EXECUTING, Certificate
from fitintel.core.errors import UsageError
from fitintel.storage import erased
from fitintel.workbench.erasing.steps import STEPS

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door

FOLDER = "erasures"
"""of the keyring"""


def erase(bench: Door, athlete_id: str, confirm: str) -> Certificate:
    """Remove everything of the athlete; raises UsageError unless `confirm` is the id."""
    if confirm != athlete_id:
        raise UsageError("Nothing was erased", why="the word that confirms it is not the id of the athlete",
                         next=f"type {athlete_id}")  # fmt: skip
    mark = bench.keyring.mark(athlete_id)
    begun = _load(_path(bench, mark))
    return execute(bench, begun if begun is not None and begun.state == EXECUTING else begin(bench, athlete_id))


def begin(bench: Door, athlete_id: str) -> Certificate:
    """Note that the athlete is to be erased: from here on it will be done, whatever interrupts it."""
    athlete = bench.vault.athlete(athlete_id)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = Certificate(
        "er-" + secrets.token_hex(8), bench.keyring.mark(athlete_id), EXECUTING, now, bench.actor.id, athlete_id,
        tuple(dict.fromkeys((athlete_id, athlete.name))),
    )  # fmt: skip
    bench.note("access", athlete_id, "erase", detail={"erasure": made.id})
    _save(bench, made)
    return made


def execute(bench: Door, begun: Certificate) -> Certificate:
    """Do what is left to do of an erasure; the certificate."""
    erased_marks = {one.id for one in erased.noted(bench.keyring.folder)}
    if begun.id not in erased_marks:
        erased.note(bench.keyring.folder, erased.Erasure(begun.mark, begun.id, begun.requested_at))
    now = begun
    for name, step in STEPS.items():
        if name in now.removed:
            continue
        count, remarks = step(bench, now.athlete_id, now.names)
        now = replace(now, removed={**now.removed, name: count}, remarks=(*now.remarks, *remarks))
        _save(bench, now)
    bench.note("access", begun.athlete_id, "erased", detail={"erasure": begun.id, "removed": dict(now.removed)})
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    done = replace(now, state=COMPLETE, athlete_id="", names=(), finished_at=finished)
    _save(bench, done)
    return replace(done, athlete_id=begun.athlete_id)


def pending(bench: Door) -> list[Certificate]:
    """Erasures that were begun and cut off."""
    found = [_load(path) for path in sorted((bench.keyring.folder / FOLDER).glob("*.json"))]
    return [one for one in found if one is not None and one.state == EXECUTING]


def resume(bench: Door, told: Callable[[Certificate], None] = lambda one: None) -> list[Certificate]:
    """Finish every erasure that was cut off; `told` is called with each when it is complete."""
    done = []
    for one in pending(bench):
        done.append(execute(bench, one))
        told(done[-1])
    return done


def _path(bench: Door, mark: str) -> Path:
    return bench.keyring.folder / FOLDER / f"{mark}.json"


def _load(path: Path) -> Certificate | None:
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Certificate(**{**row, "names": tuple(row["names"]), "remarks": tuple(row["remarks"])})


def _save(bench: Door, one: Certificate) -> None:
    path = _path(bench, one.mark)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        os.chmod(draft, 0o600)
        json.dump(asdict(one), file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
