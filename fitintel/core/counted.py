"""What this process has counted: security events and work, by name and a few labels, never by person.

A monitor reads `counts()` and turns it into its own format. Names, labels and the values of labels are closed lists:
what is counted can therefore hold no id, whatever it is given.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from fitintel.core.errors import UnknownName

OTHER = "other"
"""Value of a label that is in no list."""
SURFACES = ("rest", "graphql", "websocket", "page", "app", "coach", "lab", "mlflow", "cli", "notebook", "python",
            "nightly")  # fmt: skip
"""front ends, as audit rows name them"""
OUTCOMES = ("done", "refused")


@dataclass(frozen=True, slots=True)
class Counter:
    """What is counted under a name."""

    says: str
    """one sentence, for the monitor"""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """label -> the values that it may have; any other is counted as OTHER"""


COUNTERS: dict[str, Counter] = {
    "log_ins": Counter("Log-ins, by how they ended.", {
        "outcome": ("ok", "refused", "limited"), "way": ("password", "organisation"), "surface": SURFACES}),
    "denials": Counter("Requests that the policy refused.", {"surface": SURFACES}),
    "identities": Counter("Identity headers that a front end looked at, by what it found.", {
        "outcome": ("ok", "missing", "forged", "over", "foreign"), "surface": SURFACES}),
    "forged_forms": Counter("Forms and requests of pages without the token that proves where they come from."),
    "stolen_tokens": Counter("Refresh tokens that came a second time."),
    "limits": Counter("Requests that were refused because there were too many.", {
        "what": ("address", "name", "request")}),
    "outbound": Counter("Requests to other services that were not made, by why.", {
        "why": ("host", "address", "redirect", "size")}),
    "audit_rows": Counter("Rows of the audit chain.", {
        "kind": ("runs", "access", "export", "promotion", "consent", "policy", "account", "operation",
                 "glass"),
        "outcome": OUTCOMES}),
    "audit_checks": Counter("Checks of the audit chain.", {"outcome": ("whole", "broken")}),
    "quarantined": Counter("Files that were put aside at import."),
    "caches": Counter("What was asked of a cache, by its level and whether it was there.", {
        "level": ("process", "redis", "columns", "rendered", "http"), "outcome": ("hit", "miss")}),
    "models_refused": Counter("Stored models that were not what was signed.", {
        "why": ("tampered", "rollback")}),
    "seals": Counter("Sealed values that were opened, by whether the key fitted.", {"outcome": ("ok", "broken")}),
}  # fmt: skip
"""name -> what it counts; a monitor shows each of them, also while it is 0"""

Labels = tuple[tuple[str, str], ...]
_counted: dict[tuple[str, Labels], int] = {}
_turn = Lock()


def count(name: str, by: int = 1, **labels: str) -> None:
    """Add to a counter; a value that its label does not list is counted as `other`.

    Raises UnknownName for a name or label that is not declared: that is a mistake in the program.

    >>> before = counts().get(("denials", (("surface", "other"),)), 0)
    >>> count("denials", surface="anna@example.org")
    >>> counts()["denials", (("surface", "other"),)] - before
    1
    """
    counter = COUNTERS.get(name)
    if counter is None:
        raise UnknownName("counter", name, COUNTERS)
    if odd := set(labels) ^ set(counter.labels):
        raise UnknownName(f"label of {name}", min(odd), counter.labels)
    said = tuple(
        (label, labels[label] if labels[label] in known else OTHER) for label, known in sorted(counter.labels.items())
    )
    with _turn:
        _counted[name, said] = _counted.get((name, said), 0) + by
    if folder := os.environ.get("FITINTEL_COUNTS"):
        from fitintel.core.counts_shared import share

        share(Path(folder))


def counts() -> dict[tuple[str, Labels], int]:
    """(name, ((label, value), ...)) -> how often, since this process began."""
    with _turn:
        return dict(_counted)


def _begin_anew() -> None:
    # what a parent has counted is in the parent's count
    global _turn
    _turn = Lock()
    _counted.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)
