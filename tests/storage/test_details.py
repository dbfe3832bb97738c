"""Sex and year of birth, on every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fitintel.core.details import Details
from fitintel.core.errors import NotFound
from fitintel.storage.store import Store
from tests.storage.examples import ANNA, BEN

SAID = Details(ANNA.id, "female", 1985, "local-owner", datetime(2026, 3, 1, 6, 30, 0, 123456, tzinfo=UTC))


@pytest.fixture
def anna(store: Store) -> Store:
    store.put_athlete(ANNA)
    store.put_athlete(BEN)
    return store


def test_details_come_back_equal_and_only_for_their_athlete(anna: Store) -> None:
    anna.put_details(SAID)
    assert anna.details(ANNA.id) == SAID
    assert anna.details(BEN.id) is None


def test_what_is_said_later_takes_the_place_of_what_was_said_before(anna: Store) -> None:
    anna.put_details(SAID)
    anna.put_details(replace(SAID, sex=None, born=1986))
    assert anna.details(ANNA.id) == replace(SAID, sex=None, born=1986)


def test_what_is_forgotten_is_gone(anna: Store) -> None:
    anna.put_details(SAID)
    assert anna.forget_details(ANNA.id)
    assert anna.details(ANNA.id) is None
    assert not anna.forget_details(ANNA.id)


def test_details_are_no_change_of_facts(anna: Store) -> None:
    before = anna.revision(ANNA.id)
    anna.put_details(SAID)
    anna.forget_details(ANNA.id)
    assert anna.revision(ANNA.id) == before


def test_details_of_nobody_are_refused(store: Store) -> None:
    with pytest.raises(NotFound, match=ANNA.id):
        store.put_details(SAID)
