"""A brief to another program: its JSON, posted and signed.

The signature is `t=TIME,v1=HEX`, HMAC-SHA256 of `TIME.BODY` under the agreed secret. The Idempotency-Key is made of
the delivery's id, so that a receiver takes a brief once even when our note of its answer was lost in a crash.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Collection

from fitintel.core.errors import ServiceMissing, UnsafeAddress, UpstreamError, UsageError
from fitintel.reporting.delivery.parcel import Parcel

SECONDS = 20.0
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check(url: str, hosts: Collection[str]) -> None:
    """Raise UsageError or UnsafeAddress unless a brief may be posted there.

    Only to `hosts` that the operator names: anything else would let who may add a recipient reach the network that
    this machine stands in. HTTPS, except on this machine.
    """
    from urllib.parse import urlsplit

    try:
        found = urlsplit(url)
        host = found.hostname or ""
        proper = found.scheme == "https" or (found.scheme == "http" and host in LOOPBACK)
    except ValueError:
        proper, host, found = False, "", urlsplit("")
    if not proper or not host or found.username or found.password or found.fragment:
        raise UsageError(f"{url!r} is no address for a webhook", next="write it as https://host/path")
    if host not in hosts:
        raise UnsafeAddress("Briefs are not posted there", where=host, why="the host is not in FITINTEL_WEBHOOK_HOSTS",
                            next="let the operator add the host, and try again")  # fmt: skip


def post(
    url: str, hosts: Collection[str], secret: str | None, parcel: Parcel, *, private: Collection[str] = ()
) -> None:  # fmt: skip
    """Post a parcel; raises UsageError, UnsafeAddress, or UpstreamError when the answer is not 2xx."""
    check(url, hosts)
    if not secret:
        raise UsageError("No webhook can be sent", why="there is no secret to sign it with",
                         next="set FITINTEL_WEBHOOK_SECRET, and tell it the receiver")  # fmt: skip
    try:
        import httpx

        from fitintel.core import outbound
    except ImportError:
        raise ServiceMissing("Webhooks need httpx", next="pip install 'fitintel[connect]'") from None
    at = str(int(time.time()))
    signature = hmac.new(secret.encode(), at.encode() + b"." + parcel.document, hashlib.sha256).hexdigest()
    headers = {"content-type": "application/json", "idempotency-key": parcel.id, "user-agent": "fitintel",
               "x-fitintel-signature": f"t={at},v1={signature}"}  # fmt: skip
    host = httpx.URL(url).host
    try:
        with outbound.client(hosts, private, seconds=SECONDS) as client:
            answer = client.post(url, content=parcel.document, headers=headers)
    except httpx.HTTPError as error:
        raise _refused(host, f"{type(error).__name__}: {error}") from error
    if not answer.is_success:
        raise _refused(host, f"it answered {answer.status_code}")


def _refused(host: str, why: str) -> UpstreamError:
    return UpstreamError("The receiver did not take the brief", where=host, why=why,
                         next="it is tried again by the next fitintel nightly")  # fmt: skip
