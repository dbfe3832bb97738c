"""What an athlete takes along holds everything of theirs and nothing of anybody else's."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fitintel.core.errors import NotAllowed
from fitintel.core.settings import read as read_settings
from fitintel.workbench.door import Workbench
from tests.access.world import World, found_in


def everything(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return " ".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def test_an_export_holds_every_canary_of_its_athlete_and_none_of_others(world: World, tmp_path: Path) -> None:
    with world.bench("athlete") as bench:
        made = bench.export(tmp_path / "red1.zip")
    assert found_in(everything(made.path)) == {
        ("red1", category) for category in ("profile", "training", "illness", "plan", "brief", "message")
    }


def test_consents_and_memberships_are_taken_along_and_consents_come_back(world: World, tmp_path: Path) -> None:
    with world.bench("athlete") as bench:
        bench.withdraw_consent(["heart"])
        made = bench.export(tmp_path / "red1.zip")
        kept = bench.consents(history=True)
    with zipfile.ZipFile(made.path) as archive:
        (member,) = json.loads(archive.read("memberships.json"))
    assert (member["squad_id"], member["who"], member["until"]) == ("red", "red1", None)
    with Workbench(read_settings({}, home=tmp_path / "elsewhere")) as other:
        other.restore(made.path)
        assert other.consents("red1", history=True) == kept
        assert other.squads() == ()


def test_nobody_exports_or_restores_somebody_else(world: World, tmp_path: Path) -> None:
    for actor in ("coach", "teammate", "admin", "scientist", "nightly", "anonymous"):
        with world.bench(actor) as bench:
            with pytest.raises(NotAllowed):
                bench.export(tmp_path / f"{actor}.zip", "red1")
            with pytest.raises(NotAllowed):
                bench.restore(world.objects["red1"]["archive"])
            assert not (tmp_path / f"{actor}.zip").exists()
