"""One MLflow on SQLite for the session: making its 65 tables is what costs time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from fitintel.core.card import Card, Validity
from fitintel.core.records import Brief, Insight, Run, Section
from fitintel.tracking.signing import ArtifactKey


@dataclass(frozen=True)
class Place:
    uri: str
    artifacts: str
    key: ArtifactKey


@pytest.fixture(scope="session")
def mlflow_place(tmp_path_factory) -> Place:
    folder = tmp_path_factory.mktemp("mlflow")
    return Place(
        f"sqlite:///{folder / 'mlflow.db'}",
        (folder / "artifacts").as_uri(),
        ArtifactKey(folder / "keys" / "artifacts.pem"),
    )


@pytest.fixture
def client(mlflow_place):
    from fitintel.tracking.connection import connect

    with connect(mlflow_place.uri) as client:
        yield client


@pytest.fixture
def make_card():
    def make(id: str, version: str = "1.0.0", **more) -> Card:
        given = {
            "family": "load",
            "title": f"Title of {id}",
            "inputs": {"duration": "min", "rpe": "CR-10"},
            "output": ("load", "a.u."),
            "source": "Foster 2001",
            "validity": Validity.USEFUL,
            "limits": ("a rating is personal",),
            "parameters": {"k": 1.5, "weights": (1, 2)},
            "description": "Load of a session.",
        }
        return Card(id=id, version=version, **(given | more))

    return make


@pytest.fixture
def make_brief():
    def make(id: str, insights: tuple[Insight, ...] = (), **more) -> tuple[Brief, list[Run]]:
        now = datetime(2025, 10, 7, 6, tzinfo=UTC)
        run = Run("r-1", "pmc", "1.2.0", {"ctl_days": 42}, {"daily_load": "00"}, (), "11", now, 0.01)
        said = insights or (Insight(Section.CONSISTENCY, "consistency", {"score": 71.5}, ("r-1",)),)
        given = {"athlete_id": "a-01", "day": 20368, "last_day": 20367, "version": "1.0.0", "inputs": "ab" * 32}
        return Brief(id=id, insights=said, charts={}, run_ids=("r-1",), **(given | more)), [run]

    return make
