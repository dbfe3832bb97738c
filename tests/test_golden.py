"""If a number changes, its version changes; and whatever a brief computed can be computed again."""

from __future__ import annotations

import json

import pytest

from fitintel.core.records import Athlete
from fitintel.intelligence import registry
from fitintel.intelligence.brief import compose
from tests import golden_cases


@pytest.fixture(scope="module")
def journal():
    return compose(Athlete("golden", "Golden"), golden_cases.history(), golden_cases.LAST).journal


@pytest.mark.parametrize("name", golden_cases.names())
def test_the_number_is_that_of_its_version(name):
    assert name in golden_cases.calls(), "no brief runs it: give inputs in NOT_IN_A_BRIEF of tests/golden_cases.py"
    file = golden_cases.path(name)
    assert file.is_file(), "a new version: record its outputs with make golden"
    why = golden_cases.changed(name, json.loads(file.read_text()))
    assert not any(reason.startswith("output") for reason in why), f"{why}: raise the version"
    assert not why, f"{why}: record with make golden, and look at the difference"


@pytest.mark.parametrize("name", registry.ids())
def test_what_a_brief_ran_is_replayed_to_the_last_bit(name, journal):
    runs = [run for run in journal.runs.values() if run.algorithm == name]
    if not runs:
        assert name in golden_cases.NOT_IN_A_BRIEF
    for run in runs:
        registry.replay(run, journal.snapshots.__getitem__)  # its inputs are read-only: writing into them would raise


def test_the_same_history_gives_the_same_runs(journal):
    again = compose(Athlete("golden", "Golden"), golden_cases.history(), golden_cases.LAST).journal
    assert {run.id: run.output for run in again.runs.values()} == {run.id: run.output for run in journal.runs.values()}


def test_a_changed_number_is_refused_and_changed_inputs_are_recorded_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(golden_cases, "FOLDER", tmp_path)
    assert golden_cases.record() == 0
    file = golden_cases.path("trimp_banister")
    kept = json.loads(file.read_text())

    kept[0]["output"]["items"][0] *= 1.001
    file.write_text(json.dumps(kept))
    assert golden_cases.record() == 1
    assert "raise its version" in capsys.readouterr().err

    kept[0]["inputs"]["hr_rest"] = 61.0
    file.write_text(json.dumps(kept))
    assert golden_cases.record() == 0
    assert golden_cases.changed("trimp_banister", json.loads(file.read_text())) == []


def test_the_golden_history_is_not_too_easy():
    workouts = golden_cases.history()
    assert 250 < len(workouts) < 450
    assert set(workouts["sport"]) == {"running", "walking"}
    assert golden_cases.chance(1, 2) != golden_cases.chance(2, 1)
