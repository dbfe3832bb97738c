"""The ledger of nights, recipients and the outbox, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fitintel.core.errors import NotFound
from fitintel.core.nights import AthleteNight, Delivery, Done, Recipient, Sent, Step
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN

AT = datetime(2026, 3, 1, 4, 0, 0, 123, tzinfo=UTC)
ROW = AthleteNight(20_500, ANNA.id, Done.MADE, "d" * 64, AT, 0.25, "b-1", ("anna/a.html", "anna/a.json"))
MAIL = Delivery("o-1", ANNA.id, 20_500, "b-1", "mail", "anna@example.org", Sent.WAITING, 0, AT)


@pytest.fixture
def two(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def test_a_night_comes_back_equal_by_athlete_and_only_its_day(two: Store) -> None:
    failed = AthleteNight(20_500, BEN.id, Done.FAILED, "e" * 64, AT, 1.5, step=Step.NOTEBOOK,
                          what="The notebook failed", why="x" * 70_000, next="mend it")  # fmt: skip
    two.keep_nights([failed])
    two.keep_nights([ROW])
    two.keep_nights([replace(ROW, day=20_501)])
    assert two.night(20_500) == (ROW, failed)
    assert two.night(20_499) == ()


def test_a_later_row_takes_the_place_of_the_one_before(two: Store) -> None:
    two.keep_nights([replace(ROW, done=Done.FAILED, step=Step.BRIEF, files=())])
    two.keep_nights([ROW])
    assert two.night(20_500) == (ROW,)


def test_a_night_is_no_change_of_facts(two: Store) -> None:
    before = two.revision(ANNA.id)
    two.keep_nights([ROW], [MAIL])
    assert two.revision(ANNA.id) == before


def test_a_night_and_its_deliveries_are_kept_together_or_not_at_all(two: Store) -> None:
    with pytest.raises(NotFound):
        two.keep_nights([replace(ROW, athlete_id="nobody")], [replace(MAIL, athlete_id="nobody")])
    assert two.night(20_500) == two.outbox() == ()


def test_a_delivery_stands_in_the_outbox_once(two: Store) -> None:
    two.keep_nights([ROW], [MAIL])
    assert two.settle_delivery(MAIL, Sent.SENDING)
    two.keep_nights([ROW], [MAIL])
    (found,) = two.outbox()
    assert (found.state, found.attempts) == (Sent.SENDING, 1)
    assert two.outbox(Sent.WAITING) == two.outbox(day=20_501) == ()
    assert two.outbox(Sent.SENDING, day=20_500) == (found,)


def test_only_one_of_two_takes_a_delivery(two: Store) -> None:
    two.keep_nights([ROW], [MAIL])
    (seen,) = two.outbox()
    assert two.settle_delivery(seen, Sent.SENDING)
    assert not two.settle_delivery(seen, Sent.SENDING)
    (taken,) = two.outbox()
    assert two.settle_delivery(taken, Sent.WAITING, "no route to host")
    (again,) = two.outbox()
    assert (again.state, again.attempts, again.reason) == (Sent.WAITING, 1, "no route to host")


def test_recipients_come_and_go(two: Store) -> None:
    one = Recipient("r-1", ANNA.id, "mail", "anna@example.org", "anna", AT)
    other = Recipient("r-2", ANNA.id, "webhook", "https://example.org/hook", "coach", AT + timedelta(seconds=1))
    for each in (other, one, one):
        two.put_recipient(each)
    assert two.recipients(ANNA.id) == two.recipients() == (one, other)
    assert two.recipients(BEN.id) == ()
    two.remove_recipient(ANNA.id, "r-1")
    assert two.recipients() == (other,)
    with pytest.raises(NotFound):
        two.remove_recipient(ANNA.id, "r-1")
    with pytest.raises(NotFound):
        two.remove_recipient(BEN.id, "r-2")
