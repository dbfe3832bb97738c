"""GPX and TCX files: made safe, indexed in columns, read into recordings.

`safe` looks at the bytes, `index` turns plain XML into columns (`names`, `attributes`), `canonical` makes any other XML
plain (expat) or refuses it, `document` holds the columns. `numbers`, `instants`, `points`, `axis`, `clock`, `cadence`,
`laps` and `tracks` read what they say; `gpx` and `tcx` put workouts together.
"""

from fitintel.ingest.xml.file import XmlFile
from fitintel.ingest.xml.gpx import read_gpx
from fitintel.ingest.xml.tcx import read_tcx

__all__ = ["XmlFile", "read_gpx", "read_tcx"]
