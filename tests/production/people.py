"""A squad with a coach and two athletes who have agreed to it, in what is up."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fitintel.access.policy import policy
from fitintel.workbench.door import Workbench
from tests.production.conftest import table
from tests.production.up import PASSWORD

COACH, ATHLETE, SQUAD = "carla", "ann", "red"
ATHLETES = (ATHLETE, "demo-01")


def settle(bench: Workbench) -> None:
    """An athlete with a file of their own and a simulated one, their newest briefs, a squad, accounts, consents."""
    with tempfile.TemporaryDirectory() as folder:
        bench.import_files([table(Path(folder), "runs", 2025)], athlete_id=ATHLETE)
    bench.ensure_demo(athletes=1, years=0.5)
    for name in ATHLETES:
        bench.brief(name, "latest")
    bench.add_squad(SQUAD)
    for name, roles in ((COACH, ["coach"]), *((name, ["athlete"]) for name in ATHLETES)):
        bench.add_account(name, roles, athlete_id=name if "athlete" in roles else None)
        bench.set_password(name, PASSWORD)
    for name in ATHLETES:
        bench.invite(SQUAD, name, accepted=True)
        bench.give_consent(policy().all_categories, athlete_id=name)
    bench.invite(SQUAD, COACH, "coach", accepted=True)
