"""Access to one account: requests with its token, which is renewed when it ends, once, whoever asks."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from typing import Any

from fitintel.core.errors import AccessLost
from fitintel.ingest.connectors.contract import Grant
from fitintel.ingest.connectors.wire import Answer, Wire

EARLY = 120.0
"""s before its end a token is renewed: it must outlast the request."""
Renew = Callable[[Grant], Grant]
"""Gives a newer grant than the one given, and sees to it that only one caller asks the service for it."""


class Access:
    """Requests on behalf of one athlete."""

    def __init__(self, wire: Wire, grant: Grant, renew: Renew, *, clock: Callable[[], float] = time.time) -> None:
        self._wire, self._grant, self._renew, self._clock = wire, grant, renew, clock

    @property
    def account(self) -> str:
        """The service's id of the athlete."""
        return self._grant.account

    @property
    def token(self) -> str:
        """What opens the account: for taking it back."""
        return self._grant.access

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Answer:
        """The answer to a GET request.

        Raises:
            AccessLost: the service refuses the token though it is fresh, or the scopes do not reach so far.
            UpstreamError: see `Wire.request`.
        """
        ends = self._grant.expires_at
        renewed = ends is not None and ends - self._clock() < EARLY
        if renewed:
            self._grant = self._renew(self._grant)
        answer = self._wire.request("GET", path, params=params, headers=_headers(self._grant), lane=self.account)
        if answer.status == 401 and self._grant.refresh and not renewed:
            self._grant = self._renew(self._grant)
            answer = self._wire.request("GET", path, params=params, headers=_headers(self._grant), lane=self.account)
        if answer.status in (401, 403):
            why = "it refuses the token" if answer.status == 401 else "the permission does not reach so far"
            raise AccessLost("The service gives no access", where=answer.where, why=why,
                             next="connect the account again, and allow everything that is asked for")  # fmt: skip
        return answer


def _headers(grant: Grant) -> dict[str, str]:
    if grant.key:
        word = base64.b64encode(f"API_KEY:{grant.access}".encode()).decode()
        return {"authorization": f"Basic {word}"}
    return {"authorization": f"Bearer {grant.access}"}
