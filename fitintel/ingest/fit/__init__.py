"""FIT files: framed in runs, decoded in columns, read into recordings.

`framing` finds the messages, `salvage` finds them in damaged files, `decode` turns them into columns, `clock` mends
time, `streams`, `heart` and `summary` read what they say, `recording` puts a workout together.
"""

from fitintel.ingest.fit.reading import FitFile, read_fit

__all__ = ["FitFile", "read_fit"]
