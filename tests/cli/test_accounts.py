"""fitintel account, squads, consent, token, emergency: from an empty workspace to a coach who sees what is shared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fitintel.access import passwords
from fitintel.cli.app import main


@pytest.fixture(autouse=True)
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    monkeypatch.setenv("FITINTEL_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FITINTEL_TOKEN", raising=False)
    (tmp_path / "password").write_text("some words without end\n")
    history = tmp_path / "anna.csv"
    history.write_text("date,sport,duration (min),distance (km)\n2026-09-01,run,30,5\n2026-09-03,run,40,7\n")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    said = capsys.readouterr()
    assert (ended.value.code or 0) == code, said.err
    return said.out + said.err


@pytest.fixture
def squad(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Anna in the squad red of Carl, and two administrators."""
    run(capsys, "import", str(workspace / "anna.csv"), "--athlete", "anna")
    for name, role in (("boss", "admin"), ("second", "admin"), ("anna", "athlete"), ("carl", "coach")):
        run(capsys, "account", "add", name, "--role", role, "--password-file", str(workspace / "password"))
    run(capsys, "squads", "add", "red")
    run(capsys, "squads", "invite", "red", "anna", "--now")
    run(capsys, "squads", "invite", "red", "carl", "--coach", "--now")
    return workspace


def test_a_coach_sees_what_the_athlete_shares_and_nothing_after_it_was_withdrawn(
    squad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--as", "carl", "workouts", "--athlete", "anna", "--json")
    assert "may not read" in run(capsys, *asked, code=1)
    run(capsys, "consent", "give", "training", "profile", "--athlete", "anna")
    assert len(json.loads(run(capsys, *asked))) == 2
    assert "may not read" in run(capsys, "--as", "carl", "brief", "--athlete", "anna", code=1)
    run(capsys, "consent", "withdraw", "--athlete", "anna")
    assert "may not read" in run(capsys, *asked, code=1)
    seen = run(capsys, "consent", "who-saw", "--athlete", "anna")
    assert "carl" in seen
    assert "refused" in seen


def test_commands_ask_as_the_account_of_the_token(
    squad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = json.loads(run(capsys, "token", "new", "watch", "--scope", "workout:read", "--scope", "profile:read",
                          "--account", "anna", "--json"))  # fmt: skip
    monkeypatch.setenv("FITINTEL_TOKEN", made["token"])
    assert len(json.loads(run(capsys, "workouts", "--json"))) == 2
    assert "may not" in run(capsys, "account", "list", code=1)
    assert "may not" in run(capsys, "--as", "carl", "workouts", code=1)
    monkeypatch.delenv("FITINTEL_TOKEN")
    run(capsys, "token", "revoke", made["id"])
    monkeypatch.setenv("FITINTEL_TOKEN", made["token"])
    assert "This log-in is over" in run(capsys, "workouts", code=1)


def test_an_emergency_needs_two_administrators(squad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = run(capsys, "--as", "boss", "emergency", "ask", "anna", "--reason", "found unconscious on the track")
    name = asked.split()[1].rstrip(".")
    assert "may not approve" in run(capsys, "--as", "boss", "emergency", "approve", name, code=1)
    run(capsys, "--as", "second", "emergency", "approve", name)
    assert len(json.loads(run(capsys, "--as", "boss", "workouts", "--athlete", "anna", "--json"))) == 2


def test_lists_say_who_is_here(squad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {one["account"] for one in json.loads(run(capsys, "account", "list", "--json"))} == {
        "anna", "boss", "carl", "second",
    }  # fmt: skip
    assert {(one["who"], one["part"]) for one in json.loads(run(capsys, "squads", "list", "--json"))} == {
        ("anna", "athlete"), ("carl", "coach"),
    }  # fmt: skip
    assert "Nobody else sees anything" in run(capsys, "consent", "list", "--athlete", "anna")


@pytest.mark.parametrize("words", [("account", "add", "x", "--role", "athlete", "--no-password"),
                                   ("account", "add", "dora", "--role", "king", "--no-password"),
                                   ("account", "add", "dora", "--role", "owner", "--no-password")])  # fmt: skip
def test_what_cannot_be_an_account_is_refused(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, *words, code=2)
