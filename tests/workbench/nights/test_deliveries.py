"""Briefs on their way: by mail and webhook, each once, whatever is stopped in between."""

from __future__ import annotations

import email
import hashlib
import hmac
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fitintel.core.errors import NotFound, UnsafeAddress, UsageError
from fitintel.core.nights import Done, Sent
from fitintel.reporting.delivery.mail import address
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from tests.services import free_port
from tests.workbench.nights.conftest import LAST

SquadOf = Callable[..., Path]
ROOT = Path(__file__).resolve().parents[3]
SECRET = "a secret of the receiver"


class Sink(ThreadingHTTPServer):
    """Keeps what is posted; answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiver)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 204
        self.url = f"http://127.0.0.1:{self.server_port}/hook"


class Receiver(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.server.status < 300:
            self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    monkeypatch.setenv("FITINTEL_WEBHOOK_HOSTS", "127.0.0.1")
    monkeypatch.setenv("FITINTEL_WEBHOOK_SECRET", SECRET)
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    from aiosmtpd.controller import Controller

    got: list[bytes] = []

    class Keep:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
            got.append(envelope.content)  # type: ignore[attr-defined]
            return "250 kept"

    port = free_port()
    controller = Controller(Keep(), hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("FITINTEL_SMTP_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("FITINTEL_MAIL_FROM", "briefs@example.org")
    yield got
    controller.stop()


def night(bench: Workbench, **more: object):
    return bench.nightly(brief_files, day=LAST, workers=1, track=False, **more)


def test_a_mail_has_the_words_the_page_and_an_id_that_stays(squad_of: SquadOf, mailbox: list[bytes]) -> None:
    home = squad_of("ann")
    with Workbench.open(home) as bench:
        bench.add_recipient("ann", "mail", "ann@example.org")
        bench.add_recipient("ann", "mail", "ann@example.org")
        report = night(bench)
        assert [one.state for one in report.deliveries] == [Sent.SENT]
        page = (bench.settings.briefs / report.athletes[0].files[0]).read_bytes()
    (content,) = mailbox
    message = email.message_from_bytes(content, policy=default)
    assert message["To"] == "ann@example.org"
    assert "ann" in message["Subject"]
    assert message["Message-ID"] == f"<{report.deliveries[0].id}@example.org>"
    attached = next(message.iter_attachments())
    assert attached.get_payload(decode=True) == page
    assert "FOCUS" in message.get_body(("plain",)).get_content()


def test_one_a_day_though_the_brief_changes_and_again_the_next_day(squad_of: SquadOf, mailbox: list[bytes]) -> None:
    with Workbench.open(squad_of("ann", "bob")) as bench:
        bench.add_recipient("ann", "mail", "ann@example.org")
        night(bench)
        bench.state("goal", athlete_id="ann", kind="training_days", value="4")
        assert night(bench).athletes[0].done is Done.MADE
        assert len(mailbox) == 1
        bench.nightly(brief_files, day=LAST + 1, workers=1, track=False)
        assert len(mailbox) == 2
        (mine,) = bench.recipients("ann")
        bench.remove_recipient("ann", mine.id)
        bench.nightly(brief_files, day=LAST + 2, workers=1, track=False)
        assert len(mailbox) == 2
        with pytest.raises(NotFound):
            bench.remove_recipient("ann", mine.id)


def test_a_webhook_is_signed_and_holds_the_briefs_json(squad_of: SquadOf, sink: Sink) -> None:
    with Workbench.open(squad_of("ann")) as bench:
        bench.add_recipient("ann", "webhook", sink.url)
        report = night(bench)
        document = (bench.settings.briefs / report.athletes[0].files[1]).read_bytes()
    ((headers, body),) = sink.got
    assert body == document
    assert json.loads(body)["athlete"] == "ann"
    parts = dict(part.partition("=")[::2] for part in headers["x-fitintel-signature"].split(","))
    proper = hmac.new(SECRET.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(parts["v1"], proper)
    assert headers["idempotency-key"] == report.deliveries[0].id


def test_a_receiver_that_fails_is_tried_again_and_given_up_after_five_times(squad_of: SquadOf, sink: Sink) -> None:
    with Workbench.open(squad_of("ann", "bob")) as bench:
        bench.add_recipient("ann", "webhook", sink.url)
        bench.add_recipient("bob", "webhook", sink.url)
        sink.status = 503
        first = night(bench)
        assert {(one.state, one.attempts) for one in first.deliveries} == {(Sent.WAITING, 1)}
        assert all("503" in one.reason for one in first.deliveries)
        assert {one.done for one in first.athletes} == {Done.MADE}
        for _ in range(3):
            night(bench)
        bob = next(one for one in bench.store.outbox(Sent.WAITING) if one.athlete_id == "bob")
        assert bob.attempts == 4
        last = night(bench)
        assert {(one.state, one.attempts) for one in last.deliveries} == {(Sent.GIVEN_UP, 5)}
        assert last.exit_code == 3
        sink.status = 204
        assert night(bench).deliveries == ()
        assert sink.got == []


@pytest.mark.parametrize("text", ["ann", "ann@", "a@b, c@d", "Ann <ann@example.org>", "a@b\nBcc: x@y", "ä@b.org", ""])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        address(text)


@pytest.mark.parametrize("url", ["https://example.org/x", "http://127.0.0.2/", "https://169.254.169.254/latest"])
def test_a_host_that_the_operator_did_not_name_is_refused(squad_of: SquadOf, sink: Sink, url: str) -> None:
    with Workbench.open(squad_of("ann")) as bench:
        with pytest.raises((UnsafeAddress, UsageError)):
            bench.add_recipient("ann", "webhook", url)
        assert bench.recipients() == ()


KILLED = """
import os, sys
from datetime import timedelta
from fitintel.views.files import brief_files
from fitintel.workbench.door import Workbench
from fitintel.storage.sql import SqlStore

left = int(sys.argv[2])
for name in ("keep_nights", "settle_delivery"):
    def counted(self, *a, _kept=getattr(SqlStore, name), **k):
        global left
        left -= 1
        if left == 0:
            os._exit(9)  # before the write
        found = _kept(self, *a, **k)
        left -= 1
        if left == 0:
            os._exit(9)  # after it
        return found
    setattr(SqlStore, name, counted)
if __name__ == "__main__":
    with Workbench.open(sys.argv[1]) as bench:
        bench.nightly(brief_files, day=int(sys.argv[3]), workers=1, track=False, stale=timedelta(0))
"""


def test_a_night_killed_at_any_point_goes_on_and_nothing_is_missed_or_doubled(
    squad_of: SquadOf, sink: Sink, tmp_path: Path
) -> None:
    names = ("ann", "bob", "cid", "dan")
    home = squad_of(*names)
    with Workbench.open(home) as bench:
        for name in names:
            bench.add_recipient(name, "webhook", sink.url)
    script = tmp_path / "night.py"
    script.write_text(KILLED)
    ended = []
    for point in range(1, 22):
        done = subprocess.run([sys.executable, str(script), str(home), str(point), str(LAST)], cwd=ROOT, timeout=300,
                              env=None, check=False)  # fmt: skip
        ended.append(done.returncode)
        if done.returncode == 0:
            break
    assert set(ended) <= {0, 9}
    assert ended[-1] == 0
    assert 9 in ended
    with Workbench.open(home) as bench:
        last = bench.nightly(brief_files, day=LAST, workers=1, track=False, stale=timedelta(0))
        assert {one.done for one in last.athletes} == {Done.UNCHANGED}
        assert {one.state for one in bench.store.outbox()} == {Sent.SENT}
    keys = Counter(headers["idempotency-key"] for headers, _ in sink.got)
    bodies = {headers["idempotency-key"]: body for headers, body in sink.got}
    assert sorted(json.loads(body)["athlete"] for body in bodies.values()) == list(names)
    # a kill between the receiver's answer and our note of it posts once more, under the key that the receiver knows
    assert sum(keys.values()) - len(keys) <= ended.count(9)
