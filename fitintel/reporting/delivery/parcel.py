"""What is delivered, and what a way of delivery may answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parcel:
    """A finished brief. `id` is the same whenever the same brief goes to the same place: who gets it twice can tell."""

    id: str
    subject: str
    text: str
    html: bytes
    document: bytes
    """JSON"""
