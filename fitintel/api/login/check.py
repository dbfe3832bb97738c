"""What the gateway asks before it lets a request through to a page (nginx: auth_request)."""

from __future__ import annotations

import hashlib

from fastapi import APIRouter, Request, Response

from fitintel.access.identity import HEADER
from fitintel.api.login import cookies
from fitintel.api.login.asked import issuer_of
from fitintel.api.who import gate_of
from fitintel.workbench.sessions import Gate

router = APIRouter()
AFFINITY = "X-Fitintel-Affinity"
"""the same for one log-in: by it the gateway finds the process that has somebody's page open"""


@router.get("/check/{surface}")
def check(surface: str, request: Request) -> Response:
    """204 with the identity header, 401 without a log-in, 403 where the account is not let in.

    The cookie alone counts: neither the address nor any header can say who somebody is.
    """
    gate: Gate = gate_of(request)
    actor = gate.actor(request.cookies.get(cookies.ACCESS, ""), surface=surface)
    header = issuer_of(request).issue(actor, surface, gate)
    affinity = hashlib.sha256(actor.session_id.encode()).hexdigest()[:16]
    return Response(status_code=204, headers={HEADER: header, AFFINITY: affinity})
