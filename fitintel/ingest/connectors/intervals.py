"""intervals.icu, API version 1 (intervals.icu/api-docs.html; OAuth and webhooks as its forum documents them).

Its access tokens do not expire. A person may use the API key of their settings page instead. Workouts that came to it
from Strava are listed and not given out, by Strava's terms: connect Strava itself for those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
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

ADDRESS = "https://intervals.icu"
SCOPES = "ACTIVITY:READ,WELLNESS:READ"
FIRST_DAY = date(2000, 1, 1)
STEP = timedelta(days=180)
"""of one request for a list"""
CHANNELS = "time,latlng,distance,altitude,velocity_smooth,heartrate,cadence,watts,temp"
MATTERS = ("name", "type", "start_date", "start_date_local", "distance", "moving_time", "elapsed_time", "icu_rpe",
           "total_elevation_gain", "description", "file_type", "icu_recording_time", "deleted")  # fmt: skip
"""Fields of a listing whose change makes the workout be fetched again."""
WORKOUT_EVENTS = ("ACTIVITY_UPLOADED", "ACTIVITY_ANALYZED", "ACTIVITY_UPDATED", "ACTIVITY_DELETED")


class Intervals:
    """The connector; see `contract.Connector`."""

    name = "intervals"
    title = "intervals.icu"
    personal_key = True

    def __init__(self, setting: Callable[[str], str | None], limits: Limits) -> None:
        base = origin(setting("INTERVALS_URL") or ADDRESS, "FITINTEL_INTERVALS_URL")
        self.host = base.host
        self._setting = setting
        self._wire = Wire(base, limits, lambda headers, now: None, private=names(setting("PRIVATE_HOSTS")))
        self.wire = self._wire

    def close(self) -> None:
        """Release connections."""
        self._wire.close()

    def authorise(self, redirect_uri: str, now: float) -> Started:
        """Begin: the address where the athlete says yes."""
        return oauth.begin(self._wire, self._application(), redirect_uri, now)

    def exchange(self, started: Started, redirected: str) -> Grant:
        """Finish: what opens the account. Raises UsageError when reading activities was not allowed."""
        now = datetime.now(UTC).timestamp()
        grant = oauth.finish(self._wire, self._application(), started, redirected, now, _grant)
        if not {"ACTIVITY:READ", "ACTIVITY:WRITE"} & set(grant.scopes):
            raise UsageError("intervals.icu was not allowed to show your activities",
                             why=f"allowed: {', '.join(grant.scopes) or 'nothing'}", next="begin again")  # fmt: skip
        return grant

    def with_key(self, key: str) -> Grant:
        """What opens the account, from the API key of the settings page."""
        key = key.strip()
        if not key.isalnum() or not 8 <= len(key) <= 128:
            raise UsageError("This is not an API key of intervals.icu", why="it has letters and digits only",
                             next="copy it from the end of intervals.icu/settings")  # fmt: skip
        access = Access(self._wire, Grant(key, key=True), _no_renewal)
        account = _data(access.get("/api/v1/athlete/0")).identity("id")
        return Grant(key, scopes=tuple(SCOPES.split(",")), account=account, key=True)

    def renew(self, grant: Grant) -> Grant:
        """Nothing to renew: tokens and keys stay valid until they are taken back."""
        return _no_renewal(grant)

    def revoke(self, access: Access) -> None:
        """Take the permission back; a personal key can only be changed on the settings page."""
        answer = self._wire.request("DELETE", "/api/v1/disconnect-app",
                                    headers={"authorization": f"Bearer {access.token}"})  # fmt: skip
        if answer.status not in (200, 204, 401, 403):
            raise UpstreamError("intervals.icu did not take the permission back", why=f"it answered {answer.status}",
                                next="take it back at the end of intervals.icu/settings")  # fmt: skip

    def listed(self, access: Access, since: float | None, tell: Tell) -> Sequence[Listed]:
        """Every activity that starts at or after a time, each once, by start."""
        found: dict[str, Listed] = {}
        for oldest, newest in _spans(since):
            tell(f"listing intervals.icu from {oldest}")
            answer = access.get("/api/v1/athlete/0/activities", {"oldest": oldest, "newest": newest})
            found |= {each.external_id: each for each in map(_listed, _data(answer).items())}
        # the service is asked by local day, so its answer begins up to a day too early
        kept = (each for each in found.values() if since is None or each.start is None or each.start >= since)
        return sorted(kept, key=lambda each: each.place)

    def fetch(self, access: Access, external_id: str) -> Fetched | None:
        """One activity: its original file where there is one, else its samples; None when it does not exist."""
        answer = access.get(f"/api/v1/activity/{external_id}")
        if answer.status == 404:
            return None
        node = _data(answer)
        if isinstance(node.value, dict) and node.value.get("deleted"):
            return None
        listed = _listed(node)
        start, digest = listed.start, listed.digest
        kind = node.value.get("file_type") if isinstance(node.value, dict) else None
        if kind in ("fit", "gpx", "tcx"):
            original = access.get(f"/api/v1/activity/{external_id}/file")
            if original.status == 200 and original.body and not _is_page(original):
                return Fetched(external_id, f"intervals {external_id}.{kind}", original.body, "file", start, digest)
        parts = {"activity": answer.body}
        samples = access.get(f"/api/v1/activity/{external_id}/streams.json", {"types": CHANNELS})
        if samples.status != 404:
            _data(samples)
            parts["streams"] = samples.body
        return Fetched(external_id, f"intervals activity {external_id}", wrap(self.name, parts), "activity", start,
                       digest)  # fmt: skip

    def gone(self, access: Access, external_id: str) -> bool:
        """Whether intervals.icu says that an activity does not exist."""
        answer = access.get(f"/api/v1/activity/{external_id}")
        if answer.status == 404:
            return True
        node = _data(answer)
        return bool(isinstance(node.value, dict) and node.value.get("deleted"))

    def wellness(self, access: Access, since: float | None, tell: Tell) -> Sequence[Day]:
        """Days of wellness, by day; days on which nothing was entered are not given."""
        found: dict[str, Day] = {}
        for oldest, newest in _spans(since):
            tell(f"listing wellness of intervals.icu from {oldest}")
            answer = access.get("/api/v1/athlete/0/wellness", {"oldest": oldest, "newest": newest})
            for node in _data(answer).items():
                day = node.needed_text("id")
                try:
                    date.fromisoformat(day)
                except ValueError:
                    raise node.child("id").unexpected("a day such as 2025-10-07") from None
                # its own running figures change every day for every day; they are not what was entered
                kept = {name: value for name, value in node.value.items()
                        if value is not None and name not in COMPUTED}  # fmt: skip
                data = json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()
                if set(kept) - {"id"}:
                    found[day] = Day(day, data, hashlib.sha256(data).hexdigest())
        return [found[day] for day in sorted(found)]

    def verify(self, headers: Mapping[str, str], body: bytes, now: float) -> tuple[Event, ...]:
        """The events in a message, which must hold the secret that was agreed on."""
        signed.check_size(body, self.title)
        try:
            node = Node(parsed(body, "webhook"), "message")
            given = node.text("secret")
        except (UpstreamError, UnexpectedAnswer) as error:
            raise signed.forged(self.title, error.why or error.what) from error
        signed.check_secret(given, self._setting("INTERVALS_WEBHOOK_SECRET"), self.title)
        try:
            return tuple(event for each in node.items("events") if (event := _event(each, now)) is not None)
        except UnexpectedAnswer as error:
            raise signed.forged(self.title, error.why or error.what) from error

    def challenge(self, query: Mapping[str, str]) -> dict[str, str]:
        """intervals.icu does not check addresses."""
        raise signed.forged(self.title, "intervals.icu sends no such message")

    def _application(self) -> oauth.Application:
        client_id, secret = self._setting("INTERVALS_CLIENT_ID"), self._setting("INTERVALS_CLIENT_SECRET")
        if not client_id or not secret:
            raise UsageError(
                "intervals.icu does not know this installation", why="it has no application of its own",
                next="connect with your personal key: fitintel connect intervals --key",
            )  # fmt: skip
        return oauth.Application(client_id, secret, "/oauth/authorize", "/api/oauth/token", SCOPES)


COMPUTED = ("ctl", "atl", "rampRate", "ctlLoad", "atlLoad", "sportInfo", "updated", "tempWeight", "tempRestingHR")
"""Fields of a day of wellness that intervals.icu computes itself."""


def _no_renewal(grant: Grant) -> Grant:
    return grant


def _spans(since: float | None) -> Iterator[tuple[str, str]]:
    today = datetime.now(UTC).date() + timedelta(days=1)
    first = FIRST_DAY if since is None else datetime.fromtimestamp(since, UTC).date() - timedelta(days=1)
    while first <= today:
        last = min(first + STEP, today)
        yield first.isoformat(), last.isoformat()
        first = last + timedelta(days=1)


def _grant(token: Mapping[str, Any], scopes: tuple[str, ...]) -> Grant:
    node = Node(dict(token), "token")
    granted = tuple((node.text("scope") or "").replace(" ", ",").split(","))
    return Grant(node.needed_text("access_token"), scopes=granted, account=node.child("athlete").identity("id"))


def _data(answer: Answer) -> Node:
    if answer.status != 200:
        raise UpstreamError("intervals.icu does not answer as it should", where=answer.where,
                            why=f"it answered {answer.status}", next="run the same command again later")  # fmt: skip
    return answer.json()


def _is_page(answer: Answer) -> bool:
    return "html" in answer.headers.get("content-type", "").lower()


def _listed(node: Node) -> Listed:
    kept = {name: node.value.get(name) for name in MATTERS} if isinstance(node.value, dict) else {}
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    try:
        start = node.moment("start_date")
        if start is None:
            start = node.moment("start_date_local")  # of what came from Strava no more is shown
    except UnexpectedAnswer:
        start = None  # it is fetched all the same: its reader names what is wrong, and the others are not held up
    withheld = "it came from Strava, whose terms keep it there" if node.text("source") == "STRAVA" else ""
    return Listed(node.identity("id"), start, digest, withheld=withheld)


def _event(node: Node, now: float) -> Event | None:
    kind, account = node.needed_text("type"), node.identity("athlete_id")
    if kind in WORKOUT_EVENTS:
        place = node.child("activity")
        external_id = place.identity("id") if place.value is not None else node.identity("activity_id")
        return Event(Change.WORKOUT, account, external_id, now)
    scopes = node.child("scope").value if kind == "APP_SCOPE_CHANGED" else "other"
    return Event(Change.REVOKED, account, at=now) if not scopes else None
