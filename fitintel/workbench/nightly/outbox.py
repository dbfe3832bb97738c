"""The outbox: each brief to each recipient once a day, whatever is stopped and started again in between.

A delivery is put into the outbox in the transaction that says the brief is made, taken by one process (SENDING), sent,
and marked SENT. A crash in the middle leaves SENDING: whether it arrived is not known, so it is sent again under the
same id, by which the receiver knows it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fitintel.access.actor import Action, Kind
from fitintel.core.errors import FitintelError, NotFound, UnknownName
from fitintel.core.nights import AthleteNight, Delivery, Recipient, Sent
from fitintel.workbench.briefs import whom
from fitintel.workbench.nightly.athlete import path_of

if TYPE_CHECKING:
    from fitintel.core.settings import Settings
    from fitintel.reporting.delivery.parcel import Parcel
    from fitintel.workbench.door.nights import NightDoor

ATTEMPTS = 5
"""nights, or calls, after which a delivery is given up"""
STALE = timedelta(minutes=10)
"""A delivery that is being sent for so long was left by a process that died: no way of sending takes this long."""


class Channel(StrEnum):
    """Ways on which a brief is delivered."""

    MAIL = "mail"
    WEBHOOK = "webhook"


def add_recipient(bench: NightDoor, athlete_id: str | None, channel: str, address: str) -> Recipient:
    """Let an athlete's briefs go somewhere from the next night on. Raises UsageError for what is no address."""
    if channel not in list(Channel):
        raise UnknownName("way of delivery", channel, list(Channel))
    who = whom(bench, athlete_id).id
    bench.may(Action.UPDATE, who, Kind.PREFERENCE)
    to = _checked(bench.settings, Channel(channel), address)
    one = Recipient(_digest(who, channel, to), who, channel, to, bench.actor.id, datetime.now(UTC))
    bench.store.put_recipient(one)
    bench.note("access", who, "recipient added", detail={"channel": channel})
    return one


def remove_recipient(bench: NightDoor, athlete_id: str | None, recipient_id: str) -> None:
    """Nothing more goes there; raises NotFound."""
    who = whom(bench, athlete_id).id
    bench.may(Action.UPDATE, who, Kind.PREFERENCE)
    bench.store.remove_recipient(who, recipient_id)
    bench.note("access", who, "recipient removed")


def deliveries_of(row: AthleteNight, recipients: Sequence[Recipient]) -> list[Delivery]:
    """What an athlete's night puts into the outbox: at most one a day and recipient."""
    return [Delivery(_digest(one.id, str(row.day)), row.athlete_id, row.day, row.brief_id, one.channel, one.address,
                     Sent.WAITING, 0, row.at) for one in recipients]  # fmt: skip


def deliver(bench: NightDoor, folder: Path, stale: timedelta = STALE) -> tuple[Delivery, ...]:
    """Send what waits, and what a process that died was sending; each as it is afterwards."""
    done = []
    for one in _due(bench, stale):
        if not bench.vault.settle_delivery(one, Sent.SENDING):
            continue  # another process was faster
        taken = next(each for each in bench.vault.outbox(Sent.SENDING, day=one.day) if each.id == one.id)
        try:
            _send(bench.settings, taken, _parcel(taken, folder))
        except FitintelError as error:
            state = Sent.GIVEN_UP if taken.attempts >= ATTEMPTS else Sent.WAITING
            bench.vault.settle_delivery(taken, state, f"{error.what}: {error.why}" if error.why else error.what)
        else:
            bench.vault.settle_delivery(taken, Sent.SENT)
        done.append(taken)
    known = {one.id: one for day in sorted({one.day for one in done}) for one in bench.vault.outbox(day=day)}
    return tuple(known[one.id] for one in done)


def _due(bench: NightDoor, stale: timedelta) -> Iterator[Delivery]:
    yield from bench.vault.outbox(Sent.WAITING)
    left = datetime.now(UTC) - stale
    yield from (one for one in bench.vault.outbox(Sent.SENDING) if one.at < left)


def _parcel(one: Delivery, folder: Path) -> Parcel:
    from fitintel.reporting.delivery.parcel import Parcel

    files = [path_of(folder, one.athlete_id, one.day, suffix) for suffix in (".txt", ".html", ".json")]
    for file in files:
        if not file.is_file():
            raise NotFound("A file of the brief is not there", where=str(file), next="run the night again")
    text, page, document = (file.read_bytes() for file in files)
    words = text.decode()
    return Parcel(one.id, words.partition("\n")[0], words, page, document)


def _send(settings: Settings, one: Delivery, parcel: Parcel) -> None:
    if one.channel == Channel.MAIL:
        from fitintel.reporting.delivery.mail import send_mail

        send_mail(settings.account("SMTP_URL"), settings.account("MAIL_FROM"), one.address, parcel)
    else:
        from fitintel.core.outbound import names
        from fitintel.reporting.delivery.webhook import post

        post(one.address, _hosts(settings), settings.account("WEBHOOK_SECRET"), parcel,
             private=names(settings.account("PRIVATE_HOSTS")))  # fmt: skip


def _checked(settings: Settings, channel: Channel, address: str) -> str:
    if channel is Channel.MAIL:
        from fitintel.reporting.delivery.mail import address as mail_address

        return mail_address(address)
    from fitintel.reporting.delivery.webhook import check

    check(address, _hosts(settings))
    return address


def _hosts(settings: Settings) -> frozenset[str]:
    from fitintel.core.outbound import names

    return names(settings.account("WEBHOOK_HOSTS"))


def _digest(*parts: str) -> str:
    return "d-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]
