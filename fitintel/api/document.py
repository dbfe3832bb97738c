"""The OpenAPI document that clients are generated from, and its digest: `python -m fitintel.api.document FILE`."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from fitintel.api.app import create_app
from fitintel.core import settings

DIGEST = "openapi.sha256"
"""file beside a generated client that says which document it was made from"""


def document() -> dict[str, Any]:
    """The document of this release; no workspace is opened."""
    return create_app(settings.read({})).openapi()


def digest(found: dict[str, Any]) -> str:
    """SHA-256 of a document, whatever the order in which it was written.

    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def main(path: Path) -> None:
    """Write the document to a file, and its digest beside it."""
    found = document()
    path.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    path.with_name(DIGEST).write_text(digest(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
