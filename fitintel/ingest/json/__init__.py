"""JSON files: strictly read values (`document`), typed access with paths (`field`), and the shapes of vendors."""

from fitintel.ingest.json.document import documents
from fitintel.ingest.json.field import Field

__all__ = ["Field", "documents"]
