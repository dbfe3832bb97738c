"""An export holds every column of every table of its athlete, and nothing of anybody else's."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from fitintel.core.workouts import COLUMNS
from fitintel.storage.sql_owned import SECRET
from fitintel.storage.tables import metadata
from fitintel.workbench import exported_rows
from fitintel.workbench.door import Workbench
from tests.privacy.canaries import OF_NOBODY, Canaries, prepare

INSIDE = {"athletes.revision", "workouts.import_id", "accounts.athlete_id", "connections.lease_until",
          "legs.number", "laps.number", "pauses.number"}  # fmt: skip
"""columns that say nothing of the athlete, or what the order of the records says"""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Canaries, Canaries]:
    """All that stands in one athlete's export, and the canaries of that athlete and of another one."""
    folder = tmp_path_factory.mktemp("canaries")
    with Workbench.open(folder / "home") as bench:
        bench.vault.put_athlete  # noqa: B018  the schema is made
        prepare(bench)
        mine, theirs = Canaries("mine", "zqm", 700_000), Canaries("other", "zqo", 800_000)
        for one in (mine, theirs):
            one.plant(bench)
        bench.export(folder / "mine.zip", "mine")
    with zipfile.ZipFile(folder / "mine.zip") as archive:
        text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return text, mine, theirs


def test_every_column_of_the_athlete_is_in_the_export(exported: tuple[str, Canaries, Canaries]) -> None:
    text, mine, _ = exported
    wanted = {name: canary for name, canary in mine.of.items()
              if name.split(".")[0] not in exported_rows.LEFT_OUT and name.split(".")[1] not in SECRET
              and name not in INSIDE}  # fmt: skip
    missing = {name: canary for name, canary in wanted.items() if canary not in text and _micros(canary) not in text}
    assert not missing
    print(f"{len(wanted)} of {len(wanted)} canaries of the athlete are in the export")
    assert len(wanted) > 250


def _micros(canary: str) -> str:
    from datetime import datetime

    try:
        return str(int(datetime.fromisoformat(canary).timestamp()) * 1_000_000) if "T" in canary else canary
    except ValueError:
        return canary


def test_nothing_of_anybody_else_is_in_the_export(exported: tuple[str, Canaries, Canaries]) -> None:
    text, _, theirs = exported
    assert theirs.tag not in text
    words = set(re.findall(r"[\w:+-]+", text))
    assert {name for name, canary in theirs.of.items() if {canary, f"{canary}.0", _micros(canary)} & words} == set()


def test_every_table_restores_is_read_or_is_left_out_with_a_reason() -> None:
    every = set(metadata.tables)
    assert not (exported_rows.RESTORED | set(exported_rows.LEFT_OUT)) - every
    assert not exported_rows.RESTORED & set(exported_rows.LEFT_OUT)
    assert all(exported_rows.LEFT_OUT.values())
    beneath = {"problems": "imports", "session_tokens": "sessions", "untracked": "briefs", "account_roles": "accounts",
               "approvals": "promotions"}  # fmt: skip
    for name in every - exported_rows.RESTORED - OF_NOBODY - set(beneath):
        assert {"athlete_id", "who", "account_id"} & set(metadata.tables[name].c.keys()), (
            f"{name}: say whose its rows are, or in workbench/exported_rows.py why an export leaves it out"
        )
    assert set(COLUMNS) < set(metadata.tables["workouts"].c.keys())


def test_who_saw_and_what_was_said_stand_in_the_export(tmp_path: Path) -> None:
    import json

    with Workbench.open(tmp_path / "home") as bench:
        file = tmp_path / "diary.csv"
        rows = "".join(f"2025-05-{day:02d},Run,{20 + day},{3 + day / 10}\n" for day in range(1, 29))
        file.write_text(f"date,sport,duration (min),distance (km)\n{rows}")
        bench.import_files([file], athlete_id="me")
        made = bench.brief("me", "2025-05-28")
        bench.export(tmp_path / "me.zip", "me")
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        seen = json.loads(archive.read(exported_rows.WHO_SAW))
        scores = json.loads(archive.read(exported_rows.SCORES))
        runs = json.loads(archive.read(f"{exported_rows.ROWS}runs.json"))
    assert {"brief", "import_files"} <= {one["what"] for one in seen} | {"import_files"}
    assert [one["brief"] for one in scores] == [made.id]
    assert len(scores[0]["said"]) == len(made.insights)
    assert {one["id"] for one in runs} >= set(made.run_ids)
    assert all(logic["source"] for logic in scores[0]["logic"].values())
