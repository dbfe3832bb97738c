"""Strava, API version 3 (developers.strava.com/docs/reference).

Its rate limits count per application: 15 minutes from each quarter of the hour, and days in UTC. A page of workouts may
hold fewer than asked for, so only an empty page is the end.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from fitintel.core.errors import UnexpectedAnswer, UpstreamError, UsageError
from fitintel.core.outbound import names
from fitintel.ingest.connectors import oauth, signed
from fitintel.ingest.connectors.access import Access
from fitintel.ingest.connectors.answers import Node, parsed
from fitintel.ingest.connectors.contract import Change, Day, Event, Fetched, Grant, Listed, Started, Tell
from fitintel.ingest.connectors.envelope import wrap
from fitintel.ingest.connectors.safe import Limits, origin
from fitintel.ingest.connectors.wire import Answer, Wire

ADDRESS = "https://www.strava.com"
SCOPES = "read,activity:read_all"
NEEDED = ("activity:read", "activity:read_all")
PAGE = 200
MOST_PAGES = 1000
PASSES = 3
CHANNELS = "time,latlng,distance,altitude,velocity_smooth,heartrate,cadence,watts,temp,moving"
MATTERS = ("name", "type", "sport_type", "start_date", "utc_offset", "distance", "moving_time", "elapsed_time",
           "total_elevation_gain", "manual", "private", "visibility", "average_heartrate", "max_heartrate",
           "average_watts", "average_cadence")  # fmt: skip
"""Fields of a listing whose change makes the workout be fetched again; kudos and comments do not."""
QUARTER = 900.0
DAY = 86_400.0


class Strava:
    """The connector; see `contract.Connector`."""

    name = "strava"
    title = "Strava"
    personal_key = False

    def __init__(self, setting: Callable[[str], str | None], limits: Limits) -> None:
        base = origin(setting("STRAVA_URL") or ADDRESS, "FITINTEL_STRAVA_URL")
        self.host = base.host
        self._setting = setting
        self._wire = Wire(base, limits, spent, private=names(setting("PRIVATE_HOSTS")))
        self.wire = self._wire

    def close(self) -> None:
        """Release connections."""
        self._wire.close()

    def authorise(self, redirect_uri: str, now: float) -> Started:
        """Begin: the address where the athlete says yes."""
        return oauth.begin(self._wire, self._application(), redirect_uri, now, approval_prompt="auto")

    def exchange(self, started: Started, redirected: str) -> Grant:
        """Finish: what opens the account. Raises AccessLost when reading activities was not allowed."""
        now = datetime.now(UTC).timestamp()
        grant = oauth.finish(self._wire, self._application(), started, redirected, now, _grant)
        if not set(grant.scopes) & set(NEEDED):
            raise UsageError("Strava was not allowed to show your activities",
                             why=f"allowed: {', '.join(grant.scopes) or 'nothing'}",
                             next="begin again, and leave the box for activities ticked")  # fmt: skip
        return grant

    def with_key(self, key: str) -> Grant:
        """Strava has no personal keys."""
        raise UsageError("Strava has no personal API keys", next="fitintel connect strava")

    def renew(self, grant: Grant) -> Grant:
        """A grant that lasts longer; Strava may replace the refresh token each time."""
        return _grant({"athlete": {"id": grant.account}, **oauth.renew(self._wire, self._application(), grant)},
                      grant.scopes)  # fmt: skip

    def revoke(self, access: Access) -> None:
        """Take the permission back at Strava."""
        answer = self._wire.request("POST", "/oauth/deauthorize", form={"access_token": access.token})
        if answer.status not in (200, 401):  # 401: it was taken back already
            raise UpstreamError("Strava did not take the permission back", why=f"it answered {answer.status}",
                                next="take it back at strava.com/settings/apps")  # fmt: skip

    def listed(self, access: Access, since: float | None, tell: Tell) -> Sequence[Listed]:
        """Every activity that starts at or after a time, each once, by start."""
        found: dict[str, Listed] = {}
        for _ in range(PASSES):
            before = len(found)
            listed, pages = self._pass(access, since, tell)
            found |= listed
            # a deletion between two pages moves the rest up, past the boundary: only a second look finds what it hid
            if pages <= 1 or (before and len(found) == before):
                break
        return sorted(found.values(), key=lambda each: each.place)

    def _pass(self, access: Access, since: float | None, tell: Tell) -> tuple[dict[str, Listed], int]:
        found: dict[str, Listed] = {}
        for number in range(1, MOST_PAGES + 1):
            tell(f"listing page {number} of Strava")
            # Strava's `after` is exclusive and in whole seconds
            after = int(since) - 1 if since is not None else 0
            answer = access.get("/api/v3/athlete/activities", {"after": after, "page": number, "per_page": PAGE})
            page = [_listed(node) for node in _data(answer).items()]
            if not page:
                return found, number - 1
            before = len(found)
            found |= {each.external_id: each for each in page}
            if len(found) == before:
                raise looping(answer, number)
        raise looping(answer, MOST_PAGES)

    def fetch(self, access: Access, external_id: str) -> Fetched | None:
        """One activity with its samples; None when it does not exist."""
        answer = access.get(f"/api/v3/activities/{external_id}", {"include_all_efforts": "false"})
        if answer.status == 404:
            return None
        node = _data(answer)
        parts = {"activity": answer.body}
        if not (isinstance(node.value, dict) and node.value.get("manual") is True):
            samples = access.get(f"/api/v3/activities/{external_id}/streams",
                                 {"keys": CHANNELS, "key_by_type": "true"})  # fmt: skip
            if samples.status != 404:  # an activity without samples has no streams
                _data(samples)
                parts["streams"] = samples.body
        listed = _listed(node)
        return Fetched(external_id, f"strava activity {external_id}", wrap(self.name, parts),
                       start=listed.start, digest=listed.digest)  # fmt: skip

    def gone(self, access: Access, external_id: str) -> bool:
        """Whether Strava says that an activity does not exist."""
        answer = access.get(f"/api/v3/activities/{external_id}")
        if answer.status != 404:
            _data(answer)
        return answer.status == 404

    def wellness(self, access: Access, since: float | None, tell: Tell) -> Sequence[Day]:
        """Strava has none."""
        return ()

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> tuple[Event, ...]:
        """The event in a message, signed with the application's secret in `X-Strava-Signature`."""
        signed.check_size(body, self.title)
        lower = {name.lower(): value for name, value in headers.items()}
        secret = self._setting("STRAVA_CLIENT_SECRET")
        signed.check_signature(lower.get("x-strava-signature", ""), body, secret, now, self.title)
        try:
            node = Node(parsed(body, "webhook"), "event")
            account, at = node.identity("owner_id"), node.needed_number("event_time")
            kind, change = node.needed_text("object_type"), node.needed_text("aspect_type")
            if kind == "activity" and change in ("create", "update", "delete"):
                return (Event(Change.WORKOUT, account, node.identity("object_id"), at),)
            gone = str(node.child("updates").value and node.child("updates").child("authorized").value)
        except (UpstreamError, UnexpectedAnswer) as error:
            raise signed.forged(self.title, error.why or error.what) from error
        return (Event(Change.REVOKED, account, at=at),) if kind == "athlete" and gone.lower() == "false" else ()

    def challenge(self, query: Mapping[str, str]) -> dict[str, str]:
        """The answer that proves that this address wants Strava's messages."""
        signed.check_secret(query.get("hub.verify_token"), self._setting("STRAVA_VERIFY_TOKEN"), self.title)
        word = query.get("hub.challenge", "")
        if query.get("hub.mode") != "subscribe" or not 0 < len(word) <= 256:
            raise signed.forged(self.title, "it is not a subscription")
        return {"hub.challenge": word}

    def _application(self) -> oauth.Application:
        client_id, secret = self._setting("STRAVA_CLIENT_ID"), self._setting("STRAVA_CLIENT_SECRET")
        if not client_id or not secret:
            raise UsageError(
                "Strava does not know this installation yet", why="it needs an API application of your own",
                next="make one at strava.com/settings/api with the callback domain localhost, then set "
                     "FITINTEL_STRAVA_CLIENT_ID and FITINTEL_STRAVA_CLIENT_SECRET (or ..._SECRET_FILE)",
            )  # fmt: skip
        return oauth.Application(client_id, secret, "/oauth/authorize", "/oauth/token", SCOPES)


def spent(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until Strava may be asked again, where its headers say that a limit is used up.

    >>> spent({"x-ratelimit-limit": "200,2000", "x-ratelimit-usage": "200,900"}, 1000.0)
    800.0
    >>> spent({"x-readratelimit-limit": "100,1000", "x-readratelimit-usage": "3,1000"}, 1000.0)
    85400.0
    >>> spent({"x-ratelimit-limit": "200,2000", "x-ratelimit-usage": "10,20"}, 1000.0) is None
    True
    """
    waits = []
    for name in ("x-ratelimit", "x-readratelimit"):
        limit, usage = _pair(headers.get(f"{name}-limit")), _pair(headers.get(f"{name}-usage"))
        if limit and usage:
            waits += [span - now % span for most, used, span in zip(limit, usage, (QUARTER, DAY), strict=True)
                      if used >= most > 0]  # fmt: skip
    return max(waits, default=None)


def _pair(text: str | None) -> tuple[int, int] | None:
    parts = (text or "").split(",")
    if len(parts) != 2 or not all(part.strip().isdecimal() and len(part) < 12 for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def _grant(token: Mapping[str, Any], scopes: tuple[str, ...]) -> Grant:
    node = Node(dict(token), "token")
    expires = node.number("expires_at")
    account = node.child("athlete").identity("id") if node.has("athlete") else ""
    return Grant(node.needed_text("access_token"), node.text("refresh_token") or "", expires, scopes, account)


def _data(answer: Answer) -> Node:
    if answer.status != 200:
        raise UpstreamError("Strava does not answer as it should", where=answer.where,
                            why=f"it answered {answer.status}", next="run the same command again later")  # fmt: skip
    return answer.json()


def _listed(node: Node) -> Listed:
    kept = {name: node.value.get(name) for name in MATTERS} if isinstance(node.value, dict) else {}
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    try:
        start = node.moment("start_date")
    except UnexpectedAnswer:
        start = None  # it is fetched all the same: its reader names what is wrong, and the others are not held up
    return Listed(node.identity("id"), start, digest)


def looping(answer: Answer, page: int) -> UpstreamError:
    """The error for a list that does not end."""
    return UpstreamError("The service's list goes in circles", where=answer.where,
                         why=f"page {page} holds nothing that earlier pages did not",
                         next="run the same command again later; nothing was lost")  # fmt: skip
