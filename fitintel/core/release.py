"""The release: the one place that knows its number, beside pyproject.toml; a test holds the two together."""

from __future__ import annotations

RELEASE = "0.1.0"
