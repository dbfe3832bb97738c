"""Fifty athletes, five of whom have something planted: forty-five get their brief, and the five are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fitintel.core.nights import Done, Sent, Step
from fitintel.workbench.door import Workbench
from tests.fleet.conftest import LAST, SEED
from tests.fleet.people import fleet, keep
from tests.workbench.nights.conftest import notebook as notebook
from tests.workbench.nights.faults import planted
from tests.workbench.nights.test_deliveries import Sink
from tests.workbench.nights.test_deliveries import sink as sink

FAULTS = {"raises": Step.NOTEBOOK, "hangs": Step.NOTEBOOK, "hungry": Step.NOTEBOOK, "bad": Step.PAGE,
          "missing": Step.WORKER}  # fmt: skip


@pytest.fixture
def squad(tmp_path: Path, sink: Sink) -> Iterator[Workbench]:
    """Fifty, of whom every tenth is to fail; opened when the receiver is known."""
    with Workbench.open(tmp_path / "home") as bench:
        for place, (athlete, workouts) in enumerate(fleet(SEED, 50, first=LAST - 69, last=LAST)):
            fault = f"-{list(FAULTS)[place // 10]}" if place % 10 == 5 else ""
            keep(bench.vault, replace(athlete, id=athlete.id + fault), workouts)
        yield bench


@pytest.mark.slow
def test_of_fifty_athletes_forty_five_get_their_brief_once_and_five_are_told(
    squad: Workbench, sink: Sink, notebook: Path
) -> None:
    for athlete in squad.athletes():
        squad.add_recipient(athlete.id, "webhook", sink.url)
    report = squad.nightly(planted, day=LAST, notebooks="all", workers=2, notebook=notebook, timeout=20, track=False,
                           memory=512 * 1024 * 1024)  # fmt: skip
    assert report.exit_code == 3
    assert report.count(Done.MADE) == 45
    assert {one.athlete_id.rpartition("-")[2]: one.step for one in report.failed} == FAULTS
    assert all(one.what and one.next for one in report.failed)
    assert {one.state for one in report.deliveries} == {Sent.SENT}
    keys = Counter(headers["idempotency-key"] for headers, _ in sink.got)
    assert len(keys) == 45
    assert set(keys.values()) == {1}
