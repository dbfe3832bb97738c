"""The child process that tells MLflow, and what happens when it cannot."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fitintel.core import settings as settings_
from fitintel.core.records import Athlete, Brief, Insight, Section
from fitintel.storage import open_store
from fitintel.workbench.track import log_file, track_in_child


@pytest.fixture
def workspace(tmp_path):
    return settings_.read({}, home=tmp_path / "var")


def put_brief(settings, brief_id: str) -> None:
    store = open_store(settings.database_url, settings.cache_url)
    store.put_athlete(Athlete("a-01", "Ada Example"))
    said = (Insight(Section.FOCUS, "focus_collect", {"n": 3}, ()),)
    store.save_brief(Brief(brief_id, "a-01", 20368, None, "1.0.0", "ab" * 32, said, {}, ()), [])
    store.close()


def waiting(settings) -> tuple[str, ...]:
    store = open_store(settings.database_url, settings.cache_url)
    try:
        return store.untracked()
    finally:
        store.close()


def test_waiting_briefs_and_all_cards_are_logged_and_nothing_waits_any_more(workspace):
    from fitintel.intelligence.registry import ids, versions
    from fitintel.tracking.connection import connect

    workspace.home.mkdir()
    put_brief(workspace, "b-1")
    assert waiting(workspace) == ("b-1",)
    assert track_in_child(workspace), log_file(workspace).read_text()
    assert waiting(workspace) == ()
    every = sum(len(versions(name)) for name in ids())
    assert f"{every} cards registered, 0 renewed, 1 briefs logged" in log_file(workspace).read_text()
    with connect(workspace.mlflow_uri) as client:
        assert len(client.search_registered_models(max_results=1000)) == len(ids())
        (run,) = client.search_runs([client.get_experiment_by_name("fitintel.briefs").experiment_id])
    assert run.data.metrics == {"focus/focus_collect/n": 3.0}
    everything = (workspace.home / "mlflow.db").read_bytes()
    assert b"Ada Example" not in everything

    assert track_in_child(workspace)
    assert "0 cards registered, 0 renewed, 0 briefs logged" in log_file(workspace).read_text()


def test_when_mlflow_fails_the_brief_keeps_waiting_and_the_reason_is_kept(tmp_path):
    broken = settings_.read({"FITINTEL_MLFLOW_URI": f"sqlite:///{tmp_path}"}, home=tmp_path / "var")
    broken.home.mkdir()
    put_brief(broken, "b-1")
    assert not track_in_child(broken)
    assert waiting(broken) == ("b-1",)
    said = log_file(broken).read_text()
    assert "MLflow could not be used" in said
    assert "Traceback" not in said


def test_the_process_that_makes_a_brief_does_not_import_mlflow(workspace):
    code = "import sys, fitintel.workbench.track, fitintel.workbench.door; assert 'mlflow' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
