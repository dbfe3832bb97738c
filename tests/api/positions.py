"""Where in a request to a route the ids of somebody else can stand: each place is one way to ask for what is theirs."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

BODIES: dict[str, dict[str, Any]] = {
    "wellness": {"day": "2026-10-01", "values": {"mood": "1"}}, "labels": {"activity": "run", "why": ""},
    "answers": {"key": "KEY", "action": "dismiss"}, "comments": {"text": "hello"},
    "consents": {"categories": ["training"], "purpose": "coaching"},
    "withdrawals": {"categories": ["training"], "purpose": "coaching"},
    "thresholds": {"fields": {"kind": "power", "value": "200 W"}},
    "goals": {"fields": {"kind": "training_days", "value": "7"}},
    "plans": {"fields": {"day": "2026-12-01", "sport": "run"}},
    "excuses": {"fields": {"first": "2026-12-01", "reason": "ill"}},
}  # fmt: skip
"""last word of a path -> what a thief would send there"""
TABLE = b"date,sport,duration (min)\n2026-01-01,run,3\n"


@dataclass(frozen=True)
class Sent:
    """A request, before it is sent."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    """of JSON"""
    file: str = ""
    """name of a file that is uploaded; empty for none"""

    def kwargs(self) -> dict[str, Any]:
        """What a client of httpx is called with."""
        more: dict[str, Any] = {}
        if self.file:
            more["files"] = [("files", (self.file, TABLE, "text/csv"))]
        elif self.method == "post":
            more["json"] = self.body
        return {"method": self.method, "url": self.path, "params": self.query, "headers": self.headers, **more}


@dataclass(frozen=True)
class Wish:
    """A route, somebody's ids, and who asks."""

    method: str
    route: str
    theirs: dict[str, Any]
    own: str
    """the thief's own athlete, or one that is not there"""
    tag: str = ""
    """of the answer that the athlete themselves get"""

    def path(self, athlete: str) -> str:
        """The route for this athlete with the victim's records."""
        ids = {"{athlete_id}": athlete, "{algorithm_id}": "pmc", **{"{" + name + "}": str(value)
               for name, value in self.theirs.items()}}  # fmt: skip
        found = self.route
        for name, value in ids.items():
            found = found.replace(name, value)
        return found

    def to(self, athlete: str, **more: Any) -> Sent:
        """A request for this athlete."""
        path = self.path(athlete)
        body = json.loads(json.dumps(BODIES.get(path.rsplit("/", 1)[-1], {})).replace("KEY", self.theirs["key"]))
        file = "x.csv" if self.method == "post" and path.endswith("/imports") else ""
        return replace(Sent(self.method, path, body=body, file=file), **more)

    @property
    def victim(self) -> str:
        """Whose record is asked for."""
        return str(self.theirs["athlete_id"])


def _cursor(*key: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def _listed(wish: Wish) -> Sent:
    sent = wish.to(f"{wish.own},{wish.victim}")
    return replace(sent, body=[sent.body, {"athlete_id": wish.victim}])


def _in_body(wish: Wish) -> Sent:
    sent = wish.to(wish.own)
    return replace(sent, body={**sent.body, "athlete_id": wish.victim, "athlete": {"id": wish.victim}})


def _named(wish: Wish) -> Sent:
    # as a file of the victim: below the path, as it is uploaded, and as a client says to keep it
    sent = wish.to(wish.own)
    name = f"../{wish.victim}/{wish.victim}.csv"
    kept = {"content-disposition": f'attachment; filename="{name}"', "content-location": f"/{name}"}
    return replace(sent, file=name, headers=kept) if sent.file else replace(
        sent, path=f"{sent.path}/..%2f{wish.victim}.csv", headers=kept
    )  # fmt: skip


POSITIONS: dict[str, Callable[[Wish], Sent]] = {
    "path": lambda wish: wish.to(wish.victim),
    "own path": lambda wish: wish.to(wish.own),
    "nul": lambda wish: wish.to(f"{wish.victim}%00"),
    "slash": lambda wish: wish.to(f"{wish.victim}/"),
    "suffix": lambda wish: wish.to(f"{wish.victim}.json"),
    "dots": lambda wish: wish.to(f"{quote(wish.own)}%2f%2e%2e%2f{wish.victim}"),
    "wide": lambda wish: wish.to(wish.victim, query=(("units", "imperial"), ("language", "de"), ("limit", "200"))),
    "query": lambda wish: wish.to(wish.own, query=(("athlete_id", wish.victim), ("athlete", wish.victim),
                                                   ("run_id", wish.theirs["run_id"]))),
    "cookie": lambda wish: wish.to(wish.own, headers={
        "cookie": "; ".join(f"{name}={wish.victim}" for name in ("athlete_id", "__Host-fitintel", "session"))}),
    "header": lambda wish: wish.to(wish.own, headers={
        "x-athlete-id": wish.victim, "x-fitintel-user": wish.victim, "x-forwarded-user": wish.victim,
        "x-original-url": wish.path(wish.victim), "x-http-method-override": "GET", "x-forwarded-for": "127.0.0.1"}),
    "tag": lambda wish: wish.to(wish.victim, headers={"if-none-match": wish.tag or "*"}),
    "cursor": lambda wish: wish.to(wish.own, query=(("cursor", _cursor(wish.victim, str(wish.theirs["workout_id"]))),
                                                    ("after", _cursor(wish.victim)))),
    "batch": _listed,
    "body": _in_body,
    "file name": _named,
    "key": lambda wish: wish.to(wish.own, headers={"idempotency-key": wish.victim}),
}  # fmt: skip
"""name of a place -> the request with the victim's ids there"""
