"""release(): a set that may leave the research workspace, or the groups for which it may not.

The gate: at least K athletes share every combination of what others may know of them, and within it health flags differ
(L); an attacker who knows three workouts of each athlete finds at most FOUND of them. Weeks are given in the finest
bands of a ladder that pass; athletes get new names, so that two releases cannot be joined.
"""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fitintel.core import days
from fitintel.core.errors import UsageError
from fitintel.core.spreadsheet import cell
from fitintel.workbench.facts import RESEARCH
from fitintel.workbench.research.anonymity import Group, groups
from fitintel.workbench.research.attack import Attacked, attack
from fitintel.workbench.research.coarse import LADDER, Bins, in_bands
from fitintel.workbench.research.known import ATTRIBUTES, HEALTH, known_of

if TYPE_CHECKING:
    from fitintel.workbench.door.base import Door

K, L = 5, 2
FOUND = 0.05
AIM = 0.035
"""what the attack here must stay under: another attacker has other luck"""
FEWEST = 40
"""athletes of a released set: of 20 the attacker finds one by chance"""
DRAWS = 4


@dataclass(frozen=True, slots=True)
class Released:
    """What was written, and what the gate found."""

    folder: Path
    athletes: int
    weeks: int
    k: int
    l: int  # noqa: E741  the field's own name for it
    attacked: Attacked
    step: int
    """of the ladder, the first is 0"""
    attributes: tuple[str, ...]


def release(
    bench: Door, out: Path, attributes: Sequence[str] = ("sex", "age_band"), *, years: int = 20, seed: int | None = None
) -> Released:
    """Write a set of all athletes of this research workspace to the new folder `out`.

    Args:
        bench: a workspace for research.
        out: new folder.
        attributes: what is said of each athlete: some of ATTRIBUTES.
        years: width of the age bands.
        seed: of the attack; by default another one each time.

    Raises:
        UsageError: no workspace for research, or the gate refuses; it names groups, never athletes.
    """
    if not (bench.settings.home / RESEARCH).exists():
        raise UsageError("Only a workspace for research is released from", next="fitintel research build")
    if out.exists():
        raise UsageError(f"{out} is there already", next="choose another --out")
    if unknown := sorted(set(attributes) - set(ATTRIBUTES)):
        raise UsageError(f"There is no attribute {unknown[0]!r}", why=f"known: {', '.join(ATTRIBUTES)}")
    squad = bench.store.athletes()
    truth = [bench.store.workouts(one.id, columns=("day", "duration", "distance", "sport")) for one in squad]
    squad = tuple(one for one, workouts in zip(squad, truth, strict=True) if len(workouts))
    truth = [workouts for workouts in truth if len(workouts)]
    if len(squad) < FEWEST:
        raise UsageError("The set is too small to be released", why=f"{len(squad)} athletes, at least {FEWEST}")
    rows = [known_of(bench.store, one, workouts, years) for one, workouts in zip(squad, truth, strict=True)]
    found = groups(rows, attributes, HEALTH)
    _check(found, attributes)
    used = secrets.randbits(32) if seed is None else seed
    step, bins, attacked = _coarse(truth, used)
    folder = _write(out, rows, attributes, bins)
    made = Released(folder, len(rows), bins.sessions.shape[1], min(one.size for one in found),
                    min(one.variety for one in found), attacked, step, tuple(attributes))  # fmt: skip
    said = {**asdict(made), "folder": None, "bands": asdict(bins.bands)}
    (folder / "release.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
    return made


def _check(found: Sequence[Group], attributes: Sequence[str]) -> None:
    small = [one for one in found if one.size < K or one.variety < L]
    if small:
        named = "; ".join(_said(one, attributes) for one in small[:5])
        raise UsageError(
            "The set is not released", why=f"{len(small)} groups are too small or too much alike: {named}",
            next="give fewer --with, or wider --years",
        )  # fmt: skip


def _said(one: Group, attributes: Sequence[str]) -> str:
    values = ", ".join(f"{name} {value}" for name, value in zip(attributes, one.values, strict=True))
    return f"{values} ({f'{one.size} athletes' if one.size < K else 'one health flag'})"


def _coarse(truth: Sequence[Any], seed: int) -> tuple[int, Bins, Attacked]:
    worst = 1.0
    for step, bands in enumerate(LADDER):
        bins = in_bands(truth, bands)
        # the worse of two attackers: a step that passed by luck once seldom does twice
        attacked = max((attack(bins.as_weeks(), truth, draws=DRAWS, seed=seed + more) for more in (0, 1)),
                       key=lambda one: one.share)  # fmt: skip
        worst = attacked.share
        if worst <= max(AIM, 1.5 / len(truth)) and worst <= FOUND:
            return step, bins, attacked
    why = f"an attacker with three workouts finds {worst:.1%} of the athletes"
    raise UsageError("The set is not released", why=why, next="release more athletes at once")


def _write(out: Path, rows: Sequence[dict[str, str]], attributes: Sequence[str], bins: Bins) -> Path:
    order = list(range(len(rows)))
    secrets.SystemRandom().shuffle(order)
    names = {place: f"r-{secrets.token_hex(6)}" for place in order}
    out.mkdir(mode=0o700, parents=True)
    shown = [*attributes, *HEALTH]
    _table(out / "athletes.csv", ["athlete", *shown],
           [[names[place], *(rows[place][name] for name in shown)] for place in order])  # fmt: skip
    given = [name for name in ("sessions", "hours", "km") if getattr(bins.bands, name) is not None]
    weeks = [
        [names[place], days.iso(bins.first + 7 * week),
         *(bins.label(name, int(getattr(bins, name)[place, week])) for name in given)]
        for place in order for week in range(bins.sessions.shape[1])
    ]  # fmt: skip
    _table(out / "weeks.csv", ["athlete", "week", *given], weeks)
    return out


def _table(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([[cell(value) for value in row] for row in rows])
    path.write_bytes(text.getvalue().encode())
