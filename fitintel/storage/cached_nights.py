"""Nights, asked of the store behind the cache."""

from __future__ import annotations

from collections.abc import Sequence

from fitintel.core.nights import AthleteNight, Delivery, Recipient, Sent
from fitintel.storage.store import Store


class CachedNights:
    """The part of CachedStore that passes nights on: the next process must see each row at once."""

    _store: Store

    def keep_nights(self, rows: Sequence[AthleteNight], deliveries: Sequence[Delivery] = ()) -> None:
        """Keep how athletes' nights ended, and what they put into the outbox."""
        self._store.keep_nights(rows, deliveries)

    def night(self, day: int) -> tuple[AthleteNight, ...]:
        """The ledger of a day, by athlete."""
        return self._store.night(day)

    def put_recipient(self, one: Recipient) -> None:
        """Keep who gets an athlete's briefs."""
        self._store.put_recipient(one)

    def remove_recipient(self, athlete_id: str, recipient_id: str) -> None:
        """Nothing more goes there; raises NotFound."""
        self._store.remove_recipient(athlete_id, recipient_id)

    def recipients(self, athlete_id: str | None = None) -> tuple[Recipient, ...]:
        """Who gets briefs."""
        return self._store.recipients(athlete_id)

    def outbox(self, state: Sent | None = None, *, day: int | None = None) -> tuple[Delivery, ...]:
        """Deliveries by day, athlete and id."""
        return self._store.outbox(state, day=day)

    def settle_delivery(self, delivery: Delivery, state: Sent, reason: str = "") -> bool:
        """Write down what has become of a delivery."""
        return self._store.settle_delivery(delivery, state, reason)
