"""Codes of a second factor: time-based one-time passwords (RFC 6238), each good once."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any

from fitintel.core.errors import ServiceMissing

STEP = 30
"""s"""
WINDOW = 1
"""steps that a device's clock may be off"""
ISSUER = "fitintel"


def _pyotp() -> Any:
    try:
        import pyotp
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            "The package for accounts is not installed", next="pip install 'fitintel[access]'"
        ) from error
    return pyotp


def new_secret() -> str:
    """A random secret in base32, as devices take it."""
    return str(_pyotp().random_base32())


def address(secret: str, name: str) -> str:
    """What a device reads as a QR code (otpauth://)."""
    return str(_pyotp().TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


def code_at(secret: str, at: datetime) -> str:
    """The code that a device shows at a time."""
    return str(_pyotp().TOTP(secret, interval=STEP).at(at))


def step_of(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """The time step whose code it is; None for a wrong code, and for one of a step not later than `after`.

    >>> from datetime import UTC
    >>> secret, now = "JBSWY3DPEHPK3PXPJBSWY3DP", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    >>> step = step_of(secret, code_at(secret, now), now, after=0)
    >>> step == int(now.timestamp()) // STEP, step_of(secret, code_at(secret, now), now, after=step)
    (True, None)
    """
    maker, now = _pyotp().TOTP(secret, interval=STEP), int(at.timestamp()) // STEP
    given = code.replace(" ", "").encode()
    # every step is compared, so that the time says nothing of which it was
    found = [step for step in range(now - WINDOW, now + WINDOW + 1)
             if hmac.compare_digest(str(maker.generate_otp(step)).encode(), given)]  # fmt: skip
    return next((step for step in found if step > after), None)
