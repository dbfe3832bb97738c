"""What a file's workouts are beside those that are stored: possible duplicates, and the same with other values."""

from __future__ import annotations

from fitintel.core.records import Outcome
from fitintel.core.workouts import Workouts
from fitintel.ingest import duplicates
from fitintel.ingest.intake import Finding, Intake


def likenesses(taken: Intake, new: Workouts, stored: Workouts) -> tuple[Workouts, dict[str, str], list[Finding]]:
    """(new workouts with their flags, changed flags of stored ones, what to say) about possible duplicates."""
    partner = duplicates.partners(new, stored)
    if not partner:
        return new, {}, []
    place = {each: index for index, each in enumerate(new["id"].tolist()) if each in partner}
    texts = new["flags"].copy()
    findings = []
    for each in sorted(partner.keys() & place.keys(), key=lambda name: place[name]):
        index, other = place[each], partner[each]
        texts[index] = _with(texts[index], "possible_duplicate")
        row = int(new["row"][index])
        where = f"row {int(new['row'][place[other]])}" if other in place else "a workout stored before"
        findings.append(Finding(row, taken.line(row), "", "possible_duplicate", other, f"the other is {where}, {other}",
                                Outcome.WARNED, each))  # fmt: skip
    before = dict(zip(stored["id"].tolist(), stored["flags"].tolist(), strict=True))
    flags = {
        each: _with(before[each], "possible_duplicate")
        for each in partner.keys() - place.keys()
        if "possible_duplicate" not in (before[each] or "").split()
    }
    return new.replace(flags=texts), flags, findings


def _with(flags: str | None, name: str) -> str:
    return " ".join(sorted({*(flags or "").split(), name}))


def changes(taken: Intake, known: Workouts, stored: Workouts) -> list[Finding]:
    """What to say about workouts that are stored already, with other values: their source has corrected them."""
    found = []
    for place, detail in duplicates.changed(known, stored):
        row = int(known["row"][place])
        workout_id = str(known["id"][place])
        found.append(Finding(row, taken.line(row), "", "changed_at_source", workout_id, detail, Outcome.WARNED,
                             workout_id))  # fmt: skip
    return found


def still_said(finding: Finding, fresh: set[str], *, anything: bool) -> bool:
    """Whether a finding is to be said: what was said of a workout when it was stored is not said again."""
    if finding.outcome in (Outcome.QUARANTINED, Outcome.DUPLICATE):
        return True
    return anything if finding.row == 0 else finding.workout_id in fresh
