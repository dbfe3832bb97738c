"""The export of Apple Health: read in one pass with bounded memory, whatever its size."""

from fitintel.ingest.apple.reading import Health, read_health

__all__ = ["Health", "read_health"]
