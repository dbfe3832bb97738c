"""What is logged is JSON, and holds no token, note, position or e-mail address."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitintel.workbench.monitoring.logs import SETTING, formatter, redacted

CANARIES = (
    "ann@example.org", "fia_Zk3Yw81xQbT7mP0aVnE5sR2d", "52.520008, 13.404954", "hunter2-of-a-canary",
    "knee hurts canary", "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbm4ifQ.c2ln",
)  # fmt: skip


def logged(*calls: object, **extra: object) -> list[dict[str, object]]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter())
    log = logging.Logger("canary")
    log.addHandler(handler)
    for call in calls:
        log.warning(*(call if isinstance(call, tuple) else (call,)), extra=extra)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_is_json_with_time_level_and_logger() -> None:
    (said,) = logged(("%d rows taken in", 12), rows=12)
    assert said["event"] == "12 rows taken in"
    assert (said["level"], said["logger"], said["rows"]) == ("warning", "canary", 12)
    assert str(said["timestamp"]).endswith("Z")


def test_no_canary_gets_into_a_line_wherever_it_stands() -> None:
    lines = logged(
        "log-in of ann@example.org failed", "Authorization: Bearer fia_Zk3Yw81xQbT7mP0aVnE5sR2d",
        ("begins at %s", "52.520008, 13.404954"), "password=hunter2-of-a-canary", 'note: "knee hurts canary"',
        "GET /api/v1/x?mail=ann@example.org&at=52.520008,13.404954 200",
        "mysql://fit:hunter2-of-a-canary@db/fit", "id token eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbm4ifQ.c2ln",
        note="knee hurts canary", token="fia_Zk3Yw81xQbT7mP0aVnE5sR2d", email="ann@example.org",
        given={"lat": 52.520008, "lon": 13.404954, "comment": "knee hurts canary", "rows": 3},
    )  # fmt: skip
    assert len(lines) == 8
    assert lines[0]["given"] == {"lat": "[left out]", "lon": "[left out]", "comment": "[left out]", "rows": 3}
    for canary in CANARIES:
        assert canary not in json.dumps(lines), canary


def test_a_traceback_is_redacted_too() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter())
    log = logging.Logger("canary")
    log.addHandler(handler)
    try:
        raise ValueError("no such account: ann@example.org")
    except ValueError:
        log.exception("failed")
    assert "ValueError" in out.getvalue()
    assert "ann@example.org" not in out.getvalue()


def test_what_is_needed_to_find_a_fault_stays() -> None:
    for said in ("StorageUnavailable: the database does not answer", "fitintel/api/app.py line 12", "took 12.5 s",
                 "r-7e911aa2883888de7e5c", "127.0.0.1:8000", "2026-11-23T15:00:00+00:00"):  # fmt: skip
        assert redacted(said) == said


@given(st.text(alphabet="abcdefghijkmnopqrstuvwxyzABCDEFGH0123456789_-", min_size=32, max_size=64).filter(
    lambda text: any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and text[0] not in "-_"
    and text[-1] not in "-_"))  # fmt: skip
def test_a_token_of_any_letters_is_left_out(token: str) -> None:
    assert token not in redacted(f"came with {token} and went")


@pytest.mark.parametrize(("setting", "lines"), [("json", 1), ("", 0)])
def test_a_process_logs_json_where_the_setting_asks_for_it(setting: str, lines: int) -> None:
    code = ("import logging; from fitintel.workbench.monitoring.logs import install\n"
            "logging.getLogger('uvicorn.error').addHandler(logging.StreamHandler()); install()\n"
            "logging.getLogger('uvicorn.error').warning('from ann@example.org')")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], env={SETTING: setting}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("{") == lines
    assert ("ann@example.org" in done.stderr) is (setting == "")
