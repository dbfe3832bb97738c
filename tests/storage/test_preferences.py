"""What readers prefer, on every store."""

from __future__ import annotations

import pytest

from fitintel.core.errors import UnknownName
from fitintel.core.preferences import Preferences
from fitintel.core.units import UnitSystem
from fitintel.storage.store import Store


def test_nothing_is_preferred_at_first(store: Store) -> None:
    assert store.preferences("me") is None


def test_the_latest_choice_holds_and_is_only_the_readers_own(store: Store) -> None:
    store.put_preferences(Preferences("me", UnitSystem.IMPERIAL, "de", "dark", "Europe/Berlin"))
    store.put_preferences(Preferences("coach", None, "fr"))
    latest = Preferences("me", None, "es", "light", "America/New_York")
    store.put_preferences(latest)
    assert store.preferences("me") == latest
    assert store.preferences("coach") == Preferences("coach", None, "fr")


@pytest.mark.parametrize("wrong", [{"language": "tlh"}, {"theme": "pink"}, {"time_zone": "Europe/Nowhere"}])
def test_a_choice_that_does_not_exist_is_refused_with_the_known_ones(wrong: dict[str, str]) -> None:
    with pytest.raises(UnknownName):
        Preferences("me", **wrong)
