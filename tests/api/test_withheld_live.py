"""A socket of a coach without every consent: nothing of what is withheld, neither when they subscribe nor later."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from fitintel.core.events import Topic
from fitintel.core.settings import Settings
from fitintel.workbench.door import Workbench
from fitintel.workbench.happening import event
from tests.api import test_withheld as withheld
from tests.api.people import V1
from tests.api.test_withheld import ANNA, LAST, header, withdraw

kept, settings, client = withheld.kept, withheld.settings, withheld.client
OF_SLEEP, OF_TRAINING = "alert_wellness:sleep:19999", "alert_gap:19990"
QUERY = """subscription s($after: Int) { events(topic: "alerts", athleteId: "demo-01", after: $after) { id detail } }"""


def happen(settings: Settings) -> int:
    """An alert of the body, then one of training; returns the last event before them."""
    with Workbench(settings) as owner:
        before: int = owner.vault.newest_event()
        owner.vault.put_events([event(Topic.ALERTS, "opened", ANNA, key=key, code=key.partition(":")[0], day=LAST)
                                for key in (OF_SLEEP, OF_TRAINING)])  # fmt: skip
        return before


def plain(client: TestClient, headers: dict[str, str], settings: Settings) -> list[Any]:
    """Keys that the plain feed tells of what was missed, and of what happens while it is open."""
    before, told = happen(settings), []
    with client.websocket_connect(f"{V1}/live", headers=headers) as socket:
        socket.receive_json()
        socket.send_json({"type": "subscribe", "topic": "alerts", "athlete": ANNA, "after": before})
        while (said := socket.receive_json())["type"] == "event":
            told.append(said["detail"]["key"])
        happen(settings)
        # the alert of training is the last to happen: what would have come is there before it
        while not told or len(told) < 2 or said["type"] != "event" or said["detail"]["key"] != OF_TRAINING:
            said = socket.receive_json()
            told.append(said["detail"]["key"])
    return told


def graphql(client: TestClient, headers: dict[str, str], settings: Settings) -> list[Any]:
    """The same of a subscription of GraphQL."""
    before, told = happen(settings), []
    address = f"{V1}/graphql"
    with client.websocket_connect(address, headers=headers, subprotocols=["graphql-transport-ws"]) as socket:
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        socket.send_json({"id": "1", "type": "subscribe", "payload": {"query": QUERY, "variables": {"after": before}}})
        while told.count(OF_TRAINING) < 2:
            said = socket.receive_json()
            assert said["type"] == "next", said
            told.append(said["payload"]["data"]["events"]["detail"]["key"])
            if told == [OF_SLEEP, OF_TRAINING] or told == [OF_TRAINING]:
                happen(settings)
    return told


@pytest.mark.parametrize("feed", [plain, graphql])
def test_an_alert_of_what_is_withheld_is_told_neither_at_subscribing_nor_later(
    feed: Any, settings: Settings, client: TestClient
) -> None:
    both, training = [OF_SLEEP, OF_TRAINING] * 2, [OF_TRAINING] * 2
    assert feed(client, header(settings, "carl"), settings) == both
    withdraw(settings, "sleep")
    assert feed(client, header(settings, "carl"), settings) == training
    assert feed(client, header(settings, "anna"), settings) == both


def test_a_consent_that_is_withdrawn_while_a_socket_is_open_holds_for_what_happens_next(
    settings: Settings, client: TestClient
) -> None:
    with client.websocket_connect(f"{V1}/live", headers=header(settings, "carl")) as socket:
        socket.receive_json()
        socket.send_json({"type": "subscribe", "topic": "alerts", "athlete": ANNA})
        assert socket.receive_json()["type"] == "subscribed"
        happen(settings)
        assert [socket.receive_json()["detail"]["key"] for _ in range(2)] == [OF_SLEEP, OF_TRAINING]
        withdraw(settings, "sleep")
        happen(settings)
        assert socket.receive_json()["detail"]["key"] == OF_TRAINING
