"""The part of the interface that keeps nights, who gets briefs, and what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fitintel.core.nights import AthleteNight, Delivery, Recipient, Sent


class NightStore(Protocol):
    """A row an athlete and day in the ledger, a row a recipient, a row a delivery in the outbox."""

    def keep_nights(self, rows: Sequence[AthleteNight], deliveries: Sequence[Delivery] = ()) -> None:
        """Keep how athletes' nights ended, and what they put into the outbox, in one transaction.

        A later row of the same athlete and day takes the place of the one before; a delivery that stands in the
        outbox already is left as it is. Raises NotFound for an unknown athlete; then nothing is kept.
        """

    def night(self, day: int) -> tuple[AthleteNight, ...]:
        """The ledger of a day, by athlete."""

    def put_recipient(self, one: Recipient) -> None:
        """Keep who gets an athlete's briefs; the same recipient once. Raises NotFound for an unknown athlete."""

    def remove_recipient(self, athlete_id: str, recipient_id: str) -> None:
        """Nothing more goes there; raises NotFound."""

    def recipients(self, athlete_id: str | None = None) -> tuple[Recipient, ...]:
        """Who gets briefs, of one athlete or of all, by athlete and time."""

    def outbox(self, state: Sent | None = None, *, day: int | None = None) -> tuple[Delivery, ...]:
        """Deliveries by day, athlete and id; only in this state, only of this day."""

    def settle_delivery(self, delivery: Delivery, state: Sent, reason: str = "") -> bool:
        """Write down what has become of a delivery, if it still is as `delivery` says; False where somebody was faster.

        Each step to SENDING counts as an attempt.
        """
