"""The application is safe with the firewall off: every attack of the corpus is answered, none is obeyed."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from fitintel.api.app import create_app
from fitintel.storage.digests import table_digests
from tests.production.conftest import fill, settings_of
from tests.production.test_waf import cases

TECHNICAL = ("audit_chain", "audit", "events", "sessions")
"""tables in which being attacked leaves a trace, as it should"""


def test_attacks_without_the_firewall_break_nothing_and_give_nothing_away(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", tmp_path / "repository")
    settings.home.mkdir()
    fill(settings, tmp_path)
    with TestClient(create_app(settings), base_url="http://localhost", raise_server_exceptions=False,
                    follow_redirects=False) as client:  # fmt: skip
        before = table_digests(settings.database_url)
        for case in cases("attacks"):
            answer = client.request(case["method"], case["path"], content=case["body"], headers=case["headers"])
            assert answer.status_code < 500, case["name"]
            for sign in ("root:x:", "Traceback", "uid=", "<script>fetch", str(tmp_path)):
                assert sign not in answer.text, (case["name"], sign)
    after = table_digests(settings.database_url)
    changed = {name for name in before if before[name] != after[name]}
    assert not {name for name in changed if not name.startswith(TECHNICAL)}
